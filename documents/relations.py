"""Which part of an Office Open XML package (.docx, .xlsx) is what: its relations (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from .archive import Archive
from .loaded import mistaken
from .xmlparse import Target, parse_xml


@dataclass(frozen=True, slots=True)
class Relation:
    """One part that another refers to."""

    kind: str
    """Last word of its type: `styles`, `worksheet`, `officeDocument`."""
    target: str
    """Name within the archive."""


def relations(archive: Archive, part: str = "") -> dict[str, Relation]:
    """By id, what `part` refers to within the archive, the package itself if empty. Raises DocumentError."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    found = _Relations(folder)
    data = archive.read_if_there(path)
    if data:
        parse_xml(data, found, path)
    return found.by_id


def main_part(archive: Archive, usual: str, program: str) -> str:
    """Name of the part that holds the document's own text. Raises DocumentError where there is none."""
    for relation in relations(archive).values():
        if relation.kind == "officeDocument" and relation.target in archive:
            return relation.target
    if usual in archive:
        return usual
    raise mistaken(f"a {program} file")


class _Relations(Target):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.by_id: dict[str, Relation] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.by_id[attributes.get("Id", "")] = Relation(kind, target.lstrip("/"))
