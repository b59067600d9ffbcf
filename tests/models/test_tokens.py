"""Tokens are counted exactly, offline, and never in quadratic time."""

from __future__ import annotations

import subprocess
import sys

import pytest
from clew.models.tokens import by_digit, cl100k


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("hello world", 2), ("The quick brown fox jumps over the lazy dog.", 10), ("1234567", 3), ("日本語", 4)],
)
def test_known_counts(text, tokens):
    assert cl100k()(text) == tokens


def test_special_tokens_are_ordinary_text():
    assert cl100k()("<|endoftext|>") == 7


def test_half_characters_can_be_counted():
    assert cl100k()("a\ud800b") >= 2


def test_slices_add_at_most_a_token_each():
    count, sentence = cl100k(), "The lighthouse of Aran was built in 1817.\n"
    whole = count(sentence * 20_000)
    assert count(sentence) * 20_000 <= whole <= count(sentence) * 20_000 + 2 * len(sentence * 20_000) // 100_000


@pytest.mark.parametrize("unit", ["a", "=", " ", "ab", "\n"])
def test_a_million_repeated_characters(unit):
    assert cl100k()(unit * (1_000_000 // len(unit))) > 1000


def test_digits_count_one_by_one():
    count = by_digit(cl100k())
    assert count("hello world") == 2
    assert count("1234567") == 7
    assert count("") == 0


def test_counting_imports_no_llama_index_and_opens_no_socket():
    program = (
        "import sys; sys.addaudithook(lambda e, a: e.startswith('socket.') and sys.exit('socket'))\n"
        "from clew.models.tokens import cl100k\n"
        "assert cl100k()('hello world') == 2\n"
        "assert 'llama_index.core' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
