"""Waiting made visible: that a server does not answer and is asked again, once an outage, and once that it is back."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..core.errors import ModelUnavailable
from ..core.wording import counted, lasting

NOTICED = 5.0
"""Seconds without a reply, the next pause included, from which a person is told: a shorter hitch concerns nobody."""


class Outage:
    """Whether one server answers.

    Args:
        server: its address, for people.
        tell: told what the person should know now, a line at a time.
        clock: seconds that never go back.
    """

    def __init__(self, server: str, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._server = server
        self._tell = tell
        self._clock = clock
        self._silent_since: float | None = None
        self._waiting = False
        self._limits_told = False

    def failed(self, error: ModelUnavailable, pause: float, left: float, tries: int) -> None:
        """A call failed and is tried again.

        Args:
            pause: seconds until then.
            left: seconds that the pauses before all its further tries may take together.
            tries: those further tries.
        """
        now = self._clock()
        if self._silent_since is None:
            self._silent_since = now
        # A server that limits what it is sent does so all along: told again and again it would hide everything else.
        if self._waiting or now + pause - self._silent_since < NOTICED or (error.busy and self._limits_told):
            return
        self._waiting = True
        self._limits_told = self._limits_told or error.busy
        # Who is away, or refuses, says so at once; else a try itself may take as long as its deadline.
        soon = error.busy or error.away
        how_long = f"for up to {lasting(left)}" if soon else f"up to {counted(tries, 'time')} more"
        self._tell(f"{error}: trying again, each call {how_long}")

    def answered(self) -> None:
        """A reply came."""
        self._silent_since = self._clock()
        if self._waiting:
            self._waiting = False
            self._tell(f"{self._server} answers again")
