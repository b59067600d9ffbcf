"""The simulated reader as a chat model: one small function for each kind of prompt, looked up by its class or parents.

A new kind of prompt needs a function from a `Scene` to the prompt's reply, and a line in `ROLES`.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from ...core.errors import ModelError
from ...core.types import Call, Reply, Usage
from ...prompts import (
    Answer,
    Approach,
    Atoms,
    Condense,
    Demonstrate,
    Explore,
    Facts,
    Gist,
    Merge,
    Neighbours,
    Pick,
    Piece,
    Places,
    Plan,
    Prompt,
    Read,
    Recall,
    Start,
    Whole,
    Write,
)
from . import explorer, manager, planner, reader, summarist, writer
from .facts import Plant, Puzzle, joint
from .profile import Profile
from .scene import Scene

RULES = 2
"""Changes when the same prompt gives another reply."""
ROLES: Mapping[type[Prompt[Any]], Callable[[Scene], BaseModel]] = {
    Plan: planner.plan,
    Recall: planner.recall,
    Demonstrate: planner.demonstrate,
    Approach: explorer.approach,
    Pick: explorer.pick,
    Atoms: explorer.atoms,
    Start: explorer.start,
    Facts: explorer.facts,
    Explore: explorer.explore,
    Neighbours: explorer.neighbours,
    Piece: explorer.piece,
    Read: reader.read,
    Places: reader.places,
    Write: writer.write,
    Merge: writer.merge,
    Gist: summarist.summed_up,
    Condense: summarist.summed_up,
    Answer: manager.answer,
    Whole: manager.whole,
}
MALFORMED = "I have read the text with great care and shall answer in my own words."


class Simulated:
    """A chat model that knows its questions' facts and errs as its profile says. A simulation, of comprehension only.

    Args:
        label: what the profile is called.
        puzzles: the questions it can be asked; of any other it knows no facts.
        plants: planted instructions it may fall for.
        seed: of all its draws.
        window: tokens of prompt and completion together.
    """

    def __init__(
        self,
        label: str,
        profile: Profile,
        puzzles: Iterable[Puzzle],
        *,
        plants: Iterable[Plant] = (),
        seed: int = 0,
        window: int = 8192,
    ) -> None:
        self._profile = profile
        self._puzzles = {puzzle.question: puzzle for puzzle in puzzles}
        self._facts = tuple(dict.fromkeys(fact.text for puzzle in self._puzzles.values() for fact in puzzle.facts))
        self._plants = tuple(plants)
        self._seed = seed
        self.window = window
        self.name = f"simulated:{label}:{seed}@{self._digest()}"

    def _digest(self) -> str:
        puzzles = [asdict(puzzle) for puzzle in self._puzzles.values()]
        known = [RULES, asdict(self._profile), puzzles, [asdict(plant) for plant in self._plants]]
        return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:12]

    def count(self, text: str) -> int:
        """A quarter of the characters, rounded up."""
        return math.ceil(len(text) / 4)

    async def complete(self, call: Call) -> Reply:
        """The reply to a call. Raises ModelError for a kind of prompt it has no function for."""
        scene = self._scene(call)
        reply = reply_to(scene)
        malformed = scene.happens(self._profile.m, "malformed")
        text = MALFORMED if malformed else reply.model_dump_json()
        return Reply(text, Usage(calls=1, prompt_tokens=scene.tokens, completion_tokens=self.count(text)))

    def _scene(self, call: Call) -> Scene:
        printed = "\0".join(message.content for message in call.messages)
        mark = hashlib.blake2b(f"{call.sample}\0{printed}".encode(), digest_size=12).hexdigest()
        question = getattr(call.prompt, "question", "")
        asked = [self._puzzles[one] for one in getattr(call.prompt, "questions", ()) if one in self._puzzles]
        puzzle = self._puzzles.get(question) or joint(question, asked)
        size = self.count(printed)
        return Scene(
            self._profile, self._seed, puzzle, self._plants, call.prompt, mark, size, call.max_tokens, self._facts
        )


def reply_to(scene: Scene) -> BaseModel:
    """The reply object of the function for the scene's prompt."""
    role = next((ROLES[kind] for kind in type(scene.prompt).__mro__ if kind in ROLES), None)
    if role is None:
        raise ModelError(
            f"the simulated reader has no function for a prompt of type {type(scene.prompt).__name__}",
            "add one to ROLES in evals/simulated/model.py",
        )
    return role(scene)
