"""rapporteur eval publication: the gate for one report, and the page to sign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, plural, print_json, printable
from rapporteur.errors import OutputUnwritable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapporteur.evaluation.publication.result import Publication

RED = 1
_SUFFIX = ".ondertekenblad"


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A folder, or a file: .docx or .html.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option(
    "--verify",
    type=click.Path(path_type=Path),
    metavar="PAGE",
    help="Say whether a page to sign belongs to this report as it is now, and check nothing else.",
)
@pass_app
def publication(app: App, report: Path, output: Path | None, as_json: bool, verify: Path | None) -> int:
    """Look at one report as a reviewer does before it is published, and write the page to sign, in Dutch.

    The page (beside the report, as .docx and .html) says what was checked, what was not, and what a person has to
    decide: green for nothing, orange for points to decide, red for what must be mended first. Exit code 1 when it is
    red, or when the page and the report do not belong together.

    \b
    rapporteur eval publication ontmoeten.docx
    rapporteur eval publication ontmoeten.docx -o bladen/
    rapporteur eval publication --verify ontmoeten.ondertekenblad.docx ontmoeten.docx
    """
    if verify:
        return _verify(verify, report)
    from rapporteur.files import write_atomically

    targets = _targets(report, output)
    found = _assess(app, report, targets)
    pages = _pages(found)
    for target in targets:
        write_atomically(target, pages[target.suffix.lower()])
    if as_json:
        print_json(_as_json(found, targets))
    else:
        _print(found)
    click.echo(f"Wrote {' and '.join(map(str, targets))}.", err=True)
    return RED if found.outcome == "rood" else 0


def _assess(app: App, report: Path, targets: tuple[Path, ...]) -> Publication:
    from datetime import UTC, datetime

    from rapporteur import wiring
    from rapporteur.evaluation.publication import gate
    from rapporteur.writing.outline.template import TEMPLATES

    settings = app.settings()
    with wiring.store(settings) as store:
        for target in targets:
            wiring.check_output(target, settings, store)
        return gate.assess(
            report,
            store=store,
            embedder=wiring.corpus_embedder(settings, store),
            template=TEMPLATES.get(settings.track),
            author=settings.author,
            now=datetime.now(UTC),
            corpus=lambda: wiring.quote_corpus(settings, store),
        )


def _pages(found: Publication) -> Mapping[str, bytes]:
    from rapporteur.evaluation.publication.docx import to_docx
    from rapporteur.evaluation.publication.html import to_html
    from rapporteur.evaluation.publication.page import page_of

    page = page_of(found)
    return {".docx": to_docx(page), ".html": to_html(page)}


def _targets(report: Path, output: Path | None) -> tuple[Path, ...]:
    """Where the page goes. Raises: OutputUnwritable, also for a place that would overwrite the report."""
    from rapporteur.files import check_writable

    if output is not None and output.suffix.lower() in (".docx", ".html") and not output.is_dir():
        targets: tuple[Path, ...] = (output,)
    elif output is None or output.is_dir():
        folder = report.parent if output is None else output
        targets = _beside_others(folder, report)
    else:
        raise OutputUnwritable(
            f"A page cannot be written as '{output.name}'.",
            where=str(output),
            hint="Give a folder that exists, or a file that ends in .docx or .html.",
        )
    for target in targets:
        if target.resolve() == report.resolve():
            raise OutputUnwritable("The page would overwrite the report.", where=str(target), hint="Give another name.")
        check_writable(target)
        _keep_decisions(target)
    return targets


def _beside_others(folder: Path, report: Path) -> tuple[Path, ...]:
    """Pages by the report's name without its suffix; with it where those are of another: of x.docx, not of x.odt."""
    from rapporteur.evaluation.publication.verifying import is_of_another

    short, whole = (
        tuple(folder / f"{name}{_SUFFIX}{suffix}" for suffix in (".docx", ".html"))
        for name in (report.stem, report.name)
    )
    return whole if any(page.exists() and is_of_another(page, report) for page in short) else short


def _keep_decisions(target: Path) -> None:
    """Raises: OutputUnwritable where a page stands that a person filled in."""
    from rapporteur.evaluation.publication.verifying import was_worked_on

    if target.suffix.lower() == ".docx" and target.exists() and was_worked_on(target):
        raise OutputUnwritable(
            f"{target.name} was changed since it was written: it may hold decisions or a signature.",
            where=str(target),
            hint="Move it to where you keep it, or give another place with -o.",
        )


def _verify(page: Path, report: Path) -> int:
    from rapporteur.evaluation.publication.verifying import belongs

    found = belongs(page, report)
    if found.agrees:
        click.echo(f"{page.name} was made for {report.name} as it is now; its outcome is {found.outcome}.")
        return 0
    click.echo(f"{page.name} was made for another file than {report.name}, or for another state of it.")
    return RED


def _print(found: Publication) -> None:
    click.echo(f"{found.outcome}: {plural(found.quotations, 'quotation', 'quotations')}, {found.proved} proved.")
    for label, points in (("to mend", found.to_mend), ("to decide", found.to_decide)):
        for point in points:
            where = f"  ({point.place})" if point.place else ""
            told = " ".join(filter(None, (point.what, point.why, point.english)))
            click.echo(printable(f"  {label}: {told}{where}"))


def _as_json(found: Publication, targets: tuple[Path, ...]) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "outcome": found.outcome,
        **asdict(found),
        "made": found.made.isoformat(timespec="seconds"),
        "pages": [str(target) for target in targets],
    }
