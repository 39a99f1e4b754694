"""rapporteur export: a saved report as a file."""

from __future__ import annotations

from pathlib import Path

import click

from rapporteur.cli.app import App, pass_app, theme_as_stored, write_report
from rapporteur.errors import UsageError


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
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE.docx",
    help="A Word file of your own for styles, page, header, footer and logo. Overrides the setting house_style.",
)
@click.option("--reviewer", is_flag=True, help="In Word, a comment beside each quote: verdict, source and context.")
@pass_app
def export(app: App, theme: str, output: Path, revision: int | None, template: Path | None, reviewer: bool) -> None:
    """Write a saved report of a theme as Word, Markdown, HTML or JSON.

    \b
    rapporteur export ontmoeten-in-de-buurt -o ontmoeten.html
    rapporteur export ontmoeten-in-de-buurt -o ontmoeten.docx --template huisstijl.docx
    rapporteur export ontmoeten-in-de-buurt -o nakijken.docx --reviewer
    """
    from rapporteur import wiring
    from rapporteur.pipeline import drafting, reviewing
    from rapporteur.writing.export.registry import exporter_for

    for flag, given in (("--template", template), ("--reviewer", reviewer)):
        if given and output.suffix.lower() != ".docx":
            raise UsageError(f"{flag} is for Word files only.", hint="Give a file name that ends in .docx with -o.")
    settings = app.settings(house_style=str(template.absolute()) if template else None)
    exporter = exporter_for(output, settings.house_style_file)
    with wiring.store(settings) as store:
        saved = drafting.last_revision(theme, store, revision)
        wiring.check_output(output, settings, store)
        rendered = drafting.render_report(saved, store)
        if reviewer:
            rendered = reviewing.with_review(rendered, store, wiring.quote_corpus(settings, store))
        write_report(output, exporter.to_bytes(rendered), store)
    click.echo(f"Wrote revision {saved.number} of {theme} to {output}.", err=True)
