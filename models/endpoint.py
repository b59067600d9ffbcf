"""Any OpenAI-compatible server as a chat model: asks as the server wants to be asked, reads and counts what it sends.

One call is one try: it knows nothing about retries, nor whether a reply fits its shape.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from ..core.errors import ModelUnavailable
from ..core.seams import Memo
from ..core.types import Call, Reply, Usage
from .completion import Completion, read_completion, told
from .faults import is_overflow, refused, unreadable
from .handshake import find_window
from .ladder import keep_manner, recall_manner
from .limiter import Patience
from .tokens import by_digit, cl100k, with_margin
from .wire import Answered, Wire

MARGIN = 1.15
"""Tokens counted per cl100k token where the serving tokenizer is not known: room for vocabularies that split words
finer. Digits are counted one by one beside it, as many open models split them."""

_HANDSHAKE_SECONDS = 20.0
_STEPS = 5
"""Requests for one call: the first, two rungs down, the limit's other name, no temperature."""
_RAMBLING = re.compile(r"\s{64}\Z")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Endpoint:
    """A chat model behind HTTP. Made by `connect`; `close` gives its connections back."""

    def __init__(self, wire: Wire, model: str, window: int, memo: Memo | None = None) -> None:
        self._wire = wire
        self._model = model
        self._window = window
        self._memo = memo
        self._count = cl100k() if wire.is_openai else by_digit(with_margin(cl100k(), MARGIN))
        self._manner = recall_manner(memo, self.name)
        self._odd = 0
        self._spoke = False

    @classmethod
    async def connect(
        cls,
        base_url: str,
        model: str,
        *,
        api_key: str | None = None,
        window: int | None = None,
        memo: Memo | None = None,
        notice: Callable[[str], None] = lambda line: None,
        timeout: float = 600.0,
        patience: Patience | None = None,
    ) -> Endpoint:
        """An endpoint whose window is known.

        Args:
            base_url: of the API, most often ending in /v1. A user and password in it are sent as basic authorization.
            model: the server's name for the model.
            api_key: sent as bearer token; None sends none.
            window: tokens of prompt and completion together; None asks the server, which also checks the model's name.
            memo: remembers the window and how the server wants to be asked.
            notice: told what the user should know, a line at a time.
            timeout: seconds without a byte after which a request is given up.
            patience: how the question for the window is tried again.

        Raises ModelUnavailable when the server cannot be asked, or has no such model.
        """
        wire = Wire(base_url, api_key, timeout)

        async def listing() -> str | None:
            return await (patience or Patience()).retry(lambda number: _listing(wire, model))

        try:
            if window is None:
                window = await find_window(f"{wire.url}#{model}", model, listing, memo, notice)
        except BaseException:
            await wire.close()
            raise
        return cls(wire, model, window, memo)

    async def close(self) -> None:
        """Closes the connections."""
        await self._wire.close()

    @property
    def name(self) -> str:
        return f"{self._wire.url}#{self._model}"

    @property
    def window(self) -> int:
        return self._window

    def count(self, text: str) -> int:
        return self._count(text)

    async def complete(self, call: Call) -> Reply:
        """The server's reply, not yet validated. Raises ModelUnavailable for whatever goes wrong."""
        started = time.monotonic()
        completion = await self._adapted(call)
        self._watch(completion)
        self._refuse_cut(call, completion.prompt_tokens)
        usage = Usage(
            calls=1,
            prompt_tokens=completion.prompt_tokens or sum(self.count(message.content) for message in call.messages),
            cached_tokens=completion.cached_tokens,
            completion_tokens=self.count(completion.text) if completion.tokens is None else completion.tokens,
            seconds=time.monotonic() - started,
        )
        return Reply(completion.text, usage, finish=completion.finish)

    async def _adapted(self, call: Call) -> Completion:
        """Sends the call, adapting the manner to refusals. What was learnt is kept once it has led to a reply."""
        known = manner = self._manner
        messages = [{"role": message.role, "content": message.content} for message in call.messages]
        for _ in range(_STEPS):
            answered = await self._wire.chat({"model": self._model, "messages": messages, **manner.fields(call)})
            completion = read_completion(answered.text) if answered.status == 200 else None
            if completion is not None:
                break
            status, said = told(answered.status, answered.text)
            adapted = manner if is_overflow(status, said) else manner.after(status, said)
            if adapted == manner:
                raise self._refusal(answered, status, said)
            manner = adapted
        else:
            raise self._refusal(answered, status, said)
        if manner != known:
            self._manner = manner
            keep_manner(self._memo, self.name, manner)
        self._spoke = True
        return completion

    def _refusal(self, answered: Answered, status: int, said: str) -> ModelUnavailable:
        if status == 200:
            return unreadable(self._wire.url, answered.text, self._spoke)
        words = self._wire.hide(said)
        return refused(self._wire.url, self._model, self._window, status, words, answered.headers)

    def _watch(self, completion: Completion) -> None:
        """Goes one rung down for the rest of this process when constrained decoding fails twice running.

        Servers are known to loop on white space between tokens of JSON until the limit, or to stop at once.
        """
        rambling = completion.finish == "length" and _RAMBLING.search(completion.text)
        self._odd = self._odd + 1 if rambling or not completion.text.strip() else 0
        if self._odd >= 2:
            self._manner = self._manner.lower()
            self._odd = 0

    def _refuse_cut(self, call: Call, prompt_tokens: int) -> None:
        """Raises ModelUnavailable where the server read clearly less than was sent.

        Tokenizers put no two words into one token, so fewer tokens than words were read only if the prompt was cut.
        Scripts without spaces are held to three characters a token. Servers that do not count are not judged.
        """
        text = "\n".join(message.content for message in call.messages)
        least = len(text.split()) + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 3)
        if prompt_tokens and least > 200 and prompt_tokens < 0.9 * least:
            raise ModelUnavailable(
                f"{self._wire.url} read {prompt_tokens:,} tokens of a prompt of at least {least:,}: it cuts in silence",
                "raise the server's context length (Ollama: OLLAMA_CONTEXT_LENGTH), or name it with --window N",
                passing=False,
            )


async def _listing(wire: Wire, model: str) -> str | None:
    """The body of `GET /models`; None where the server has no such page, or does not show it."""
    answered = await wire.models(_HANDSHAKE_SECONDS)
    if answered.status == 200:
        if answered.text.lstrip().startswith("<"):
            raise unreadable(wire.url, answered.text, spoke=False)
        return answered.text
    status, said = told(answered.status, answered.text)
    error = refused(wire.url, model, 0, status, wire.hide(said), answered.headers)
    if error.passing or status == 401 or 300 <= status < 400:
        raise error
    return None
