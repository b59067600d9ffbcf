"""Replies that nearly fit are mended, cut ones kept to the last whole item, plain lines read; nothing is made up."""

from __future__ import annotations

import json

import pytest
from clew.prompts.plain import plain_form, read_plain
from clew.prompts.repair import beginning, mended
from clew.prompts.replies import Findings, Kept, Points, Questions, Verdict


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('{"findings": [{"sentences": "12", "claim": "a"}]}', [[12]]),
        ('{"findings": [{"sentences": "12, 14"}]}', [[12, 14]]),
        ('{"findings": [{"sentences": 12}]}', [[12]]),
        ('{"findings": [{"sentences": ["s12", "sentence 13"]}]}', [[12, 13]]),
        ('{"findings": [{"sentences": [12.5], "confidence": "high"}]}', [[12]]),
        ('{"findings": [{"sentences": [1]}, {"claim": "no place"}, {"sentences": [3], "claim": null}]}', [[1], [3]]),
        ('{"findings": {"sentences": [4]}}', [[4]]),
        ('{"findings": null, "drop": null}', []),
        ('```json\n{"findings": [{"sentences": ["9"]}]}\n```\nDone.', [[9]]),
    ],
)
def test_findings_are_mended(text, sentences):
    value = mended(text, Findings)
    assert [finding.sentences for finding in value.findings] == sentences


@pytest.mark.parametrize(
    ("word", "verdict"), [("Answered", "answered"), ("not found", "not_found"), ("CONFLICT", "conflicting")]
)
def test_a_wrong_word_of_a_closed_list_is_the_nearest_one(word, verdict):
    assert mended(json.dumps({"verdict": word, "answer": "x"}), Verdict).verdict == verdict


@pytest.mark.parametrize("text", ["", "none", "[]", '{"other": 1}', '{"verdict": "perhaps"}', '{"answer": "x"}'])
def test_what_is_not_nearly_a_reply_is_none(text):
    assert mended(text, Verdict) is None


def test_a_reply_that_was_cut_off_is_kept_to_its_last_whole_item():
    whole = json.dumps({"findings": [{"sentences": [n], "claim": f'says "{{{n}]'} for n in range(1, 9)], "drop": []})
    counts = [len(value.findings) if (value := beginning(whole[:at], Findings)) else 0 for at in range(len(whole))]
    assert counts == sorted(counts)
    assert set(counts) == set(range(9))
    assert beginning("no JSON", Findings) is None


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (Findings, "3: it began\n- 4, 5: it ended", [[3], [4, 5]]),
        (Findings, "None.", []),
        (Findings, "I cannot say.", None),
        (Verdict, "It ended in May [2].", [2]),
        (Verdict, "It ended in May.", None),
        (Kept, "2 and 7", [2, 7]),
        (Questions, "Who?\n\nWhen?", ["Who?", "When?"]),
        (Points, "It began [1].\nIt ended [2, 3].\nno place", [[1], [2, 3]]),
    ],
)
def test_plain_lines_are_read(shape, text, value):
    read = read_plain(plain_form(shape), text)
    if value is None:
        assert read is None
        return
    got = {
        Findings: lambda r: [f.sentences for f in r.findings],
        Verdict: lambda r: r.evidence,
        Kept: lambda r: r.keep,
        Questions: lambda r: r.needs,
        Points: lambda r: [p.numbers for p in r.points],
    }[shape](read)
    assert got == value
