"""What a run of evals was and gave: enough to replay it, and to see each sample that went wrong."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from rapporteur import __version__, runlog
from rapporteur.writing import prompts

Status = Literal["done", "skipped"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a suite. `n` are the samples it is over; `unscored` those that could not be scored, beside them.

    `low` and `high` are the 95 % interval by `interval` ('wilson' or 'bootstrap'). `worst` are ids of its lowest
    samples. `wrong` says why it is red, '' if it is not.
    """

    name: str
    value: float | None
    n: int
    unscored: int = 0
    low: float | None = None
    high: float | None = None
    interval: str = ""
    least: float | None = None
    tolerance: float = 0.0
    baseline: float | None = None
    worst: tuple[str, ...] = ()
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class SampleLog:
    """One sample as it went. `value` is a number, or 'could not be scored'."""

    id: str
    task: str
    group: str
    value: float | str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class SuiteLog:
    """`skipped` are the tasks that lacked their data, each with a plain reason; `wrong` what is red beyond figures.

    `not_run` are the tasks that are left to `--full`.
    """

    name: str
    status: Status
    figures: tuple[Figure, ...] = ()
    samples: tuple[SampleLog, ...] = ()
    skipped: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    seconds: float = 0.0
    not_run: tuple[str, ...] = ()

    @property
    def red(self) -> bool:
        return bool(self.wrong) or any(figure.wrong for figure in self.figures)


@dataclass(frozen=True, slots=True)
class EvalLog:
    """A run. `commit` is None outside a checkout; `dirty` is whether files differ from it.

    `tokens` are those a language model took, 0 where none was asked. `prompts` are sha256 digests by name.
    """

    suites: tuple[SuiteLog, ...]
    full: bool
    seed: int
    embedder: str
    model: str = "none"
    tokens: int = 0
    commit: str | None = None
    dirty: bool | None = None
    created: str = ""
    rapporteur: str = __version__
    python: str = field(default_factory=platform.python_version)
    packages: Mapping[str, str | None] = field(default_factory=dict)
    prompts: Mapping[str, str] = field(default_factory=dict)

    @property
    def evaluated(self) -> int:
        """How many samples were judged."""
        return sum(figure.n for suite in self.suites for figure in suite.figures)

    @property
    def red(self) -> bool:
        """Whether something fell short; also if nothing was evaluated at all."""
        return not self.evaluated or any(suite.red for suite in self.suites)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"red": self.red}

    def to_json(self) -> str:
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"


def of_run(
    suites: Sequence[SuiteLog], *, full: bool, seed: int, embedder: str, folder: Path, model: str = "none"
) -> EvalLog:
    """The log of suites that were run from `folder`, with what made their figures."""
    commit, dirty = _commit(folder)
    return EvalLog(
        suites=tuple(suites),
        full=full,
        seed=seed,
        embedder=embedder,
        model=model,
        commit=commit,
        dirty=dirty,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        packages=runlog.packages(),
        prompts=prompts.digests(),
    )


def _commit(folder: Path) -> tuple[str | None, bool | None]:
    """The commit of the checkout that `folder` is in the top of, and whether files differ from it."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    if not top or Path(top).resolve() != folder.resolve().parent:
        return None, None
    return _git(folder, "rev-parse", "HEAD"), bool(_git(folder, "status", "--porcelain"))


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        ran = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        return None
    return ran.stdout.strip()
