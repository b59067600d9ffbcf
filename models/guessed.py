"""What readers and managers might say in a dry run: the built-in model's words, made once for every text.

It is quick for a model, and still by far the slowest part of imagining a question.
"""

from __future__ import annotations

from ..core.seams import ChatModel
from ..core.types import Call, Reply, Usage
from ..prompts import Finding, Findings, Read
from .extractive.model import Extractive
from .journal import reply_key


class Guessed:
    """Replies to the calls of all that is imagined together.

    Args:
        model: says them; the built-in one.
    """

    def __init__(self, model: ChatModel | None = None) -> None:
        self._model = model or Extractive()
        self._said: dict[str, str] = {}
        """By call."""
        self._found: dict[int, str] = {}
        """Readers' last replies, by a hash of the text."""

    async def complete(self, call: Call, *, anew: bool) -> Reply:
        """A reply to `call`.

        Args:
            anew: whether a reader that reads a text again always finds something else in it, which is what keeps a run
                from ending. Else it is asked, and may find nothing.
        """
        key = reply_key(call, "")
        if key not in self._said:
            self._said[key] = await self._text(call, anew)
        text = self._said[key]
        return Reply(text, Usage(1, prompt_tokens=call.tokens, completion_tokens=self._model.count(text)))

    async def _text(self, call: Call, anew: bool) -> str:
        prompt = call.prompt
        if not isinstance(prompt, Read):
            return (await self._model.complete(call)).text
        place = hash((prompt.name, prompt.text))
        if anew and place in self._found:
            text = beside(self._found[place], [line.number for line in prompt.text.lines])
        else:
            text = (await self._model.complete(call)).text
        self._found[place] = text
        return text


def beside(reply: str, numbers: list[int]) -> str:
    """A reader's reply that finds as much as `reply` did, in the sentences that follow those.

    Args:
        numbers: of the sentences that are printed, in order.
    """
    follows = dict(zip(numbers, [*numbers[1:], *numbers[:1]], strict=True))

    def moved(one: Finding) -> Finding:
        return one.model_copy(update={"sentences": [follows[number] for number in one.sentences]})

    found = Findings.model_validate_json(reply)
    return Findings(findings=list(map(moved, found.findings))).model_dump_json()
