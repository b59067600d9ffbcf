"""Replies that nearly fit are mended, cut ones kept to the last whole item, plain lines read; nothing is made up."""

from __future__ import annotations

import json

import pytest
from clew.prompts.exploring import Explored, Nodes, Turning
from clew.prompts.plain import plain_form, read_plain
from clew.prompts.repair import beginning, mended
from clew.prompts.replies import Findings, Kept, Points, Questions, Verdict
from clew.prompts.steering import Handled, Picked, Recalled


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
        (Findings, "2 sentences help:\n5: it began, he said:", [[5]]),
        (Verdict, "It ended in May [2].", [2]),
        (Verdict, "It ended in May.", None),
        (Kept, "2 and 7", [2, 7]),
        (Questions, "Who?\n\nWhen?", ["Who?", "When?"]),
        (Questions, "To be known:\n1. Who?\n- When did it end?", ["Who?", "When did it end?"]),
        (Questions, "1) the first keeper", ["the first keeper"]),
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


def test_what_is_said_around_a_plain_refusal_is_not_asked_for():
    found = read_plain(plain_form(Verdict), "Not found.\nThe text does not say so.\nWho was first?")
    assert (found.verdict, found.missing) == ("not_found", ["Who was first?"])


@pytest.mark.parametrize(
    ("shape", "text", "sentences", "chosen"),
    [
        (Explored, "3: it began\nAction: 2, 1", [[3]], [2, 1]),
        (Explored, "none\naction 4", [], [4]),
        (Explored, "- 3: it began", [[3]], []),
        (Explored, "I would go on.", None, None),
        (Handled, "3: it began\nAction: 2", [[3]], [2]),
        (Handled, "3: it began", None, None),
        (Turning, "I choose 3.", [], [3]),
        (Turning, "I cannot choose.", None, None),
        (Nodes, "7, 2", [], [7, 2]),
        (Nodes, "the lamp", None, None),
        (Picked, "4\n1", [], [4, 1]),
        (Picked, "None of these.", [], []),
        (Picked, "I cannot say.", None, None),
    ],
)
def test_choices_in_plain_lines_are_read(shape, text, sentences, chosen):
    read = read_plain(plain_form(shape), text)
    assert (read is None) == (chosen is None)
    if read is not None:
        named = {
            Explored: lambda r: r.actions,
            Handled: lambda r: [r.action],
            Turning: lambda r: [r.action],
            Nodes: lambda r: [node.number for node in sorted(r.nodes, key=lambda node: -node.relevance)],
            Picked: lambda r: r.numbers,
        }[shape](read)
        assert named == chosen
        assert [finding.sentences for finding in getattr(read, "findings", [])] == sentences


@pytest.mark.parametrize(("text", "enough", "query"), [("Enough.", True, ""), ("Martha Venn", False, "Martha Venn")])
def test_what_to_look_up_in_plain_lines_is_read(text, enough, query):
    read = read_plain(plain_form(Recalled), text)
    assert (read.enough, read.query) == (enough, query)
