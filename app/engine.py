"""The models of a Clew, and what stands around them: journal, limits, places, prices, rates."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from ..core.errors import SettingsError
from ..core.options import Limits
from ..core.seams import ChatModel
from ..core.settings import prices_file
from ..core.trace import Trace
from ..core.types import Role
from ..memory.records import Records
from ..models.choose import ModelSpec, build, quotes_only, release, without_user
from ..models.deadline import Deadline
from ..models.imagined import Aside
from ..models.journal import Asked, Journal
from ..models.limiter import Limiter, Patience
from ..models.meter import Budget, Meter
from ..models.outages import Outage
from ..models.places import Places
from ..models.prices import Price, price_of, read_prices
from ..models.rates import Rates
from ..models.validated import Validated

BUILT_IN = "the built-in extractive model quotes, it does not reason; --base-url names a server"
SCRIPTED = "scripted"
"""Costs nothing, as the built-in model does; what a model of one's own costs is not nothing, but not known."""


class Engine:
    """The models that read and answer.

    Args:
        reader: serves reader, explorer and memory-writer.
        manager: serves planner and manager.
        window: tokens of prompt and reply together, where the server does not say.
        concurrency: calls in flight at once.
        call_seconds: deadline of one call.
        records: the shelf of the journal.
        unfinished: whether a run with a model is still to be gone on with, whose prompts must not change.
        trace: who watches.
    """

    def __init__(
        self,
        reader: ModelSpec | ChatModel,
        manager: ModelSpec | ChatModel,
        *,
        window: int | None,
        concurrency: int,
        call_seconds: float,
        records: Records,
        unfinished: Callable[[str], bool],
        trace: Trace,
    ) -> None:
        self._specs = (reader, manager)
        self._models: Mapping[Role, ChatModel] = {}
        self._connecting = asyncio.Lock()
        self._window = window
        self._call_seconds = call_seconds
        self.concurrency = concurrency
        self._places = Places(concurrency)
        self._records = records
        self._outages: dict[str, Outage] = {}
        """By server."""
        self._asked: dict[str, Asked] = {}
        """Calls under way, whichever run they are for: rows of a job may ask the same."""
        self._unfinished = unfinished
        self._trace = trace
        self.prices = read_prices(prices_file())
        """By model name or pattern, as the person's table has them."""

    async def connect(self) -> Mapping[Role, ChatModel]:
        """The models by role; servers are asked for their window on first use."""
        async with self._connecting:
            return self._models or await self._made_all()

    async def _made_all(self) -> Mapping[Role, ChatModel]:
        reader = await self._made(self._specs[0])
        manager = reader if self._specs[1] == self._specs[0] else await self._made(self._specs[1])
        if any(quotes_only(model.name) for model in (reader, manager)):
            self._trace.notice(BUILT_IN)
        self._models = dict.fromkeys(("reader", "explorer", "memory_writer"), reader)
        self._models |= dict.fromkeys(("planner", "manager"), manager)
        return self._models

    async def _made(self, spec: ModelSpec | ChatModel) -> ChatModel:
        if not isinstance(spec, ModelSpec):
            return spec
        return await build(
            spec,
            window=self._window,
            memo=self._records,
            notice=self._trace.notice,
            timeout=self._call_seconds,
            settled=not self._unfinished(spec.target),
            outage=self._outage(without_user(spec.base_url or "")),
        )

    def _outage(self, name: str) -> Outage:
        """What tells whether a server answers. `name` is its address, or that of a model at it."""
        server = name.partition("#")[0].rstrip("/")
        return self._outages.setdefault(server, Outage(server, self._trace.passing))

    def wrapped(
        self, models: Mapping[Role, ChatModel], run: str, budgets: Sequence[Budget], salt: str
    ) -> dict[Role, ChatModel]:
        """`models` as a run uses them: journaled, validated, limited, metered; equal models share one stack."""
        stacks = {id(model): self._stack(model, run, budgets, salt) for model in models.values()}
        return {role: stacks[id(model)] for role, model in models.items()}

    async def budget(self, limits: Limits, *, answers: int = 1) -> Budget:
        """What a question or a job may take, a part of which reading leaves to managers.

        Args:
            answers: managers that are to be asked in the end; a call is kept for each, up to half of all calls.

        Raises SettingsError for a limit on money where a price is unknown, and what `connect` raises.
        """
        models = await self.connect()
        if limits.max_cost is not None:
            self._check_prices(models.values())
        calls, tokens, seconds, cost = limits.max_calls, limits.max_tokens, limits.max_seconds, limits.max_cost
        budget = Budget(calls, tokens, seconds, cost, stopped=lambda: self._trace.stopping)
        if answers:
            kept = min(answers, max(1, (calls or 0) // 2))
            budget.reserve(kept, (tokens or 0) // 4, (seconds or 0) / 5, (cost or 0) / 4)
        return budget

    def _check_prices(self, models: Iterable[ChatModel]) -> None:
        """Raises SettingsError where one of them is unknown."""
        for model in distinct(models):
            if self.price_of(model) is None:
                raise SettingsError(
                    f"the price of {model.name} is not known, so a limit on money cannot be kept",
                    f"write it into {prices_file()} (clew doctor shows the form), or limit --max-tokens",
                )

    def price(self, role: Role) -> Price | None:
        """What the model of `role` costs; None where that is unknown. After `connect`."""
        return self.price_of(self._models[role])

    def price_of(self, model: ChatModel) -> Price | None:
        """What `model` costs; None where that is unknown."""
        free = quotes_only(model.name) or model.name.startswith(SCRIPTED)
        return Price(0, 0, 0) if free else price_of(model.name, self.prices)

    def rates(self, model: ChatModel) -> Rates:
        """What calls to `model` took so far."""
        return Rates(self._records, model.name)

    def aside(self) -> Aside:
        """The replies that are kept, beside which others can be imagined."""
        return Aside(self._records)

    def unsent(self, model: ChatModel, replies: Aside, salt: str) -> ChatModel:
        """`model`, which is imagined, behind `replies`."""
        return Journal(Validated(model), replies, "", salt)

    def _stack(self, model: ChatModel, run: str, budgets: Sequence[Budget], salt: str) -> ChatModel:
        limited = Limiter(
            Meter(model, *budgets, price=self.price_of(model)),
            places=self._places,
            patience=Patience(longest=self._call_seconds, outage=self._outage(model.name)),
            on_change=partial(self._trace.flight, Sender(model.name)),
        )
        return Journal(Validated(Deadline(limited, *budgets)), self._records, run, salt, self._asked)

    @property
    def in_use(self) -> bool:
        """Whether the models have been made."""
        return bool(self._models)

    async def close(self) -> None:
        """Closes the connections of the models."""
        for model in distinct(self._models.values()):
            await release(model)


def distinct(models: Iterable[ChatModel]) -> list[ChatModel]:
    """Each of `models` once: one may serve several roles."""
    return list({id(model): model for model in models}.values())


class Sender:
    """Whose calls are in flight; every one is another, though they have one name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __str__(self) -> str:
        return self._name
