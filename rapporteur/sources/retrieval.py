"""Step 6: a theme, section or question to Candidates.

Vectors find what is meant, BM25 over stems finds what is named, there or right before or after it: in a talk people
answer each other. The two lists are fused by rank, and what says the same as something better ranked is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from rapporteur.sources.embedding.interface import Embedder
from rapporteur.sources.index.interface import Filter, Hit, Index, matches
from rapporteur.sources.index.lexical import LexicalIndex, words
from rapporteur.types import Candidate, Fragment

RRF_K = 60
_DEPTH = 4  # how many times top_k each list is read before fusing and filtering
_BESIDE = 0.5  # what words right before or after a fragment count, of what they count where they stand


class Fragments(Protocol):
    """The store, as far as it is asked here."""

    def fragments_by_id(self, ids: Iterable[str]) -> Mapping[str, Fragment]: ...

    def fragments_beside(self, ids: Iterable[str]) -> Mapping[str, Sequence[Fragment]]: ...


class Retriever:
    """Hybrid search over an index, its lexical twin and the store's fragments."""

    def __init__(self, embedder: Embedder, index: Index, lexical: LexicalIndex, store: Fragments) -> None:
        self._embedder = embedder
        self._index = index
        self._lexical = lexical
        self._store = store

    def search(self, texts: Sequence[str], top_k: int, where: Filter = Filter()) -> tuple[Candidate, ...]:
        """Find the fragments nearest to one or more texts that ask the same in other words.

        Returns: at most `top_k` Candidates, best first; score is the fused one, in (0, 1], 1 for a fragment
        that leads every list.
        """
        depth = top_k * _DEPTH
        meant = [self._index.query(vector, depth, where) for vector in self._embedder.embed(list(texts))]
        named = [hits for hits in (self._named(text, depth, where) for text in texts) if hits]
        fused = fuse_by_rank([*meant, *named])
        found = self._store.fragments_by_id(hit.fragment for hit in fused)
        ranked = [(found[hit.fragment], hit.score) for hit in fused if hit.fragment in found]
        kept = islice(_without_duplicates(ranked), top_k)
        return tuple(Candidate(f, score, rank) for rank, (f, score) in enumerate(kept, 1))

    def _named(self, text: str, depth: int, where: Filter) -> list[Hit]:
        """What has words of the text, and what was said right before or after that, by whoever spoke."""
        said = self._lexical.query(text, depth, where)
        around = said if where.role is None else self._lexical.query(text, depth, replace(where, role=None))
        scores = defaultdict[str, float](float, {hit.fragment: hit.score for hit in said})
        beside = self._store.fragments_beside(hit.fragment for hit in around)
        for hit in around:
            for near in beside.get(hit.fragment, ()):
                if matches(near, where):
                    scores[near.id] += _BESIDE * hit.score
        return _best_first(scores)[:depth]


def fuse_by_rank(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Reciprocal rank fusion, scaled so that leading every list scores 1; ties in order of id.

    Source: Cormack, Clarke & Buettcher (SIGIR 2009), with their k = 60.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    for hits in lists:
        for rank, hit in enumerate(hits, 1):
            scores[hit.fragment] += (RRF_K + 1) / (RRF_K + rank) / len(lists)
    return _best_first(scores)


def _best_first(scores: Mapping[str, float]) -> list[Hit]:
    rounded = {i: round(score, 12) for i, score in scores.items()}  # sums do not depend on the order of the lists
    return [Hit(i, s) for i, s in sorted(rounded.items(), key=lambda item: (-item[1], item[0]))]


def _without_duplicates(ranked: Iterable[tuple[Fragment, float]]) -> Iterator[tuple[Fragment, float]]:
    """Leave out what has the same words as something better ranked."""
    seen: set[tuple[str, ...]] = set()
    for fragment, score in ranked:
        key = tuple(words(fragment.text))
        if key not in seen:
            seen.add(key)
            yield fragment, score
