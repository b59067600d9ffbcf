"""What an overwritten memory forgets, and what the ledger beside it holds.

    python benchmarks/forgetting.py [SET …] [--questions N]

Every question is read through with `memory` and the built-in `extractive` model at its window of 8,192. Printed: the
share of gold items of which at least half stands in the last memory, which is all that the paper's manager sees; in the
whole ledger; and in the ledger's best lines up to the same room as the memory has. Retrieval, not reasoning: a model
that writes better remembers better, and forgets for the same reason.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from clew.agents.desk import Desk
from clew.agents.graph import ROLES, run
from clew.agents.strategies.memory import MemAgent
from clew.core.book import Book
from clew.core.types import Document, Span
from clew.documents.passages import prepare
from clew.evals.recall import half
from clew.evals.sets import GoldQuestion, data_folder, load
from clew.memory.ledger import Covered, digest
from clew.models.extractive.model import Extractive
from clew.models.validated import Validated


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=["novel", "hotpotqa"], metavar="SET")
    parser.add_argument("--questions", type=int, default=24, help="of each set at most")
    given = parser.parse_args()
    print(f"{'set':10}{'gold items':>11}{'last memory':>13}{'ledger':>9}{'its best lines':>16}")
    for one in load(data_folder(), given.sets):
        books = {n: prepare(n, Document(t, (), (), "plain")) for n, t in one.files.items() if isinstance(t, str)}
        asked = [q for q in one.questions if q.gold][: given.questions]
        held = [item for question in asked for item in kept(question, books)]
        shares = [sum(column) / len(held) for column in zip(*held, strict=True)]
        print(f"{one.name:10}{len(held):>11}{shares[0]:>13.3f}{shares[1]:>9.3f}{shares[2]:>16.3f}", flush=True)


def kept(question: GoldQuestion, books: dict[str, Book]) -> list[tuple[bool, bool, bool]]:
    """For every gold item whether memory, ledger and the ledger's best lines hold half of it."""
    model = Validated(Extractive())
    scope = {books[name].id: books[name] for name in question.documents}
    desk = Desk(question.question, scope, dict.fromkeys(ROLES, model), no_search)
    state = asyncio.run(run(MemAgent(), desk))
    memory = " ".join(state["slot"].memory.split())
    room = desk.room("memory_writer").memory
    ledger = Covered(note.span for note in state["notes"])
    best = Covered(note.span for note in digest(state["notes"], room, desk.note_size, list(scope)))
    found = []
    for gold in question.gold:
        book = books[gold.document]
        span = Span(book.id, gold.start, gold.end)
        sentences = [" ".join(book.text(s).split()) for s in book.sentences_in(span) or [span]]
        remembered = 2 * sum(sentence in memory for sentence in sentences) >= len(sentences)
        found.append((remembered, half(ledger, span), half(best, span)))
    return found


def no_search() -> Any:
    raise LookupError("nothing is looked up here")


if __name__ == "__main__":
    main()
