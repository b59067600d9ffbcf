"""Replies made to take long, or to fail where numbers and nesting are taken for granted."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from clew.prompts.base import json_part
from clew.prompts.plain import plain_form, read_plain
from clew.prompts.repair import beginning, mended
from clew.prompts.replies import Findings, Verdict

DIGITS = "9" * 5000
"""More than Python makes a number of."""


def test_a_reply_nested_without_end_holds_no_object() -> None:
    with pytest.raises(ValueError, match="nested without end"):
        json_part('{"a":' * 100_000)
    assert mended('{"a":' * 100_000, Findings) is None


def test_a_number_of_thousands_of_digits_is_left_out() -> None:
    reply = json.dumps({"verdict": "answered", "answer": "It is so [1].", "evidence": [DIGITS, "2"]})
    found = mended(reply, Verdict)
    assert found is not None
    assert found.evidence == [2]
    form = plain_form(Verdict)
    assert form is not None
    plain = read_plain(form, f"It is so [{DIGITS}] [3].")
    assert isinstance(plain, Verdict)
    assert plain.evidence == [3]


def test_the_beginning_of_a_cut_reply_is_looked_for_within_bounds() -> None:
    whole = '{"findings": [{"sentences": [1], "claim": "c"}, {"sentences": [2], "cl'
    found = beginning(whole, Findings)
    assert found is not None
    assert [one.sentences for one in found.findings][:1] == [[1]]
    tracemalloc.start()
    try:
        assert beginning('{"x": ' + "[" * 8_000 + "[]," * 8_000, Findings) is None
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
