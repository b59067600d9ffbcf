"""PDF written by hand: sheets with words at known places, labels, bookmarks, form fields, attachments, all known.

data = Pdf().sheet(at(50, 700, "Hello")).sheet("raw content stream").bytes()
"""

from __future__ import annotations

from collections.abc import Sequence


def at(x: float, y: float, words: str, size: int = 10) -> str:
    """One line of text whose baseline begins at `x`, `y` (points from the lower left corner)."""
    return f"BT /F1 {size} Tf {x} {y} Td ({_escaped(words)}) Tj ET"


def column(x: float, top: float, lines: Sequence[str], size: int = 10, lead: float = 12) -> list[str]:
    """Lines below each other."""
    return [at(x, top - lead * row, words, size) for row, words in enumerate(lines)]


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


class Pdf:
    """Collects sheets; `bytes` gives the file. `font` is what `/F1` is, as a dictionary."""

    def __init__(self, font: bytes = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>") -> None:
        self._objects: list[bytes] = [b"", b"", font]
        self._kids: list[int] = []
        self._fields: list[int] = []
        self._catalog = b""

    def sheet(self, *content: str, extra: str = "", annotations: Sequence[str] = ()) -> Pdf:
        """A sheet: operators as its content, `extra` entries such as `/Rotate 90`, annotations as dictionaries."""
        widgets = [self._add(f"<< {words} >>".encode("latin-1")) for words in annotations]
        self._fields += widgets
        stream = "\n".join(content).encode("latin-1")
        body = self._add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        listed = b" /Annots [%s]" % b" ".join(b"%d 0 R" % widget for widget in widgets) if widgets else b""
        page = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R%s %s"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (body, listed, extra.encode())
        )
        self._kids.append(self._add(page))
        return self

    def broken_sheet(self) -> Pdf:
        """A sheet that no program can open: its place in the file holds no page."""
        self._kids.append(self._add(b"null"))
        return self

    def catalog(self, entries: str) -> Pdf:
        """Entries of the document's catalog, such as `/PageLabels << ... >>`."""
        self._catalog += b" " + entries.encode("latin-1")
        return self

    def attach(self, name: str, data: bytes) -> Pdf:
        """An embedded file."""
        stream = self._add(b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream" % (len(data), data))
        spec = self._add(f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F {stream} 0 R >> >>".encode())
        return self.catalog(f"/Names << /EmbeddedFiles << /Names [({name}) {spec} 0 R] >> >>")

    def outline(self, bookmarks: Sequence[tuple[str, int]]) -> Pdf:
        """Bookmarks of one rank: a title, and the index of its sheet."""
        first = len(self._objects) + 1
        root = first + len(bookmarks)
        for number, (title, sheet) in enumerate(bookmarks, first):
            after = f" /Next {number + 1} 0 R" if number + 1 < root else ""
            self._add(f"<< /Title ({title}) /Parent {root} 0 R /Dest [{self._kids[sheet]} 0 R /Fit]{after} >>".encode())
        self._add(f"<< /Type /Outlines /First {first} 0 R /Last {root - 1} 0 R /Count {len(bookmarks)} >>".encode())
        return self.catalog(f"/Outlines {root} 0 R")

    def bytes(self) -> bytes:
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids)
        fields = b" ".join(b"%d 0 R" % field for field in self._fields)
        form = b" /AcroForm << /Fields [%s] /DA (/F1 10 Tf) >>" % fields if fields else b""
        self._objects[0] = b"<< /Type /Catalog /Pages 2 0 R%s%s >>" % (form, self._catalog)
        self._objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(self._kids))
        parts, place, places = [b"%PDF-1.7\n"], 9, []
        for number, item in enumerate(self._objects, 1):
            places.append(place)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, item))
            place += len(parts[-1])
        count = len(self._objects) + 1
        table = b"".join(b"%010d 00000 n \n" % start for start in places)
        parts.append(
            b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (count, table, count, place)
        )
        return b"".join(parts)

    def _add(self, item: bytes) -> int:
        self._objects.append(item)
        return len(self._objects)
