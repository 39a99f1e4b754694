"""rapporteur themes: what is in the corpus."""

from __future__ import annotations

import click

from rapporteur.cli.app import App, pass_app, print_json, print_table


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the themes as JSON.")
@pass_app
def themes(app: App, as_json: bool) -> None:
    """List the themes in the corpus, with their dialogues, participants and fragments.

    \b
    rapporteur themes
    """
    from dataclasses import asdict

    from rapporteur import wiring

    with wiring.store(app.settings()) as store:
        found = store.themes()
    if as_json:
        print_json({"themes": [asdict(facts) for facts in found]})
        return
    rows = [
        [
            facts.theme,
            str(facts.records),
            ", ".join(map(str, facts.dialogues)),
            "?" if facts.participants is None else str(facts.participants),
            str(facts.fragments),
        ]
        for facts in found
    ]
    print_table(["theme", "records", "dialogues", "participants", "fragments"], rows, right=(1, 3, 4))
