"""Step 5, the seam: fragments and vectors, made searchable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rapporteur.sources.embedding.interface import Vectors
from rapporteur.types import Fragment


@dataclass(frozen=True, slots=True)
class Filter:
    """Which fragments may be found; None is 'any'."""

    theme: str | None = None
    dialogue: int | None = None
    role: str | None = None


def matches(fragment: Fragment, where: Filter) -> bool:
    """Whether a fragment may be found under a filter; roles compare without regard to case."""
    return (
        (where.theme is None or fragment.theme == where.theme)
        and (where.dialogue is None or fragment.dialogue == where.dialogue)
        and (where.role is None or (fragment.role or "").casefold() == where.role.casefold())
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """A fragment id with its score (cosine similarity in [-1, 1], or BM25; higher is closer)."""

    fragment: str
    score: float


class Index(Protocol):
    """Vectors by fragment id. Derived: it can always be rebuilt from the store."""

    def upsert(self, fragments: Sequence[Fragment], vectors: Vectors) -> None: ...

    def query(self, vector: Vectors, top_k: int, where: Filter = Filter()) -> list[Hit]:
        """At most `top_k` hits, best first; ties in order of fragment id."""
        ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def count(self) -> int: ...
