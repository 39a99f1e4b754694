"""rapporteur schema: the formats that others write for us."""

from __future__ import annotations

import click

from rapporteur.cli.app import print_json


@click.command()
@click.argument("name", type=click.Choice(["record"]))
def schema(name: str) -> None:
    """Print the JSON schema of record JSON, the canonical input.

    \b
    rapporteur schema record > record.schema.json
    """
    from rapporteur.sources.readers.canonical import json_schema

    print_json(json_schema())
