"""The public JSON of answers, places and errors: `clew.answer/1`, `clew.find/1`, `clew.error/1`, their fields once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from .errors import ClewError
    from .results import Answer, Citation, Coverage, Found, Item, Listed, Place

_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON may hold as it is, and terminals and readers of lines obey: controls, turns of writing, ends of lines."""


def json_line(value: object) -> str:
    """`value` as JSON on one line that can be shown as it is: what would be obeyed is escaped, letters are not."""
    plain = json.dumps(value, ensure_ascii=False)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def coverage_to_dict(coverage: Coverage) -> dict[str, Any]:
    """`coverage` as a part of an object."""
    pages = coverage.pages
    return {
        **asdict(coverage),
        "pages": None if pages is None else {**asdict(pages), "without_text": list(pages.without_text)},
        "reasons": [asdict(reason) for reason in coverage.reasons],
    }


def listed(value: Citation | Item | Listed | Place) -> dict[str, Any]:
    """`value` with lists for tuples, as it comes back from JSON."""
    return {name: list(held) if isinstance(held, tuple) else held for name, held in asdict(value).items()}


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """`answer` as one JSON-ready object."""
    return {
        "schema": "clew.answer/1",
        "run": answer.run,
        "question": answer.question,
        "strategy": answer.strategy,
        "route": answer.route,
        "model": answer.model,
        "status": answer.status,
        "answer": answer.text,
        "citations": [listed(citation) for citation in answer.citations],
        "evidence": [listed(item) for item in answer.evidence],
        "documents": [listed(document) for document in answer.documents],
        "coverage": coverage_to_dict(answer.coverage),
        "unsupported": list(answer.unsupported),
        "supported": answer.supported,
        "missing": list(answer.missing),
        "path": [asdict(step) for step in answer.path],
        "usage": asdict(answer.usage),
        "rejected_quotes": answer.rejected_quotes,
        "limit_reached": answer.limit_reached,
        "notices": list(answer.notices),
        "date": answer.date,
        "version": answer.version,
    }


def found_to_dict(found: Found) -> dict[str, Any]:
    """`found` as one JSON-ready object."""
    return {
        "schema": "clew.find/1",
        "run": found.run,
        "what": found.what,
        "model": found.model,
        "items": [listed(item) for item in found.items],
        "documents": [listed(document) for document in found.documents],
        "coverage": coverage_to_dict(found.coverage),
        "usage": asdict(found.usage),
        "rejected_quotes": found.rejected_quotes,
        "limit_reached": found.limit_reached,
        "left_out": found.left_out,
        "notices": list(found.notices),
    }


def error_to_dict(error: ClewError) -> dict[str, Any]:
    """`error` as one JSON-ready object."""
    return {"schema": "clew.error/1", "error": {"kind": error.kind, "message": str(error), "hint": error.hint}}


def answer_from_dict(data: Mapping[str, Any]) -> Answer:
    """The answer that `data` was made of. Raises ValueError where it is no `clew.answer/1`."""
    from .results import Answer

    answer: Answer = _reader(Answer).validate_python({**data, "text": data.get("answer")})
    return answer


def found_from_dict(data: Mapping[str, Any]) -> Found:
    """The places that `data` was made of. Raises ValueError where it is no `clew.find/1`."""
    from .results import Found

    found: Found = _reader(Found).validate_python(data)
    return found


@cache
def _reader(kind: type) -> TypeAdapter[Any]:
    """What makes a `kind` of plain values; made once, which takes longer than using it."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
