"""What the built-in model says where its quote may not answer, and whose words it takes for a conversation."""

from __future__ import annotations

import pytest
from clew.core.types import Need
from clew.language.support import check_facts
from clew.models.extractive.answer import SURE, THRESHOLD
from clew.models.extractive.ask import ask
from clew.models.extractive.hit import SETTINGS
from clew.models.extractive.lead import NEAREST, unsure
from clew.models.extractive.match import about, matches
from clew.models.extractive.model import reply_to
from clew.models.extractive.page import Page
from clew.prompts import Answer, Exhibit, Exhibits, Needs, Verdict

LAMP = "The lamp of the northern light was lit by the keeper of Vellmouth."


def answered(question: str, *evidence: str, confidence: float = 0.9, wanted: tuple[str, ...] = ()) -> Verdict:
    items = tuple(Exhibit(at, "book", text, 1, confidence) for at, text in enumerate(evidence, 1))
    needs = Needs(tuple(Need(at, text) for at, text in enumerate(wanted or (question,), 1)))
    found = reply_to(Answer(Exhibits(items), "", question, needs))
    assert isinstance(found, Verdict)
    return found


def page(*lines: str) -> Page:
    return Page(range(len(lines)), lines, [""] * len(lines), [0] * len(lines))


def test_a_quote_of_little_support_is_called_the_nearest_and_leaves_the_question_open() -> None:
    question = "What was lit by the keeper of the northern light?"
    sure, unsure_, none = (answered(question, LAMP, confidence=c) for c in (SURE, THRESHOLD - 0.1, 0.1))
    assert (sure.missing, NEAREST in sure.answer) == ([], False)
    assert (unsure_.missing, unsure_.answer) == ([question], f"{unsure('en')}{LAMP} [1]")
    assert (none.missing, none.verdict) == ([question], "not_found")


def test_what_is_certain_stands_before_what_is_not() -> None:
    wanted = ("Who keeps the northern light?", "What colour is the kettle of the cook?")
    found = answered(
        " ".join(wanted), "The kettle of the cook is old.", "Ilse keeps the northern light.", wanted=wanted
    )
    first, second = found.answer.split("\n")
    assert first == "Ilse [2]"
    assert second.startswith(unsure("en"))
    assert found.missing == [wanted[1]]


@pytest.mark.parametrize(
    ("question", "evidence", "open_"),
    [
        ("What colour is the kettle?", "The kettle of the cook is old and has a colour of its own.", True),
        ("What colour is the kettle?", "The kettle of the cook is old, dented and greenish.", False),
        ("What is the color of her boat?", "The boat was painted crimson in the spring.", False),
        ("How many keepers does the light have?", "A good one, I say, is what the keepers of the light have.", True),
        ("How many keepers does the light have?", "The light has one keeper only, and he is old.", False),
        ("How many keepers does the light have?", "The light has no keepers in winter.", False),
        ("How many keepers does the light have?", "He is no fool who is first of the keepers of the light.", True),
        ("How many keepers does the light have?", "The light of the keepers is seventy miles from here.", True),
        ("How many miles is the light away?", "The light is seventy miles from here.", False),
        ("How many lamps does the light have?", "The keepers of the light have 41 letters of thanks.", True),
        ("How many days does the light burn?", "The light burns for 41 days.", False),
        ("How old is Ilse?", "Ilse keeps the old lamp and two kettles.", True),
        ("How old is Ilse?", "Ilse is forty-one years old.", False),
        ("How old is Ilse?", "The boy was twelve years old.", True),
        ("How old is Ilse?", "Not till she was forty years old did Ilse keep the light.", True),
        ("How old was Ilse when she kept it?", "Not till she was forty years old did Ilse keep it.", False),
        ("How old is Ilse?", "So Ilse spoke of a missing boy; a little lad, but twelve years old.", True),
        ("How old is Ilse?", "Ilse is an old lady of 81.", False),
        ("How tall is the light?", "The tall light was seen by three ships.", True),
        ("How tall is the light?", "The tall light is seventy feet high.", False),
        ("When must the keeper trim the lamp?", "The keeper must trim the lamp of 1000 candles.", True),
        ("When must the keeper trim the lamp?", "The keeper must trim the lamp every Friday.", False),
        ("When must the keeper trim the lamp?", "The keeper must trim the lamp within two hours of dusk.", False),
        ("When was the lighthouse of Vellmouth built?", "The lighthouse was built in 1850.", False),
        ("Where does it say 'at the keeper's will'?", "The lamp is lit at the will of the keeper.", True),
        ("Where does it say 'at the keeper's will'?", "The lamp is lit at the keeper's will.", False),
        ("What is Ilse's telephone number?", "Ilse was the daughter of a fisherman and lived by the sea.", True),
        ("When was the father of Ada born?", "Ada (3 May 1851 – 1 June 1899) was a painter.", True),
    ],
)
def test_a_quote_without_what_is_asked_for_leaves_it_open(question: str, evidence: str, open_: bool) -> None:
    found = answered(question, evidence)
    assert found.missing == ([question] if open_ else [])
    assert (NEAREST in found.answer) is open_


@pytest.mark.parametrize(
    ("question", "evidence"),
    [
        ("Wie heißt der Kapitän?", "Der Kapitän heißt Ahab und wohnt in Nantucket."),
        ("Comment s'appelle le capitaine?", "Le capitaine s'appelle Ahab et habite à Nantucket."),
        ("¿Cómo se llama el capitán?", "El capitán se llama Ahab y vive en Nantucket."),
        ("Hvad hedder kaptajnen?", "Kaptajnen hedder Ahab og bor i Nantucket."),
        ("Как зовут капитана?", "Капитана зовут Ахав, и он живёт в Нантакете."),
        ("Mikä on kapteenin nimi?", "Kapteenin nimi on Ahab."),
    ],
)
def test_the_reserve_is_in_the_language_of_the_text_and_no_fact(question: str, evidence: str) -> None:
    found = answered(question, evidence, confidence=0.3)
    assert found.answer.endswith(f"{evidence} [1]")
    assert found.missing == [question]
    assert check_facts(found.answer, [evidence]).unsupported == ()
    assert NEAREST not in found.answer or question.startswith("Mikä")


def test_the_headings_of_a_contract_are_no_speakers() -> None:
    law = "Governing Law: This Agreement is governed by the laws of Ohio."
    contract = page(law, "Term: The term is one year.", "Notices: All notices are sent by mail.")
    assert not contract.is_chat
    assert contract.units[0].speaker is None
    assert answered("Which law governs this agreement?", law).answer.startswith("Governing Law: This Agreement")


@pytest.mark.parametrize("label", ["", "[{}] "])
def test_who_speaks_more_than_once_has_a_conversation(label: str) -> None:
    said = ["Ada: Hi Bo.", "Bo: Hi Ada.", "Ada: I have a parrot."]
    talk = page(*(label.format(at) + line for at, line in enumerate(said)))
    assert talk.speakers == {"ada", "bo"}
    assert talk.units[2].said == "I have a parrot."


def test_of_several_words_that_stand_for_one_of_the_question_the_best_counts() -> None:
    talk = page("Bo: Hello.", "Ada: I work here. You found employment and an occupation, a career.", "Bo: Yes.")
    asked = ask("What is Ada's job?")
    (at,) = (at for at, unit in enumerate(talk.units) if "work" in unit.text)
    assert talk.addressed[at] >= {"employ", "career"}
    assert matches(talk, "job", asked, about(talk, asked, SETTINGS), SETTINGS)[at] == SETTINGS.related
