"""rapporteur init: make a workspace."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--example", is_flag=True, help="Put the twelve fictional session records in its corpus.")
def init(folder: Path, example: bool) -> None:
    """Make a workspace: rapporteur.toml and a corpus folder. Nothing that exists is overwritten.

    \b
    rapporteur init mijn-dialogen
    rapporteur init voorbeeld --example
    """
    from rapporteur.workspace import create

    made = create(folder, example=example)
    click.echo(f"Made the workspace {folder}.")
    if example:
        click.echo(f"Its corpus holds {made.records} fictional session records.")
    else:
        click.echo(f"Put your session records in {folder / 'corpus'}, as THEME/dialoog-N.docx and so on.")
    click.echo(f"Next: cd {folder} && rapporteur index")
