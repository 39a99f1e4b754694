"""Is a cut that hides a turn, a condition or a count flagged, and an honest cut passed?"""

from __future__ import annotations

from evals.quote_verdicts import EVERY, cases_over, rules, task_of
from rapporteur.evaluation.task import Given, Metric, Task, task
from rapporteur.workspace import example_corpus

_GROUPS = ("misleading-cut", "honest cut")


@task
def by_rule(given: Given) -> Task:
    return rules(given, ("cut", "honest cut"), "rules of cutting")


@task
def example(given: Given) -> Task:
    cases, checker = cases_over(example_corpus(), 1 if given.full else EVERY, given.seed)
    return task_of(cases, checker, _GROUPS, _metrics("example"))


@task
def published(given: Given) -> Task:
    folder = given.from_shared("published/records")
    cases, checker = cases_over(folder, 1 if given.full else EVERY, given.seed)
    return task_of(cases, checker, _GROUPS, _metrics("published"))


def _metrics(source: str) -> list[Metric]:
    return [
        Metric(f"{source}: misleading cuts flagged", ("misleading-cut",), least=0.95),
        Metric(f"{source}: honest cuts passed", ("honest cut",), least=0.98),
    ]
