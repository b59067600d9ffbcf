"""XML read safely: no entities of its own, nothing fetched, bounded nesting, names without their namespace.

By expat, which never opens external entities by itself. Documents that declare entities are refused, so there is
nothing to expand (CWE-776, CWE-611). The whole text is handed over at once: expat before 2.6 takes quadratic time on a
long token that comes in parts (CVE-2023-52425).
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any
from xml.parsers import expat

from ..core.errors import DocumentError
from .loaded import SAVE_AGAIN

DEEPEST = 2_000
"""Elements within each other."""


class Target:
    """What is told of each element, in document order; names are local ones. Subclasses take what matters to them."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, words: str) -> None:
        """Characters between marks."""


def parse_xml(data: bytes, target: Target, what: str, skip: Set[str] = frozenset()) -> None:
    """Tells `target` of all elements in `data` but those called as in `skip`, and what is in them.

    `what` names the part for messages. Raises DocumentError.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    guard = _Guard(target, skip, what)
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    parser.CharacterDataHandler = guard.text
    parser.EntityDeclHandler = guard.refuse_entities
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise DocumentError(f"is damaged: {what} is no XML: {reason} in line {error.lineno}", SAVE_AGAIN) from error
    except (LookupError, ValueError) as error:
        raise DocumentError(f"is damaged: {what} is in an unknown encoding", SAVE_AGAIN) from error


class _Guard:
    """Counts depth, leaves out what is skipped, takes namespaces off."""

    def __init__(self, target: Target, skip: Set[str], what: str) -> None:
        self._target = target
        self._skip = skip
        self._what = what
        self._depth = 0
        self._skipped = 0
        """Depth within a skipped element."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise DocumentError(f"{self._what} is nested more than {DEEPEST:,} deep", SAVE_AGAIN)
        local = name.rpartition(" ")[2]
        if self._skipped or local in self._skip:
            self._skipped += 1
        else:
            self._target.start(local, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
        else:
            self._target.end(name.rpartition(" ")[2])

    def text(self, words: str) -> None:
        if not self._skipped:
            self._target.text(words)

    def refuse_entities(self, *_: Any) -> None:
        raise DocumentError(f"{self._what} declares XML entities, which are not expanded", SAVE_AGAIN)
