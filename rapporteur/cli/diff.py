"""rapporteur diff: what differs between two revisions."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, plural, print_json, theme_as_stored
from rapporteur.errors import OutputUnwritable

if TYPE_CHECKING:
    from rapporteur.pipeline.revisions import Comparison
    from rapporteur.writing.comparing import Line, Run

_AROUND = 8  # words that are shown of what is the same on either side of a change
_SHOWN = {"added": ("{+", "+}", "green"), "removed": ("[-", "-]", "red")}


@click.command()
@click.argument("theme", callback=theme_as_stored)
@click.argument("before", type=click.IntRange(min=1), metavar="A")
@click.argument("after", type=click.IntRange(min=1), metavar="[B]", required=False)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write a Word file (.docx) with tracked changes instead."
)
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@pass_app
def diff(app: App, theme: str, before: int, after: int | None, output: Path | None, as_json: bool) -> None:
    """Show word by word what differs between revisions A and B of a theme's report; B is by default the last.

    Per section: what was added, removed, changed and moved, the words of quotes too. [-removed-] and {+added+} are
    in colour on a terminal.

    \b
    rapporteur diff ontmoeten-in-de-buurt 2 5
    rapporteur diff ontmoeten-in-de-buurt 2 -o wijzigingen.docx
    """
    from rapporteur import wiring
    from rapporteur.pipeline import revisions

    if output and output.suffix.lower() != ".docx":
        raise OutputUnwritable("Tracked changes are written to a Word file.", where=str(output), hint=_AS_DOCX)
    settings = app.settings()
    with wiring.store(settings) as store:
        if output:
            wiring.check_output(output, settings, store)
        compared = revisions.compare(theme, before, after, store)
    if output:
        _write(compared, output)
    if as_json:
        print_json(_as_json(compared))
    elif not output:
        _print(compared)
    _sum_up(compared)


_AS_DOCX = "Give a name that ends in .docx, or leave out --output to see the changes here."


def _write(compared: Comparison, output: Path) -> None:
    from rapporteur.files import write_atomically
    from rapporteur.writing.export import tracked

    later = compared.after
    content = tracked.to_bytes(
        compared.lines,
        title=later.report.title,
        author=later.origin.author,
        date=later.created,
        language="nl-NL",
    )
    write_atomically(output, content)
    click.echo(f"Wrote {output}.", err=True)


def _print(compared: Comparison) -> None:
    for section, lines in groupby(compared.changes, key=lambda line: line.section):
        click.secho(section, bold=True)
        for line in lines:
            click.echo(f"  {line.state:<8} {line.block}")
            click.echo(f"    {''.join(_shown(run, line) for run in line.runs)}")


def _shown(run: Run, line: Line) -> str:
    """A run as it is printed; what is the same is shortened, unless it stands alone."""
    if run.state in _SHOWN:
        opening, closing, colour = _SHOWN[run.state]
        return click.style(f"{opening}{run.text}{closing}", fg=colour)
    words = run.text.split(" ")
    if len(words) <= 2 * _AROUND or len(line.runs) == 1:
        return run.text
    first, last = run is line.runs[0], run is line.runs[-1]
    head = "" if first else " ".join(words[:_AROUND]) + " "
    tail = "" if last else " " + " ".join(words[-_AROUND:])
    return f"{head}…{tail}"


def _sum_up(compared: Comparison) -> None:
    a, b = compared.before, compared.after
    if not compared.changes:
        click.echo(f"Revisions {a.number} and {b.number} of {a.theme} print the same words.", err=True)
        return
    states = [line.state for line in compared.changes]
    counts = ", ".join(f"{states.count(s)} {s}" for s in ("changed", "added", "removed", "moved") if s in states)
    paragraphs = plural(len(states), "paragraph differs", "paragraphs differ")
    click.echo(f"From revision {a.number} to {b.number} of {a.theme} {paragraphs}: {counts}.", err=True)


def _as_json(compared: Comparison) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "theme": compared.before.theme,
        "before": compared.before.number,
        "after": compared.after.number,
        "identical": not compared.changes,
        "changes": [asdict(line) for line in compared.changes],
    }
