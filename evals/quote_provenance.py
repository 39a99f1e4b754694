"""Are honest quotes called clean and altered ones not, and is the changed word named?

Tens of thousands of cases made by rule over the example and the published records, and one for each rule of quoting.
An altered quote that passes as clean breaks the promise of the product: not one may.
"""

from __future__ import annotations

from evals.quote_verdicts import EVERY, cases_over, names_the_change, rules, task_of
from rapporteur.evaluation.scorers import judged, shown
from rapporteur.evaluation.task import Given, Metric, Sample, Task, task
from rapporteur.types import Verdict
from rapporteur.workspace import example_corpus


@task
def by_rule(given: Given) -> Task:
    return rules(given, ("honest", "altered"), "rules of quoting")


@task
def example(given: Given) -> Task:
    cases, checker = cases_over(example_corpus(), 1 if given.full else EVERY, given.seed)
    return task_of(cases, checker, ("honest", "altered"), _metrics("example"))


@task
def published(given: Given) -> Task:
    folder = given.from_shared("published/records")
    cases, checker = cases_over(folder, 1 if given.full else EVERY, given.seed)
    return task_of(cases, checker, ("honest", "altered"), _metrics("published"))


@task
def changed_words(given: Given) -> Task:
    cases, checker = cases_over(example_corpus(), 1 if given.full else EVERY, given.seed)
    named = [case for case in cases if case.was is not None and case.expected == "altered"]
    return Task(
        [Sample(f"{case.kind} #{number}", case) for number, case in enumerate(named)],
        lambda sample: checker.check(sample.input.quotation),
        lambda sample, verdict: judged(
            names_the_change(sample.input, verdict),
            f"{verdict.kind}: {sample.input.quotation.text}",
            f"'{sample.input.was}' became '{sample.input.now}', told was {_told(verdict)}",
        ),
        [Metric("example: changed word named, both places", least=0.99 if given.full else 0.98)],
    )


def _told(verdict: Verdict) -> str:
    """Where the verdict says the quotation differs: 'zo'n stilte' for 'zo' stilte'."""
    return shown([f"'{change['citaat']}' for '{change['verslag']}'" for change in verdict.difference])


def _metrics(source: str) -> list[Metric]:
    return [
        Metric(f"{source}: honest quotes clean", ("honest",), least=1.0),
        Metric(f"{source}: altered quotes not clean", ("altered",), least=1.0),
    ]
