"""Fixtures of the agents' tests."""

from island import book, desk_for

__all__ = ["book", "desk_for"]
