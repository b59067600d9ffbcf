"""What questions would take, before anything is sent: their strategies are carried out with stand-ins for their models.

Prompts are the real ones, so calls and prompt tokens are counted, not guessed; replies that the journal holds cost
nothing. What the models will say is not known: how much a manager asks for is told as a range.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..agents.desk import Desk
from ..agents.strategies.block import share
from ..agents.strategy import Strategy
from ..core.book import Book
from ..core.options import Options
from ..core.seams import ChatModel
from ..core.trace import Stage, Trace
from ..core.types import Role, Usage
from ..models.guessed import Guessed
from ..models.imagined import Imagined, Tally
from ..models.prefixes import Prefixes
from .plan import Estimate, Plan, Share
from .question import checked
from .session import ALONE, label, seated, walked
from .together import read

if TYPE_CHECKING:
    from .clew import Clew
    from .together import Together


class Taken(NamedTuple):
    """What one question is imagined to take, in both cases."""

    likely: Tally
    most: Tally


Weighed = Sequence[tuple[Tally, float]]
"""Tallies, each with the number of questions that it stands for."""


class Planner:
    """Goes through questions as asking does, with nothing sent, and adds up what they would take. `ready` makes one.

    Questions share what is imagined: a call that two of them make is sent once, and the text that one has read a server
    with a prefix cache need not read again for the next.

    Args:
        models: by role; servers have been asked for their window, and are asked for nothing else.
        fresh: whether replies of earlier runs are not to be used.
    """

    def __init__(self, clew: Clew, models: Mapping[Role, ChatModel], *, fresh: bool) -> None:
        self._clew = clew
        self._models = models
        self._fresh = fresh
        self._cases = {satisfied: (clew.engine.aside(), Prefixes()) for satisfied in (True, False)}
        self._guessed = Guessed()
        self._rates = {id(model): clew.engine.rates(model) for model in models.values()}
        self._taken: list[tuple[Taken, float]] = []
        self._gone = 0
        self._searched = False

    @classmethod
    async def ready(cls, clew: Clew, options: Options) -> Planner:
        """A planner. Raises what asking raises before the first call: for a server, for a limit that cannot be kept."""
        await clew.engine.budget(options)
        return cls(clew, await clew.engine.connect(), fresh=options.fresh)

    def checked(self, question: str) -> str:
        """`question` as it would be asked. Raises SettingsError where it cannot be."""
        return checked(question, self._models["reader"])

    async def imagine(
        self,
        books: Mapping[str, Book],
        question: str,
        make: Callable[[], Strategy],
        blocks: Mapping[str, Together] = ALONE,
    ) -> Taken:
        """What `question` would take, after those that were imagined before it.

        Args:
            make: gives the strategy, anew for every case.
            blocks: by question, those it is first read for together with; the first of them is taken to pay for it.

        Raises what asking raises before the first call.
        """
        question = self.checked(question)
        self._gone += 1
        beside = blocks[question].questions if question in blocks else ()
        likely = await self._case(books, question, make(), beside, satisfied=True)
        most = await self._case(books, question, make(), beside, satisfied=False)
        return Taken(likely, most if most.tokens > likely.tokens else likely)

    async def _case(
        self,
        books: Mapping[str, Book],
        question: str,
        strategy: Strategy,
        beside: Sequence[str],
        *,
        satisfied: bool,
    ) -> Tally:
        tally = Tally(self._clew.engine.concurrency)
        self._searched |= strategy.searches
        first = None
        if beside:
            # One reading for all of them: the second finds its replies among those imagined for the first.
            desk = self._desk(books, question, tally, "fresh " + "\0".join(beside), satisfied)
            first = share(await read(beside, desk), beside.index(question), question)
        # Every fresh question is a run of its own, which uses no reply of another.
        desk = self._desk(books, question, tally, f"fresh {self._gone}", satisfied)
        await walked(strategy, desk, first)
        tally.turn()
        return tally

    def _desk(self, books: Mapping[str, Book], question: str, tally: Tally, salt: str, satisfied: bool) -> Desk:
        """A desk at which nothing is sent. `salt` tells replies apart where none of another run may be used."""
        replies, prefixes = self._cases[satisfied]
        stand_ins: dict[int, ChatModel] = {}
        for model in self._models.values():
            imagined = Imagined(model, self._rates[id(model)], prefixes, tally, self._guessed, satisfied=satisfied)
            stand_ins[id(model)] = self._clew.engine.unsent(imagined, replies, salt if self._fresh else "")
        models = {role: stand_ins[id(model)] for role, model in self._models.items()}
        return seated(self._clew, books, question, models, _Turns(tally), self._clew.search_here)

    def count(self, taken: Taken, times: float = 1) -> None:
        """Has a question count, as `times` questions like it."""
        self._taken.append((taken, times))

    def plan(self, strategy: str, abreast: int) -> Plan:
        """What all that was counted takes.

        Args:
            strategy: as it was asked for.
            abreast: questions under way at once.
        """
        from ..models.endpoint.model import Endpoint

        likely = self._estimate([(taken.likely, times) for taken, times in self._taken], abreast)
        most = self._estimate([(taken.most, times) for taken, times in self._taken], abreast)
        served = any(isinstance(model, Endpoint) for model in self._models.values())
        embedder = self._clew.embedder.name if self._searched and not self._clew.embeds_here else None
        steered = any(taken.likely.steered for taken, _ in self._taken)
        return Plan(strategy, label(self._models), likely, most, served, steered, embedder)

    def _estimate(self, tallies: Weighed, abreast: int) -> Estimate:
        roles = dict.fromkeys(role for tally, _ in tallies for role in tally.by_role)
        shares = tuple(self._share(role, tallies) for role in roles)
        measured = all(tally.measured for tally, _ in tallies)
        return Estimate(shares, seconds(tallies, abreast, self._clew.engine.concurrency) / 60 if measured else None)

    def _share(self, role: Role, tallies: Weighed) -> Share:
        def total(figure: str) -> int:
            parts = (float(getattr(tally.by_role.get(role, Usage()), figure)) * times for tally, times in tallies)
            return round(sum(parts))

        calls, prompt, cached, completion = map(total, ("calls", "prompt_tokens", "cached_tokens", "completion_tokens"))
        price = self._clew.engine.price(role)
        usage = Usage(calls, prompt_tokens=prompt, cached_tokens=cached, completion_tokens=completion)
        return Share(role, calls, prompt, cached, completion, None if price is None else price.of(usage))


def seconds(tallies: Weighed, abreast: int, places: int) -> float:
    """How long questions take that go on side by side: as the work, or as what waits for one another, has it.

    Neither can be shortened, and a scheduler that leaves no place empty is close to the longer of them (Graham 1969,
    "Bounds on multiprocessing timing anomalies").

    Args:
        abreast: questions under way at once.
        places: calls under way at once.
    """
    work = sum(tally.work * times for tally, times in tallies) / places
    waits = sum(tally.waits * times for tally, times in tallies) / max(1, abreast)
    return max([work, waits, *(tally.alone for tally, _ in tallies)])


class _Turns(Trace):
    """Shows nothing; tells a tally when a turn is over, which it is when the next one begins."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self._tally = tally

    def enter(self, run: Hashable, stage: Stage) -> None:
        """Before the first call of a turn."""
        self._tally.turn()
