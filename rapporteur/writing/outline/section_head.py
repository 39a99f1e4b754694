"""Step 1a, the learned part: how well a fragment's words fit each section, whatever the theme.

Two voters, each a softmax regression, speak on what was said: `whole` (the vector of the fragment, its tone and cues)
and `spelling` (hashed pieces of words). What they say is averaged. The weights are learned by
`evals/training/section_heads.py`, one file per embedder in `heads/`; there is no vocabulary in them. For an embedder
that has no file the lexical head speaks: tone, cues and spelling alone.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from math import log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from rapporteur.dutch import cues
from rapporteur.dutch.tone import NAMES, tone
from rapporteur.types import SECTION_KEYS

Rows = NDArray[np.float64]
LEXICAL = "lexical"
MANNERS = len(NAMES) + len(SECTION_KEYS)
SPELLINGS = 1 << 13
_BLOCK = 256  # texts whose spellings are in memory together
_PIECES = (3, 4, 5)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Voter:
    """A softmax regression: log probabilities of the sections for rows of features, `(x - mean) / scale` first."""

    mean: Rows
    scale: Rows
    weights: Rows
    bias: Rows

    def vote(self, features: Rows) -> Rows:
        return log_softmax((features - self.mean) / self.scale @ self.weights + self.bias)


@dataclass(frozen=True, slots=True)
class SectionHead:
    """The voters of one embedder. `sharpness` is what their mean log probability is multiplied by, to be calibrated."""

    voters: Mapping[str, Voter]
    sharpness: float

    @property
    def dimensions(self) -> int:
        """How long the vectors are that `whole` looks at; 0 for the lexical head."""
        return len(self.voters["whole"].mean) - MANNERS

    def log_scores(self, texts: Sequence[str], vectors: Rows) -> Rows:
        """Log probabilities, n texts x sections, of texts and their vectors (n x `dimensions`)."""
        blocks = [
            self._block(texts[start : start + _BLOCK], vectors[start : start + _BLOCK])
            for start in range(0, len(texts), _BLOCK)
        ]
        return np.concatenate(blocks) if blocks else np.zeros((0, len(SECTION_KEYS)))

    def _block(self, texts: Sequence[str], vectors: Rows) -> Rows:
        whole = self.voters["whole"].vote(np.hstack([vectors, manners(texts)]))
        spelling = self.voters["spelling"].vote(spellings(texts))
        return log_softmax(self.sharpness * (whole + spelling) / 2)


def log_softmax(values: Rows) -> Rows:
    if not len(values):
        return values
    shifted = values - values.max(axis=1, keepdims=True)
    logs: Rows = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs


def manners(texts: Sequence[str]) -> Rows:
    """Tone and section cues, one row a text."""
    rows = [[*tone(t), *(cues.weigh(t, cues.SECTION_CUES[key]) for key in SECTION_KEYS)] for t in texts]
    return np.array(rows, dtype=float).reshape(len(rows), MANNERS)


def spellings(texts: Sequence[str]) -> Rows:
    """Pieces of three to five letters within a word's edges, hashed with signs to SPELLINGS places; unit length.

    Source: feature hashing, Weinberger et al. 2009.
    """
    rows = np.zeros((len(texts), SPELLINGS))
    for row, text in zip(rows, texts, strict=True):
        for piece, count in Counter(_pieces(text)).items():
            digest = zlib.crc32(piece.encode())
            row[digest % SPELLINGS] += (1 if digest >> 31 else -1) * log1p(count)
        row /= sqrt(row @ row) or 1.0
    return rows


def _pieces(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.casefold()):
        edged = f" {word} "
        for size in _PIECES:
            yield from (edged[start : start + size] for start in range(len(edged) - size + 1))


def knows(embedder: str) -> bool:
    """Whether a head was learned for the vectors of an embedder, by its name."""
    return _place(embedder).is_file()


def _place(embedder: str) -> Traversable:
    return files("rapporteur.writing.outline") / "heads" / f"{embedder}.npz"


@lru_cache(maxsize=4)
def head_for(embedder: str) -> SectionHead:
    """The head learned for an embedder's vectors; the lexical one if there is none."""
    place = _place(embedder if knows(embedder) else LEXICAL)
    with as_file(place) as path, np.load(path, allow_pickle=False) as stored:
        return _head(stored)


def _head(stored: Mapping[str, NDArray[np.generic]]) -> SectionHead:
    about = json.loads(str(stored["about"]))
    fields = ("mean", "scale", "weights", "bias")
    voters = {
        name: Voter(*(np.asarray(stored[f"{name}.{field}"], dtype=np.float64) for field in fields))
        for name in about["voters"]
    }
    return SectionHead(voters, about["sharpness"])
