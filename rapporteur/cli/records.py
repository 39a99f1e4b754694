"""rapporteur records: what was read, refused and left out."""

from __future__ import annotations

import click

from rapporteur.cli.app import App, pass_app, print_json, print_table


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the ledger as JSON.")
@pass_app
def records(app: App, as_json: bool) -> None:
    """List the files of the corpus: what was read from each, or why it was refused.

    \b
    rapporteur records
    rapporteur records --json
    """
    from rapporteur import wiring

    with wiring.store(app.settings()) as store:
        lines = [dict(file.line) | {"source": source} for source, file in sorted(store.files().items())]
    if as_json:
        print_json({"records": lines})
        return
    rows = [
        [
            line["source"],
            line["status"],
            line["theme"] or "",
            str(line["dialogue"] or ""),
            str(line["turns"]),
            str(line["words"]),
            str(line["fragments"]),
            line["why"],
        ]
        for line in lines
    ]
    print_table(
        ["file", "status", "theme", "dialogue", "turns", "words", "fragments", "why"],
        rows,
        right=(3, 4, 5, 6),
    )
