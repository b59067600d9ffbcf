"""A run as a page that one can open, print and send: answer, quotes in their text, coverage, cost."""

from .page import page

__all__ = ["page"]
