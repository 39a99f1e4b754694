"""Do fragments that a human would quote rank before those a human would not?"""

from __future__ import annotations

from collections.abc import Sequence

from evals import material
from rapporteur.evaluation.metrics import average_precision
from rapporteur.evaluation.scorers import judged
from rapporteur.evaluation.task import Given, Metric, Sample, Scored, Task, task
from rapporteur.types import Judgement


@task
def example(given: Given) -> Task:
    return _task([(j, truth["quotable"]) for j, truth in material.judged_example(given)], "example")


@task
def statements(given: Given) -> Task:
    return _task([(j, line["quotable"]) for j, line in material.judged_statements(given)], "statements")


def _task(found: Sequence[tuple[Judgement, bool]], source: str) -> Task:
    return Task(
        [Sample(j.fragment.id, j, quotable) for j, quotable in found],
        lambda sample: sample.input.quotability if sample.input.left_out is None else 0.0,
        lambda sample, score: judged(
            (score > 0) == sample.target,
            f"{score:.2f}: {sample.input.fragment.text}",
            "a human would quote it" if sample.target else "a human would not quote it",
        ),
        [Metric(f"{source}: average precision", value=_average_precision, tolerance=0.02)],
    )


def _average_precision(scored: Sequence[Scored]) -> float:
    ranked = sorted(scored, key=lambda one: (-one.output, one.sample.id))
    return average_precision([one.sample.target for one in ranked])
