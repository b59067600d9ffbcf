"""Notebooks (.ipynb): cells in order, prose as Markdown with its headings, code and its printed output as they stand.

Nothing is executed; pictures and other rich output are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..core.errors import DocumentError
from ..core.types import Document
from .decode import decode
from .joined import joined
from .loaded import Loaded
from .markdown import find_headings


def load_notebook(data: bytes) -> Loaded:
    """A Jupyter notebook's text (nbformat 3 and 4). Raises DocumentError."""
    decoded = decode(data)
    try:
        whole = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise DocumentError("is no Jupyter notebook: not valid JSON", "check where it comes from") from error
    cells = _list(whole, "cells") or [cell for sheet in _list(whole, "worksheets") for cell in _list(sheet, "cells")]
    document = joined((part for cell in cells for part in _parts(cell)), "notebook")
    return Loaded(document, decoded.notices)


def _parts(cell: Any) -> Iterator[Document]:
    """A cell's text, then what it printed."""
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    if kind in {"markdown", "raw", "heading"}:
        text = _joined_lines(cell.get("source"))
        yield Document(text, (), find_headings(text) if kind == "markdown" else (), "markdown")
    elif kind == "code":
        yield Document(_joined_lines(cell.get("source") or cell.get("input")), (), (), "plain")
        for output in _list(cell, "outputs"):
            yield Document(_printed(output), (), (), "plain")


def _printed(output: Any) -> str:
    if not isinstance(output, dict):
        return ""
    data = output.get("data")
    rich = data.get("text/plain") if isinstance(data, dict) else None
    return _joined_lines(output.get("text") or rich)


def _list(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _joined_lines(value: Any) -> str:
    """Text that the format stores as one string or as a list of lines."""
    lines = value if isinstance(value, list) else [value]
    return "".join(line for line in lines if isinstance(line, str)).replace("\r\n", "\n").replace("\r", "\n")
