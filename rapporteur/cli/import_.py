"""rapporteur import: an edited Word file as a new revision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, plural, print_json, shortened, theme_as_stored

if TYPE_CHECKING:
    from rapporteur.pipeline.importing import Imported
    from rapporteur.types import Verdict
    from rapporteur.writing.returning.interface import Change, Requoted

_LONGEST = 90
_WORDS_BEFORE = 6


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--theme", callback=theme_as_stored, help="Its theme, for a file that does not say so itself.")
@click.option("--revision", type=click.IntRange(min=1), help="The revision to compare with, if not the one it names.")
@click.option("--unlock", multiple=True, metavar="PART", help="A locked part that the file may change.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@pass_app
def import_(
    app: App,
    file: Path,
    theme: str | None,
    revision: int | None,
    unlock: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take in an exported Word file after an editor worked in it, as a new revision.

    Word's or LibreOffice's tracked changes are taken as accepted. Says what changed in each section, which quotes were
    altered and how, and what could not be kept. No text is lost, and no quote is mended in silence.

    \b
    rapporteur import ontmoeten-in-de-buurt.docx
    rapporteur import ontmoeten-in-de-buurt.docx --dry-run
    """
    from rapporteur import wiring
    from rapporteur.pipeline.importing import import_report
    from rapporteur.pipeline.placing import remember

    settings = app.settings()
    with wiring.store(settings) as store:
        if not dry_run:
            store.require_writable()
        imported = import_report(
            file,
            store=store,
            theme=theme,
            revision=revision,
            author=settings.author,
            allow=unlock,
            dry_run=dry_run,
            corpus=lambda: wiring.quote_corpus(settings, store),
        )
        if not dry_run:
            remember(file.read_bytes(), store)
    if as_json:
        print_json(_as_json(imported))
    else:
        for line in _lines(imported):
            click.echo(line)
    for line in _outcome(imported, dry_run=dry_run):
        click.echo(line, err=True)
    if imported.conflict:
        raise imported.conflict


# ----------------------------------------------------------------------------------------- for people


def _lines(imported: Imported) -> Iterator[str]:
    returned = imported.returned
    for number, change in enumerate(returned.changes):
        if not number or returned.changes[number - 1].section != change.section:
            yield change.section or "(before the first heading)"
        yield from _told(change)
    touched = [quote for quote in returned.quotes if quote.verdict.clean]
    unclean = [quote for quote in returned.quotes if not quote.verdict.clean]
    yield f"Quotes: {returned.kept} as they were, {len(touched)} touched and proved, {len(unclean)} not proved"
    for quote in (*touched, *unclean):
        yield from _quoted(quote)
    for comment in returned.report.comments:
        yield f"Comment by {comment.author or 'someone'} on {comment.block or 'the title'}: {_short(comment.text)}"
    for pending in returned.pending:
        inserted = plural(pending.insertions, "insertion", "insertions")
        deleted = plural(pending.deletions, "deletion", "deletions")
        yield f"Tracked changes by {pending.author or 'someone'}, taken as accepted: {inserted}, {deleted}"
    for loose in returned.loose:
        yield f"{loose.place}: {loose.what}{f': {_short(loose.text)}' if loose.text else ''}"


def _told(change: Change) -> Iterator[str]:
    if change.kind == "changed":
        yield f"  changed  {change.block}"
        before, after = _from_the_difference(change.before, change.after)
        yield f"    was  {_short(before)}"
        yield f"    is   {_short(after)}"
    else:
        yield f"  {change.kind:<8} {change.block}: {_short(change.after or change.before)}"


def _quoted(quote: Requoted) -> Iterator[str]:
    how = f"{quote.verdict.kind}, cut from its fragment" if quote.is_cut else quote.verdict.kind
    yield f"  {quote.block}: {how}: ‘{_short(quote.quotation.text)}’"
    if not quote.verdict.clean:
        for difference in quote.verdict.difference:
            yield f"    record: {_short(difference['verslag'])}"
            yield f"    quote:  {_short(difference['citaat'])}"
        yield f"    {quote.verdict.why}"


def _outcome(imported: Imported, *, dry_run: bool) -> Iterator[str]:
    base, theme = imported.base.number, imported.base.theme
    if imported.later:
        names = ", ".join(map(str, imported.later))
        yield f"This file is of revision {base}; {names} came since."
    if imported.joined:
        yield f"What was changed since stays, in {', '.join(imported.joined)}: the file leaves those sections alone."
    if imported.contested:
        sections = ", ".join(imported.contested)
        compare = f"`rapporteur diff {theme} {base}`"
        yield f"Changed since and in this file: {sections}. They are as in the file; see {compare}."
    for block, fragment in imported.left_out.items():
        back = f"`rapporteur redraft {theme} SECTION --keep {fragment}`"
        yield f"Left out: the quote {block}, which was dropped since and which the file leaves as it was; {back}."
    for block, fragment in imported.stay.items():
        yield f"The quote {block} stays: {fragment} was dropped since, but the file changed it or put it there."
    if imported.number is not None:
        yield f"Saved as revision {imported.number} of {theme}."
    elif dry_run and imported.returned.report != imported.base.report:
        yield f"Nothing was saved: this is what would change since revision {base} of {theme}."
    elif imported.returned.report != imported.base.report:
        yield f"All that changed is in revision {imported.later[-1]} of {theme} already, so nothing was saved."
    else:
        yield f"Nothing changed since revision {base} of {theme}, so nothing was saved."


def _from_the_difference(before: str, after: str) -> tuple[str, str]:
    """Both texts from a few words before the first that differs, if that is not near their start."""
    old, new = before.split(), after.split()
    same = next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    start = max(0, same - _WORDS_BEFORE)
    mark = ["…"] if start else []
    return " ".join(mark + old[start:]), " ".join(mark + new[start:])


def _short(text: str) -> str:
    return shortened(text, _LONGEST)


# --------------------------------------------------------------------------------------- for machines


def _as_json(imported: Imported) -> dict[str, object]:
    returned = imported.returned
    return {
        "theme": imported.base.theme,
        "revision": imported.number,
        "base": imported.base.number,
        "later": list(imported.later),
        "joined": list(imported.joined),
        "contested": list(imported.contested),
        "left_out": dict(imported.left_out),
        "stay": dict(imported.stay),
        "conflict": imported.conflict.what if imported.conflict else None,
        "author": imported.author,
        "changes": [
            {"kind": c.kind, "section": c.section, "block": c.block, "before": c.before, "after": c.after}
            for c in returned.changes
        ],
        "quotes": {
            "as_they_were": returned.kept,
            "touched": [
                {
                    "block": quote.block,
                    "text": quote.quotation.text,
                    "attribution": quote.quotation.attribution.text if quote.quotation.attribution else None,
                    "cut": quote.is_cut,
                    **_verdict(quote.verdict),
                }
                for quote in returned.quotes
            ],
        },
        "comments": [
            {"block": c.block, "author": c.author, "date": c.date, "text": c.text} for c in returned.report.comments
        ],
        "pending": [
            {"author": p.author, "insertions": p.insertions, "deletions": p.deletions} for p in returned.pending
        ],
        "not_kept": [{"what": one.what, "text": one.text, "place": one.place} for one in returned.loose],
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "verdict": verdict.kind,
        "clean": verdict.clean,
        "fragment": verdict.fragment,
        "marks": list(verdict.marks),
        "difference": [dict(difference) for difference in verdict.difference],
        "why": verdict.why,
    }
