"""rapporteur check: is every quote in this document the record's own words?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, plural
from rapporteur.errors import DocumentUnreadable

if TYPE_CHECKING:
    from rapporteur.types import CheckedDocument

FINDINGS, UNREADABLE = 1, 2
_COLOUR = {"verbatim": "green", "edited": "green", "ambiguous": "yellow", "misleading-cut": "red"}


@click.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print the verdicts.",
)
@pass_app
def check(app: App, documents: Sequence[Path], style: str) -> int:
    """Prove every quotation in finished documents against the records: .docx, .md, .html, .json, .jsonl.

    Exit code 0 when all are clean, 1 when there is a finding, also when no quotation was found at all; 2 when a
    document could not be read, after the others were checked.

    \b
    rapporteur check ontmoeten.docx
    rapporteur check citaten.jsonl --format jsonl
    """
    from rapporteur import pipeline, wiring

    unreadable: list[DocumentUnreadable] = []
    with wiring.store(app.settings()) as store:
        checked = pipeline.check_documents(documents, store, unreadable.append if len(documents) > 1 else None)
    {"table": _print_tables, "json": _print_json, "jsonl": _print_jsonl}[style](checked)
    for error in unreadable:
        click.echo(f"Not checked: {error.where}: {error.what}", err=True)
    if unreadable:
        return UNREADABLE
    return FINDINGS if any(f.severity == "error" for document in checked for f in document.findings) else 0


def _print_json(checked: Sequence[CheckedDocument]) -> None:
    from rapporteur.cli.app import print_json
    from rapporteur.proof.render import to_json

    rendered = [to_json(document) for document in checked]
    print_json(rendered[0] if len(rendered) == 1 else rendered)


def _print_jsonl(checked: Sequence[CheckedDocument]) -> None:
    import json

    from rapporteur.proof.render import to_jsonl

    for document in checked:
        for line in to_jsonl(document):
            click.echo(json.dumps(line, ensure_ascii=False))


def _print_tables(checked: Sequence[CheckedDocument]) -> None:
    for document in checked:
        _print_table(document)


def _print_table(document: CheckedDocument) -> None:
    for quotation, verdict in document.quotations:
        colour = _COLOUR.get(verdict.kind, "red")
        attribution = quotation.attribution.text if quotation.attribution else "(no attribution)"
        kind = click.style(f"{verdict.kind:<14}", fg=colour)
        click.echo(f"{kind} {quotation.place}: {_short(quotation.text)} {attribution}")
        if not verdict.clean:
            click.echo(f"{'':<14} {verdict.why}")
    for finding in document.findings:
        if finding.check != "provenance":
            click.echo(f"{finding.severity:<14} {finding.place}: {finding.why}")
    clean = sum(verdict.clean for _, verdict in document.quotations)
    count = len(document.quotations)
    errors = sum(f.severity == "error" for f in document.findings)
    click.echo(
        f"{document.document}: {plural(count, 'quotation', 'quotations')}, {clean} proved, "
        f"{plural(errors, 'finding', 'findings')}.",
        err=True,
    )


def _short(text: str, limit: int = 70) -> str:
    flat = " ".join(text.split())
    return f"‘{flat}’" if len(flat) <= limit else f"‘{flat[: limit - 1]}…’"
