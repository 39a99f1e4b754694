"""rapporteur check: is every quote in this document the record's own words?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app
from rapporteur.errors import DocumentUnreadable, UsageError

if TYPE_CHECKING:
    from rapporteur.cli import check_table
    from rapporteur.proof.fixing.interface import Fixed
    from rapporteur.sources.store import Store
    from rapporteur.types import CheckedDocument

FINDINGS, UNREADABLE = 1, 2


@click.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json", "jsonl", "junit", "html"]),
    default="table",
    show_default=True,
    help="How to tell the verdicts.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file instead of the screen.")
@click.option("--strict", is_flag=True, help="Let warnings count for the exit code.")
@click.option(
    "--fix",
    type=click.Path(path_type=Path),
    help="Write a copy of a .docx or .md with the record's words in altered quotes, in Word as tracked changes.",
)
@pass_app
def check(app: App, documents: Sequence[Path], style: str, output: Path | None, strict: bool, fix: Path | None) -> int:
    """Prove every quotation in finished documents against the records: Word, OpenDocument, PDF, Markdown, HTML, JSON.

    Files end in .docx, .odt, .pdf, .md, .html, .json (a report) or .jsonl (quotations, one a line).
    Looks at the rest of the text too: personal data, numbers and words for how many, roles, dialogues, repeats.
    Exit code 0 when all are clean, 1 when there is a finding, also when no quotation was found at all; 2 when a
    document could not be read, after the others were checked.

    \b
    rapporteur check ontmoeten.docx
    rapporteur check *.docx --format html -o controle.html
    rapporteur check ontmoeten.docx --fix hersteld.docx
    rapporteur check citaten.jsonl --format jsonl
    """
    from rapporteur import wiring
    from rapporteur.files import write_atomically
    from rapporteur.pipeline import checking, fixing
    from rapporteur.proof.render import fails

    if fix and len(documents) > 1:
        raise UsageError("--fix mends one document at a time.", hint="Give one document with --fix.")
    unreadable: list[DocumentUnreadable] = []
    settings = app.settings()
    with wiring.store(settings) as store:
        for target in filter(None, (output, fix)):
            wiring.check_output(target, settings, store)
        checked = checking.check_documents(
            documents,
            store,
            unreadable.append if len(documents) > 1 else None,
            corpus=lambda: wiring.quote_corpus(settings, store),
        )
        text = _as_text(checked, style, store, strict=strict, several=len(documents) > 1)
        fixed = fixing.fix_document(documents[0], fix, checked[0], store) if fix else None
        if output:
            write_atomically(output, (text or _table_text(checked, store)).encode())
        elif text is None:
            _print_tables(checked, store)
        else:
            click.echo(text, nl=False)
    _tell(checked, unreadable, quiet=style != "table")
    if fixed:
        _tell_fixed(fixed)
    if unreadable:
        return UNREADABLE
    return FINDINGS if any(fails(document, strict=strict) for document in checked) else 0


def _as_text(
    checked: Sequence[CheckedDocument], style: str, store: Store, *, strict: bool, several: bool
) -> str | None:
    """The verdicts in a format for machines or a browser; None for the table, which knows its terminal."""
    import json

    from rapporteur.proof import render

    if style == "json":
        rendered = [render.to_json(document) for document in checked]
        return json.dumps(rendered if several else rendered[0], ensure_ascii=False, indent=1) + "\n"
    if style == "jsonl":
        lines = (line for document in checked for line in render.to_jsonl(document))
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if style == "junit":
        from rapporteur.proof.render_junit import to_junit

        return to_junit(checked, strict=strict)
    return _page(checked, store) if style == "html" else None


def _page(checked: Sequence[CheckedDocument], store: Store) -> str:
    from datetime import UTC, datetime

    from rapporteur.pipeline import checking
    from rapporteur.proof.render_html import to_html

    sources = checking.sources_in_context(checked, store)
    made = f"{datetime.now(UTC):%d-%m-%Y, %H:%M} UTC"
    return to_html(checked, sources, checking.corpus_fingerprints(checked, store), made=made)


def _print_tables(checked: Sequence[CheckedDocument], store: Store) -> None:
    from rapporteur.cli import check_table

    check_table.tables(checked, _sources(checked, store), check_table.console())


def _table_text(checked: Sequence[CheckedDocument], store: Store) -> str:
    from rapporteur.cli import check_table

    return check_table.as_text(checked, _sources(checked, store))


def _sources(checked: Sequence[CheckedDocument], store: Store) -> check_table.Source:
    from rapporteur.cli import check_table

    ids = {verdict.fragment for document in checked for _, verdict in document.quotations if verdict.fragment}
    fragments = store.fragments_by_id(ids)
    return lambda fragment: check_table.where(fragments.get(fragment), fragment)


def _tell(checked: Sequence[CheckedDocument], unreadable: Sequence[DocumentUnreadable], *, quiet: bool) -> None:
    """The summary, on stderr; of what is read by a machine only what could not be read."""
    if not quiet:
        from rapporteur.cli.check_table import summary

        for document in checked:
            click.echo(summary(document), err=True)
    for error in unreadable:
        click.echo(f"Not checked: {error.where}: {error.what}", err=True)


def _tell_fixed(fixed: Fixed) -> None:
    from rapporteur.cli.check_table import fixes

    for line in fixes(fixed):
        click.echo(line, err=True)
