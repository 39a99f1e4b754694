"""Step 1d: stories to groups that speak of the same matter: Ward's hierarchical clustering over their likeness.

Written here, in numpy, because importing scipy or scikit-learn costs a command more than all of this module
does. Source: Ward (1963), with the Lance-Williams update, on dissimilarities; a story of several fragments has that
weight from the start.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from rapporteur.types import Fragment, SectionKey
from rapporteur.writing.outline import likeness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rapporteur.sources.embedding.interface import Vectors

MAX_CLUSTERED = 400
MAX_TOPICS = 7


def topics_for(count: int) -> int:
    """How many topics a section of `count` fragments has: a straight line in the square root, as human reports have.

    Fitted by eye on 28 sections of 3 to 60 fragments, which people gave 2 to 7 topics.
    """
    return max(1, min(MAX_TOPICS, round(1 + 0.8 * sqrt(count)), (count + 1) // 2))


def topics(
    fragments: Sequence[Fragment],
    vectors: Mapping[str, Vectors],
    lexicon: likeness.Lexicon,
    section: SectionKey,
    k: int | None = None,
) -> list[list[int]]:
    """The rows of `fragments` by topic, the most central of each first; `k` topics, by default as many as fit.

    Beyond MAX_CLUSTERED stories the first ones are clustered and the others join the topic whose mean vector is
    nearest: give the most telling fragments first.
    """
    if not fragments:
        return []
    told = likeness.stories(fragments)
    core = told[:MAX_CLUSTERED]
    alike = likeness.between([[fragments[i] for i in story] for story in core], vectors, lexicon, section)
    wanted = topics_for(len(fragments)) if k is None else k
    groups = [
        [row for story in central(alike, members) for row in core[story]]
        for members in ward(alike, [len(story) for story in core], wanted)
    ]
    means = np.stack([np.mean([vectors[fragments[i].id] for i in g], axis=0) for g in groups])
    for story in told[MAX_CLUSTERED:]:
        mean = np.mean([vectors[fragments[i].id] for i in story], axis=0)
        groups[int(np.argmin(((means - mean) ** 2).sum(axis=1)))].extend(story)
    return groups


def ward(alike: Vectors, sizes: Sequence[int], k: int) -> list[list[int]]:
    """The rows of `alike` (n x n) in at most `k` groups, each in ascending order, in order of their first row."""
    apart = (alike.max() - alike).astype(float)
    return sorted(_merge(apart, np.array(sizes, dtype=float), min(k, len(alike))))


def central(alike: Vectors, members: Sequence[int]) -> list[int]:
    """The members, the most like the whole group first; ties in order of row."""
    nearness = alike[np.ix_(members, members)].mean(axis=1)
    return [members[i] for i in np.argsort(-nearness, kind="stable")]


def _merge(apart: Vectors, sizes: Vectors, k: int) -> list[list[int]]:
    n = len(apart)
    groups: list[list[int]] = [[i] for i in range(n)]
    alive = np.ones(n, dtype=bool)
    np.fill_diagonal(apart, np.inf)
    for _ in range(n - k):
        i, j = divmod(int(np.argmin(apart)), n)
        i, j = min(i, j), max(i, j)
        merged = ((sizes + sizes[i]) * apart[i] + (sizes + sizes[j]) * apart[j] - sizes * apart[i, j]) / (
            sizes + sizes[i] + sizes[j]
        )
        groups[i] += groups[j]
        sizes[i] += sizes[j]
        alive[j] = False
        merged[~alive] = np.inf
        merged[i] = np.inf
        apart[i, :] = apart[:, i] = merged
        apart[j, :] = apart[:, j] = np.inf
    return [sorted(groups[i]) for i in range(n) if alive[i]]
