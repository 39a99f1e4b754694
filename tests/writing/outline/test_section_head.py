from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from rapporteur.types import SECTION_KEYS
from rapporteur.writing.outline.section_head import LEXICAL, head_for, knows, spellings

NAMES = sorted(Path(str(f)).stem for f in (files("rapporteur.writing.outline") / "heads").iterdir())
TEXTS = {
    "knel": "Ik miste mijn koor en ik was eenzaam en verdrietig, het was een zware tijd en niemand kwam nog langs.",
    "kiem": "Er ontstond iets moois: wij leerden onze buren kennen en dat doen we nog steeds, daar ben ik blij mee.",
    "dromen": "Ik droom van een dorp waar iedereen meedoet. Ik hoop dat we later weer allemaal samen kunnen zingen.",
    "ideeen": "Laat de gemeente een subsidie geven voor een buurthuis. Zet er een tafel neer en nodig iedereen uit.",
    "procesobservaties": "Ik vond het een goed gesprek, er werd geluisterd en ik hoop dat er iets mee gedaan wordt.",
}


def test_the_lexical_head_knows_the_plainest_statement_of_every_section() -> None:
    scores = head_for(LEXICAL).log_scores(list(TEXTS.values()), np.zeros((len(TEXTS), 0)))
    assert [SECTION_KEYS[i] for i in scores.argmax(axis=1)] == list(TEXTS)
    assert np.allclose(np.exp(scores).sum(axis=1), 1)


def test_an_embedder_without_a_head_gets_the_lexical_one() -> None:
    assert not knows("openai:some-model")
    assert head_for("openai:some-model").dimensions == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_head_says_what_it_was_learned_from_and_is_small(name: str, repository: Path) -> None:
    path = repository / "rapporteur" / "writing" / "outline" / "heads" / f"{name}.npz"
    with np.load(path, allow_pickle=False) as stored:
        about = json.loads(str(stored["about"]))
    assert (repository / about["script"]).is_file() and about["embedder"] == name and len(about["data"]) == 16
    assert path.stat().st_size < 1_000_000


def test_no_texts_have_no_scores() -> None:
    head = head_for(LEXICAL)
    assert head.log_scores([], np.zeros((0, 0))).shape == (0, len(SECTION_KEYS))


def test_spelling_is_the_same_in_capitals_and_has_unit_length() -> None:
    rows = spellings(["Het koor zingt", "HET KOOR ZINGT", ""])
    assert np.array_equal(rows[0], rows[1])
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 1, 0])
