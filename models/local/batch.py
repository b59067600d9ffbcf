"""One batch through the model: prompts of different lengths side by side, what is known of them not read again.

Rows are padded on the left, as `generate` of transformers wants them, and what a row has in common with a prompt that
was read before is put in front of it as keys and values. Transformers' own continuous batching is not used: without a
flash attention kernel it lays all sequences in one row under one mask, which was slower than one by one here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .grammar import Grammars
from .memory import gib
from .prefix import SHORTEST, Prefix, Prefixes, shared
from .queue import Generated, Job
from .rows import Rows, keeps_all, picked, put

if TYPE_CHECKING:
    from .load import Loaded

AT_ONCE = 16_384
"""Tokens read in one step of the model, all rows together: bounds what is computed between layers."""
UNEVEN = 2
"""Times that one row of a batch may be longer than another in what is still to be read of it."""


class Batches:
    """Generates replies.

    Args:
        loaded: the model.
        grammars: holds replies to their shape.
        prefixes: what was read; None reads every prompt anew. Only for models whose layers all attend to everything:
            what others keep of a prompt cannot be cut to a beginning.
        room: bytes for the keys and values of a batch; None where the system does not tell.
    """

    def __init__(self, loaded: Loaded, grammars: Grammars, prefixes: Prefixes | None, room: int | None) -> None:
        self._loaded = loaded
        self._model = loaded.model
        self._grammars = grammars
        self._prefixes = prefixes if keeps_all(loaded.model.config) else None
        self._room = room
        self.ended = False
        """Whether what is under way is to be given up."""

    def choose(self, waiting: Sequence[Job], most: int) -> list[Job]:
        """The oldest job and those most like it in what is still to be read, as many as memory has room for."""
        first = waiting[0]
        if first.temperature > 0:
            return [first]
        unread = {id(job): self._unread(job) for job in waiting}
        near = sorted(waiting, key=lambda job: abs(unread[id(job)] - unread[id(first)]))
        short, long = sorted((unread[id(first)] / UNEVEN, unread[id(first)] * UNEVEN))
        alike = [job for job in near if job.temperature == 0 and short <= unread[id(job)] <= long]
        count = 1
        while count < min(most, len(alike)) and self._fits(alike[: count + 1]):
            count += 1
        return alike[:count]

    def run(self, jobs: Sequence[Job]) -> list[Generated]:
        """What the model writes for each job. Raises MemoryError where there is too little for all of them."""
        try:
            return self._generated(jobs)
        except RuntimeError as error:
            if not _out_of_memory(error):
                raise
            told = str(error).split("\n", 1)[0][:200]
        self._give_back()
        need = gib(self._tokens(jobs) * self._loaded.token_bytes)
        raise MemoryError(f"a prompt of {len(jobs[0].tokens):,} tokens needs about {need} beside the weights ({told})")

    def _give_back(self) -> None:
        """Lets go of all memory that is not the model's."""
        import torch

        if self._prefixes is not None:
            self._prefixes.clear()
        if self._loaded.device == "cuda":
            torch.cuda.empty_cache()

    def _unread(self, job: Job) -> int:
        return len(job.tokens) - (self._prefixes.common(job.tokens) if self._prefixes else 0)

    def _tokens(self, jobs: Sequence[Job]) -> int:
        return len(jobs) * max(len(job.tokens) + job.max_tokens for job in jobs)

    def _fits(self, jobs: Sequence[Job]) -> bool:
        return self._room is None or self._tokens(jobs) * self._loaded.token_bytes <= self._room

    def _generated(self, jobs: Sequence[Job]) -> list[Generated]:
        import torch
        from transformers import DynamicCache, GenerationConfig
        from transformers.generation import LogitsProcessorList, StoppingCriteriaList

        with torch.no_grad():
            known = self._known([job.tokens for job in jobs])
            rows = Rows([job.tokens for job in jobs], [length for _, length in known], self._loaded.stops[0])
            width = len(rows.tokens[0])
            cache = DynamicCache(config=self._model.config)
            put(cache, known, rows.past)
            constraint = self._grammars.constraint([job.schema for job in jobs], width)
            with _seeded(jobs[0]):
                written = self._model.generate(
                    input_ids=torch.tensor(rows.tokens, device=self._loaded.device),
                    attention_mask=torch.tensor(rows.mask, device=self._loaded.device),
                    past_key_values=cache,
                    generation_config=GenerationConfig(
                        max_new_tokens=max(job.max_tokens for job in jobs),
                        eos_token_id=list(self._loaded.stops),
                        pad_token_id=self._loaded.stops[0],
                        prefill_chunk_size=max(64, AT_ONCE // len(jobs)),
                        **({"do_sample": True, "temperature": jobs[0].temperature} if jobs[0].temperature > 0 else {}),
                    ),
                    logits_processor=LogitsProcessorList([constraint]),
                    stopping_criteria=StoppingCriteriaList([_Ends(self, jobs, width)]),
                )
            self._keep(jobs, rows, cache)
        replies = written[:, width:].tolist()
        return [self._cut(job, reply, length) for job, reply, (_, length) in zip(jobs, replies, known, strict=True)]

    def _known(self, prompts: Sequence[list[int]]) -> list[tuple[Prefix | None, int]]:
        """What is known of each prompt's beginning. What several of them share is read first, once."""
        if self._prefixes is None:
            return [(None, 0)] * len(prompts)
        for left, right in pairwise(sorted(prompts)):
            common = shared(left, right)
            if common - self._prefixes.common(left[:common]) >= SHORTEST:
                self._read(left[:common])
        return [self._prefixes.longest(prompt) for prompt in prompts]

    def _read(self, tokens: Sequence[int]) -> None:
        """Reads a beginning and keeps it."""
        import torch
        from transformers import DynamicCache

        assert self._prefixes is not None
        prefix, length = self._prefixes.longest(tokens)
        cache = DynamicCache(config=self._model.config)
        put(cache, [(prefix, length)], length)
        for part in torch.tensor([tokens[length:]], device=self._loaded.device).split(AT_ONCE, dim=1):
            self._model(input_ids=part, past_key_values=cache, use_cache=True, logits_to_keep=1)
        self._prefixes.add(tokens, [(layer.keys[0], layer.values[0]) for layer in cache.layers])

    def _keep(self, jobs: Sequence[Job], rows: Rows, cache: Any) -> None:
        """Keeps the prompts that were read, as many as there is room for."""
        import torch

        if self._prefixes is None:
            return
        room = self._prefixes.most
        for row, job in enumerate(jobs):
            room -= len(job.tokens)
            if room < 0:
                break
            places = torch.tensor(rows.mask[row], device=self._loaded.device).nonzero()[:, 0]
            self._prefixes.add(job.tokens, [picked(layer, row, places) for layer in cache.layers])

    def _cut(self, job: Job, reply: Sequence[int], cached: int) -> Generated:
        """A reply without what stands behind its end."""
        own = reply[: job.max_tokens]
        end = next((at for at, token in enumerate(own) if token in self._loaded.stops), None)
        if end is None:
            return Generated(tuple(own), "length", len(own), cached)
        return Generated(tuple(own[:end]), "stop", end + 1, cached)


class _Ends:
    """A stopping criterion: a row ends at its own limit, or when nobody waits for it any more."""

    def __init__(self, batches: Batches, jobs: Sequence[Job], prompt: int) -> None:
        self._batches = batches
        self._jobs = jobs
        self._prompt = prompt

    def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
        import torch

        length = input_ids.shape[1] - self._prompt
        ended = [self._batches.ended or job.gone or length >= job.max_tokens for job in self._jobs]
        return torch.tensor(ended, device=input_ids.device)


@contextmanager
def _seeded(job: Job) -> Iterator[None]:
    """Chance that depends on the sample's number alone, and on none of what ran before; none for greedy jobs."""
    if job.temperature == 0:
        yield
        return
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(job.sample)
        yield


def _out_of_memory(error: RuntimeError) -> bool:
    import torch

    return isinstance(error, torch.OutOfMemoryError) or "allocate memory" in str(error)
