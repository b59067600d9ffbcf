"""Whether `clew probe` recovers what it measures: simulated readers with known profiles, probed with many seeds.

    python benchmarks/probe.py [--seeds N] [--windows N …]

For every parameter: what was given, the mean of what was found, how many of the 95 % intervals hold what was given, and
how often the probe says that it cannot tell. Deterministic. Simulations: nothing here is about a language model.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from typing import Any

from clew import Clew
from clew.evals.probe import probe
from clew.evals.probe.subject import SUBJECTS, subject
from clew.evals.probe.telling import MEANINGS
from clew.evals.simulated import Profile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10, metavar="N")
    parser.add_argument("--windows", type=int, nargs="+", default=(20_000, 8192), metavar="N")
    given = parser.parse_args()
    for window in given.windows:
        recovered(window, given.seeds)


def recovered(window: int, seeds: int) -> None:
    """Probes every subject with so many seeds, and prints a line for each of its parameters."""
    print(f"window {window:,}, {seeds} seeds\n")
    print(f"{'profile':11}{'':5}{'given':>7}{'found':>8}{'mean interval':>18}{'held':>9}{'null':>6}")
    held = of = 0
    for name, one in SUBJECTS.items():
        probes = [probed(name, one, 100 + seed, window) for seed in range(seeds)]
        for parameter in MEANINGS:
            inside, told = row(name, parameter, getattr(one, parameter), [found[parameter] for found in probes])
            held, of = held + inside, of + told
    print(f"\n{held} of {of} intervals hold what was given\n", flush=True)


def probed(name: str, given: Profile, seed: int, window: int) -> dict[str, Any]:
    """The parameters that a probe finds, in a library of its own."""
    with tempfile.TemporaryDirectory() as folder, Clew(subject(name, given, seed, window), library=folder) as clew:
        parameters: dict[str, Any] = clew.run(probe(clew))["parameters"]
    return parameters


def row(name: str, parameter: str, given: float, found: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Prints a line; how many intervals hold what was given, and how many there are."""
    told = [one for one in found if one["value"] is not None]
    held = sum(one["low"] <= given <= one["high"] for one in told)

    def mean(part: str) -> str:
        return f"{sum(one[part] for one in told) / len(told):.3f}" if told else "-"

    interval = f"{mean('low')} to {mean('high')}" if told else "-"
    print(f"{name:11}{parameter:5}{given:7.2f}{mean('value'):>8}{interval:>18}", end="")
    print(f"{held:6}/{len(told):<2}{len(found) - len(told):6}", flush=True)
    return held, len(told)


if __name__ == "__main__":
    main()
