"""What watchers are told of a run: what its turn does, in how many parts, and how much of the text was read before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..core.trace import Stage
from ..core.types import Chunk, Passage, Role
from ..memory.ledger import Covered
from .desk import Desk
from .state import State, Task
from .units import Passages

WORDS: Mapping[Role, str] = {
    "planner": "planning",
    "reader": "looking",
    "explorer": "looking where to go on",
    "memory_writer": "condensing notes",
    "manager": "answering",
}


def stage(state: State, tasks: Sequence[Task], units: Sequence[Chunk | Passage], desk: Desk) -> Stage:
    """The stage that `tasks` are: counted where they are parts of one job, not where each lane goes its own way.

    Args:
        units: of the strategy's coverage; one that counts passages does not mean to read them all.
    """
    reading = [task for task in tasks if task.spans]
    if not reading:
        return Stage(WORDS[tasks[0].role], 0, len(tasks))
    lanes = Counter(task.lane for task in reading)
    if max(lanes.values()) > 1:
        return Stage("reading", 0, len(reading))
    characters = sum(book.extent.characters for book in desk.books.values())
    if isinstance(units, Passages):
        read = Covered(state["read"])
        return Stage("reading", share=sum(map(read.characters, desk.books)) / max(1, characters))
    spans = [*state["read"], *(failure.span for failure in state["failed"])]
    share = sum(span.end - span.start for span in spans) / max(1, characters * len(lanes))
    walks = all(task.form in ("read", "write") for task in tasks)
    return Stage("reading", share=min(1.0, share), whole=walks)
