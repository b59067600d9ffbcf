"""A PDF written by hand, so that tests know every word on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is.
settings.register_profile("no seconds", deadline=None)
settings.load_profile("no seconds")


def write_pdf(pages: Sequence[str], outline: Sequence[tuple[str, int]] = ()) -> bytes:
    """A PDF with the lines of each text on a page of its own, and bookmarks (title, page index)."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids: list[int] = []
    for text in pages:
        lines = b" T* ".join(b"(" + line.encode("latin-1") + b") Tj" for line in text.split("\n"))
        content = b"BT /F1 12 Tf 14 TL 50 750 Td " + lines + b" ET" if text else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    root = len(objects) + 1
    for at, (title, page) in enumerate(outline):
        after = b" /Next %d 0 R" % (root + at + 1) if at + 1 < len(outline) else b""
        objects.append(
            b"<< /Title (%s) /Parent %d 0 R /Dest [%d 0 R /Fit]%s >>"
            % (title.encode(), root + len(outline), kids[page], after)
        )
    if outline:
        objects.append(
            b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
            % (root, root + len(outline) - 1, len(outline))
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R%s >>" % (b" /Outlines %d 0 R" % len(objects) if outline else b"")
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    return _assembled(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    body = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """`pdf(["text of page 1", ...], outline=[("Title", 0)])`."""
    return write_pdf
