"""What the outline thinks of every fragment of a theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapporteur.types import Judgement, SectionKey

if TYPE_CHECKING:
    from rapporteur.sources.embedding.interface import Embedder, Vectors
    from rapporteur.sources.store import Store
    from rapporteur.types import Fragment, Record
    from rapporteur.writing.outline.section_head import SectionHead
    from rapporteur.writing.outline.sections import SectionFit
    from rapporteur.writing.outline.template import ReportTemplate


@dataclass(frozen=True, slots=True)
class ThemeCorpus:
    """One theme, loaded: its records, fragments as spoken, and the vectors of those that were embedded."""

    theme: str
    records: Sequence[Record]
    fragments: Sequence[Fragment]
    vectors: Mapping[str, Vectors]

    @property
    def host_roles(self) -> dict[str, str | None]:
        return {record.id: record.host.role for record in self.records}


def load_theme(theme: str, store: Store, embedder: Embedder) -> ThemeCorpus:
    """Load a theme from the store. Raises: ThemeUnknown."""
    from rapporteur.sources.embedding.cached import CachedEmbedder, worth_embedding

    fragments = store.fragments(theme)
    telling = [f for f in fragments if worth_embedding(f.text)]
    rows = CachedEmbedder(embedder, store).embed([f.text for f in telling])
    vectors = {f.id: row for f, row in zip(telling, rows, strict=True)}
    return ThemeCorpus(theme, store.records(theme), fragments, vectors)


def judge_theme(
    corpus: ThemeCorpus,
    template: ReportTemplate,
    store: Store,
    embedder: Embedder,
    head: SectionHead | None = None,
    wanted: Callable[[Fragment, SectionFit], bool] | None = None,
) -> tuple[Judgement, ...]:
    """Section fit and quotability of every fragment of a theme, in the order of `corpus.fragments`.

    `head` takes the place of the one that was learned for the embedder. Quotability is only looked at where it is
    `wanted`, by default everywhere.
    """
    from rapporteur.dutch.personal import names_in
    from rapporteur.writing.outline import plan
    from rapporteur.writing.outline.section_head import head_for, knows

    if head is None and knows(embedder.name):
        head = head_for(embedder.name)
    nearness = {} if head else _nearness(corpus, template, store, embedder)
    names = store.speakers() | names_in(f.text for f in corpus.fragments)
    return plan.judge(corpus.fragments, nearness, corpus.host_roles, names, corpus.vectors, head, wanted)


def _nearness(
    corpus: ThemeCorpus, template: ReportTemplate, store: Store, embedder: Embedder
) -> dict[SectionKey, dict[str, float]]:
    """How near every fragment of the theme is to the questions of every section: its fused score, by section and id."""
    import numpy as np

    from rapporteur.sources.embedding.cached import CachedEmbedder
    from rapporteur.sources.index.lexical import LexicalIndex
    from rapporteur.sources.index.memory import MemoryIndex
    from rapporteur.sources.retrieval import fuse_by_rank

    index, words, everything = MemoryIndex(), LexicalIndex(), len(corpus.fragments)
    telling = [f for f in corpus.fragments if f.id in corpus.vectors]
    if telling:
        index.upsert(telling, np.stack([corpus.vectors[f.id] for f in telling]))
    words.upsert(corpus.fragments)
    remembering = CachedEmbedder(embedder, store)
    found = {}
    for key, questions in template.questions.items():
        meant = [index.query(vector, everything) for vector in remembering.embed(questions)]
        named = [hits for hits in (words.query(question, everything) for question in questions) if hits]
        found[key] = {hit.fragment: hit.score for hit in fuse_by_rank([*meant, *named])}
    words.close()
    return found
