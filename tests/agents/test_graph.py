"""`graph`: what its walks see and do, that they end, and that they stay within their tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from clew import Clew
from clew.agents.desk import Desk
from clew.agents.fit import size
from clew.agents.graph import run
from clew.agents.strategies.graph import ACTIONS, MOST_TOKENS, WALKS, Graph
from clew.core.errors import WindowExceeded
from clew.core.types import Call
from clew.models.scripted import Scripted
from island import InOrder, small_book, wait
from keeper import honest, long_book

CHAPTERS = [
    f"In chapter {n} Captain {name} sailed to {port} with {n + 100} barrels, and {other} stayed at home in {port}."
    for n, (name, other, port) in enumerate(
        (f"Orlan{'bcdfg'[a]}o", f"Mirab{'klmnp'[b]}a", f"Port {'RSTVW'[c]}anel")
        for a in range(5)
        for b in range(5)
        for c in range(5)
    )
]
QUESTION = "Where did Captain Orlanbo sail with Mirabka?"


def watched(reply: Callable[[Call], Any], seen: list[Any]) -> Callable[[Call], Any]:
    def replies(call: Call) -> Any:
        seen.append(call.prompt)
        return reply(call)

    return replies


def restless(call: Call) -> dict[str, Any]:
    """An explorer that never ends a walk and always reads on."""
    match call.prompt.name:
        case "plan":
            return {"needs": [call.prompt.question]}
        case "start":
            return {"nodes": [{"number": node.number, "relevance": 50} for node in call.prompt.nodes.items]}
        case "facts" | "explore":
            return {"findings": [{"sentences": [1], "confidence": 0.9}], "actions": [1]}
        case "neighbours":
            return {"action": 1}
    return {"verdict": "not_found"}


def lanes(prompts: Sequence[Any]) -> list[str]:
    return [prompt.name for prompt in prompts]


def test_the_stages_follow_one_another(desk_for: Callable[..., Desk]) -> None:
    seen: list[Any] = []
    wait(run(Graph(), desk_for(watched(honest, seen), books=[long_book()], window=8192)))
    names = lanes(seen)
    assert names[:2] == ["plan", "start"]
    assert names[2] == "facts"
    assert names[-1] == "answer"
    assert names.index("explore") > names.index("facts")


def test_the_fact_stage_prints_the_sentences_that_hold_the_node(desk_for: Callable[..., Desk]) -> None:
    seen: list[Any] = []
    wait(run(Graph(), desk_for(watched(restless, seen), QUESTION, books=[small_book(CHAPTERS, "log.txt", 4)])))
    facts = [prompt for prompt in seen if prompt.name == "facts"]
    assert len(facts) >= WALKS
    for prompt in facts:
        last = prompt.node.split()[-1].casefold()
        assert all(last in line.text.casefold() for line in prompt.text.lines)
        assert len(prompt.actions.items) == len(prompt.text.parts) + 1


def test_five_walks_of_ten_actions_that_meet_no_node_and_no_text_twice(desk_for: Callable[..., Desk]) -> None:
    seen: list[Any] = []
    desk = desk_for(watched(restless, seen), QUESTION, books=[small_book(CHAPTERS * 6, "log.txt", 4)], window=2600)
    state = wait(run(Graph(), desk))
    walks = state["slot"].walks
    assert len(walks) == WALKS
    assert all(walk.actions <= ACTIONS for walk in walks)
    assert len(set(state["slot"].visited)) == len(state["slot"].visited)
    read = sorted((span.start, span.end) for span in state["read"])
    assert all(a[1] <= b[0] for a, b in zip(read, read[1:], strict=False))
    assert len(read) > WALKS


@pytest.mark.parametrize("window", [2600, 8192, 64_000])
def test_all_prompts_together_stay_within_their_tokens(window: int, desk_for: Callable[..., Desk]) -> None:
    seen: list[Any] = []
    lines = [
        f"{line} It was a day like {n} others, with wind and salt and nothing to tell."
        for n, line in enumerate(CHAPTERS * 15)
    ]
    desk = desk_for(watched(restless, seen), QUESTION, books=[small_book(lines, "log.txt", 4)], window=window)
    wait(run(Graph(), desk))
    spent = sum(size(desk.models["explorer"], desk.room("explorer"), prompt) for prompt in seen)
    assert 0.5 * MOST_TOKENS < spent <= MOST_TOKENS or window < 8192
    assert spent <= MOST_TOKENS


def test_headings_longer_than_what_stands_under_them_are_priced_too(tmp_path: Path) -> None:
    """Else prompts outgrow the window, fail, and are charged for: nothing is left to read with."""
    told = " ".join(f"of the {at}th matter that is told in this chapter at some length" for at in range(16))
    heads = "\n\n".join(f"{'#' * depth} {told} {depth}" for depth in (1, 2, 3))
    (tmp_path / "log.md").write_text("\n\n".join(f"{heads} {n}\n\n{line}" for n, line in enumerate(CHAPTERS)))
    model = Scripted(restless, window=4096)
    with Clew(model, library=tmp_path / "library") as clew:
        answer = clew.open(tmp_path / "log.md").ask(QUESTION, strategy="graph")
    read = [call for call in model.calls if call.prompt.name == "explore"]
    assert len(read) > WALKS
    assert sum(call.tokens for call in model.calls) <= MOST_TOKENS
    assert not answer.coverage.failed


def test_numbers_that_were_not_printed_end_a_walk_safely(desk_for: Callable[..., Desk]) -> None:
    def lost(call: Call) -> dict[str, Any]:
        match call.prompt.name:
            case "start":
                return {"nodes": [{"number": 0}, {"number": 999}]}
            case "facts" | "explore":
                return {"findings": [], "actions": [999, -1]}
            case "neighbours":
                return {"action": 999}
        return restless(call)

    state = wait(run(Graph(), desk_for(lost, QUESTION, books=[small_book(CHAPTERS, "log.txt", 4)])))
    assert len(state["slot"].walks) == WALKS
    assert all(walk.actions <= 5 for walk in state["slot"].walks)
    assert state["rejected"] > 2 * WALKS
    assert not state["read"]


def test_a_walk_that_noted_nothing_is_ended_at_the_second_time_only(desk_for: Callable[..., Desk]) -> None:
    seen: list[Any] = []

    def quitter(call: Call) -> dict[str, Any]:
        if call.prompt.name == "facts":
            return {"findings": [], "actions": [1]}
        if call.prompt.name == "explore":
            return {"findings": [], "actions": [len(call.prompt.actions.items)]}
        return {"action": len(call.prompt.nodes.items)} if call.prompt.name == "neighbours" else restless(call)

    desk = desk_for(watched(quitter, seen), QUESTION, books=[small_book(CHAPTERS * 6, "log.txt", 4)])
    state = wait(run(Graph(), desk))
    assert all(walk.stage == "over" and walk.ends == 1 for walk in state["slot"].walks)


def test_a_reader_that_was_at_a_part_before_tells_what_it_claimed(desk_for: Callable[..., Desk]) -> None:
    seen: list[Any] = []

    def claiming(call: Call) -> dict[str, Any]:
        reply = restless(call)
        if call.prompt.name == "explore":
            reply["findings"] = [{"sentences": [1], "claim": "what the reader said", "confidence": 0.9}]
        return reply

    desk = desk_for(watched(claiming, seen), QUESTION, books=[small_book(CHAPTERS * 6, "log.txt", 4)])
    wait(run(Graph(), desk))
    later = [prompt for prompt in seen if prompt.name == "facts"][WALKS:]
    assert any(item.claim == "what the reader said" for prompt in later for item in prompt.memory.items)


def test_a_failed_call_reads_the_nearest_part_instead(desk_for: Callable[..., Desk]) -> None:
    def broken(call: Call) -> Any:
        return "I would rather not." if call.prompt.name in ("start", "facts", "neighbours") else honest(call)

    state = wait(run(Graph(), desk_for(broken, books=[long_book()], window=8192)))
    assert state["ruling"] is not None
    assert state["ruling"].verdict == "answered"


def test_sentences_of_a_node_that_stand_apart_are_noted_apart(desk_for: Callable[..., Desk]) -> None:
    def greedy(call: Call) -> dict[str, Any]:
        reply = restless(call)
        if call.prompt.name == "facts":
            numbers = [line.number for line in call.prompt.text.lines]
            reply["findings"] = [{"sentences": numbers, "claim": "all of them", "confidence": 0.9}]
        return reply

    desk = desk_for(greedy, QUESTION, books=[small_book(CHAPTERS, "log.txt", 4)])
    state = wait(run(Graph(opens=False), desk))
    assert len(state["notes"]) > WALKS
    assert {desk.text(note.span) for note in state["notes"]} <= set(CHAPTERS)


def test_a_server_that_takes_less_than_it_said_is_shown_less_of_the_notebook(desk_for: Callable[..., Desk]) -> None:
    seen: list[Any] = []

    def narrow(call: Call) -> dict[str, Any]:
        if call.prompt.name in ("facts", "neighbours") and len(call.prompt.memory.items) > 1:
            raise WindowExceeded("too long", "", 1000)
        return restless(call)

    desk = desk_for(watched(narrow, seen), QUESTION, books=[small_book(CHAPTERS * 6, "log.txt", 4)])
    state = wait(run(Graph(), desk))
    assert max(len(prompt.memory.items) for prompt in seen if prompt.name == "facts") > 1
    assert not state["failed"]
    assert all(walk.actions > 2 for walk in state["slot"].walks)


def test_a_part_that_is_read_in_halves_is_counted_as_often_as_it_was_printed(desk_for: Callable[..., Desk]) -> None:
    taken: list[Any] = []

    def narrow(call: Call) -> dict[str, Any]:
        if call.prompt.name == "explore" and len(call.prompt.text.lines) > 12:
            raise WindowExceeded("too long", "", 1000)
        taken.append(call.prompt)
        return restless(call)

    desk = desk_for(narrow, QUESTION, books=[small_book(CHAPTERS * 6, "log.txt", 4)])
    state = wait(run(Graph(), desk))
    assert state["read"]
    sizes = [size(desk.models["explorer"], desk.room("explorer"), prompt) for prompt in taken if prompt.name != "plan"]
    assert state["slot"].spent >= sum(sizes)


class Narrow(InOrder):
    narrows = True


def test_of_a_library_too_large_only_the_documents_that_look_best_are_connected(desk_for: Callable[..., Desk]) -> None:
    books = [small_book(CHAPTERS[at : at + 5], f"{at}.txt", 4) for at in range(0, 50, 5)]
    desk = replace(desk_for(honest, "Who met Orlanbo ?", books=books), search=lambda: Narrow(books))
    found = {passage.document for passage, _ in desk.rank(desk.question)}
    state = wait(run(Graph(), desk))
    assert 0 < len(found) < len(books)
    assert {span.document for span in state["read"]} <= found
    assert set(desk.near.books) == found


def test_the_graph_is_kept_with_the_library_and_removed_with_the_document(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Xanadu-4711 was built by Ortrud Quell.\n\nOrtrud Quell was born on Saint Marrow.")
    with Clew(library=tmp_path / "library") as clew:
        clew.open(secret).ask("Where was the builder of Xanadu-4711 born?", strategy="graph")
        assert len(list((tmp_path / "library" / "graphs").iterdir())) == 1
        clew.catalogue.remove([str(secret)])
        assert not list((tmp_path / "library" / "graphs").iterdir())


def test_eager_facts_are_made_of_the_whole_text_and_printed_in_place_of_sentences(
    desk_for: Callable[..., Desk],
) -> None:
    seen: list[Any] = []

    def made(call: Call) -> dict[str, Any]:
        if call.prompt.name == "atoms":
            return {
                "facts": [
                    {"sentence": line.number, "fact": f"It is told: {line.text}", "elements": ["Orlanbo", "the sea"]}
                    for line in call.prompt.text.lines
                    if "Orlanbo" in line.text
                ]
                + [{"sentence": 9999, "fact": "invented", "elements": ["nowhere"]}]
            }
        return restless(call)

    desk = desk_for(watched(made, seen), QUESTION, books=[small_book(CHAPTERS, "log.txt", 4)])
    state = wait(run(Graph("eager"), desk))
    parts = [prompt for prompt in seen if prompt.name == "atoms"]
    assert sum(len(prompt.text.lines) for prompt in parts) == len(CHAPTERS)
    assert state["rejected"] >= len(parts)
    (start,) = (prompt for prompt in seen if prompt.name == "start")
    assert {node.text for node in start.nodes.items} == {"Orlanbo", "the sea"}
    facts = [prompt for prompt in seen if prompt.name == "facts"]
    assert all(line.text.startswith("It is told: ") for prompt in facts for line in prompt.text.lines)
    assert all(desk.text(note.span) in CHAPTERS for note in state["notes"])
    explored = sum(1 for prompt in seen if prompt.name == "explore")
    assert len(state["read"]) == explored


def test_text_that_no_facts_were_made_of_is_told(desk_for: Callable[..., Desk]) -> None:
    def notices(known: str) -> list[str]:
        def made(call: Call) -> dict[str, Any]:
            if call.prompt.name != "atoms":
                return restless(call)
            told = [line for line in call.prompt.text.lines if known in line.text]
            return {"facts": [{"sentence": n.number, "fact": n.text, "elements": ["the sea"]} for n in told]}

        desk = desk_for(made, QUESTION, books=[small_book(CHAPTERS, "log.txt", 4)])
        wait(run(Graph("eager"), desk))
        return desk.notices

    assert not notices("Captain")
    (some,) = notices("Orlanbo")
    assert "beside" in some
    (none,) = notices("Zanzibar")
    assert "code" in none


def test_the_reply_of_facts_has_the_room_of_memory_too(desk_for: Callable[..., Desk]) -> None:
    most: dict[str, int] = {}

    def counted(call: Call) -> dict[str, Any]:
        most[call.prompt.name] = call.max_tokens
        return {"facts": []} if call.prompt.name == "atoms" else restless(call)

    desk = desk_for(counted, QUESTION, books=[small_book(CHAPTERS, "log.txt", 4)])
    wait(run(Graph("eager"), desk))
    assert most["atoms"] == desk.room("explorer").reply + desk.room("explorer").memory > most["facts"]
