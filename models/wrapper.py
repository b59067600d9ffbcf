"""What every wrapper of a model has in common: the name, the window and the count of the one within."""

from __future__ import annotations

from ..core.seams import ChatModel


class Wrapper:
    """A chat model around another. Subclasses say what `complete` adds."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def window(self) -> int:
        return self._model.window

    def count(self, text: str) -> int:
        return self._model.count(text)
