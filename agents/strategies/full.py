"""`full`: the whole document in one prompt, the baseline of long-context models.

    answer = manager(question, document)

One call; refused where the document does not fit the window. Nothing is retrieved, nothing remembered.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.errors import SettingsError
from ...core.types import Passage, Span
from ...prompts import Whole
from ..consult import printed
from ..desk import Desk
from ..fit import size
from ..state import Outcome, State, Task
from ..strategy import Strategy


class Full(Strategy):
    """The long-context baseline."""

    name = "full"
    searches = False

    def units(self, desk: Desk) -> Sequence[Passage]:
        needed, most = tokens(desk), desk.room("manager").window - desk.room("manager").reply
        if needed > most:
            raise SettingsError(
                f"the text takes about {needed:,} tokens and the window leaves {most:,}",
                "use --strategy chain to read it in parts, or retrieve to look places up",
            )
        return desk.passages

    def start(self, desk: Desk) -> bool:
        """Whether the one prompt was sent."""
        return False

    def choose(self, state: State, desk: Desk) -> list[Task]:
        return [] if state["slot"] else [Task("main", "manager", "whole", spans=everything(desk))]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> bool:
        return True


def everything(desk: Desk) -> tuple[Span, ...]:
    """All documents, whole, in order."""
    return tuple(Span(book.id, 0, len(book.document.text)) for book in desk.books.values())


def tokens(desk: Desk) -> int:
    """Prompt tokens of the whole text with its question."""
    prompt = Whole(printed(desk, everything(desk)).excerpts, desk.question)
    return size(desk.models["manager"], desk.room("manager"), prompt)
