"""The texts that calibration is measured on: one half of each set's questions to fit with, the other to predict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from ..cases import Corpus
from ..haystack import GoldOrder, Haystack, haystacks
from ..multihop import SETS, corpus
from ..needles import depths, needles, novel
from .targets import LENGTH

DEPTHS = 5
Half = Literal["fit", "predict"]


@dataclass(frozen=True)
class Texts:
    """Where texts come from, and how much of them is used."""

    data: Path
    """The folder of the sets."""
    questions: int
    """Of a set at most."""

    def haystacks(
        self, name: str, tokens: int, half: Half, order: GoldOrder = "random", types: str = ""
    ) -> Iterator[Haystack]:
        """Texts of one set, with the questions of one half, all or those whose type is `types`."""
        whole = _corpus(self.data, name)
        kept = [case for case in whole.cases if not types or case.type == types]
        own = replace(whole, cases=tuple(kept[half == "predict" :: 2]))
        others = [_corpus(self.data, other) for other in SETS if other != name]
        return haystacks(own, tokens, order, ["plain"], most=self.questions, filling=others)

    def needles(self) -> Iterator[Haystack]:
        """Needles at some depths of a text that is read in as many steps as 512k."""
        return depths(novel(), needles()[: min(8, self.questions)], LENGTH, DEPTHS)


@cache
def _corpus(data: Path, name: str) -> Corpus:
    return corpus(data, name)
