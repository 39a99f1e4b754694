"""Step 5: exact search in memory, for the fragments of one theme.

Within a theme it is exact and, up to some 100,000 fragments, as quick as an approximate index.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rapporteur.sources.embedding.interface import Vectors
from rapporteur.sources.index.interface import Filter, Hit, matches
from rapporteur.types import Fragment


class MemoryIndex:
    """Rows of a matrix, in order of fragment id; the matrix is made when it is first asked after a change."""

    def __init__(self) -> None:
        self._fragments: dict[str, Fragment] = {}
        self._vectors: dict[str, Vectors] = {}
        self._rows: tuple[list[Fragment], Vectors] | None = None

    def upsert(self, fragments: Sequence[Fragment], vectors: Vectors) -> None:
        for fragment, vector in zip(fragments, vectors, strict=True):
            self._fragments[fragment.id] = fragment
            self._vectors[fragment.id] = vector
        self._rows = None

    def query(self, vector: Vectors, top_k: int, where: Filter = Filter()) -> list[Hit]:
        if not self._fragments:
            return []
        fragments, matrix = self._matrix()
        wanted = [row for row, fragment in enumerate(fragments) if matches(fragment, where)]
        scores = (matrix if len(wanted) == len(fragments) else matrix[wanted]) @ vector
        best = np.argsort(-scores, kind="stable")[:top_k]
        return [Hit(fragments[wanted[i]].id, float(scores[i])) for i in best]

    def delete(self, ids: Sequence[str]) -> None:
        for i in ids:
            self._fragments.pop(i, None)
            self._vectors.pop(i, None)
        self._rows = None

    def count(self) -> int:
        return len(self._fragments)

    def _matrix(self) -> tuple[list[Fragment], Vectors]:
        if self._rows is None:
            ids = sorted(self._fragments)
            self._rows = [self._fragments[i] for i in ids], np.stack([self._vectors[i] for i in ids])
        return self._rows
