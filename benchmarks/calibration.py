"""A simulation calibrated: three parameters of the simulated reader fitted to published numbers, others predicted.

    python benchmarks/calibration.py [--quick] [--questions N] [--seeds N]

Fitted are b (a fact makes sense although what it depends on is not known), rho (a reader misses the same fact again)
and w (a writer drops an item), and nothing else: all other parameters are those of `mid`. The claims that follow are
printed whether they come out or not. One half of each set's questions is fitted to, the other predicted on.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

from clew.evals.calibration.fitting import Grid, fit
from clew.evals.calibration.predictions import predict
from clew.evals.calibration.report import fitted, predicted
from clew.evals.calibration.texts import Texts
from clew.evals.grid import Job, Row, run
from clew.evals.pictures import SIMULATION
from clew.evals.sets import data_folder
from clew.evals.simulated import profile

QUICK = Grid(b=(0.2, 0.5), rho=(0.1, 0.5), w=(0.01, 0.02), needle_seeds=1)
"""Enough to see that it runs."""
CLAIMED = 50
"""Questions of a set at most that claims are measured on, each in many ways."""


def main() -> None:
    given = options()
    begun = time.monotonic()
    texts = Texts(data_folder(), given.questions)
    print(f"{SIMULATION}: no language model was asked; a simulated reader stands in for one")
    grid = QUICK if given.quick else Grid()
    asked = f"at most {given.questions} questions of a set; seeds: {grid.seeds}, for needles {grid.needle_seeds}"
    print(f"\n{SIMULATION}, fitted: all but b, rho and w as in `mid`; {asked}")
    found = fit(texts, profile("mid"), grid, together)
    print(*fitted(found), sep="\n", flush=True)
    texts = replace(texts, questions=min(CLAIMED, given.questions))
    asked = f"at most {texts.questions} questions of a set; seeds: {given.seeds}"
    print(f"\n{SIMULATION}, predicted: on the other half of the questions; {asked}")
    print(*predicted(predict(texts, found.profile, given.seeds, together)), sep="\n")
    if found.profile != profile("calibrated"):
        print("\nThe kept profile `calibrated` is another: this is not the run it comes from.")
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a grid of few points and a few questions: about a minute")
    parser.add_argument("--questions", type=int, default=100, metavar="N", help="of each half of a set at most")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="that claims are measured with")
    given = parser.parse_args()
    if given.quick:
        given.questions, given.seeds = min(8, given.questions), 1
    return given


def together(jobs: Sequence[Job]) -> list[Row]:
    return run(jobs, tell)


def tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"{done} of {total} trials", end="\r", file=sys.stderr)


if __name__ == "__main__":
    main()
