"""rapporteur history: the revisions of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, plural, print_json, print_table, shortened, theme_as_stored

if TYPE_CHECKING:
    from rapporteur.sources.history import HistoryLine

_LONGEST = 60  # characters of a cell: an import can name a hundred parts, an instruction can be a page


@click.command()
@click.argument("theme", callback=theme_as_stored)
@click.option("--json", "as_json", is_flag=True, help="Print the revisions and locks as JSON.")
@pass_app
def history(app: App, theme: str, as_json: bool) -> None:
    """List the revisions of a theme's report, the newest last: when, who, what, why, with which voice, at what cost.

    Nothing is ever overwritten: `restore` brings any of them back, `diff` compares two.

    \b
    rapporteur history ontmoeten-in-de-buurt
    """
    from dataclasses import asdict

    from rapporteur import wiring
    from rapporteur.pipeline import revisions

    with wiring.store(app.settings()) as store:
        lines = revisions.history(theme, store)
        locks = store.locks(theme)
    if as_json:
        print_json(
            {
                "theme": theme,
                "revisions": [asdict(line) for line in lines],
                "locks": [asdict(lock) for lock in locks],
            }
        )
        return
    headings = ["number", "when", "who", "what", "of", "parts", "why", "voice", "tokens", "cost"]
    print_table(headings, [_row(line) for line in lines], right=(0, 4, 8, 9))
    if locks:
        click.echo(f"{plural(len(locks), 'part is', 'parts are')} locked: {', '.join(lock.part for lock in locks)}.")


def _row(line: HistoryLine) -> list[str]:
    origin = line.origin
    return [
        str(line.number),
        when(line.created),
        origin.author,
        origin.action,
        "" if origin.parent is None else str(origin.parent),
        shortened(", ".join(origin.parts), _LONGEST),
        shortened(origin.instruction or line.reason, _LONGEST),
        line.voice,
        str(origin.tokens) if origin.tokens else "",
        "" if origin.cost is None else f"€ {origin.cost:.2f}",
    ]


def when(moment: str) -> str:
    """'2026-11-22 10:14' of an ISO 8601 moment, in UTC as it is kept."""
    return moment[:16].replace("T", " ")
