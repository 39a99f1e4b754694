"""What every command starts from: the settings, and how results and progress are shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rapporteur import config
from rapporteur.config import Settings
from rapporteur.errors import ConfigInvalid

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from rapporteur.sources.store import Store
    from rapporteur.types import Fragment, SectionKey

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class App:
    workspace: Path | None
    assignments: tuple[str, ...]
    debug: bool

    def settings(self, **flags: object) -> Settings:
        """The settings of this run; `flags` are those of the command itself, None where not given."""
        overrides: dict[str, object] = {}
        for assignment in self.assignments:
            name, equals, value = assignment.partition("=")
            if not equals:
                raise ConfigInvalid(f"--set wants NAME=VALUE, not '{assignment}'.", where="the command line")
            overrides[name.strip()] = value.strip()
        return config.load(self.workspace, {**overrides, **{k: v for k, v in flags.items() if v is not None}})


def section_option(explained: str, *more: str) -> Callable[[_F], _F]:
    """A --section option. The keys are looked up when it is used: a help text needs no `types`."""

    def known(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
        from rapporteur.types import SECTION_KEYS

        keys = (*SECTION_KEYS, *more)
        if value is not None and value not in keys:
            raise click.BadParameter(f"'{value}' is no section; there are {', '.join(keys)}.")
        return value

    return click.option("--section", metavar="SECTION", callback=known, help=explained)


def theme_as_stored(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """A theme may be given as its folder or report spells it: 'Zorg & Welzijn' is zorg-welzijn."""
    from rapporteur.sources.readers.assemble import slug

    return value and (slug(value) or value)


def themes_as_stored(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(theme for value in values if (theme := theme_as_stored(context, parameter, value)))


def csv_option(function: _F) -> _F:
    """A --csv option: a file for spreadsheets."""
    explained = (
        "Write them to a file that Excel opens: UTF-8, semicolons; an apostrophe goes before a text that a "
        "spreadsheet would run as a formula."
    )
    return click.option("--csv", "csv_file", type=click.Path(path_type=Path), metavar="FILE", help=explained)(function)


def write_report(file: Path, content: bytes, store: Store) -> None:
    """Write a report, and say where a file is kept that a person had changed. Raises: OutputUnwritable."""
    from rapporteur.pipeline.placing import place

    if kept := place(file, content, store):
        click.echo(
            f"{file} was changed after rapporteur wrote it, or is not rapporteur's: it is kept as {kept}. "
            f"`rapporteur import {kept}` takes in what was changed.",
            err=True,
        )


def write_csv(file: Path, headings: Sequence[str], rows: Sequence[Sequence[str | int | None]]) -> None:
    """Write a table for spreadsheets, and say where."""
    from rapporteur.files import check_writable, write_atomically
    from rapporteur.spreadsheet import to_csv

    check_writable(file)
    write_atomically(file, to_csv(headings, rows))
    click.echo(f"Wrote {plural(len(rows), 'row', 'rows')} to {file}.", err=True)


def pass_app(function: _F) -> _F:
    """Give a command the App as its first argument."""

    def with_app(*args: Any, **kwargs: Any) -> Any:
        return function(click.get_current_context().obj, *args, **kwargs)

    return update_wrapper(with_app, function)  # type: ignore[return-value]


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A plain table on stdout, its columns as wide as their cells; `right` are columns to align right."""
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    for row in (headings, *rows):
        cells = [c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))]
        click.echo("  ".join(cells).rstrip())


class ConsoleProgress:
    """Progress on stderr with rich, a line for each stage; silent where stderr is not a terminal."""

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._stages: dict[str, TaskID] = {}
        self._characters = 0
        self._lock = Lock()

    def start(self, what: str, total: int) -> None:
        self.finish()
        self._open(what, "", total)

    def beside(self, what: str, total: int) -> None:
        self._open(what, what, total)

    def _open(self, what: str, stage: str, total: int) -> None:
        if not sys.stderr.isatty() or total < 1:
            return
        with self._lock:
            bar = self._bar = self._bar or _shown_bar()
            if stage not in self._stages:
                self._stages[stage] = bar.add_task(what, total=total, received="")

    def advance(self, steps: int = 1, what: str = "") -> None:
        if self._bar is not None and what in self._stages:
            self._bar.advance(self._stages[what], steps)

    def received(self, characters: int) -> None:
        if self._bar is not None and self._stages:
            self._characters += characters
            first = next(iter(self._stages.values()))
            self._bar.update(first, received=f"{self._characters:,} characters")

    def finish(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar, self._stages, self._characters = None, {}, 0


def _shown_bar() -> RichProgress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[received]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar


def dialogue_name(number: int | None) -> str:
    return "dialogue unknown" if number is None else f"dialogue {number}"


def said_by(fragment: Fragment) -> str:
    """'kapper, dialogue 3'; never a name."""
    return f"{fragment.role or 'role unknown'}, {dialogue_name(fragment.dialogue)}"


def plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def printable(text: str) -> str:
    """Text of a document without what would steer a terminal; line ends stay."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def shortened(text: str, most: int) -> str:
    """Text of a document on one line of at most so many characters."""
    line = " ".join(printable(text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def percentages(scores: Mapping[SectionKey, float]) -> str:
    return " ".join(f"{name} {value:.2f}" for name, value in scores.items())
