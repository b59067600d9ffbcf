"""The person's price table: what it says, what it does not say, and what it cannot mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from clew.core.errors import SettingsError
from clew.core.types import Usage
from clew.models.prices import price_of, read_prices

TABLE = """
["qwen3-8b"]
prompt = 1
completion = 4
cached = 0.1

["gpt-5*"]
prompt = 2.5
completion = 10.0
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "prices.toml"
    path.write_text(TABLE)
    return path


def test_prices_are_found_by_name_and_pattern(table: Path) -> None:
    prices = read_prices(table)
    assert price_of("http://host/v1#qwen3-8b", prices).cached == 0.1
    assert price_of("https://api.openai.com/v1#gpt-5-mini", prices).cached == 2.5
    assert price_of("http://host/v1#qwen3-80b", prices) is None
    assert price_of("m", read_prices(table.with_name("none.toml"))) is None


def test_cached_tokens_have_their_own_price(table: Path) -> None:
    price = price_of("qwen3-8b", read_prices(table))
    usage = Usage(prompt_tokens=1_000_000, cached_tokens=500_000, completion_tokens=250_000)
    assert price.of(usage) == pytest.approx(0.5 + 0.05 + 1.0)


@pytest.mark.parametrize(
    "text", ["[a", "[a]\nprompt = 1", '[a]\nprompt = "1"\ncompletion = 1', "[a]\nprompt = -1\ncompletion = 1", "a = 1"]
)
def test_what_is_no_price_is_said_with_its_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "prices.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"prices\.toml"):
        read_prices(path)
