"""The built-in model: it picks printed sentences and quotes them, and says so when there is nothing to quote."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from calls import EVERY_CALL
from clew.core.errors import ModelError
from clew.core.types import Call, Need
from clew.language.words import words
from clew.models.extractive.cut import LONGEST
from clew.models.extractive.kept import MESSAGE_WORDS
from clew.models.extractive.lead import NEAREST, unsure
from clew.models.extractive.model import Extractive
from clew.models.extractive.page import tongue
from clew.prompts import (
    Answer,
    Choice,
    Choices,
    Excerpt,
    Excerpts,
    Exhibit,
    Exhibits,
    Finding,
    Line,
    Memory,
    Merge,
    Needs,
    Plan,
    Read,
    Remembered,
    Verdict,
    Whole,
    Write,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

FILLER = [
    "The sea was calm that morning.",
    "Nobody on deck had slept well.",
    "A cold wind came down from the hills.",
    "They mended the sails until noon.",
    "The cook burnt the porridge again.",
]
STORY = [
    *FILLER[:2],
    "The harbour master of Vellmouth keeps the spare signal key inside a blue enamel kettle.",
    FILLER[2],
    "Captain Orsolya Benk named her barge after a pastry called the honey lantern.",
    "She was forty-one years old when she bought it for 1,364 crowns on 3 May 1851.",
    *FILLER[3:],
]
CHAT = [
    "[D1:1] Ada: Hi Bo! How are you?",
    "[D1:2] Bo: Fine, thanks. I just adopted a parrot from the shelter.",
    "[D1:3] Ada: How lovely! I have started to learn the cello.",
    "[D1:4] Bo: Great. Where do you practise?",
    "[D1:5] Ada: I practise in the old mill.",
]


def call_of(prompt: Any) -> Call:
    return Call("reader", prompt, prompt.messages(), prompt.schema(), 1024, 0)


def asked(prompt: Any) -> Any:
    return prompt.parse(asyncio.run(Extractive().complete(call_of(prompt))).text)


def excerpts(sentences: list[str], source: str = "") -> Excerpts:
    return Excerpts((Excerpt(source, tuple(Line(at, text) for at, text in enumerate(sentences, 1))),))


def needs(*texts: str) -> Needs:
    return Needs(tuple(Need(at, text) for at, text in enumerate(texts, 1)))


def read(question: str, sentences: list[str], source: str = "", memory: tuple[str, ...] = ()) -> list[Finding]:
    lines = Memory(tuple(Remembered(at, "", text, 1, 0.8) for at, text in enumerate(memory, 1)))
    found: list[Finding] = asked(Read(excerpts(sentences, source), lines, question, needs(question))).findings
    return found


def manage(question: str, *evidence: str, wanted: tuple[str, ...] = ()) -> Verdict:
    items = tuple(Exhibit(at, "book", text, 1, 0.8) for at, text in enumerate(evidence, 1))
    found: Verdict = asked(Answer(Exhibits(items), "", question, needs(*(wanted or (question,)))))
    return found


def plan(question: str) -> list[str]:
    found: list[str] = asked(Plan(question)).needs
    return found


NODES = Choices((Choice(1, "barge"), Choice(2, "herring"), Choice(3, "end")))


@pytest.mark.parametrize("call", EVERY_CALL, ids=lambda call: type(call.prompt).__name__)
def test_every_prompt_gets_a_valid_reply_and_an_account_of_it(call: Call) -> None:
    model, prompt = Extractive(), call.prompt
    first, second = (asyncio.run(model.complete(call)) for _ in range(2))
    assert isinstance(prompt.parse(first.text), prompt.reply)
    assert first.text == second.text
    assert first.usage.calls == 1
    assert first.usage.prompt_tokens == sum(model.count(m.content) for m in call.messages)
    assert first.usage.completion_tokens == model.count(first.text)


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(ModelError, match="str"):
        asyncio.run(Extractive().complete(Call("reader", "text", (), {}, 10, 0)))


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2)])
def test_tokens_are_quarters_of_characters(text: str, tokens: int) -> None:
    assert Extractive().count(text) == tokens


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Where is the key?", ["Where is the key?"]),
        (
            "Who is the surgeon, and what is the false arm made of?",
            ["Who is the surgeon?", "What is the false arm made of?"],
        ),
        (
            "Whose inn is it, and what is it called?",
            ["Whose inn is it?", "What is it called (Whose inn is it)?"],
        ),
        ("Who was born first, Ada Hall or Bo Lind?", ["Who was born first: Ada Hall?", "Who was born first: Bo Lind?"]),
        (
            "Are Ada Hall and Bo Lind from the same country?",
            ["Are Ada Hall from the same country?", "Are Bo Lind from the same country?"],
        ),
        ("  two\n spaces? ", ["two spaces?"]),
        ("谁是船长？", ["谁是船长？"]),
    ],
)
def test_plan(question: str, wanted: list[str]) -> None:
    assert plan(question) == wanted


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Where does the harbour master of Vellmouth keep the spare signal key?", 3),
        ("After what was the barge of Captain Benk named?", 5),
        ("On what date was it bought, and for how many crowns?", 6),
    ],
)
def test_the_best_sentence_comes_first(question: str, sentence: int) -> None:
    assert sentence in read(question, STORY)[0].sentences


def test_nothing_is_reported_where_nothing_matches() -> None:
    assert read("Which planet has two moons?", FILLER) == []
    assert read("", STORY) == []
    assert read("Who?", []) == []


def test_a_sentence_that_refers_back_is_reported_with_the_one_before() -> None:
    found = read("How old was Captain Orsolya Benk?", STORY)
    assert any(f.sentences == [5, 6] for f in found)


def test_what_memory_names_is_looked_for() -> None:
    text = [*FILLER, "Hemlow has only one well, Gretchen's Eye.", *FILLER]
    question = "What is the well in the clockmaker's birthplace called?"
    alone = {f.sentences[0]: f.confidence for f in read(question, text)}
    helped = {
        f.sentences[0]: f.confidence for f in read(question, text, memory=("The clockmaker was born in Hemlow.",))
    }
    assert helped[6] > alone.get(6, 0.0)


def test_a_heading_counts_for_what_stands_under_it() -> None:
    rows = ["Purchases of equipment | 1,577 | 1,373", "Other, net | 12 | 9"]
    question = "What were the purchases in the cash flow statement?"
    under, elsewhere = (read(question, rows, source)[0].confidence for source in ("Cash flow statement", "Glossary"))
    assert under > elsewhere


def test_confidence_does_not_depend_much_on_what_stands_around() -> None:
    question = "Where does the harbour master of Vellmouth keep the spare signal key?"
    sizes = [read(question, [STORY[2], *FILLER * times])[0].confidence for times in (1, 5, 40)]
    assert max(sizes) - min(sizes) < 0.1


def test_an_acronym_is_looked_for_in_first_letters() -> None:
    text = [*FILLER, "The lessor holds a right of first refusal on the mill.", *FILLER]
    assert read('Which text concerns "Rofr"?', text)[0].sentences == [6]


@pytest.mark.parametrize(
    ("question", "evidence", "answer"),
    [
        (
            "Where does the harbour master of Vellmouth keep the spare signal key?",
            STORY[2],
            STORY[2],
        ),
        ("How old was Captain Benk?", "Benk was forty-one years old.", "forty-one years old"),
        ("How old was the captain?", "The captain, aged ninety, slept.", "ninety"),
        ("For how many crowns did she buy the barge?", "She bought the barge for 1,364 crowns.", "1,364 crowns"),
        ("When did she buy the barge?", "She bought the barge on 3 May 1851.", "3 May 1851"),
        ("When did she buy the barge?", STORY[5], STORY[5]),
        ("Who is the first mate of the Heron?", "The chief mate of the Heron was Tamsin, a Quaker.", "Tamsin"),
        ("Who is the cook of the Heron?", "Anders, the old cook of the Heron, sang.", "Anders"),
        ("What is the name of the cook?", "The cook of the Heron burnt the porridge.", None),
        ("By whom was the chapel built?", "The chapel was built by Ilse Brandt in a year.", "Ilse Brandt"),
        ("Where was Tamsin born?", "Tamsin was born in Cod Bay, and was a Quaker.", "Cod Bay"),
        ("Where does Tamsin come from?", "Tamsin, a native of Cod Bay, was a Quaker.", "Cod Bay"),
        ("What is the mast made of?", "The mast was hewn from the jaw of a whale.", None),
        ("Who named the barge after a pastry?", STORY[4], "Captain Orsolya Benk"),
        (
            "Why was the trial stopped?",
            "The trial was stopped because the freezers failed.",
            "because the freezers failed",
        ),
    ],
)
def test_the_answer_is_as_short_as_is_certain(question: str, evidence: str, answer: str | None) -> None:
    found = manage(question, *FILLER[:2], evidence)
    said = evidence if answer is None else answer
    assert (found.verdict, found.answer, found.evidence) == ("answered", f"{said} [3]", [3])


def test_of_a_long_sentence_the_clauses_are_quoted_that_hold_the_question() -> None:
    long = (
        f"{'the wind blew and the rain fell, ' * 12}and the cook hid the key in the kettle; {'the mate slept, ' * 12}"
    )
    said = manage("Where did the cook hide the key?", long).answer
    assert "the cook hid the key in the kettle" in said
    assert said.startswith("… ")
    assert said.endswith(" … [1]")
    assert len(said.split()) <= LONGEST + 3


def test_what_only_repeats_the_question_is_not_quoted_where_something_tells_more() -> None:
    found = manage(
        "Who tends the light of Cod Bay?", "CHAPTER 9. The Light of Cod Bay.", "Ilse tends the light of Cod Bay."
    )
    assert found.evidence == [2]


def test_a_question_in_the_text_leads_to_what_is_said_next() -> None:
    text = [*FILLER[:3], "“How old are you, cook?”", "“Ninety, they say.”", *FILLER[3:]]
    assert any(5 in found.sentences for found in read("How old is the cook?", text)[:2])


def test_parts_are_answered_each_and_what_is_missing_is_named() -> None:
    wanted = ("Who named her barge after a pastry?", "Which planet has two moons?")
    found = manage("Who named her barge after a pastry, and which planet has two moons?", STORY[4], wanted=wanted)
    assert (found.verdict, found.answer) == ("answered", "Captain Orsolya Benk [1]")
    assert found.missing == ["Which planet has two moons?"]


def test_the_earlier_of_two_is_told_by_their_dates() -> None:
    sides = ("Ada Hall (born 3 May 1851) was a painter.", "Bo Lind (born 1849) sailed.")
    question = "Who was born first, Ada Hall or Bo Lind?"
    found = manage(question, *sides, wanted=tuple(plan(question)))
    assert found.answer == "Bo Lind [2][1]"
    later = "Who was born later, Ada Hall or Bo Lind?"
    assert manage(later, *sides, wanted=tuple(plan(later))).answer == "Ada Hall [1][2]"


@pytest.mark.parametrize("evidence", [(), ("The sea was calm.", "The cook burnt the porridge.")])
def test_without_evidence_there_is_no_answer(evidence: tuple[str, ...]) -> None:
    question = "Which planet has two moons?"
    found = manage(question, *evidence)
    assert (found.verdict, found.answer, found.evidence, found.missing) == ("not_found", "", [], [question])


def test_in_a_chat_the_person_asked_about_must_be_the_one_it_is_about() -> None:
    assert asked(Whole(excerpts(CHAT), "What animal did Bo adopt from the shelter?")).verdict == "answered"
    assert asked(Whole(excerpts(CHAT), "What animal did Ada adopt from the shelter?")).verdict == "not_found"


def test_a_whole_text_is_read_and_answered_by_sentence_number() -> None:
    found = asked(Whole(excerpts(STORY), "Where does the harbour master of Vellmouth keep the spare signal key?"))
    assert (found.answer, found.evidence) == (f"{STORY[2]} [3]", [3])


def test_a_message_keeps_the_best_lines_within_its_length() -> None:
    question = "Where is the signal key of Vellmouth?"
    before = "\n".join(f"The key to door {n} is of iron and opens nothing that anybody has seen." for n in range(30))
    message = asked(Write(excerpts(STORY), before, question, needs(question), MESSAGE_WORDS)).message
    assert STORY[2] in message.splitlines()
    assert len(message.split()) <= MESSAGE_WORDS
    assert set(message.splitlines()) <= {*STORY, *before.splitlines()}


def test_text_without_spaces_between_words() -> None:
    text = ["今天天气很好。", "船长的名字是王大海。", "他们在中午修帆。"]
    assert read("船长的名字是什么？", text)[0].sentences == [2]
    assert "王大海" in manage("船长的名字是什么？", *text).answer


def test_of_much_evidence_the_better_half_is_kept_and_nothing_twice() -> None:
    texts = [*FILLER, STORY[2], STORY[4], STORY[2]]
    items = tuple(Exhibit(at, "book", text, 1, 0.1) for at, text in enumerate(texts, 1))
    keep = asked(Merge(Exhibits(items), "Where is the signal key?", needs("Where is the signal key?"))).keep
    assert keep[0] == 6
    assert 8 not in keep
    assert len(keep) == len(set(keep)) == 4


SENTENCES = st.lists(st.sampled_from([*STORY, *CHAT, "", "  ", "谁是船长？", "1,577 | 32,765", "(“]”"]), max_size=12)
QUESTIONS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["Who named the barge, and how old was she?", "When did Ada start?", "Which key, A or B?", "Why?"]),
)


@given(QUESTIONS, SENTENCES)
@example("A{Ñ", [FILLER[0], FILLER[0], FILLER[0], FILLER[0], STORY[2]])
@settings(max_examples=80, deadline=None)
def test_only_printed_numbers_and_words_of_the_evidence_are_used(question: str, sentences: list[str]) -> None:
    for finding in read(question, sentences):
        assert finding.sentences
        assert set(finding.sentences) <= set(range(1, len(sentences) + 1))
        assert 0 < finding.confidence <= 1
    for found in (manage(question, *sentences), asked(Whole(excerpts(sentences), question))):
        own = found.answer.replace(unsure(tongue(question, sentences)), "").rpartition(NEAREST)[2]
        said = re.sub(r"\[\d+\]", "", own)
        assert set(words(said)) <= {word for text in sentences for word in words(text)}
        assert (found.verdict == "not_found") == (not found.answer)
        assert set(found.evidence) <= set(range(1, len(sentences) + 1))
