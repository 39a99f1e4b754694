"""An embedder that counts: words and pieces of words, hashed to fixed places.

It knows spelling and no meaning. It needs no model and gives the same vectors on every machine, which makes
it the embedder of the tests, and the plain baseline that a model must beat.

Source: feature hashing with signs, Weinberger et al. 2009; n-grams within word edges, as in fastText.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from rapporteur.sources.embedding.interface import Vectors
from rapporteur.sources.embedding.rows import unit_rows

DIMENSIONS = 1024
_PIECES = (3, 4, 5)
_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """A feature that occurs n times in a text counts 1 + ln n. Texts without any word share one vector."""

    name = f"hashing-v1-{DIMENSIONS}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), DIMENSIONS))
        for row, text in zip(rows, texts, strict=True):
            for feature, count in Counter(_features(text)).items():
                digest = zlib.crc32(feature.encode())
                row[digest % DIMENSIONS] += (1 if digest >> 31 else -1) * (1 + math.log(count))
            if not row.any():  # no words, or (one in thousands of one-letter texts) they cancel out
                row[0] = 1
        return unit_rows(rows)


def _features(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.casefold()):
        yield word
        edged = f"<{word}>"
        for size in _PIECES:
            yield from (edged[start : start + size] for start in range(len(edged) - size + 1))
