"""The watcher's figures: what is in flight, of many runs."""

from __future__ import annotations

from clew.core.trace import Trace


def test_who_has_nothing_in_flight_any_more_is_forgotten() -> None:
    trace = Trace()
    senders = [object() for _ in range(1000)]
    for sender in senders:
        trace.flight(sender, 1)
        trace.flight(sender, 0)
    trace.flight("server", 2)
    assert (trace.in_flight, trace.waiting_for) == (2, ["server"])
    assert len(trace._flights) == 1
