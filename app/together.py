"""Questions that are read for together: which ones, how many, and one reading of the text for all of them."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..agents.desk import Desk
from ..agents.fit import divide, shared
from ..agents.state import Outcome
from ..agents.strategies import made
from ..agents.strategies.block import FIRST, Block, share
from ..agents.strategies.sweep import Sweep
from ..core.errors import SettingsError
from ..core.options import Options
from ..core.seams import ChatModel, Memo
from ..core.types import Need
from ..prompts import SEVERAL, Needs
from .question import checked

if TYPE_CHECKING:
    from .clew import Clew

PROBE = "probe "
"""Before a model's name: under it the library keeps the latest probe."""
SIZES = {8: 3, 4: 2, 2: 1}
"""What a probe may allow, and how often a single question was doubled then."""
MOST_MISSED = 0.02
"""Needles missed on top, at the upper end of the probe's 95 % interval, up to which questions go together unasked."""
ANSWERED = 128
"""Tokens of a reply for every question: two or three findings."""


class Together:
    """Questions of one block. Whoever of them comes first has the text read for all.

    The order of `questions` decides what is sent, whoever comes first: a run that was killed finds its replies again.
    """

    def __init__(self, questions: Sequence[str]) -> None:
        self.questions = tuple(questions)
        self._reading: asyncio.Task[Sequence[Outcome]] | None = None
        self._payer = ""
        self._kept: tuple[Memo, str] | None = None

    def salt(self, memo: Memo, documents: Iterable[str], run: str) -> str:
        """What tells fresh replies from those of earlier runs: the same for all runs of the block, so that those that
        a kill left find what one of them paid for. Kept until `over`.

        Args:
            documents: ids of those that are read.
            run: whose id it is, where this is the first.
        """
        told = json.dumps([self.questions, list(documents)])
        key = f"block {hashlib.sha256(told.encode()).hexdigest()}"
        self._kept = memo, key
        kept = memo.recall(key)
        if not kept:
            memo.keep(key, run)
        return kept or run

    def over(self) -> None:
        """All were answered: who asks for fresh replies from now on is not given these."""
        if self._kept is not None:
            memo, key = self._kept
            memo.keep(key, "")

    async def read(self, desk: Desk, run: str) -> list[Outcome]:
        """What came of reading for the question of `desk`. The first caller's models read, and its usage counts it.

        Raises ModelError where nothing could be read.
        """
        if self._reading is None:
            self._payer = run
            self._reading = asyncio.create_task(read(self.questions, desk))
        outcomes = await asyncio.shield(self._reading)
        return share(outcomes, self.questions.index(desk.question), desk.question)

    def told(self, run: str) -> str:
        """For people: with which run it is counted what the reading took."""
        others = len(self.questions) - 1
        where = "here" if run == self._payer else f"with run {self._payer}"
        return f"first read together with {others} of the other questions; what that took is counted {where}"

    def cancel(self) -> None:
        """Ends the reading, where nobody waits for it any more."""
        if self._reading is not None:
            self._reading.cancel()


async def read(questions: Sequence[str], desk: Desk) -> Sequence[Outcome]:
    """What readers of every chunk found for the questions. Raises ModelError where nothing could be read."""
    from ..agents.graph import run

    state = await run(Block(questions), desk)
    if desk.trouble and not state["read"]:
        raise desk.trouble
    found: Sequence[Outcome] = state["slot"]
    return found


async def together(clew: Clew, questions: Sequence[str], options: Options) -> Mapping[str, Together]:
    """The blocks of questions about the same documents, by question; one that is read for alone is in none.

    Those that cannot be asked are left out, and so is everything where each question has limits of its own.
    """
    sweeps = isinstance(made(options.strategy, options), Sweep)
    if not sweeps and len(questions) > 1 and (options.block or 1) > 1:
        clew.trace.notice("each question is read for by itself: --block is for sweep alone, without --demonstrations")
    if len(questions) < 2 or options != options.unlimited() or not sweeps:
        return {}
    model = (await clew.engine.connect())["reader"]
    size = options.block or allowed(clew.facts, model)
    found = [block for block in blocks(askable(questions, model), size, model) if len(block) > 1]
    if found:
        why = "" if options.block else ", as the probe of the model allows (--block 1 forbids it)"
        clew.trace.notice(f"up to {size} questions are read for together{why}; each answer tells where that counts")
    return {question: one for block in found for one in [Together(block)] for question in block}


def allowed(memo: Memo, model: ChatModel) -> int:
    """How many questions the probe of a model allows to be read for together; 1 where it was not probed."""
    found = json.loads(memo.recall(PROBE + model.name) or "{}")
    high = found.get("parameters", {}).get("pq", {}).get("high")
    sizes = [size for size, doublings in SIZES.items() if high is not None and high * doublings <= MOST_MISSED]
    return max(sizes, default=1)


def askable(questions: Sequence[str], model: ChatModel) -> list[str]:
    """Those of `questions` that can be asked, as they are asked, each once."""
    found: dict[str, None] = {}
    for question in questions:
        try:
            found.setdefault(checked(question, model))
        except SettingsError:
            # Whoever asks it is told.
            continue
    return list(found)


def blocks(questions: Sequence[str], size: int, model: ChatModel) -> list[list[str]]:
    """`questions` in their order, at most `size` together, and no more than prompt and reply have room for."""
    room = shared(divide(model))
    most, spare = min(size, room.reply // ANSWERED), 2 * room.question - model.count(SEVERAL)
    found: list[list[str]] = []
    for question in questions:
        block = [*found[-1], question] if found else []
        needs = Needs(tuple(Need(number, text, "planner") for number, text in enumerate(block, FIRST)))
        if 0 < len(block) <= most and model.count(str(needs)) <= spare:
            found[-1] = block
        else:
            found.append([question])
    return found
