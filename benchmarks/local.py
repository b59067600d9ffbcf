"""Measures a model in this process: parallel readers against one by one, prefix reuse on and off.

    python local.py [FOLDER]    FOLDER holds a Hugging Face model; without it a tiny one of random weights is made

Needs the extra `local`. Runs on the GPU where there is one. Every row begins anew, with nothing read before.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from clew.core.types import Call, Need, Reply
from clew.evals.needles import novel
from clew.models.local.identity import identity
from clew.models.local.load import Loaded, checked_folder, load
from clew.models.local.model import Local
from clew.prompts import Excerpt, Excerpts, Line, Memory, Needs, Read

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

READERS = 64
LINES = 40
"""Lines of the book in a chunk: some 1,900 tokens with the prompt for the tiny tokenizer, fewer for real ones."""
REPLY = 48


def calls(questions: Sequence[str], chunks: int) -> list[Call]:
    """Readers' calls: every question about every chunk of Moby-Dick."""
    lines = [line.strip() for line in novel().split("\n") if len(line.strip()) > 30]
    made = []
    for question in questions:
        needs = Needs((Need(1, question),))
        for at in range(chunks):
            part = lines[2000 + at * LINES : 2000 + (at + 1) * LINES]
            numbered = tuple(Line(n, text) for n, text in enumerate(part, 1))
            prompt = Read(Excerpts((Excerpt("moby-dick.txt", numbered),)), Memory(), question, needs)
            made.append(Call("reader", prompt, prompt.messages(), prompt.schema(), REPLY, 0))
    return made


def measured(
    loaded: Loaded, todo: Sequence[Sequence[Call]], *, reuse: bool, together: bool
) -> tuple[float, list[Reply]]:
    """Seconds and replies for groups of calls, one group after the other."""
    model = Local(loaded, "measured", reuse=reuse)

    async def go() -> list[Reply]:
        replies: list[Reply] = []
        for group in todo:
            if together:
                replies += await asyncio.gather(*map(model.complete, group))
            else:
                replies += [await model.complete(call) for call in group]
        return replies

    async def warm() -> None:
        await model.complete(replace(todo[0][0], messages=todo[0][0].messages[1:], max_tokens=4))

    asyncio.run(warm())
    started = time.perf_counter()
    replies = asyncio.run(go())
    seconds = time.perf_counter() - started
    asyncio.run(model.close())
    return seconds, replies


def row(name: str, seconds: float, replies: Sequence[Reply], expected: Sequence[Reply]) -> None:
    read = sum(reply.usage.prompt_tokens - reply.usage.cached_tokens for reply in replies)
    reused = sum(reply.usage.cached_tokens for reply in replies)
    written = sum(reply.usage.completion_tokens for reply in replies)
    same = sum(one.text == other.text for one, other in zip(replies, expected, strict=True))
    print(
        f"{name:44}{seconds:9.1f}{len(replies) / seconds:11.2f}{read:11,}{reused:11,}{written:9,}"
        f"{same:6} of {len(replies)}"
    )


def compare(title: str, loaded: Loaded, todo: Sequence[Sequence[Call]]) -> None:
    print(f"\n{title}")
    print(f"{'':44}{'seconds':>9}{'calls/s':>11}{'read':>11}{'reused':>11}{'written':>9}  equal replies")
    expected: list[Reply] = []
    for name, reuse, together in (
        ("one by one, every prompt read anew", False, False),
        ("one by one, shared beginnings reused", True, False),
        ("together, every prompt read anew", False, True),
        ("together, shared beginnings reused", True, True),
    ):
        seconds, replies = measured(loaded, todo, reuse=reuse, together=together)
        expected = expected or replies
        row(name, seconds, replies, expected)


def main(folder: Path, what: str) -> None:
    loaded = load(checked_folder(str(folder)), None)
    import torch

    device = torch.cuda.get_device_name() if loaded.device == "cuda" else f"CPU, {torch.get_num_threads()} threads"
    print(f"{what}, on {device}, in {loaded.dtype}; identity {identity(folder)}")
    chunks = calls(["Who is the captain of the ship?"], READERS)
    compare(f"{READERS} readers, each with a chunk of its own, one question", loaded, [chunks])
    asked = ["Who is the captain of the ship?", "What is said of the whale?", "Where does the ship sail?", "Who dies?"]
    again = calls(asked, READERS // len(asked))
    size = READERS // len(asked)
    groups = [again[at : at + size] for at in range(0, len(again), size)]
    compare(f"{len(asked)} questions, one after the other, about the same {size} chunks", loaded, groups)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), Path(sys.argv[1]).name)
    else:
        from tinymodel import make

        with tempfile.TemporaryDirectory() as scratch:
            tiny = make(Path(scratch) / "tiny", terse=False)
            main(tiny, "A tiny model of random weights: it shows how the work is shared, not how fast a real model is")
