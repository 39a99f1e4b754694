"""Finds and loads the suites: beside a checkout in `evals/`, in the wheel in `rapporteur/_evals`.

Suites import rapporteur, never the other way about: they are found as files, and loaded as the package `evals`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType

from rapporteur.errors import InputMissing, UsageError
from rapporteur.evaluation.task import Given, TaskMaker

_PACKAGE = "evals"


def folder() -> Path:
    """Where the suites are. Raises: InputMissing if they are not part of this installation."""
    package = Path(__file__).parents[1]
    for place in (package / "_evals", package.parent / "evals"):
        if (place / "data").is_dir():
            return place
    raise InputMissing(
        "The evals are not part of this installation.",
        where=str(package),
        hint="Install rapporteur from its wheel or a checkout.",
    )


def in_a_checkout(place: Path) -> bool:
    """Whether the suites stand beside the package, so that baselines can be accepted there."""
    return (place.parent / "pyproject.toml").is_file()


def names(place: Path) -> list[str]:
    """The suites, in order of the alphabet: every file that marks a task."""
    return sorted(file.stem for file in place.glob("*.py") if "@task\n" in file.read_text("utf-8"))


def chosen(wanted: Sequence[str], place: Path) -> list[str]:
    """The suites that were asked for, all if none was. Raises: UsageError for one that is not there."""
    known = names(place)
    if unknown := [name for name in wanted if name not in known]:
        raise UsageError(
            f"There is no suite '{unknown[0]}'. There are: {', '.join(known)}.",
            hint="`rapporteur eval --list` says what each measures.",
        )
    return [name for name in known if name in wanted] if wanted else known


def question(name: str, place: Path) -> str:
    """The first line of a suite: what it asks."""
    text = ast.get_docstring(ast.parse((place / f"{name}.py").read_text("utf-8"))) or ""
    return text.partition("\n")[0]


def load(name: str, place: Path) -> tuple[TaskMaker, ...]:
    """The tasks of a suite, in the order of its file."""
    return tuple(value for value in vars(module(name, place)).values() if isinstance(value, TaskMaker))


def module(name: str, place: Path) -> ModuleType:
    """A file in `place` as a module, a suite or what suites look at."""
    _make_importable(place)
    return import_module(f"{_PACKAGE}.{name}")


def _make_importable(place: Path) -> None:
    """Have `evals.…` be the files in `place`, wherever that is."""
    known = sys.modules.get(_PACKAGE)
    if known is not None and str(place) in map(str, known.__path__):
        return
    spec = ModuleSpec(_PACKAGE, None, is_package=True)
    spec.submodule_search_locations = [str(place)]
    for loaded in [module for module in sys.modules if module.partition(".")[0] == _PACKAGE]:
        del sys.modules[loaded]
    sys.modules[_PACKAGE] = module_from_spec(spec)


def given(place: Path, *, full: bool = False, embedder: str = "use") -> Given:
    """What suites in `place` may look at: their data, and `../shared` beside a checkout where it is there."""
    shared = place.parent.parent / "shared"
    return Given(place / "data", shared if in_a_checkout(place) and shared.is_dir() else None, full, embedder=embedder)
