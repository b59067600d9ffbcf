"""A Hugging Face causal model in this process: on a GPU where there is one, else on the CPU.

Calls that wait together are read together; what their prompts have in common is read once; replies keep to their
schema by construction. Greedy, so that the same call gives the same reply.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...core.errors import ModelError, PromptTooLong
from ...core.types import Call, Message, Reply, Usage
from ..chat import Chat, chat, without_system
from .batch import Batches
from .grammar import Grammars
from .identity import identity
from .load import Loaded, checked_folder, load
from .memory import free_bytes
from .prefix import Prefixes
from .queue import Job, Queue

MOST = 64
"""Calls in one batch."""
FOR_BATCH, FOR_PREFIXES = 0.5, 0.25
"""Shares of the memory that is free once the model is loaded."""
UNTOLD = 2 << 30
"""Bytes for kept prompts where the system does not tell what is free."""


class Local:
    """A chat model in this process. Made by `open`; `close` ends its thread.

    Args:
        loaded: the model.
        name: identity, told to the journal.
        reuse: whether what prompts share is read once. Replies are the same without, and slower.
    """

    def __init__(self, loaded: Loaded, name: str, *, reuse: bool = True, most: int = MOST) -> None:
        self._loaded = loaded
        self.name = name
        self._special = _special(loaded.tokenizer)
        self.window = loaded.window - len(self._tokens((Message("system", ""), Message("user", ""))))
        """Tokens of messages and reply together: the model's context less what its chat template takes."""
        free = free_bytes(loaded.device)
        room = None if free is None else int(free * FOR_BATCH)
        kept = UNTOLD if free is None else int(free * FOR_PREFIXES)
        prefixes = Prefixes(kept, loaded.token_bytes) if reuse else None
        vocabulary = loaded.model.config.get_text_config().vocab_size
        self._batches = Batches(loaded, Grammars(loaded.tokenizer, vocabulary, loaded.stops), prefixes, room)
        self._queue = Queue(self._batches.run, self._batches.choose, most)

    @classmethod
    def open(cls, path: str, window: int | None = None) -> Local:
        """The model in the folder `path`. Takes seconds to minutes. Raises SettingsError, ModelError.

        Args:
            window: tokens of prompt and completion together; None is as many as the model was made for.
        """
        folder = checked_folder(path)
        loaded = load(folder, window)
        return cls(loaded, f"local:{folder.resolve().name}@{identity(folder)}:{loaded.dtype}")

    async def close(self) -> None:
        """Gives up what is under way."""
        self._batches.ended = True
        await asyncio.to_thread(self._queue.close)

    @property
    def device(self) -> str:
        """`cuda` or `cpu`."""
        return self._loaded.device

    def count(self, text: str) -> int:
        return len(self._loaded.tokenizer(self._defused(text), add_special_tokens=False).input_ids)

    async def complete(self, call: Call) -> Reply:
        """The reply, of the call's shape unless `finish` is `length`. Raises PromptTooLong, ModelError."""
        started = time.monotonic()
        tokens = self._tokens(call.messages)
        if len(tokens) + call.max_tokens > self._loaded.window:
            raise PromptTooLong(len(tokens) + call.max_tokens, self._loaded.window)
        job = Job(tokens, call.schema, call.max_tokens, call.temperature, call.sample)
        written = await asyncio.wrap_future(self._queue.submit(job))
        usage = Usage(
            calls=1,
            prompt_tokens=len(tokens),
            cached_tokens=written.cached,
            completion_tokens=written.spent,
            seconds=time.monotonic() - started,
        )
        text = self._loaded.tokenizer.decode(written.tokens, skip_special_tokens=True)
        return Reply(text, usage, finish=written.finish)

    def _tokens(self, messages: Sequence[Message]) -> list[int]:
        """The chat as the model was taught to read it. Templates that know no system message get it in the first."""
        from jinja2 import TemplateError

        taken = chat([replace(message, content=self._defused(message.content)) for message in messages])
        try:
            return self._templated(taken)
        except TemplateError as error:
            if without_system(taken) == taken:
                raise ModelError(f"the model's chat template refuses the messages: {error}") from error
        return self._templated(without_system(taken))

    def _templated(self, chat: Chat) -> list[int]:
        # Models that can think aloud are told not to: constrained from the first token, they have nowhere to do it.
        tokens: list[int] = self._loaded.tokenizer.apply_chat_template(
            chat, add_generation_prompt=True, return_dict=False, enable_thinking=False
        )
        return tokens

    def _defused(self, text: str) -> str:
        """`text` without words that only the template may use: a document cannot end its own message."""
        return self._special.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text) if self._special else text


def _special(tokenizer: Any) -> re.Pattern[str] | None:
    added = [token.content for token in tokenizer.added_tokens_decoder.values() if token.special]
    words = sorted({word for word in (*added, *tokenizer.all_special_tokens) if len(word) > 1}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))) if words else None
