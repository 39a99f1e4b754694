"""rapporteur restore: an earlier revision again."""

from __future__ import annotations

import click

from rapporteur.cli.app import App, pass_app, print_json, theme_as_stored


@click.command()
@click.argument("theme", callback=theme_as_stored)
@click.argument("number", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="Print what was saved as JSON.")
@pass_app
def restore(app: App, theme: str, number: int, as_json: bool) -> None:
    """Save a new revision that is equal to revision NUMBER; those in between stay in the history.

    If the last revision is equal to it already, nothing is saved.
    Parts that are locked stay as they are in the last revision: if they differ, nothing is restored.

    \b
    rapporteur restore ontmoeten-in-de-buurt 2
    """
    from dataclasses import asdict

    from rapporteur import wiring
    from rapporteur.pipeline import revisions

    settings = app.settings()
    with wiring.store(settings) as store:
        saved = revisions.restore(theme, number, store=store, author=settings.author)
    if as_json:
        origin = {"created": saved.created, "origin": asdict(saved.origin)} if saved else {}
        print_json({"theme": theme, "revision": saved.number if saved else None, **origin})
    elif saved:
        click.echo(f"Revision {number} of {theme} is the last again, as revision {saved.number}.")
    else:
        click.echo(f"The last revision of {theme} is equal to revision {number} already, so nothing was saved.")
