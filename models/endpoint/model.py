"""Any OpenAI-compatible server, or Ollama, as a chat model: asks as the server wants to be asked, reads and counts.

One call is one try: it knows nothing about retries, nor whether a reply fits its shape.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable

from ...core.errors import ModelUnavailable, WindowExceeded
from ...core.seams import Memo
from ...core.types import Call, Reply, Usage
from ..limiter import Patience
from ..rates import Rates
from . import ollama
from .completion import Completion, read_completion, told
from .faults import is_overflow, unreadable
from .greeting import Known, estimate, greet
from .ladder import Manner, keep_manner, recall_manner
from .learnt import Lessons
from .servers import Kind
from .tripwire import refuse_cut
from .wire import Answered, Wire

_STEPS = 8
"""Requests for one call: the first, three rungs down, the limit's other name, no temperature, thoughts as they are, no
system message."""
_RAMBLING = re.compile(r"\s{64}\Z")
_PER_MESSAGE = 8
"""Tokens that a chat template puts around a message."""


class Endpoint:
    """A chat model behind HTTP. Made by `connect`; `close` gives its connections back."""

    def __init__(self, wire: Wire, model: str, known: Known, memo: Memo | None = None, timeout: float = 600.0) -> None:
        self._wire = wire
        self._model = model
        self._known = known
        self._memo = memo
        self._timeout = timeout
        self._estimate = estimate(wire)
        self._lessons = Lessons(memo, self.name, known.traits)
        self._rates = Rates(memo, self.name)
        self._manner = recall_manner(memo, self.name)
        self._odd = 0

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
        settled: bool = True,
    ) -> Endpoint:
        """An endpoint whose window is known.

        Args:
            base_url: of the API, most often ending in /v1. A user and password in it are sent as basic authorization.
            model: the server's name for the model.
            api_key: sent as bearer token; None sends none.
            window: tokens of prompt and completion together; None asks the server, which also checks the model's name.
            memo: remembers the window and how the server wants to be asked.
            notice: told what the user should know, a line at a time.
            timeout: seconds after which a request is given up.
            patience: how the question for the window is tried again.
            settled: no run is unfinished, so that what was learnt of the server may change how text is cut.

        Raises ModelUnavailable when the server cannot be asked, or has no such model.
        """
        wire = Wire(base_url, api_key, timeout)
        try:
            known = await greet(wire, model, window, memo, notice, patience or Patience(), settled)
        except BaseException:
            await wire.close()
            raise
        return cls(wire, model, known, memo, timeout)

    async def close(self) -> None:
        """Closes the connections."""
        self._rates.keep()
        await self._wire.close()

    @property
    def name(self) -> str:
        return f"{self._wire.url}#{self._model}"

    @property
    def window(self) -> int:
        return self._known.window

    @property
    def manner(self) -> Manner:
        """How the server is asked, as far as that was found out."""
        return self._manner

    @property
    def kind(self) -> Kind:
        return self._known.kind

    def count(self, text: str) -> int:
        return math.ceil(self._estimate(text) * self._known.traits.factor)

    async def complete(self, call: Call) -> Reply:
        """The server's reply, not yet validated. Raises ModelUnavailable for whatever goes wrong."""
        started = time.monotonic()
        completion = await self._adapted(call)
        self._watch(completion)
        estimate = call.tokens / self._known.traits.factor
        refuse_cut(self._wire.url, self.kind, call.messages, completion.prompt_tokens, estimate)
        self._lessons.counted(estimate, completion.prompt_tokens - _PER_MESSAGE * len(call.messages))
        prompt = completion.prompt_tokens or call.tokens
        usage = Usage(
            calls=1,
            prompt_tokens=prompt,
            cached_tokens=min(completion.cached_tokens, prompt),
            completion_tokens=self.count(completion.text) if completion.tokens is None else completion.tokens,
            seconds=time.monotonic() - started,
        )
        self._rates.add(call.role, call.prompt.name, call.tokens, usage)
        return Reply(completion.text, usage, finish=completion.finish)

    async def _adapted(self, call: Call) -> Completion:
        """Sends the call, adapting the manner to refusals. What was learnt is kept once it has led to a reply."""
        known = manner = self._manner
        for _ in range(_STEPS):
            answered = await self._send(call, manner)
            completion = self._read(answered)
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
        self._wire.spoke = True
        return completion

    async def _send(self, call: Call, manner: Manner) -> Answered:
        if self.kind == "ollama":
            body = ollama.request(self._model, call, manner, self.window)
            return await self._wire.page(ollama.PATH, body, self._timeout)
        body = {"model": self._model, "messages": manner.messages(call), **manner.fields(call)}
        return await self._wire.chat(body)

    def _read(self, answered: Answered) -> Completion | None:
        if answered.status != 200:
            return None
        return (ollama.read_reply if self.kind == "ollama" else read_completion)(answered.text)

    def _refusal(self, answered: Answered, status: int, said: str) -> ModelUnavailable:
        if status == 200:
            return unreadable(self._wire.url, answered.text, self._wire.spoke)
        error = self._wire.refusal(self._model, self.window, status, said, answered.headers)
        if isinstance(error, WindowExceeded) and (error.context or 0) < self.window:
            self._lessons.overflowed(error.context or self.window // 2)
        return error

    def _watch(self, completion: Completion) -> None:
        """Asks a model that only thought to think less; goes a rung down when constrained decoding fails twice running.

        Servers are known to loop on white space between tokens of JSON until the limit, or to stop at once.
        """
        if completion.all_thoughts:
            self._manner = self._manner.quieter()
            keep_manner(self._memo, self.name, self._manner)
            return
        rambling = completion.finish == "length" and _RAMBLING.search(completion.text)
        self._odd = self._odd + 1 if rambling or not completion.text.strip() else 0
        if self._odd >= 2:
            self._manner = self._manner.lower()
            self._odd = 0
