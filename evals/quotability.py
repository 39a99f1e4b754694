"""Do fragments that a human would quote rank before those a human would not, and is what may not be quoted kept out?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals import material
from rapporteur.evaluation.metrics import average_precision
from rapporteur.evaluation.scorers import is_target, judged
from rapporteur.evaluation.task import Given, Metric, Sample, Scored, Task, task
from rapporteur.types import Judgement
from rapporteur.writing.outline import quotability

_NAMES = ("Jan Boom",)


@task
def rules(given: Given) -> Task:
    """Which words of a fragment may be quoted, or why none may; and which of two fragments is the better quote."""
    lines = material.rules(given, "quotability_rules.jsonl")
    dataset = [
        Sample(line["id"], line, True, "order")
        if "better" in line
        else Sample(line["id"], line, [*line["quote"], line["left_out"]], "quote")
        for line in lines
    ]
    return Task(dataset, _by_rule, is_target, [
        Metric("rules of what may be quoted", ("quote",), least=1.0),
        Metric("rules of the better quote", ("order",), least=1.0),
    ])  # fmt: skip


def _by_rule(sample: Sample) -> object:
    line = sample.input
    if "better" in line:
        better, worse = (_judged({"id": "said", "text": line[which]}) for which in ("better", "worse"))
        return better.score > worse.score > 0
    found = _judged(line)
    return [*(line["text"][span.start : span.end] for span in found.spans), found.left_out]


def _judged(line: Mapping[str, Any]) -> quotability.Quotability:
    said = material.fragment({"speaker": "Nel Krabbendam", "role": "schipper", **line})
    return quotability.judge(said, line.get("section", "knel"), "a greeting", _NAMES, line.get("host"))


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
