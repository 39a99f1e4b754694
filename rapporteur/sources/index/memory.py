"""Step 5: exact search in memory, for the fragments of one theme.

Within a theme it is exact and, up to some 100,000 fragments, as quick as an approximate index.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rapporteur.sources.embedding.interface import Vectors
from rapporteur.sources.index.interface import Filter, Hit
from rapporteur.types import Fragment


class MemoryIndex:
    """Rows of a matrix, by fragment id."""

    def __init__(self) -> None:
        self._fragments: dict[str, Fragment] = {}
        self._vectors: dict[str, Vectors] = {}

    def upsert(self, fragments: Sequence[Fragment], vectors: Vectors) -> None:
        for fragment, vector in zip(fragments, vectors, strict=True):
            self._fragments[fragment.id] = fragment
            self._vectors[fragment.id] = vector

    def query(self, vector: Vectors, top_k: int, where: Filter = Filter()) -> list[Hit]:
        ids = sorted(i for i, f in self._fragments.items() if matches(f, where))
        if not ids:
            return []
        scores = np.stack([self._vectors[i] for i in ids]) @ vector
        best = np.argsort(-scores, kind="stable")[:top_k]
        return [Hit(ids[i], float(scores[i])) for i in best]

    def delete(self, ids: Sequence[str]) -> None:
        for i in ids:
            self._fragments.pop(i, None)
            self._vectors.pop(i, None)

    def count(self) -> int:
        return len(self._fragments)


def matches(fragment: Fragment, where: Filter) -> bool:
    """Whether a fragment may be found under a filter; roles compare without regard to case."""
    return (
        (where.theme is None or fragment.theme == where.theme)
        and (where.dialogue is None or fragment.dialogue == where.dialogue)
        and (where.role is None or (fragment.role or "").casefold() == where.role.casefold())
    )
