"""What the user names becomes an ordered list of files: paths, folders, standard input. Nothing is opened here."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .formats import worth_reading

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read."""

    name: str
    """As the user knows it: the path as given, or `<folder as given>/<path within it>`."""
    path: Path | None
    """None for standard input."""


def expand(names: Sequence[str]) -> list[Source]:
    """The sources behind `names`, in the order given, files of a folder sorted; a name that comes again is left out.

    What does not exist, and a folder without a readable file, becomes a source as well: reading it says what is wrong,
    and the others are read all the same.
    """
    found: dict[str, Source] = {}
    for name in names:
        for source in _behind(name):
            found.setdefault(source.name, source)
    return list(found.values())


def _behind(name: str) -> list[Source]:
    if name == STANDARD_INPUT:
        return [Source(name, None)]
    path = Path(name)
    if not os.path.isdir(name):
        return [Source(name, path)]
    prefix = name if name.endswith("/") else name + "/"
    inside = sorted(_files(path), key=lambda item: item[0])
    return [Source(prefix + relative, file) for relative, file in inside] or [Source(name, path)]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Relative path and path of the files worth reading in `folder` and below, hidden ones left out."""
    root = folder.resolve()
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(parent, name)
            if not name.startswith(".") and worth_reading(path) and _stays(path, root):
                yield path.relative_to(folder).as_posix(), path


def _stays(path: Path, root: Path) -> bool:
    """Whether a file has content, and is in the folder also when links are followed."""
    try:
        return path.resolve().is_relative_to(root) and path.is_file() and path.stat().st_size > 0
    except (OSError, RuntimeError):
        return False
