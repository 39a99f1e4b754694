"""rapporteur records: what was read, refused and left out."""

from __future__ import annotations

import click

from rapporteur.cli.app import App, pass_app, print_json, print_table
from rapporteur.cli.ledger import balance, print_notes


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the ledger as JSON.")
@pass_app
def records(app: App, as_json: bool) -> None:
    """List the files of the corpus: what was read from each and left out of it, or why it was refused.

    \b
    rapporteur records
    rapporteur records --json
    """
    from dataclasses import asdict

    from rapporteur import wiring
    from rapporteur.sources.indexing import ledger_of

    with wiring.store(app.settings()) as store:
        ledger = ledger_of(store)
    if as_json:
        print_json({"records": [asdict(line) for line in ledger.lines], "totals": asdict(ledger.totals)})
        return
    rows = [
        [
            line.source,
            line.status,
            line.theme or "",
            str(line.dialogue or ""),
            str(line.turns),
            str(line.words_in_file),
            str(line.words),
            str(line.words_left_out),
            str(line.fragments),
            line.why,
        ]
        for line in ledger.lines
    ]
    print_table(
        ["file", "status", "theme", "dialogue", "turns", "words", "in fragments", "others", "fragments", "why"],
        rows,
        right=(3, 4, 5, 6, 7, 8),
    )
    for line in ledger.lines:
        if line.left_out or line.warnings:
            click.echo(line.source)
            print_notes(line)
    click.echo(balance(ledger.totals), err=True)
