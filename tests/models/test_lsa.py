"""Latent semantic vectors: repeatable, of one size, and no trouble with texts that have nothing to compare."""

from __future__ import annotations

import numpy as np
import pytest
from clew.models.lsa import DIMENSIONS, LARGEST, Lsa, LsaModel, fit

TEXTS = [
    "The whale sank the ship in a storm.",
    "A storm broke the mast of the ship.",
    "The queen gave a dinner for the poet.",
    "At dinner the poet read to the queen.",
    "A poet writes of a whale.",
]


def test_passages_about_the_same_are_near_each_other() -> None:
    model, vectors = fit(TEXTS)
    assert vectors.shape == (5, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert int(np.argmax(vectors @ model.embed("a storm at sea"))) in (0, 1)


def test_the_same_texts_give_the_same_vectors() -> None:
    assert np.array_equal(fit(TEXTS)[1], fit(TEXTS)[1])


def test_a_kept_model_embeds_as_before() -> None:
    model, _ = fit(TEXTS)
    again = Lsa().load(model.to_bytes())
    assert np.array_equal(again.embed("whale and poet"), model.embed("whale and poet"))


@pytest.mark.parametrize(
    "texts", [[], ["One whale."], ["One whale.", "Two ships."], ["", ""], ["ship", "ship"], ["of the"]]
)
def test_texts_with_little_to_compare(texts: list[str]) -> None:
    model, vectors = fit(texts)
    assert vectors.shape == (len(texts), DIMENSIONS)
    assert np.isfinite(vectors).all()
    assert np.isfinite(model.embed("ship")).all()
    assert np.array_equal(LsaModel.from_bytes(model.to_bytes()).embed("ship"), model.embed("ship"))


def test_an_unknown_question_is_the_zero_vector() -> None:
    assert not fit(TEXTS)[0].embed("Zanzibar").any()


def test_data_that_is_no_model_says_so() -> None:
    data = fit(TEXTS)[0].to_bytes()
    for damaged in (b"", b"nonsense", data[: len(data) // 2]):
        with pytest.raises(ValueError, match="."):
            LsaModel.from_bytes(damaged)


def test_the_weight_falls_with_the_text() -> None:
    weights = [Lsa().weight(n) for n in (100, 500, 1000, LARGEST)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1] > 0
    assert Lsa().weight(LARGEST + 1) == 0
