"""What the embedders do alike with rows of numbers and lists of texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rapporteur.sources.embedding.interface import Vectors


def unit_rows(rows: NDArray[np.floating]) -> Vectors:
    """Each row scaled to unit length; no row may be all zeros."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def batches(texts: Sequence[str], size: int) -> Iterator[list[str]]:
    """The texts in order, at most `size` at a time."""
    for start in range(0, len(texts), size):
        yield list(texts[start : start + size])
