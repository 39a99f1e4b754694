"""Words to the fragments that are nearest to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapporteur.pipeline.judging import judge_theme, load_theme
from rapporteur.types import Candidate

if TYPE_CHECKING:
    from rapporteur.sources.embedding.interface import Embedder
    from rapporteur.sources.index.interface import Filter
    from rapporteur.sources.retrieval import Retriever
    from rapporteur.sources.store import Store
    from rapporteur.writing.outline.template import ReportTemplate


def search(text: str, retriever: Retriever, top_k: int, where: Filter) -> tuple[Candidate, ...]:
    """The fragments nearest to a text, best first."""
    return retriever.search([text], top_k, where)


def only_section(
    found: Sequence[Candidate], section: str, template: ReportTemplate, store: Store, embedder: Embedder
) -> tuple[Candidate, ...]:
    """The candidates that fit a section, ranked anew."""
    fitting: set[str] = set()
    for theme in sorted({c.fragment.theme for c in found}):
        judged = judge_theme(load_theme(theme, store, embedder), template, store, embedder)
        fitting |= {j.fragment.id for j in judged if j.section == section}
    kept = [c for c in found if c.fragment.id in fitting]
    return tuple(Candidate(c.fragment, c.score, rank) for rank, c in enumerate(kept, 1))
