"""Text that grows line by line under titles, each a heading of the first rank with a blank line on either side."""

from __future__ import annotations

from ..core.types import Document, Heading


class Titled:
    """A document in the making."""

    def __init__(self) -> None:
        self.length = 0
        """Characters so far."""
        self._parts: list[str] = []
        self._headings: list[Heading] = []

    def begin(self, title: str) -> None:
        """What is added from now on stands under `title`."""
        self.add("\n" * bool(self._parts) + f"{title}\n")
        self._headings.append(Heading(1, self.length - len(title) - 2, self.length - 2))

    def add(self, line: str) -> None:
        self._parts.append(line + "\n")
        self.length += len(line) + 1

    def document(self, loader: str) -> Document:
        return Document("".join(self._parts), (), tuple(self._headings), loader)
