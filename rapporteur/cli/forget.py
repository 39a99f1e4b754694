"""rapporteur forget: take a session out of everything."""

from __future__ import annotations

import click

from rapporteur.cli.app import App, ConsoleProgress, pass_app, plural, print_json


@click.command()
@click.argument("session", metavar="THEME/DIALOGUE")
@click.option("--undo", is_flag=True, help="Let a forgotten session be indexed again.")
@click.option("--json", "as_json", is_flag=True, help="Print what was taken out as JSON.")
@pass_app
def forget(app: App, session: str, undo: bool, as_json: bool) -> int:
    """Take a session out of store, indexes and caches, as when a participant withdraws consent.

    Lists every saved report that quotes it. The record file itself is yours to delete; until then it is not read
    again. Exported reports are not touched. Of a dialogue read from several files, `records` names each
    (THEME/3, THEME/3-2): THEME/3 takes out all of them, THEME/3-2 that one.

    \b
    rapporteur forget ontmoeten-in-de-buurt/3
    """
    from dataclasses import asdict

    from rapporteur import wiring
    from rapporteur.pipeline import indexing
    from rapporteur.sources.readers.assemble import slug

    named, _, dialogue = session.rpartition("/")
    if not named or not dialogue:
        raise click.BadParameter(
            f"write THEME/DIALOGUE, for instance {named or dialogue}/3.", param_hint="THEME/DIALOGUE"
        )
    theme = slug(named) or named
    session = f"{theme}/{dialogue}"
    settings = app.settings()
    with wiring.workspace_lock(settings), wiring.store(settings) as store:
        if undo:
            return _undo(store.remember(theme, dialogue), session)
        indexer = wiring.indexer(settings, store, theme=None, dialogue=None, progress=ConsoleProgress())
        forgotten = indexing.forget(theme, dialogue, indexer)
        wiring.drop_quote_corpus(settings)
    if not forgotten.emptied:
        click.echo(
            "Another program is reading the store: until it ends, the words are still in the store's log.", err=True
        )
    if as_json:
        print_json(asdict(forgotten))
        return 0
    parts = plural(forgotten.fragments, "fragment", "fragments")
    click.echo(f"Took {session} out: {parts} of {', '.join(forgotten.files)}. Delete that file yourself.")
    for name, number, created in forgotten.quoted_in:
        click.echo(f"quoted in  {name}, revision {number} ({created[:10]}): draft it again, and withdraw what was sent")
    if not forgotten.quoted_in:
        click.echo("No saved report quotes it.")
    return 0


def _undo(was_forgotten: bool, session: str) -> int:
    if was_forgotten:
        click.echo(f"{session} may be indexed again.")
    else:
        click.echo(f"{session} was not forgotten.", err=True)
    return 0
