"""What metrics are made of, and the 95 % interval of each figure.

A share of samples that are right or wrong has the Wilson score interval; any other figure the middle 95 % of 500
bootstrap resamplings of its samples, with a fixed seed.
Source: Wilson, JASA 22 (1927) 209-212; Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import log2, sqrt

from rapporteur.evaluation.task import Metric, Scored

RESAMPLINGS = 500
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the figure lies with 95 % confidence; `method` is 'wilson' or 'bootstrap'."""

    low: float
    high: float
    method: str


def mean(scored: Sequence[Scored]) -> float:
    """The mean score. There must be one."""
    return sum(one.value for one in scored) / len(scored)


def interval(metric: Metric, scored: Sequence[Scored], seed: int) -> Interval:
    """The 95 % interval of a figure over samples that could all be scored."""
    if metric.value is None and all(one.value in (0.0, 1.0) for one in scored):
        return wilson(sum(one.value for one in scored), len(scored))
    return bootstrap(metric.value or mean, scored, seed)


def wilson(right: float, n: int) -> Interval:
    share = right / n
    middle = share + _Z**2 / (2 * n)
    reach = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    whole = 1 + _Z**2 / n
    # Rounding may leave a share of 0 or 1 just outside; it is within by the formula.
    low, high = min(share, (middle - reach) / whole), max(share, (middle + reach) / whole)
    return Interval(max(0.0, low), min(1.0, high), "wilson")


def bootstrap(figure: Callable[[Sequence[Scored]], float], scored: Sequence[Scored], seed: int) -> Interval:
    import numpy as np

    rows = np.random.default_rng(seed).integers(0, len(scored), (RESAMPLINGS, len(scored)))
    if figure is mean:
        drawn = np.array([one.value for one in scored])[rows].mean(axis=1)
    else:
        drawn = np.array([figure([scored[row] for row in some]) for some in rows])
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Interval(float(low), float(high), "bootstrap")


# ---------------------------------------------------------------------------------------- what to sum up


def f1(named: Sequence[Hashable], true: Sequence[Hashable], key: Hashable) -> float:
    """F1 of one class; 0 where it is neither named nor true."""
    hits = sum(n == t == key for n, t in zip(named, true, strict=True))
    either = sum(n == key for n in named) + sum(t == key for t in true)
    return 2 * hits / max(1, either)


def average_precision(relevant: Sequence[bool]) -> float:
    """Of a ranking, best first; 0 where nothing is relevant."""
    precisions, hits = [], 0
    for rank, hit in enumerate(relevant, 1):
        hits += hit
        if hit:
            precisions.append(hits / rank)
    return sum(precisions) / max(1, hits)


def ndcg(relevant: Sequence[bool], total: int, depth: int = 10) -> float:
    """Normalised discounted cumulative gain of a ranking whose `total` relevant items count alike."""
    gained = sum(hit / log2(rank + 1) for rank, hit in enumerate(relevant[:depth], 1))
    best = sum(1 / log2(rank + 1) for rank in range(1, min(total, depth) + 1))
    return gained / best if best else 0.0


def recall(relevant: Sequence[bool], total: int, depth: int) -> float:
    """The share of all relevant items that stand in the first `depth` of a ranking."""
    return sum(relevant[:depth]) / total if total else 0.0
