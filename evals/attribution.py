"""Is it told who really said it: another role, dialogue or theme, and words that could be anyone's?"""

from __future__ import annotations

from evals.quote_verdicts import EVERY, cases_over, rules, task_of
from rapporteur.evaluation.task import Given, Metric, Task, task
from rapporteur.workspace import example_corpus

_GROUPS = ("misattributed", "role in other forms", "ambiguous")


@task
def by_rule(given: Given) -> Task:
    return rules(given, ("own words", "other's words", "anyone's words"), "rules of attribution")


@task
def example(given: Given) -> Task:
    cases, checker = cases_over(example_corpus(), 1 if given.full else EVERY, given.seed)
    metrics = [
        Metric("example: wrong role, dialogue or theme caught", ("misattributed",), least=1.0),
        Metric("example: role in other forms is theirs", ("role in other forms",), least=1.0),
        Metric("example: common words called ambiguous", ("ambiguous",)),
    ]
    return task_of(cases, checker, _GROUPS, metrics)


@task
def published(given: Given) -> Task:
    folder = given.from_shared("published/records")
    cases, checker = cases_over(folder, 1 if given.full else EVERY, given.seed)
    metrics = [
        Metric("published: wrong role, dialogue or theme caught", ("misattributed",), least=1.0),
        Metric("published: role in other forms is theirs", ("role in other forms",), least=1.0),
    ]
    return task_of(cases, checker, _GROUPS[:2], metrics)
