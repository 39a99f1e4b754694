"""Statements as rows of numbers. Vectors are kept in .rapporteur/training/, since they cost minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np

from evals.training.statements import REPOSITORY, Statement
from rapporteur import config, wiring
from rapporteur.sources.embedding.interface import Embedder
from rapporteur.writing.outline.section_head import LEXICAL, manners, spellings

_KEPT = REPOSITORY / ".rapporteur" / "training"


@dataclass(frozen=True)
class Known:
    """Statements with all that a head could look at; `vectors` has no columns for the lexical one."""

    embedder: str
    statements: Sequence[Statement]
    vectors: np.ndarray
    manners: np.ndarray
    spellings: np.ndarray

    @property
    def dimensions(self) -> int:
        return int(self.vectors.shape[1])

    def features(self, voter: str) -> np.ndarray:
        return self.spellings if voter == "spelling" else np.hstack([self.vectors, self.manners])


def embed(setting: str, statements: Sequence[Statement]) -> Known:
    """What the head of an embedder would see; `setting` as in rapporteur.toml, or 'lexical'."""
    texts = [s.text for s in statements]
    if setting == LEXICAL:
        name, vectors = LEXICAL, np.zeros((len(texts), 0))
    else:
        settings = config.load(REPOSITORY, {"embedder": setting})
        embedder = wiring.embedder(settings)
        name, vectors = embedder.name, _vectors(embedder, texts)
    return Known(name, statements, vectors, *_of_words(tuple(texts)))


@lru_cache(maxsize=1)
def _of_words(texts: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    return manners(texts), spellings(texts)


def _vectors(embedder: Embedder, texts: Sequence[str]) -> np.ndarray:
    _KEPT.mkdir(parents=True, exist_ok=True)
    file = _KEPT / f"{embedder.name}.npz"
    kept = {}
    if file.is_file():
        with np.load(file) as stored:
            kept = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    keys = [sha256(text.encode()).hexdigest()[:32] for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    for start in range(0, len(missing), 128):
        some = list(missing)[start : start + 128]
        kept.update(zip(some, embedder.embed([missing[key] for key in some]), strict=True))
        np.savez(file, keys=np.array(list(kept)), vectors=np.stack(list(kept.values())))
    return np.stack([kept[key] for key in keys]).astype(np.float64)
