"""Markdown: the text is the decoded file, unchanged; headings come from the parser, so that code fences hold none."""

from __future__ import annotations

import re
from itertools import accumulate

from ..core.types import Document, Heading
from .decode import decode
from .loaded import Loaded

_SIGNS = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]+|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"\n[^\n]*\Z")


def load_markdown(data: bytes) -> Loaded:
    """CommonMark text with its ATX and setext headings."""
    decoded = decode(data)
    return Loaded(Document(decoded.text, (), find_headings(decoded.text), "markdown"), decoded.notices)


def find_headings(text: str) -> tuple[Heading, ...]:
    """The headings of CommonMark `text`, each the span of its words without the marks around them."""
    if "#" not in text and "\n=" not in text and "\n-" not in text:
        return ()
    from markdown_it import MarkdownIt

    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    # Inline text is not needed, and parsing it is what takes long.
    parser = MarkdownIt("commonmark").disable("inline")
    found = []
    for token in parser.parse(_front_matter_blanked(text)):
        # Headings of quotations and list items are not the document's own.
        if token.type == "heading_open" and token.map and token.level == 0:
            start, end = starts[token.map[0]], starts[token.map[1]] - 1
            span = _words(text, start, min(end, len(text)), setext=token.markup in {"=", "-"})
            if span:
                found.append(Heading(int(token.tag[1]), *span))
    return tuple(found)


def _words(text: str, start: int, end: int, *, setext: bool) -> tuple[int, int] | None:
    """Span of the heading's own words between two offsets; None where there are none."""
    if setext:
        underline = _UNDERLINE.search(text, start, len(text[start:end].rstrip()) + start)
        end = underline.start() if underline else end
    elif opening := _SIGNS.match(text, start, end):
        start = opening.end()
        closing = _CLOSING.search(text, start, end)
        end = closing.start() if closing else end
    body = text[start:end]
    lead = len(body) - len(body.lstrip())
    return (start + lead, start + len(body.rstrip())) if lead < len(body) else None


def _front_matter_blanked(text: str) -> str:
    """`text` with a YAML block at its top made blank, lines kept: its last line would read as a setext heading."""
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---", 3)
    if end < 0 or end > 20_000:
        return text
    return "\n" * text.count("\n", 0, end + 4) + " " * 3 + text[end + 4 :]
