"""What can be asked: a question as text, and whether a model has room for it."""

from __future__ import annotations

from ..agents.fit import divide
from ..core.errors import SettingsError
from ..core.seams import ChatModel


def asking(question: str, named: str = "the question") -> str:
    """`question`, which messages call `named`, without white space around it.

    Raises SettingsError where it is no text, or empty.
    """
    if not isinstance(question, str):
        raise SettingsError(f"{named} is no text but {question!r}", "write it in quotes")
    question = question.strip()
    if not question.strip("\"'“”„«» "):
        raise SettingsError(f"{named} is empty", 'write it in quotes, before the files: "…" FILE')
    if any("\ud800" <= sign <= "\udfff" for sign in question):
        raise SettingsError(f"{named} holds bytes that are no text", "write it in UTF-8")
    return question


def checked(question: str, model: ChatModel) -> str:
    """`question` as `asking` has it. Raises SettingsError also when it is too long for the window of `model`."""
    question = asking(question)
    tokens, most = model.count(question), divide(model).question
    if tokens > most:
        raise SettingsError(
            f"the question takes {tokens:,} tokens; the window of {model.window:,} leaves {most:,} for it",
            "shorten it, and name the text it speaks of as a FILE",
        )
    return question
