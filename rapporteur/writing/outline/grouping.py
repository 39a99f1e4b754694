"""Step 1c: fragments to groups that speak of the same matter: Ward's hierarchical clustering.

Written here, in numpy, because importing scipy or scikit-learn costs a command more than all of this module
does. Source: Ward (1963), with the Lance-Williams update; on unit vectors, centred on their mean.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rapporteur.sources.embedding.interface import Vectors

MAX_CLUSTERED = 400
MAX_TOPICS = 6


def topics_for(count: int) -> int:
    """How many topics a section of `count` fragments has: about the square root, as in the published reports."""
    return max(1, min(MAX_TOPICS, round(0.9 * sqrt(count))))


def group(vectors: Vectors, k: int) -> list[list[int]]:
    """Rows of `vectors` (n x d) in at most `k` groups, each in ascending order, in order of their first row.

    Beyond MAX_CLUSTERED rows the first ones are clustered and the others join the nearest group: give the most
    telling rows first.
    """
    if not len(vectors):
        return []
    points = _centred(vectors)
    core = points[:MAX_CLUSTERED]
    groups = _ward(core, min(k, len(core)))
    centres = np.stack([core[g].mean(axis=0) for g in groups])
    for row in range(len(core), len(points)):
        groups[int(np.argmin(((centres - points[row]) ** 2).sum(axis=1)))].append(row)
    return sorted(groups)


def central(vectors: Vectors, members: list[int]) -> list[int]:
    """The members, the most central first: nearest to the group's mean; ties in order of row."""
    points = vectors[members]
    nearness = points @ points.mean(axis=0)
    return [members[i] for i in np.argsort(-nearness, kind="stable")]


def _centred(vectors: Vectors) -> Vectors:
    if len(vectors) < 3:
        return vectors
    centred = vectors - vectors.mean(axis=0)
    norms = np.linalg.norm(centred, axis=1, keepdims=True)
    unit: Vectors = centred / np.where(norms == 0, 1.0, norms)
    return unit


def _ward(points: Vectors, k: int) -> list[list[int]]:
    n = len(points)
    groups: list[list[int]] = [[i] for i in range(n)]
    sizes = np.ones(n)
    alive = np.ones(n, dtype=bool)
    squared = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2).astype(float)
    np.fill_diagonal(squared, np.inf)
    for _ in range(n - k):
        i, j = divmod(int(np.argmin(squared)), n)
        i, j = min(i, j), max(i, j)
        merged = ((sizes + sizes[i]) * squared[i] + (sizes + sizes[j]) * squared[j] - sizes * squared[i, j]) / (
            sizes + sizes[i] + sizes[j]
        )
        groups[i] += groups[j]
        sizes[i] += sizes[j]
        alive[j] = False
        merged[~alive] = np.inf
        merged[i] = np.inf
        squared[i, :] = squared[:, i] = merged
        squared[j, :] = squared[:, j] = np.inf
    return [sorted(groups[i]) for i in range(n) if alive[i]]
