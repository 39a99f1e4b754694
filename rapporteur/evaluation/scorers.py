"""How an output is judged: rules in code, each of which says what it looked at and why."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rapporteur.evaluation.task import UNSCORED, Sample, Score

_LONGEST = 300


def is_target(sample: Sample, output: Any) -> Score:
    """1 where the output is the target."""
    return judged(output == sample.target, output, f"it should be {shown(sample.target)}")


def judged(right: bool, answer: object, why: str) -> Score:
    """1 or 0; `why` is only kept of what is wrong."""
    return Score(float(right), shown(answer), "" if right else why)


def found(wanted: Collection[str], output: Collection[str]) -> Score:
    """1 where all that is wanted was found and nothing else."""
    missed, extra = sorted(set(wanted) - set(output)), sorted(set(output) - set(wanted))
    faults = [f"{what}: {', '.join(names)}" for what, names in (("missed", missed), ("too many", extra)) if names]
    return Score(float(not faults), shown(", ".join(sorted(output)) or "nothing"), shown("; ".join(faults)))


def unscored(why: str, answer: object = "") -> Score:
    return Score(UNSCORED, shown(answer), why)


def shown(value: object) -> str:
    """On one line, not too long for a table or a log; of several things each, in words for a person."""
    text = ", ".join(map(shown, value)) or "nothing" if isinstance(value, list | tuple) else str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + "…"
