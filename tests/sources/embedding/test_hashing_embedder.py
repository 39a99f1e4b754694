"""The hashing embedder, beyond the contract."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.sources.embedding.hashing import DIMENSIONS, HashingEmbedder


def test_shared_words_and_shared_parts_of_words_bring_texts_nearer() -> None:
    said, near, compound, far = HashingEmbedder().embed(
        ["de buurt is stil", "stil is onze buurt", "buurtfeest", "waterschap"]
    )
    assert said @ near > 0.5
    assert said @ compound > 0.1
    assert abs(said @ far) < 0.1


def test_capitals_and_punctuation_do_not_count() -> None:
    quiet, loud = HashingEmbedder().embed(["de buurt is stil", "De BUURT… is ‘stil’!"])
    np.testing.assert_array_equal(quiet, loud)


def test_vectors_are_the_same_on_every_machine_and_in_every_version() -> None:
    vector = HashingEmbedder().embed(["Er is geen bank."])[0]
    assert np.flatnonzero(vector)[:4].tolist() == [229, 255, 269, 312]
    assert vector.shape == (DIMENSIONS,)


@given(st.lists(st.text(), max_size=8))
def test_any_text_gets_a_unit_vector(texts: list[str]) -> None:
    vectors = HashingEmbedder().embed(texts)
    assert vectors.shape == (len(texts), DIMENSIONS)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
