"""Do the sentences that rapporteur writes itself read easily?

The Flesch-Douma reading ease of the extractive voice's own sentences in drafts of the example: quotes and titles of
topics are not ours, nor are the roles that a sentence names ('een leerling-verpleegkundige'), which is measured apart.
The published reports of 2021 measure 43 to 54.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evals import material
from rapporteur.dutch.readability import readability
from rapporteur.evaluation.scorers import unscored
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Scored, Task, task

_TARGET = 55.0


@task
def drafts(given: Given) -> Task:
    corpus = material.example(given)
    texts = [text for theme in corpus.themes for text in material.own_texts(corpus.drafts[theme].revision.report)]
    roles = sorted({f.role for f in corpus.store.fragments() if f.role}, key=len, reverse=True)
    naming = re.compile(rf"[^.]*(?:{'|'.join(map(re.escape, roles))})[^.]*\.\s*")
    without = [naming.sub("", text) for text in texts]
    return Task(
        [
            *(Sample(f"text {number}", text, group="all") for number, text in enumerate(dict.fromkeys(texts), 1)),
            *(Sample(f"part {n}", t, group="no roles") for n, t in enumerate(dict.fromkeys(without), 1) if t),
        ],
        lambda sample: readability(sample.input),
        lambda sample, found: (
            Score(found.ease / 100, sample.input, f"ease {found.ease:z.0f}")
            if found
            else unscored("it holds no words", sample.input)
        ),
        [
            Metric("reading ease of our own sentences", ("no roles",), value=_ease, least=_TARGET, tolerance=0.5),
            Metric("reading ease, roles in them too", ("all",), value=_ease, tolerance=0.5),
        ],
    )


def _ease(scored: Sequence[Scored]) -> float:
    """Of all texts together, as a reader meets them."""
    whole = readability(" ".join(one.sample.input for one in scored))
    return whole.ease if whole else 0.0
