"""HTML: the visible text in reading order, block elements on lines of their own, headings as spans.

Scripts do not run and nothing is fetched: the file is parsed (lexbor) and walked without recursion. Neither time nor
memory is bounded by the page's size (HTML, 13.2.4.3: what is left open is opened again): `app.reading` bounds them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .decode import decode
from .html_table import is_data_table, lines_of
from .lines import Lines
from .loaded import Loaded
from .numerals import whole

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SKIPPED = frozenset(
    ("script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "canvas", "audio", "video", "rt")
    + ("meta", "link", "base", "datalist", "select", "textarea", "button", "input", "ix:header", "-comment", "!doctype")
    + ("rp",)
)
_PARAGRAPHS = frozenset(
    ("p", "blockquote", "ul", "ol", "dl", "table", "pre", "section", "article", "main", "header", "footer", "aside")
    + ("nav", "figure", "form", "fieldset", "address", "hr", "title", "h1", "h2", "h3", "h4", "h5", "h6", "body")
)
_LINES = frozenset(
    ("div", "li", "tr", "td", "th", "dt", "dd", "br", "caption", "figcaption", "legend", "summary", "details", "option")
    + ("center", "thead", "tbody", "tfoot", "hgroup", "optgroup")
)
_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
"""Of numbered lists, by their `type`."""
_MARK = re.compile(r"[\[(]?(\d{1,4}|[a-z]|[ivx]{1,5}|[*\u2020\u2021\u00a7]{1,3})[\])]?")
"""What refers to a note."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def load_html(data: bytes) -> Loaded:
    """A page's visible text with its `h1` to `h6`. Raises DocumentError where it is no text."""
    label = _CHARSET.search(data[:4096])
    decoded = decode(data, label[1].decode("ascii") if label else None)
    lines = Lines()
    root = _parsed(decoded.text).root
    if root is not None:
        walk(root, lines)
    return Loaded(lines.document("html"), decoded.notices)


def _parsed(text: str) -> LexborHTMLParser:
    """Raises MemoryError: lexbor takes any text, and a few kilobytes of it can stand for millions of elements."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        return LexborHTMLParser(text)
    except SelectolaxError as error:
        raise MemoryError from error


def walk(root: LexborNode, lines: Lines) -> None:
    """Writes the visible text of `root` and what is in it; white space is kept only within `pre`."""
    verbatim = 0
    pending: list[tuple[LexborNode, bool]] = [(root, False)]
    while pending:
        node, closing = pending.pop()
        tag = node.tag or ""
        if closing:
            verbatim -= tag == "pre"
            _close(tag, lines)
            continue
        if node is not root and node.next is not None:
            pending.append((node.next, False))
        if tag == "-text":
            lines.write(node.text_content or "", verbatim=verbatim > 0)
        elif tag in _SKIPPED or _hidden(node):
            continue
        elif tag in {"sup", "a"} and (mark := _note_mark(node)):
            lines.write(mark)
        elif tag == "table" and not lines.flat and is_data_table(node):
            lines.write_rows(lines_of(node, flat_text), verbatim=True)
        else:
            verbatim += tag == "pre"
            _open(node, tag, lines)
            pending.append((node, True))
            if node.child is not None:
                pending.append((node.child, False))


def _open(node: LexborNode, tag: str, lines: Lines) -> None:
    if tag in _PARAGRAPHS and not (tag in {"ul", "ol"} and lines.in_list):
        lines.end_line(2)
    elif tag in _LINES:
        lines.end_line(1)
    if tag in _HEADINGS:
        lines.open_heading(_HEADINGS[tag])
    elif tag in {"ul", "ol"}:
        first = whole(node.attributes.get("start") or "", 6)
        style = _STYLES.get(node.attributes.get("type") or "", "decimal")
        lines.open_list((1 if first is None else first) if tag == "ol" else None, style)
    elif tag == "li":
        lines.open_item(whole(node.attributes.get("value") or "", 6))


def _close(tag: str, lines: Lines) -> None:
    if tag in _HEADINGS:
        lines.close_heading()
    elif tag in {"ul", "ol"}:
        lines.close_list()
    elif tag == "li":
        lines.close_item()
    if tag in _PARAGRAPHS and not (tag in {"ul", "ol"} and lines.in_list):
        lines.end_line(2)
    elif tag in _LINES and tag != "br":
        lines.end_line(1)


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


def _note_mark(node: LexborNode) -> str:
    """`[1]` for a raised link to a note, which would be read as part of the word before it; empty for all else."""
    inner = node.child
    if node.tag == "a":
        link = node
        raised = (inner is not None and inner.tag == "sup") or "noteref" in f"{node.attributes}"
    else:
        link, raised = inner or node, True
    mark = _MARK.fullmatch(_short_text(node)) if raised else None
    return f"[{mark[1]}]" if mark and link.tag == "a" and "#" in (link.attributes.get("href") or "") else ""


def _short_text(node: LexborNode) -> str:
    """The words within `node`; empty where there is more in it than a mark needs."""
    words: list[str] = []
    pending = [node.child]
    for _ in range(20):
        if not pending:
            return "".join(words).strip()
        inner = pending.pop()
        if inner is not None:
            pending += (inner.next, inner.child)
            words += [inner.text_content or ""] * (inner.tag == "-text")
    return ""


def flat_text(node: LexborNode) -> str:
    """The visible text within `node` on one line."""
    lines = Lines(flat=True)
    walk(node, lines)
    return lines.text.strip()
