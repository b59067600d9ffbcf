"""What the built-in model prints of a text: whole sentences, cut ones marked, and what it does not decide said."""

from __future__ import annotations

import pytest
from clew.core.types import Need
from clew.models.extractive.answer import joined
from clew.models.extractive.ask import ask
from clew.models.extractive.cut import LONGEST, WHOLE, closed, finished, shortened, size
from clew.models.extractive.lead import NEAREST, lead
from clew.models.extractive.model import reply_to
from clew.models.extractive.quote import certain, is_heading, quote
from clew.models.extractive.text import sentence
from clew.prompts import Answer, Exhibit, Exhibits, Needs, Verdict


def answered(question: str, *evidence: str) -> Verdict:
    items = tuple(Exhibit(at, "book", text, 1, 0.8) for at, text in enumerate(evidence, 1))
    found = reply_to(Answer(Exhibits(items), "", question, Needs((Need(1, question),))))
    assert isinstance(found, Verdict)
    return found


RENEWAL = (
    "This lease shall renew for further terms of one (1) year unless either party notifies the other party in writing, "
    "at least thirty (30) days before the end of the first five (5) year term or of any one (1) year renewal thereof, "
    "that it does not wish to renew."
)


def test_a_sentence_is_quoted_whole() -> None:
    assert size(RENEWAL) > 35
    assert quote(RENEWAL, ask("When shall the lease renew?")) == RENEWAL


def test_of_a_very_long_sentence_whole_clauses_are_quoted_and_the_cut_is_marked() -> None:
    clauses = [
        f"({letter}) the keeper of lamp {letter} shall trim it every evening, rain or shine" for letter in "abcdefgh"
    ]
    long = "The following is agreed (with effect from May): " + "; ".join(clauses) + "."
    assert size(long) > WHOLE
    said = quote(long, ask("Who shall trim lamp d?"))
    assert clauses[3] in said
    assert said.startswith("… (")
    assert said.endswith(" …")
    assert size(said) <= LONGEST
    assert closed(said)


def test_no_cut_opens_a_bracket_or_a_quotation() -> None:
    inside = ", ".join(f"lamp number {n} of the long northern quay of the old town" for n in range(4))
    long = f"The harbour master (who keeps {inside}) trims them (each by itself) and paints {inside} in the spring."
    said = shortened(long, ask("When does the harbour master paint the lamps of the quay?"))
    assert closed(said)


def test_where_no_clause_can_be_told_all_is_quoted() -> None:
    long = " ".join(f"word{n}" for n in range(WHOLE + 20))
    assert shortened(long, ask("Which is word7?")) == long


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Clap eye on him; he has only one leg.”", "Clap eye on him; he has only one leg."),
        ("“In one word, said I; hell is an idea.", "In one word, said I; hell is an idea."),
        ("“No,” said Elijah, “not yet.”", "“No,” said Elijah, “not yet.”"),
        ('the "Fee" is due at once.', '… the "Fee" is due at once.'),
        ("and fails to pay within ten days; or", "… and fails to pay within ten days …"),
        ("You may renew, if you have met these:", "You may renew, if you have met these: …"),
        ("• strong competition in our regions;", "strong competition in our regions"),
        ("the non- renewal of this lease is told in writing.", "… the non-renewal of this lease is told in writing."),
        ("Pre- and post-war prices are alike.", "Pre- and post-war prices are alike."),
        ("Net sales | 32,765 | 31,657", "Net sales | 32,765 | 31,657"),
        ("The keeper of the light has gone to town for a few", "The keeper of the light has gone to town for a few …"),
        ("Effective tax rate", "Effective tax rate"),
        ("Er sagte: „Nein, nicht heute.“", "Er sagte: „Nein, nicht heute.“"),
        ("Er sagte: »Nein, nicht heute.«", "Er sagte: »Nein, nicht heute.«"),
        ("Nein, nicht heute, sagte er.“", "Nein, nicht heute, sagte er."),
    ],
)  # fmt: skip
def test_what_is_printed_says_where_it_does_not_begin_or_end(text: str, printed: str) -> None:
    assert finished(text) == printed


def test_a_turn_of_a_conversation_begins_and_ends_as_it_likes() -> None:
    assert (
        quote(sentence("[D1:2] Bo: yeah, and the lamp").said, ask("What about the lamp?"), spoken=True)
        == "yeah, and the lamp"
    )


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Session 13 - 4:07 pm on 14 October, 2023", True),
        ("4. LIMITATION OF LIABILITY.", True),
        ("15.14 No Third Party Beneficiaries.", True),
        ("CHAPTER 73. Stubb and Flask kill a Right Whale; and Then Have a Talk over Him.", True),
        ("Lover Come Back (film)", True),
        ("Section 9 shall survive the end of this lease.", False),
        ("Purchases of Equipment 1,577 1,373", False),
        ("Ada Hall died.", False),
    ],
)
def test_headings_are_told(line: str, heading: bool) -> None:
    assert is_heading(line) is heading


def test_a_heading_is_not_quoted_where_a_sentence_is_there() -> None:
    body = "The liability of the keeper is limited to the fees of one year."
    assert answered("What is the limitation of liability?", "4. LIMITATION OF LIABILITY.", body).evidence == [2]


@pytest.mark.parametrize(
    ("question", "evidence", "left"),
    [
        ("Does the lease renew automatically?", RENEWAL, "decide yes or no"),
        ("Why was the light put out?", "The light was put out by the keeper in May.", "work out why"),
        ("How was the light put out?", "The light was put out by the keeper in May.", "work out how"),
        ("Compare cook and keeper.", "The keeper envies the cook.", "compare"),
        ("How does a lamp differ from a kettle?", "A lamp hangs over the kettle.", "compare"),
    ],
)  # fmt: skip
def test_what_is_not_decided_is_said_before_the_quote(question: str, evidence: str, left: str) -> None:
    found = answered(question, evidence)
    assert found.answer == f"The built-in model does not {left}; {NEAREST} {evidence} [1]"


def test_nothing_is_said_before_what_answers() -> None:
    assert lead("Who keeps the light?", "person") == ""
    assert answered("Why was the light put out?", "The light was put out because the oil failed.").answer == (
        "because the oil failed [1]"
    )


@pytest.mark.parametrize(
    ("question", "evidence", "open_"),
    [
        ("How many keepers does the light have?", "The light has pensions for nearly each of its keepers.", True),
        ("How many keepers does the light have?", "The light has fourteen keepers, it is said.", False),
        ("What is the annual fee?", "The annual fee is set out in Section 6.3.1 of the lease.", True),
        ("What is the annual fee?", "The annual fee of the lease is 500 dollars.", False),
        ("When does the light open?", "The light will open to the people of the town.", True),
        ("When does the light open?", "The light will open when the oil has come.", False),
        ("Who is the surgeon of the light?", "The light of the town is large and bright.", True),
        ("Who is the surgeon of the light?", "Bunger is the surgeon of the light.", False),
    ],
)
def test_an_amount_a_time_or_a_bearer_that_no_quote_has_stays_open(question: str, evidence: str, open_: bool) -> None:
    assert answered(question, evidence).missing == ([question] if open_ else [])


@pytest.mark.parametrize(
    ("question", "evidence"),
    [
        ("Who is the chief executive officer?", "Director and chief executive officer, he signed it."),
        ("Who is the chief executive officer?", "Certification of the chief executive officer."),
        ("Where is the band of “Reflektor” based?", "The band is based in Vancouver."),
        ("When was George Egerton born?", "Tamsin Egerton (born 26 November 1988) is an actress."),
        ("What is the name of Ahab's ship?", "“Samuel Enderby is the name of my ship,” he told Ahab."),
        ("Who is the captain of the Heron?", "It was feared that Mayhew, her captain, would meet the Heron."),
    ],
)
def test_a_role_a_document_or_who_is_not_asked_about_is_no_certain_answer(question: str, evidence: str) -> None:
    assert certain(evidence, ask(question)) is None


def test_who_bears_a_role_may_be_told_by_a_pronoun_behind_the_name_that_is_asked_about() -> None:
    body = "The Heron had a fever on board, and Mayhew, her captain, was ill."
    assert certain(body, ask("Who is the captain of the Heron?")) is not None


@pytest.mark.parametrize(
    "question", ['What is the "Signal Fee"?', "What does Signal Fee mean?", "What is the Signal Fee?"]
)
def test_a_term_is_told_by_where_it_is_defined(question: str) -> None:
    texts = ("The Signal Fee is to be paid to the keeper in May.", '"Signal Fee" means ten crowns for every lamp.')
    assert answered(question, *texts).evidence[0] == 2


def test_the_same_quote_stands_once_in_an_answer_to_several_needs() -> None:
    wanted = ("Who keeps the northern light?", "Which northern light does he keep?")
    items = (Exhibit(1, "book", "It is Ilse who keeps the northern light, by night and by day.", 1, 0.9),)
    needs = Needs(tuple(Need(at, text) for at, text in enumerate(wanted, 1)))
    found = reply_to(Answer(Exhibits(items), "", " ".join(wanted), needs))
    assert isinstance(found, Verdict)
    assert found.answer.count("northern light") == 1


def test_whole_sentences_are_joined_by_a_space_and_fragments_by_a_semicolon() -> None:
    lamp, kettle = "The lamp of the keeper is old.", "The kettle of the cook is dented and new."
    assert joined([f"{lamp} [1]", f"{kettle} [2]"]) == f"{lamp} [1] {kettle} [2]"
    assert joined(["“Aye,” he said. “Ahoy!” [1][2]", "“No.” [3]"]) == "“Aye,” he said. “Ahoy!” [1][2] “No.” [3]"
    assert joined(["two lamps … [1]", f"{kettle} [2]"]) == f"two lamps … [1]; {kettle} [2]"
    assert joined([f"{lamp} [1]", "forty kettles [2]"]) == f"{lamp} [1]; forty kettles [2]"
    assert joined([]) == ""


def test_a_phrase_that_the_question_quotes_is_looked_for_as_it_stands() -> None:
    calls = "Call the keeper Ishmael, and he answers; call me, and I do."
    assert answered("Who says 'Call me Ishmael'?", calls, "Call me Ishmael.").answer == "Call me Ishmael. [2]"
    meant = ('A "Fee" means any sum that is due.', "A fee of the fee list is a fee that means little to fee payers.")
    assert answered('What does "Fee" mean?', *reversed(meant)).evidence == [2]
    assert answered('What is the definition of "Fee"?', *reversed(meant)).evidence == [2]
