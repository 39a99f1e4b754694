"""A suite's tasks to its figures. What breaks, a sample or a whole task, is red, and is told as what it is."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from math import isfinite

from rapporteur.evaluation.log import Figure, SampleLog, Status, SuiteLog
from rapporteur.evaluation.metrics import interval, mean
from rapporteur.evaluation.scorers import shown, unscored
from rapporteur.evaluation.task import (
    UNSCORED,
    DataDamaged,
    DataMissing,
    Given,
    Metric,
    OnlyInFull,
    Sample,
    Scored,
    Task,
    TaskMaker,
)

WORST = 3
_MOST_BROKEN = 3


def run_suite(name: str, makers: Iterable[TaskMaker], given: Given) -> SuiteLog:
    """Run all tasks of a suite for which there is data."""
    started = time.perf_counter()
    figures: list[Figure] = []
    samples: list[SampleLog] = []
    skipped: list[str] = []
    not_run: list[str] = []
    wrong: list[str] = []
    for maker in makers:
        try:
            task = maker.make(given)
            scored, broken = _scored(task)
            figures += [figure_of(metric, scored, given.seed) for metric in task.metrics]
        except OnlyInFull as reason:
            not_run.append(f"{maker.name}: {reason}")
        except DataMissing as reason:
            skipped.append(f"{maker.name}: {reason}")
        except DataDamaged as reason:
            wrong.append(f"{maker.name}: {reason}")
        except Exception as error:  # noqa: BLE001 - whatever breaks, the other tasks are still run, and it is red
            wrong.append(f"{maker.name}: broke off with {_named(error)}")
        else:
            wrong += [f"{maker.name}: {fault}" for fault in broken[:_MOST_BROKEN]]
            samples += [_logged(maker.name, one) for one in scored]
    if twice := sorted({figure.name for figure in figures if sum(figure.name == f.name for f in figures) > 1}):
        wrong.append(f"figures of the same name: {', '.join(twice)}")
    if not (figures or skipped or not_run or wrong):
        wrong.append("it has no task")
    seconds = round(time.perf_counter() - started, 1)
    status: Status = "done" if figures or wrong else "skipped"
    return SuiteLog(
        name, status, tuple(figures), tuple(samples), tuple(skipped), tuple(wrong), seconds, not_run=tuple(not_run)
    )


def _scored(task: Task) -> tuple[list[Scored], list[str]]:
    """Every sample with its score, and what broke."""
    scored, broken = [], []
    for sample in task.dataset:
        try:
            output = task.solver(sample)
            scored.append(Scored(sample, output, task.scorer(sample, output)))
        except Exception as error:  # noqa: BLE001 - whatever breaks, the other samples are still judged, and it is red
            why = _named(error)
            broken.append(f"sample {sample.id} broke off with {why}")
            scored.append(Scored(sample, None, unscored(why)))
    return scored, broken


def _named(error: Exception) -> str:
    return shown(f"{type(error).__name__}: {error}")


def figure_of(metric: Metric, scored: Sequence[Scored], seed: int) -> Figure:
    """The figure over the samples that count for it. Without any it has no value, which is red."""
    counted = metric.over(scored)
    known = [one for one in counted if one.score.value != UNSCORED]
    left = len(counted) - len(known)
    if not known:
        why = "nothing was evaluated"
        return Figure(metric.name, None, 0, left, least=metric.least, tolerance=metric.tolerance, wrong=why)
    value = (metric.value or mean)(known)
    if not isfinite(value):
        raise ValueError(f"The figure '{metric.name}' is {value}.")
    place = interval(metric, known, seed)
    worst = sorted((one for one in known if one.value < 1), key=lambda one: (one.value, one.sample.id))[:WORST]
    return Figure(
        name=metric.name,
        value=value,
        n=len(known),
        unscored=left,
        low=place.low,
        high=place.high,
        interval=place.method,
        least=metric.least,
        tolerance=metric.tolerance,
        worst=tuple(one.sample.id for one in worst),
    )


def _logged(task: str, one: Scored) -> SampleLog:
    sample: Sample = one.sample
    return SampleLog(sample.id, task, sample.group, one.score.value, one.score.answer, one.score.why)
