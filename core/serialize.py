"""The public JSON of answers and errors, schemas `clew.answer/1` and `clew.error/1`: the one place for its fields."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import ClewError
    from .results import Answer, Coverage, Found


def coverage_to_dict(coverage: Coverage) -> dict[str, Any]:
    """`coverage` as a part of an object."""
    pages = coverage.pages
    return {
        **asdict(coverage),
        "pages": None if pages is None else {"total": pages.total, "without_text": list(pages.without_text)},
        "reasons": [asdict(reason) for reason in coverage.reasons],
    }


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
        "citations": [asdict(citation) for citation in answer.citations],
        "evidence": [asdict(item) for item in answer.evidence],
        "documents": [asdict(document) for document in answer.documents],
        "coverage": coverage_to_dict(answer.coverage),
        "unsupported": list(answer.unsupported),
        "missing": list(answer.missing),
        "usage": asdict(answer.usage),
        "rejected_quotes": answer.rejected_quotes,
        "limit_reached": answer.limit_reached,
        "notices": list(answer.notices),
    }


def found_to_dict(found: Found) -> dict[str, Any]:
    """`found` as one JSON-ready object."""
    return {
        "schema": "clew.find/1",
        "run": found.run,
        "what": found.what,
        "model": found.model,
        "items": [{**asdict(item), "headings": list(item.headings)} for item in found.items],
        "documents": [asdict(document) for document in found.documents],
        "coverage": coverage_to_dict(found.coverage),
        "usage": asdict(found.usage),
        "rejected_quotes": found.rejected_quotes,
        "limit_reached": found.limit_reached,
        "notices": list(found.notices),
    }


def error_to_dict(error: ClewError) -> dict[str, Any]:
    """`error` as one JSON-ready object."""
    return {"schema": "clew.error/1", "error": {"kind": error.kind, "message": str(error), "hint": error.hint}}
