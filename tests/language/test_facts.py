"""The hard facts of an answer: each as it is printed, and nothing beside."""

from __future__ import annotations

import pytest
from clew.language.facts import hard_facts


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        ("He paid 1,577 dollars [2] in 1999 [1, 3].", [("number", "1,577"), ("number", "1999")]),
        ("1. Gardiner\n2) twelve lads", [("name", "Gardiner"), ("number", "twelve")]),
        ("However, the captain agreed. It is one of the first.", []),
        ("Additionally, Considering that Ahab left", [("name", "Considering"), ("name", "Ahab")]),
        ("On 3 March 1999 it was $5.", [("date", "3 March 1999"), ("number", "5")]),
        ('He said "call me 7" twice.', [("quote", '"call me 7"')]),
        ("Ahab's ship and Mr. Starbuck's boat", [("name", "Ahab"), ("name", "Mr. Starbuck")]),
        ("the FY2018 form 10-K of 3M", [("number", "2018"), ("code", "10-K"), ("code", "3M")]),
        ("船长在2023年5月3日买了300条鱼", [("date", "2023年5月3日"), ("number", "300")]),
        ("See Appendix A. [2] During the term", [("name", "Appendix A.")]),
        ("See Appendix A. During the term", [("name", "Appendix A.")]),
        ("J. Smith and Ada [1] Bo Lind", [("name", "J. Smith"), ("name", "Ada"), ("name", "Bo Lind")]),
        ("", []),
    ],
)
def test_facts_of_an_answer(answer: str, facts: list[tuple[str, str]]) -> None:
    found = hard_facts(answer)
    assert [(f.kind, f.text) for f in found] == facts
    assert all(answer[f.start : f.end] == f.text for f in found)
