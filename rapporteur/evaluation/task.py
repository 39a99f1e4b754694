"""The words that evals/ is written in, as in Inspect: a Task is a dataset, what is run on it, and how that is judged.

A suite is a file in `evals/` with one or more functions marked `@task`, each of which makes a Task of what is given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

Unscored = Literal["could not be scored"]
UNSCORED: Final[Unscored] = "could not be scored"

_T = TypeVar("_T")


class DataMissing(Exception):
    """What a task needs is not on this machine; str() is a plain reason. The task is skipped, which is said."""


class OnlyInFull(DataMissing):
    """A task of `--full` alone; str() is a plain reason. A default run passes it over and says so: nothing lacks."""


class DataDamaged(Exception):
    """Our own data, part of every installation, are not here or cannot be read; str() is a plain reason. It is red."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing to try and what should come of it. `group` says which figures it counts for."""

    id: str
    input: Any
    target: Any = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is at most 1, higher is better; UNSCORED is no zero. `answer` is what was looked at, `why` the reason."""

    value: float | Unscored
    answer: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A sample with what was made of it. `output` is None where the solver failed."""

    sample: Sample
    output: Any
    score: Score

    @property
    def value(self) -> float:
        """The score as a number. Raises: ValueError where there is none."""
        if self.score.value == UNSCORED:
            raise ValueError(f"The sample {self.sample.id} could not be scored.")
        return float(self.score.value)


Solver = Callable[[Sample], Any]
Scorer = Callable[[Sample, Any], Score]


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure over samples that could be scored; higher is better.

    `groups` are those of the samples it is over, () for all. `value` is the mean of their scores unless it is given.
    It may not fall below `least`, whatever was accepted, nor below its accepted baseline by more than `tolerance`.
    """

    name: str
    groups: tuple[str, ...] = ()
    value: Callable[[Sequence[Scored]], float] | None = None
    least: float | None = None
    tolerance: float = 0.0

    def over(self, scored: Sequence[Scored]) -> list[Scored]:
        """The samples it counts, those that could not be scored among them."""
        return [one for one in scored if not self.groups or one.sample.group in self.groups]


@dataclass(frozen=True, slots=True)
class Task:
    """`solver` makes an output of a sample, `scorer` judges it; `metrics` sum up. Same input, same figures."""

    dataset: Sequence[Sample]
    solver: Solver
    scorer: Scorer
    metrics: Sequence[Metric]


@dataclass(frozen=True, slots=True)
class Given:
    """What a task may look at: its own `data`, material that is `shared` but not ours to give, and how much to take.

    `seed` is for whatever draws. Without `full` a task over a large set takes a sample of it, always the same.
    """

    data: Path
    shared: Path | None
    full: bool = False
    seed: int = 20210330
    embedder: str = "use"

    def lines(self, name: str) -> list[dict[str, Any]]:
        """The JSON lines of one of our own data files. Raises: DataDamaged."""
        try:
            text = (self.data / name).read_text("utf-8")
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except OSError as error:
            raise DataDamaged(f"evals/data/{name} is not here: {error.strerror}") from error
        except ValueError as error:
            raise DataDamaged(f"evals/data/{name} cannot be read: {error}") from error

    def from_shared(self, part: str) -> Path:
        """A file or folder of ../shared. Raises: DataMissing."""
        if self.shared is None or not (self.shared / part).exists():
            raise DataMissing(f"../shared/{part} is not here: it may not be part of the repository")
        return self.shared / part

    def some(self, items: Sequence[_T], most: int, name: Callable[[_T], str]) -> list[_T]:
        """At most so many of the items, the same ones on every run and machine, in their order; all if `full`."""
        if self.full or len(items) <= most:
            return list(items)
        drawn = sorted(items, key=lambda item: blake2s(f"{self.seed}\0{name(item)}".encode()).digest())[:most]
        chosen = {id(item) for item in drawn}
        return [item for item in items if id(item) in chosen]


@dataclass(frozen=True, slots=True)
class TaskMaker:
    """A function of a suite that makes a Task."""

    name: str
    make: Callable[[Given], Task]


def task(make: Callable[[Given], Task]) -> TaskMaker:
    """Marks a function as a task of the suite it stands in. It may raise DataMissing or OnlyInFull."""
    return TaskMaker(make.__name__, make)
