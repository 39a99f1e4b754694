"""The accepted figures of each suite, beside it in `evals/baselines/`: what a later run may not fall below.

The default run and `--full` look at other samples, so each has figures of its own. Kept of a figure are its value, n,
95 % interval and what it must reach.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapporteur.errors import UsageError
from rapporteur.evaluation.log import Figure, SuiteLog
from rapporteur.files import write_atomically

_DIGITS = 6


def accepted(folder: Path, suite: str, *, full: bool) -> Mapping[str, float]:
    """The accepted value of each figure of a suite; empty where none was ever accepted. Raises: UsageError."""
    return {name: float(figure["value"]) for name, figure in kept(folder, suite, full=full).items()}


def kept(folder: Path, suite: str, *, full: bool) -> Mapping[str, Mapping[str, Any]]:
    """What was kept of each figure of a suite when it was accepted."""
    return _read(folder, suite).get(_mode(full), {})


def may_be_accepted(suite: SuiteLog) -> bool:
    """Whether nothing of a suite broke, was left unmeasured, or is below what it must reach in any case."""
    return bool(suite.figures) and not beside(suite, {}).red


def accept(folder: Path, suite: SuiteLog, *, full: bool) -> Path:
    """Write the figures of a suite as its baseline; with a task skipped, figures not measured now are kept.

    Raises: OutputUnwritable, UsageError.
    """
    file = _file(folder, suite.name)
    known = _read(folder, suite.name)
    now = {figure.name: _kept_of(figure) for figure in suite.figures if figure.value is not None}
    before = known.get(_mode(full), {}) if suite.skipped else {}
    known[_mode(full)] = {**before, **now}
    write_atomically(file, (json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    return file


def _kept_of(figure: Figure) -> dict[str, Any]:
    numbers = {name: getattr(figure, name) for name in ("value", "low", "high", "least")}
    return {"n": figure.n, **{n: v if v is None else round(v, _DIGITS) for n, v in numbers.items()}}


def beside(suite: SuiteLog, baseline: Mapping[str, float]) -> SuiteLog:
    """The suite's figures beside what was accepted, and what is red for it.

    A figure that was accepted and is now measured no more is red, unless a task was skipped, or it is told what broke.
    """
    figures = tuple(_against(figure, baseline.get(figure.name)) for figure in suite.figures)
    gone = sorted(set(baseline) - {figure.name for figure in figures})
    lost = [] if suite.skipped or suite.wrong else [f"'{name}' is measured no more" for name in gone]
    return replace(suite, figures=figures, wrong=(*suite.wrong, *lost))


def _against(figure: Figure, baseline: float | None) -> Figure:
    return replace(figure, baseline=baseline, wrong=_fault(figure, baseline))


def _fault(figure: Figure, baseline: float | None) -> str:
    if figure.value is None:
        return "nothing was evaluated"
    if figure.least is not None and figure.value < figure.least:
        return f"must be {figure.least:.3f} at least"
    if baseline is not None and round(figure.value, _DIGITS) < baseline - figure.tolerance:
        return f"below the accepted {baseline:.3f}"
    return ""


def _read(folder: Path, suite: str) -> dict[str, dict[str, dict[str, Any]]]:
    file = _file(folder, suite)
    try:
        read: dict[str, dict[str, dict[str, Any]]] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    except ValueError as error:
        raise UsageError(
            f"The accepted figures of {suite} cannot be read: {error}.",
            where=str(file),
            hint="Restore this file from the repository, or remove it and accept new figures with --baseline.",
        ) from error
    return read


def _file(folder: Path, suite: str) -> Path:
    return folder / "baselines" / f"{suite}.json"


def _mode(full: bool) -> str:
    return "full" if full else "default"


def fallen(suites: Sequence[SuiteLog]) -> list[tuple[str, Figure]]:
    """The red figures, with the names of their suites."""
    return [(suite.name, figure) for suite in suites for figure in suite.figures if figure.wrong]
