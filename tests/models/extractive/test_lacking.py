"""What the built-in model calls the nearest only: quotes that lack what every answer to such a question has."""

from __future__ import annotations

import pytest
from clew.core.types import Need
from clew.models.extractive.answer import THRESHOLD
from clew.models.extractive.ask import ask
from clew.models.extractive.best import UNSAID
from clew.models.extractive.lead import NEAREST
from clew.models.extractive.model import reply_to
from clew.prompts import Answer, Excerpt, Excerpts, Exhibit, Exhibits, Findings, Line, Memory, Needs, Read, Verdict

FAR = "The ships and the light are old, and have been for as long as anybody can think; so two men are needed there."


def answered(question: str, *evidence: str, confidence: float = 0.9) -> Verdict:
    items = tuple(Exhibit(at, "book", text, 1, confidence) for at, text in enumerate(evidence, 1))
    found = reply_to(Answer(Exhibits(items), "", question, Needs((Need(1, question),))))
    assert isinstance(found, Verdict)
    return found


@pytest.mark.parametrize(
    ("question", "evidence", "open_"),
    [
        ("Who put out the light?", "“Not put out! the light is not put out!” it was said.", True),
        ("Who put out the light?", "It was Ilse who put out the light.", False),
        ("Who pays the fee of the light?", "The fee of the light is paid by the owner.", False),
        ("Who signed for the harbour?", "Each party has signed for the harbour.", True),
        ("What is Ilse's first name?", "Ilse cried once more, after the first ship.", True),
        ("Who is Ilse's brother?", "Ílse, afraid that her brother would drown, ran.", True),
        ("Where is the office of the company?", "The office is bought and sold every year.", True),
        ("Where is the office of the company?", "The office of the company is in Vellmouth.", False),
        ("Where is the company based?", "Semlit, bought in May, is based in Bern.", True),
        ("What are the risks of the light?", "The risks of the light are discussed in Item 1A.", True),
        ("What are the risks of the light?", "For more on the risks of the light, and of lamps, see Note 4.", True),
        ("What are the risks of the light?", "The risks of the light are fire and fog, as Item 1A says.", False),
        ("What are the lights of the harbour?", "Lights Of The Harbour 32", True),
        ("What is the address of the harbour office?", "The harbour office is to address all letters.", True),
        ("What is the address of the harbour office?", "The harbour office is at 12 Quay Street.", False),
        ("What colour is the lamp?", "The lamp hung over a ship of which nobody ever knew whether it was red.", True),
        ("How many ships does the light save?", FAR, True),
        ("How many ships does the light save?", "The light saves nine ships in a year.", False),
        ("What is the name of Ilse's dog?", "Ilse fed the man's dog, and Anders laughed.", True),
        ("What is the name of Ilse's dog?", "Ilse's dog, Anders, laughed.", False),
        ("How long is the lease of the light?", "The lease of the light was signed when it rained.", True),
    ],
)
def test_what_lacks_the_point_is_called_the_nearest(question: str, evidence: str, open_: bool) -> None:
    found = answered(question, evidence)
    assert found.missing == ([question] if open_ else [])
    assert (NEAREST in found.answer) is open_


@pytest.mark.parametrize(
    ("question", "definition"),
    [
        ("What is a gam?", "A gam is a meeting of ships."),
        ("What is a gam?", "GAM. NOUN—A meeting of ships."),
        ("What does “gam” mean?", "“Gam” means any meeting of ships."),
        ("What is the meaning of gam?", "They held what is called a meeting, known as gam."),
        ("What is goodwill?", "Goodwill: what is paid beyond the worth of things."),
        ("What are PFAS?", "Perfluorinated substances (PFAS) were sold."),
        ("Who is Ilse?", "The keeper of the light was Ilse."),
        ("Who is Bezukhov?", "Bezúkhov was a count."),
        ("Who is Ilse?", "They saw her mother, Ilse, at the quay."),
    ],
)
def test_a_meaning_is_told_by_a_definition_alone(question: str, definition: str) -> None:
    thing = ask(question).term
    assert thing is not None
    assert thing.said.search(definition)
    beside = f"They spoke much of {thing.words}, and the more of it the better."
    assert not thing.said.search(beside)
    found = answered(question, beside, definition)
    assert (found.evidence, found.missing) == ([2], [])
    assert answered(question, beside).missing == [question]


def test_a_word_and_what_is_said_of_it_below_are_found_and_quoted_together() -> None:
    lines = ("They met often.", "But what is a gam?", "GAM.", "NOUN—A meeting of two ships.", "It lasts a day.")
    text = Excerpts((Excerpt("book", tuple(Line(at, line) for at, line in enumerate(lines, 1))),))
    question = "What is a gam?"
    found = reply_to(Read(text, Memory(), question, Needs((Need(1, question),))))
    assert isinstance(found, Findings)
    assert [3, 4] in [finding.sentences for finding in found.findings]
    told = answered(question, "But what is a gam?", "GAM. NOUN—A meeting of two ships.")
    assert told.answer == "GAM. NOUN—A meeting of two ships. [2]"


@pytest.mark.parametrize("question", ["What is the price?", "What is Ilse's ship?", "Who is responsible?"])
def test_what_may_want_more_than_a_meaning_is_no_term(question: str) -> None:
    term = ask(question).term
    assert term is None or not term.explained


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("List all lamps of the light.", "does not list"),
        ("Summarise the letters about the light.", "does not sum up"),
        ("Explain the lamps of the light.", "does not explain"),
        ("Does the light have lamps?", "does not decide yes or no"),
    ],
)
def test_what_is_left_undone_leaves_the_question_open(question: str, left: str) -> None:
    found = answered(question, "The light has three lamps, and letters were written about them.")
    assert left in found.answer
    assert found.missing == [question]


def test_of_all_text_on_something_no_bare_heading_is_quoted() -> None:
    question = 'Which text of this lease, if any, concerns "Governing Law"?'
    law = "The governing law of this lease is that of Ohio, and of no other state."
    assert answered(question, "15.9 Governing Law.", law).evidence == [2]


def test_text_that_lacks_a_word_of_what_is_looked_for_counts_less() -> None:
    question = 'Which text of this lease, if any, concerns "Audit Rights"?'
    sure = THRESHOLD - UNSAID / 4
    named, half = "The landlord has audit rights over the books.", "The landlord may audit what it likes at night."
    assert answered(question, named, confidence=sure).verdict == "answered"
    assert answered(question, half, confidence=sure - 0.2).verdict == "not_found"


def test_who_bears_a_role_is_no_attribute_and_not_told_by_a_kindred_word() -> None:
    assert answered("Who is the auditor?", "Internal auditors review the books.").answer.startswith("Not told")
    told = "Mayhew having ended his narration, Ahab rose."
    assert answered("Who is the narrator?", told).answer.endswith(f"{told} [1]")
