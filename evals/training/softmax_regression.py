"""Softmax regression in plain numpy: convex, so one answer, the same on every run.

Minimises |W|² / 2 + strength · Σ weight · −log p(label), with features centred and scaled first and a free bias.
Source: L-BFGS two-loop recursion, Nocedal & Wright, Numerical Optimization, 2006, algorithm 7.4.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rapporteur.writing.outline.section_head import Rows, Voter, log_softmax

_MEMORY, _STEPS, _TOLERANCE = 12, 400, 3e-3


def learn(
    features: Rows, labels: np.ndarray, weights: Rows, mean: Rows, scale: Rows, strength: float, classes: int
) -> Voter:
    """Learn a Voter. `labels` are class numbers; `weights` are made to sum to the same over every class."""
    rows = (features - mean) / scale
    truth = np.eye(classes)[labels]
    per_class = truth.T @ weights
    each = weights * (weights.sum() / (classes * np.maximum(per_class, 1e-9)))[labels] * strength
    width = rows.shape[1]

    def loss(flat: Rows) -> tuple[float, Rows]:
        matrix, bias = flat[: width * classes].reshape(width, classes), flat[width * classes :]
        logs = log_softmax(rows @ matrix + bias)
        wrong = (np.exp(logs) - truth) * each[:, None]
        value = 0.5 * float((matrix**2).sum()) - float((each[:, None] * truth * logs).sum())
        return value, np.concatenate([(rows.T @ wrong + matrix).ravel(), wrong.sum(axis=0)])

    best = _minimise(loss, np.zeros((width + 1) * classes))
    return Voter(mean, scale, best[: width * classes].reshape(width, classes), best[width * classes :])


def _minimise(loss: Callable[[Rows], tuple[float, Rows]], start: Rows) -> Rows:
    at = start
    value, slope = loss(at)
    steps: list[tuple[Rows, Rows]] = []
    for _ in range(_STEPS):
        if np.abs(slope).max() < _TOLERANCE:
            break
        way = -_curved(slope, steps)
        size = 1.0 if steps else min(1.0, 1.0 / float(np.abs(slope).sum()))
        down = float(slope @ way)
        while True:
            new_value, new_slope = loss(at + size * way)
            if new_value <= value + 1e-4 * size * down or size < 1e-10:
                break
            size /= 2
        moved, turned = size * way, new_slope - slope
        if moved @ turned > 1e-12:
            steps = [*steps, (moved, turned)][-_MEMORY:]
        at, value, slope = at + moved, new_value, new_slope
    return at


def _curved(slope: Rows, steps: list[tuple[Rows, Rows]]) -> Rows:
    """The inverse curvature known from the last steps, applied to a slope."""
    way, shares = slope.copy(), []
    for moved, turned in reversed(steps):
        share = (moved @ way) / (moved @ turned)
        way -= share * turned
        shares.append(share)
    if steps:
        moved, turned = steps[-1]
        way *= (moved @ turned) / (turned @ turned)
    for (moved, turned), share in zip(steps, reversed(shares), strict=True):
        way += moved * (share - (turned @ way) / (moved @ turned))
    return way
