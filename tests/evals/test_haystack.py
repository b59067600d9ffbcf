"""Haystacks: gold in the stated order, twins that lack a paragraph, needles that are asked for in other words."""

from __future__ import annotations

import gzip
from pathlib import Path

import clew
import pytest
from clew.evals.haystack import PLANT, Haystack, haystacks, withheld
from clew.evals.multihop import SETS, case, corpus
from clew.evals.needles import depths, needles
from clew.evals.sets import Gold, GoldQuestion, QuestionSet, data_folder
from clew.evals.standalone import documents
from clew.language.words import stems
from riddles import small_corpus

OWN = small_corpus()


def places(stack: Haystack, number: int) -> list[int]:
    facts = stack.cases[number].puzzle.facts
    return [stack.text.find(fact.text) for fact in facts]


@pytest.mark.parametrize("order", ["forward", "reverse"])
@pytest.mark.parametrize("seed", range(3))
def test_gold_stands_in_the_stated_order(order: str, seed: int) -> None:
    (stack,) = haystacks(OWN, 2000, order, ["plain"], seed=seed)
    for number, one in enumerate(stack.cases):
        found = [places(stack, number)[at] for at in one.puzzle.order]
        assert min(found) >= 0
        assert found == sorted(found, reverse=order == "reverse")


def test_random_order_is_neither() -> None:
    stacks = [stack for seed in range(4) for stack in haystacks(OWN, 2000, "random", ["plain"], seed=seed)]
    assert len({tuple(places(stack, 2)) == tuple(sorted(places(stack, 2))) for stack in stacks}) == 2


def test_a_twin_lacks_one_gold_paragraph_of_each_question_and_is_as_long() -> None:
    plain, twin = haystacks(OWN, 1000, "forward")
    assert abs(len(plain.text) - len(twin.text)) < 400
    for number, one in enumerate(twin.cases):
        missing = [at for at, place in enumerate(places(twin, number)) if place < 0]
        assert [one.gold[at] for at in missing] == [withheld(one)]


def test_a_planted_text_holds_the_instruction_once() -> None:
    (stack,) = haystacks(OWN, 1000, "forward", ["planted"])
    assert stack.text.count(PLANT.text) == 1
    assert stack.plants == (PLANT,)


def test_questions_share_a_text_only_where_they_fit() -> None:
    together = list(haystacks(OWN, 1000, "forward", ["plain"]))
    apart = list(haystacks(OWN, 120, "forward", ["plain"]))
    assert [len(stack.cases) for stack in together] == [3]
    assert [len(stack.cases) for stack in apart] == [1, 1, 1]
    assert all(len(stack.text) <= 4 * stack.tokens + 200 for stack in (*together, *apart))


def row(
    dataset: str, meta: dict[str, object], evidence: list[tuple[str, str, str]], **fields: object
) -> dict[str, object]:
    items = [{"pid": pid, "title": title, "text": text, "sent": 0} for pid, title, text in evidence]
    return {
        "id": "q",
        "dataset": dataset,
        "answers": ["Tarn"],
        "meta": {"context_pids": []} | meta,
        "evidence": items,
    } | fields


def test_musique_facts_are_the_sentences_of_its_decomposition() -> None:
    own = small_corpus().paragraphs
    parts = [
        {"question": "Who taught Irsa Velm?", "answer": "Bodo Kask"},
        {"question": "Which boat does #1 own?", "answer": "Silver Eel"},
    ]
    evidence = [("gold-0-1", "Page 0-1", ""), ("gold-0-0", "Page 0-0", "")]
    made = case(row("musique", {"decomposition": parts}, evidence, type="2hop", question="Which boat?"), own)
    assert made.gold == ("gold-0-0", "gold-0-1")
    assert [fact.text for fact in made.puzzle.facts] == [
        "Irsa Velm learned her letters from Bodo Kask.",
        "Bodo Kask owns the boat Silver Eel.",
    ]
    assert made.puzzle.depths == (1, 2)
    assert made.puzzle.asking(1, [0]) == "Which boat does Bodo Kask own?"


def test_2wiki_facts_are_its_triples() -> None:
    triples = [["Low Mill (mill)", "miller", "Ada Orr"], ["Ada Orr", "born in", "Tarn"]]
    evidence = [("b", "Ada Orr (miller)", "Ada Orr was born in Tarn."), ("a", "Low Mill", "Ada Orr runs Low Mill.")]
    made = case(row("2wiki", {"triples": triples}, evidence, type="compositional", question="Where?"), {})
    assert made.gold == ("a", "b")
    assert [fact.question for fact in made.puzzle.facts] == [
        "What is the miller of Low Mill (mill)?",
        "What is the born in of #1?",
    ]
    assert made.puzzle.depths == (1, 2)


def test_hotpotqa_bridges_lead_to_the_title_that_is_not_named() -> None:
    evidence = [("b", "Ada Orr (miller)", "She was born in Tarn."), ("a", "Low Mill", "Low Mill belongs to Ada Orr.")]
    asked = "Where was the owner of Low Mill born?"
    bridge = case(row("hotpotqa", {}, evidence, type="bridge", question=asked), {}).puzzle
    assert [(fact.answer, fact.needs) for fact in bridge.facts] == [("Ada Orr", ()), ("Tarn", (0,))]
    comparison = case(row("hotpotqa", {}, evidence, type="comparison", question=asked), {}).puzzle
    assert comparison.depths == (1, 1)


@pytest.mark.parametrize("name", SETS)
def test_facts_of_the_sets_stand_in_their_paragraphs(name: str) -> None:
    try:
        own = corpus(data_folder(), name)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    assert len(own.cases) >= 99
    for one in own.cases:
        assert all(fact.text in own.paragraphs[key].text for key, fact in zip(one.gold, one.puzzle.facts, strict=True))
        assert all(need < len(one.puzzle.facts) for fact in one.puzzle.facts for need in fact.needs)
    assert {max(one.puzzle.depths) for one in own.cases if one.type in ("2hop", "comparison")} <= {1, 2}


def test_forty_needles_share_no_stem_with_their_questions() -> None:
    cases = needles()
    assert len({one.puzzle.question for one in cases}) == 40
    for one in cases:
        (fact,) = one.puzzle.facts
        assert not set(stems(fact.text)) & set(stems(one.puzzle.question))
        assert one.puzzle.answers[0] in fact.text


def test_needles_lie_at_their_depth_in_a_paragraph_of_their_own() -> None:
    novel = gzip.decompress((Path(clew.__file__).parent / "examples/moby-dick.txt.gz").read_bytes()).decode()
    assert not [one for one in needles() if one.puzzle.facts[0].text in novel]
    for at, stack in enumerate(depths(novel, needles()[:5], 16_000, 4)):
        for number in range(5):
            (place,) = places(stack, number)
            assert place / len(stack.text) == pytest.approx((at + 0.5) / 4, abs=0.06)
            assert stack.text[place - 2 : place] == "\n\n"


def test_a_document_as_it_is_and_a_twin_without_the_lines_of_its_gold() -> None:
    text = "The lease ends with the year. Rent is due with the harvest.\nThe roof is new.\nThe well is dry.\n"
    start, end = text.index("The lease"), text.index("\nThe roof")
    gold = (Gold("lease.txt", start, end), Gold("lease.txt", text.index("The well"), len(text) - 1))
    asked = GoldQuestion("q", "What is said?", ("lease.txt",), ("this",), True, gold)
    plain, twin = documents(QuestionSet("leases", {"lease.txt": text}, (asked,)))
    assert plain.text == text
    facts = [fact.text for fact in plain.cases[0].puzzle.facts]
    assert facts == ["The lease ends with the year.", "Rent is due with the harvest.", "The well is dry."]
    assert twin.text == "The roof is new.\nThe well is dry.\n"
    assert [case.unit for case in (*plain.cases, *twin.cases)] == ["lease.txt"] * 2
