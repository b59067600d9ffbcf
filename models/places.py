"""How many calls may be under way at once: as many as were asked for, fewer while the server says that is too much.

Additive increase, multiplicative decrease (Chiu and Jain 1989, "Analysis of the increase and decrease algorithms for
congestion avoidance"): a refusal halves the room, as many good replies as there is room for win one place back. Calls
that were sent before the room was last halved do not halve it again: they tell what is known.

A refusal also shuts the door until the first of the calls that were refused comes back from its pause: else all that
wait would be sent into the same refusal, one after the other, and servers count what they refuse.
"""

from __future__ import annotations

import asyncio

from .turns import Turns


class Places:
    """Room for calls under way, shared by all readers and roles. For one event loop.

    Args:
        most: calls under way at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._turns = Turns()
        self._good = 0
        self._cuts = 0
        self._shut = False
        self.room = most
        """Calls that may be under way now."""
        self.taken = 0
        """Calls under way."""

    async def take(self, beginning: str = "") -> int:
        """Waits for a place. The number that comes back goes to `refused`.

        Args:
            beginning: what the prompt shares with others about the same text.
        """
        if self._shut or self.taken >= self.room or self._turns:
            turn = self._turns.wait(beginning)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self.give()
                raise
        else:
            self.taken += 1
            self._turns.sent(beginning)
        return self._cuts

    def give(self) -> None:
        """Gives a place back."""
        self.taken -= 1
        self._hand_on()

    def served(self) -> None:
        """A call was answered."""
        self._good += 1
        if self.room < self._most and self._good >= self.room:
            self.room += 1
            self._good = 0
            self._hand_on()

    def refused(self, taken_at: int) -> None:
        """The server was sent too much: no place is given until `open`, which the call owes.

        Args:
            taken_at: what `take` gave the call that was refused.
        """
        self._shut = True
        self._good = 0
        if taken_at == self._cuts:
            self.room = max(1, self.room // 2)
            self._cuts += 1

    def open(self) -> None:
        """The pause of a call that was refused is over, or the call has ended."""
        self._shut = False
        self._hand_on()

    def _hand_on(self) -> None:
        while not self._shut and self.taken < self.room and self._turns:
            turn = self._turns.next()
            if not turn.done():
                self.taken += 1
                turn.set_result(None)
