"""Rows of a batch: the id of each, and what is wrong with a line."""

from __future__ import annotations

import json

import pytest
from clew.jobs.rows import Row, rows


def test_a_missing_id_is_the_number_of_the_line() -> None:
    (row,) = rows(["", json.dumps({"question": "Q?", "documents": ["x"]})])
    assert row == Row("2", "Q?", ("x",), None)


def test_a_named_id_wins_over_the_number_of_a_line() -> None:
    asked = {"question": "Q?", "documents": ["x"]}
    found = list(rows(json.dumps(row) for row in (asked, {**asked, "id": 1}, asked)))
    assert [(row.id, row.error) for row in found] == [("line 1", None), ("1", None), ("3", None)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Who?", "line 1 is no JSON"),
        ("[1]", "line 1 is no JSON object"),
        ('{"question_": "Q?", "documents": ["x"]}', "there is no field question_"),
        ('{"question": "Q?", "document": ["x"]}', "there is no field document"),
        ('{"question": "Q?", "documents": ["x"], "Strategy": "chain"}', "there is no field Strategy"),
        ('{"question": "Q?"}', "line 1 is no question about documents"),
        ('{"question": "Q?", "documents": ["x"], "strategy": 3}', "strategy is no text"),
        ('{"question": "Q?", "documents": ["x"], "strategy": "chian"}', "there is no strategy 'chian'"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(line: str, said: str) -> None:
    (row,) = rows([line])
    assert said in str(row.error)


def test_a_slip_is_told_with_the_field_that_was_meant() -> None:
    (row,) = rows(['{"question": "Q?", "document": ["x"]}'])
    assert row.error is not None
    assert str(row.error.hint).startswith("did you mean documents?")
