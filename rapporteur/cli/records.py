"""rapporteur records: what was read, refused and left out."""

from __future__ import annotations

from pathlib import Path

import click

from rapporteur.cli.app import App, csv_option, pass_app, print_json, print_table, write_csv
from rapporteur.cli.ledger import balance, print_notes


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the ledger as JSON.")
@csv_option
@pass_app
def records(app: App, as_json: bool, csv_file: Path | None) -> None:
    """List the files of the corpus: what was read from each and left out of it, or why it was refused.

    \b
    rapporteur records
    rapporteur records --json
    rapporteur records --csv verslagen.csv
    """
    from dataclasses import asdict

    from rapporteur import wiring
    from rapporteur.sources.indexing import ledger_of

    with wiring.store(app.settings()) as store:
        ledger = ledger_of(store)
    headings = ["file", "status", "theme", "dialogue", "turns", "words", "in fragments", "others", "fragments", "why"]
    rows = [
        (
            line.source,
            line.status,
            line.theme,
            line.dialogue,
            line.turns,
            line.words_in_file,
            line.words,
            line.words_left_out,
            line.fragments,
            line.why,
        )
        for line in ledger.lines
    ]
    if csv_file:
        write_csv(csv_file, headings, rows)
    if as_json:
        print_json({"records": [asdict(line) for line in ledger.lines], "totals": asdict(ledger.totals)})
    elif not csv_file:
        shown = [["" if cell is None else str(cell) for cell in row] for row in rows]
        print_table(headings, shown, right=(3, 4, 5, 6, 7, 8))
        for line in ledger.lines:
            if line.left_out or line.warnings:
                click.echo(line.source)
                print_notes(line)
        click.echo(balance(ledger.totals), err=True)
