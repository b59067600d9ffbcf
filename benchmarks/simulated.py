"""A simulation: ways of reading compared by a simulated, imperfect reader; no language model is asked anything.

    python benchmarks/simulated.py [--quick] [--ways WAY …] [--sets SET …] [--tokens N …] [--readers PROFILE …]
        [--documents SET …] [--questions N] [--seeds N] [--order forward|reverse|random] [--window N]
        [--pictures FOLDER]
    python benchmarks/simulated.py --draws 100 [the same]

Only comprehension is simulated: retrieval, prompts, fitting, graph, ledger, stop rules and journal are the real ones.
Questions of MuSiQue, 2WikiMultihopQA and HotpotQA are asked of haystacks that hold their paragraphs and more of the
same set; each also of a twin that lacks one gold paragraph, which must not be answered, and, at the shortest length, of
a text with a planted instruction. Printed: a table for every profile, set and length, with the comparisons that were
listed beforehand. Written to the folder of pictures: completeness against tokens, the best way for every miss rate p0
and false-news rate h, and depth against length for needles in a novel that are asked for in other words. With --draws
instead, for each length: how `auto` stands to every other way over so many drawn profiles, and in how many of them an
ordering holds.

A new strategy is compared by its name; a new kind of prompt needs a function in `evals/simulated`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from clew.agents.strategies import STRATEGIES
from clew.evals.cases import Corpus
from clew.evals.grid import Job, Reader, Row, jobs, run
from clew.evals.haystack import Haystack, Kind, haystacks
from clew.evals.multihop import SETS, corpus
from clew.evals.needles import depths, needles, novel
from clew.evals.pictures import SIMULATION, best_ways, completeness, depth_maps
from clew.evals.robust import RANGES, drawn, orderings, standing
from clew.evals.sets import data_folder, load
from clew.evals.simulated import PROFILES, profile
from clew.evals.standalone import documents
from clew.evals.summary import LEGEND, differences, groups, table
from clew.evals.ways import WAYS

ROOT = Path(__file__).resolve().parents[1]
LIMITS = "It cannot show whether prompts are good, how often a real model is right, or whether other words change p."
P0 = (0.0, 0.1, 0.2, 0.35)
H = (0.0, 0.05, 0.15, 0.3)
FEW = 6
"""Questions of each set for the map, where there are many readers."""
DEPTHS = 5


def main() -> None:
    given = options()
    print(f"{SIMULATION}: no language model was asked; a simulated reader stands in for one")
    begun = time.monotonic()
    if given.draws:
        robustness(given)
    else:
        grids(given)
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)


def grids(given: argparse.Namespace) -> None:
    """The tables and the pictures."""
    rows = run(list(main_grid(given)), tell)
    report(rows)
    save(given, "curves", completeness(rows))
    save(given, "map", best_ways(run(map_grid(given), tell)))
    save(given, "needles", depth_maps(run(needle_grid(given), tell)))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one set, one length, a few questions: about a minute")
    parser.add_argument("--ways", nargs="+", default=list(WAYS), metavar="WAY", help="such as sweep, chain:order=right")
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=SETS, metavar="SET")
    parser.add_argument("--documents", nargs="+", default=[], choices=("cuad", "locomo"), help="as they are, as well")
    parser.add_argument("--tokens", nargs="+", type=int, default=[16_000, 64_000], metavar="N")
    parser.add_argument("--readers", nargs="+", default=list(PROFILES), choices=PROFILES, metavar="PROFILE")
    parser.add_argument("--questions", type=int, default=12, help="of each set at most")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--order", default="random", choices=("forward", "reverse", "random"), help="of the gold")
    parser.add_argument("--window", type=int, default=8192, help="of the simulated reader")
    parser.add_argument("--draws", type=int, default=0, help="drawn profiles, in place of all else")
    parser.add_argument("--pictures", type=Path, default=ROOT / "docs" / "measured", metavar="FOLDER")
    given = parser.parse_args()
    if given.quick:
        given.sets, given.tokens, given.questions = given.sets[:1], given.tokens[:1], 6
    return given


def tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"{done} of {total} trials", end="\r", file=sys.stderr)


def texts(given: argparse.Namespace, name: str, tokens: int, kinds: Sequence[Kind], most: int) -> Iterator[Haystack]:
    """Haystacks of one set and length, filled up from the other sets where it is too small."""
    filling = [read(other) for other in SETS if other != name]
    return haystacks(read(name), tokens, given.order, kinds, most=most, filling=filling)


@cache
def read(name: str) -> Corpus:
    return corpus(data_folder(), name)


def main_grid(given: argparse.Namespace) -> Iterator[Job]:
    readers = [Reader(name, profile(name), seed, given.window) for name in given.readers for seed in range(given.seeds)]
    for name in given.sets:
        for tokens in given.tokens:
            kinds: tuple[Kind, ...] = ("plain", "twin", "planted")[: 3 if tokens == min(given.tokens) else 2]
            yield from jobs(texts(given, name, tokens, kinds, given.questions), readers, given.ways)
    for questions in load(data_folder(), given.documents):
        yield from jobs(documents(questions), readers, given.ways)


def report(rows: Sequence[Row]) -> None:
    """A table for every group, the differences of its ways, and what neither can show."""
    print(*LEGEND, sep="\n")
    for group, held in groups(rows):
        counted = f"{len({row.unit for row in held})} questions, {len({row.seed for row in held})} seeds"
        print(f"\n{SIMULATION}, {group}; {counted}")
        print(*table(held), *differences(held), LIMITS, sep="\n")
    for way, reason in {row.way: row.trial.reason for row in rows if row.trial.reason}.items():
        print(f"{way} failed, for example: {reason}")


def many(given: argparse.Namespace, readers: Sequence[Reader], tokens: int, questions: int) -> list[Job]:
    """Many readers, one length."""
    ways = [way for way in given.ways if way in STRATEGIES and way != "full"]
    kinds: tuple[Kind, ...] = ("plain", "twin")
    stacks = (texts(given, name, tokens, kinds, questions) for name in given.sets)
    return [job for each in stacks for job in jobs(each, readers, ways)]


def map_grid(given: argparse.Namespace) -> list[Job]:
    """A reader for every p0 and h, all else as in `mid`."""
    step = 3 if given.quick else 1
    pairs = [(p, h) for p in P0[::step] for h in H[::step]]
    readers = [Reader(f"{p}/{h}", replace(profile("mid"), p0=p, h=h), 0, given.window) for p, h in pairs]
    return many(given, readers, min(given.tokens), min(FEW, given.questions))


def robustness(given: argparse.Namespace) -> None:
    """How `auto` stands to the others, and how often orderings hold, over drawn profiles."""
    ranges = ", ".join(f"{name} {low}–{high}" for name, (low, high) in RANGES.items())
    print(f"{given.draws} profiles drawn from {ranges}")
    for tokens in given.tokens:
        rows = run(many(given, list(drawn(given.draws, given.window)), tokens, given.questions), tell)
        asked = len({(row.dataset, row.unit) for row in rows})
        print(f"\n{SIMULATION}, {', '.join(given.sets)} at {tokens:,} tokens, {asked} questions")
        print(*standing(rows, "auto"), *orderings(rows), LIMITS, sep="\n", flush=True)


def needle_grid(given: argparse.Namespace) -> list[Job]:
    """Needles at every depth and length, for the built-in model and a simulated reader."""
    cases = needles()[: 4 if given.quick else 8]
    readers = [Reader("extractive", None), Reader("mid", profile("mid"), 0, given.window)]
    ways = [way for way in given.ways if way in ("retrieve", "chain", "sweep", "auto")]
    stacks = [stack for tokens in given.tokens for stack in depths(novel(), cases, tokens, DEPTHS)]
    return jobs(stacks, readers, ways)


def save(given: argparse.Namespace, what: str, picture: str) -> None:
    given.pictures.mkdir(parents=True, exist_ok=True)
    (given.pictures / f"simulated-{what}.svg").write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
