"""Is talk that belongs in no section kept out, and what people have to tell kept in?"""

from __future__ import annotations

from collections.abc import Sequence

from evals import material
from rapporteur.evaluation.scorers import judged
from rapporteur.evaluation.task import Given, Metric, Sample, Task, task
from rapporteur.types import Judgement


@task
def example(given: Given) -> Task:
    found = [(j, bool(truth["sections"])) for j, truth in material.judged_example(given)]
    return _task(found, "example")


@task
def statements(given: Given) -> Task:
    found = [(j, bool(line["section"])) for j, line in material.judged_statements(given)]
    return _task(found, "statements")


def _task(found: Sequence[tuple[Judgement, bool]], source: str) -> Task:
    return Task(
        [Sample(j.fragment.id, j, told, "telling" if told else "noise") for j, told in found],
        lambda sample: sample.input.section,
        lambda sample, section: judged(
            (section is not None) == sample.target,
            f"{section}: {sample.input.fragment.text}",
            "it tells something" if sample.target else "it belongs in no section",
        ),
        [
            Metric(f"{source}: talk of no section kept out", ("noise",), tolerance=0.02),
            Metric(f"{source}: what is told kept in", ("telling",), tolerance=0.02),
        ],
    )
