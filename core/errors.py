"""What can go wrong, each with the next thing to try and the exit code it ends the command with.

ClewError                      .hint: what to do next; .kind: its word in JSON
├── SettingsError       2       wrong usage: unknown strategy, model, run; empty or over-long question
├── DocumentError       3       a file that cannot be read, or has nothing in it
├── ModelError          4       the model or its server failed
│   ├── ModelUnavailable        refused, unreachable, timed out; says how often it was tried
│   │   └── WindowExceeded      refused as longer than the server's context
│   ├── BadReply                a reply that does not fit its schema; .text holds it
│   └── PromptTooLong           a prompt that the window cannot hold, so it was not sent
├── LimitReached        5       a budget is spent; .limit says which
└── StoreError          6       the library cannot be used: locked, read-only, full, newer, damaged
"""

from __future__ import annotations

from typing import ClassVar

from .types import Limit


class ClewError(Exception):
    """A foreseeable failure, told to the user in one line and a hint."""

    kind: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class SettingsError(ClewError):
    """What was asked for does not exist or does not fit together."""

    kind = "usage"
    exit_code = 2


class DocumentError(ClewError):
    """A document cannot be read."""

    kind = "document"
    exit_code = 3


class ModelError(ClewError):
    """A model or its server failed."""

    kind = "model"
    exit_code = 4


class ModelUnavailable(ModelError):
    """The server did not give a reply.

    Args:
        passing: whether the same request may well succeed later.
        retry_after: the server's own wish, in seconds.
        busy: whether it said that it is sent too much at once.
        away: whether nobody is there who has been there before: the server may be starting again.
        reached: whether it had the prompt and did not refuse it: what it did with that may have to be paid.
    """

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        *,
        passing: bool = True,
        retry_after: float | None = None,
        busy: bool = False,
        away: bool = False,
        reached: bool = False,
    ) -> None:
        super().__init__(message, hint)
        self.passing = passing
        self.retry_after = retry_after
        self.busy = busy
        self.away = away
        self.reached = reached


class WindowExceeded(ModelUnavailable):
    """A prompt that the server refused as longer than its context. `context` is what it told, in tokens."""

    def __init__(self, message: str, hint: str, context: int | None) -> None:
        super().__init__(message, hint, passing=False)
        self.context = context


class BadReply(ModelError):
    """A reply that does not fit its schema."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message, "another model, or a larger one, may follow the reply format better")
        self.text = text


class PromptTooLong(ModelError):
    """A prompt that does not fit the window. It was not sent: nothing is ever cut in silence."""

    def __init__(self, tokens: int, window: int) -> None:
        super().__init__(
            f"a prompt of about {tokens:,} tokens does not fit the window of {window:,}",
            "name a larger --window if the model has one",
        )


class LimitReached(ClewError):
    """A budget is spent."""

    kind = "limit"
    exit_code = 5

    def __init__(self, limit: Limit) -> None:
        hint = f"raise it with --max-{limit}; finished calls are not paid twice"
        interrupted = ("interrupted", "the same command goes on where it stopped")
        super().__init__(*(interrupted if limit == "interrupt" else (f"the limit on {limit} was reached", hint)))
        self.limit: Limit = limit


class StoreError(ClewError):
    """The library cannot be used."""

    kind = "library"
    exit_code = 6


def nearest(name: str, known: list[str] | tuple[str, ...]) -> str:
    """A hint that names the known word closest to `name`, and all of them."""
    import difflib

    close = difflib.get_close_matches(name, known, n=1)
    listed = ", ".join(known)
    return f"did you mean {close[0]}? Known: {listed}" if close else f"known: {listed}"
