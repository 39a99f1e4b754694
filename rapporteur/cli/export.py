"""rapporteur export: a saved report as a file."""

from __future__ import annotations

from pathlib import Path

import click

from rapporteur.cli.app import App, pass_app, theme_as_stored


@click.command()
@click.argument("theme", callback=theme_as_stored)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Where to: .docx, .md, .html or .json.",
)
@click.option("--revision", type=click.IntRange(min=1), help="Which revision; by default the last.")
@pass_app
def export(app: App, theme: str, output: Path, revision: int | None) -> None:
    """Write a saved report of a theme as Word, Markdown, HTML or JSON.

    \b
    rapporteur export ontmoeten-in-de-buurt -o ontmoeten.html
    """
    from rapporteur import wiring
    from rapporteur.files import check_writable, write_atomically
    from rapporteur.pipeline import drafting
    from rapporteur.writing.export.registry import exporter_for

    settings = app.settings()
    exporter = exporter_for(output)
    with wiring.store(settings) as store:
        saved = drafting.last_revision(theme, store, revision)
        check_writable(output)
        content = exporter.to_bytes(drafting.render_report(saved, store))
    write_atomically(output, content)
    click.echo(f"Wrote revision {saved.number} of {theme} to {output}.", err=True)
