"""Texts that nobody writes, and questions about nothing in them: each way of reading declines, or cites what is there.

A million times the same word, and larger texts of these kinds, take the same way and only longer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from clew import Clew, SettingsError, Shelf
from clew.agents.strategies import STRATEGIES
from simserver import SimServer

ODD = {
    "no names": "it was so.\nand then it was not.\n",
    "one name everywhere": "Ahab. " * 400,
    "Chinese": "张三在北京大学工作。他的母亲是一位医生。\n" * 30,
    "numbers": "\n".join(f"{n},{n * 3.5:.1f},{n % 7}" for n in range(300)),
    "chat": "\n".join(f"[{n}] {'Ann' if n % 2 else 'Bob'}: well, ok then, see you on day {n}" for n in range(200)),
    "alike": "\n\n".join(f"Section {n}. The tenant shall pay the rent on the first day." for n in range(200)),
    "one word": "lamp " * 30_000,
}
NOTHING = ("Who painted the Zeppelin?", "Quelle est la couleur du zèbre ?")
ABOUT = "Where does Ann work, and 张三在哪里工作？"


def status(shelf: Shelf, strategy: str, question: str, text: str) -> str:
    """The status of an answer that has what every answer has to have."""
    try:
        answer = shelf.ask(question, strategy=strategy)
    except SettingsError:
        assert strategy == "full", "the text does not fit"
        return "refused"
    assert bool(answer.citations) == bool(answer.text)
    assert all(cited.quote == text[cited.start : cited.end] for cited in answer.citations)
    json.dumps(answer.to_dict())
    return answer.status


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_the_built_in_model_declines_what_is_not_there(text: str, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(text)
    with Clew(library=tmp_path / "library") as clew:
        shelf = clew.open(tmp_path / "odd.txt")
        for strategy in STRATEGIES:
            assert {status(shelf, strategy, question, text) for question in NOTHING} <= {"not_found", "open", "refused"}
            assert status(shelf, strategy, ABOUT, text) in ("answered", "partial", "not_found", "open", "refused")


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_server_is_asked_a_bounded_number_of_times(
    text: str, tmp_path: Path, serve: Callable[..., SimServer]
) -> None:
    (tmp_path / "odd.txt").write_text(text)
    server = serve(window=8192)
    with Clew(f"{server.url}#sim", library=tmp_path / "library") as clew:
        shelf = clew.open(tmp_path / "odd.txt")
        for strategy in STRATEGIES:
            before = server.counts["requests"]
            assert status(shelf, strategy, NOTHING[0], text) in ("not_found", "open", "refused")
            assert server.counts["requests"] - before <= 100
