"""An exported Word file, after an editor worked in it, to a new revision by the editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.errors import Conflict, UsageError
from rapporteur.pipeline.drafting import last_revision, render_report
from rapporteur.types import Origin, Quotation, Revision, Verdict

if TYPE_CHECKING:
    from rapporteur.proof.corpus import Corpus
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.sources.store import Store
    from rapporteur.writing.returning.interface import Manifest, Prover, Returned


@dataclass(frozen=True, slots=True)
class Imported:
    """A file taken in. `number` is the revision it was saved as, None where nothing changed or nothing was to be saved.

    `base` is the revision that it was compared with. `conflict` says of a file that was saved that others saved
    revisions since its base, whose changes are not in it.
    """

    base: Revision
    returned: Returned
    author: str
    number: int | None = None
    conflict: Conflict | None = None


def import_report(
    path: Path,
    *,
    store: Store,
    theme: str | None = None,
    revision: int | None = None,
    author: str = "",
    dry_run: bool = False,
    corpus: Callable[[], Corpus] | None = None,
    now: datetime | None = None,
) -> Imported:
    """Take in what an editor made of an exported file; every quotation they touched is proved again.

    `theme` and `revision` say what the file was exported from, where it does not say so itself or another is meant;
    `author` is who worked in it, if the file does not tell.
    `corpus` opens an index of quotes that is kept on disk; without it one is made in memory.
    Raises: DocumentUnreadable; UsageError for a file of another theme or corpus; ThemeUnknown; NothingToReport;
    PartLocked, and nothing is saved.
    """
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.writing.returning.taking_in import take_in
    from rapporteur.writing.returning.word import read_returned

    file = read_returned(path)
    about = _theme_of(file.manifest, theme, path)
    store.require_theme(about)
    base = _base(file.manifest, about, revision, store, path)
    render_report(base, store)  # says what to do if its quotes are no longer in the corpus
    moment = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    fragments = {fragment.id: fragment for fragment in store.fragments(about)}
    prover = prover_for(QuoteChecker(corpus() if corpus else store.fragments()), about, store.theme_names())
    returned = take_in(file, base.report, fragments, prover, edited=moment)
    taken = Imported(base, returned, file.author or author)
    if dry_run or returned.report == base.report:
        return taken
    return _saved(taken, path.name, store, now)


def _saved(taken: Imported, name: str, store: Store, now: datetime | None) -> Imported:
    from rapporteur.pipeline.editing import save

    base, report = taken.base, taken.returned.report
    parts = tuple(dict.fromkeys(change.block for change in taken.returned.changes))
    origin = Origin("import", taken.author, base.number, parts)
    reason = f"imported from {name}"
    try:
        saved = save(base.theme, report, origin, store=store, reason=reason, expected=base.number, now=now)
    except Conflict as conflict:
        return replace(taken, number=conflict.number, conflict=conflict)
    return replace(taken, number=saved.number)


def prover_for(checker: QuoteChecker, theme: str, themes: Sequence[str]) -> Prover:
    """Finds the quotations of a paragraph as `check` does in a finished document on this theme, and judges them."""
    from rapporteur.proof.checks.examined import on_known_theme
    from rapporteur.proof.documents.prose import Claim, Prose, read_prose

    def prove(text: str, *, is_quote: bool, fragment: str | None) -> list[tuple[Quotation, Verdict]]:
        claims = (Claim(0, len(text), fragment),) if is_quote and fragment else ()
        prose = (Prose(text, "", is_quote, claims=claims),)
        document = on_known_theme(read_prose("", prose, theme=theme), themes)
        quotations = [replace(quotation, place="") for quotation in document.quotations]
        return [(quotation, checker.check(quotation)) for quotation in quotations]

    return prove


# ---------------------------------------------------------------------------------- what it comes from


def _theme_of(manifest: Manifest, theme: str | None, path: Path) -> str:
    if theme and manifest.theme and theme != manifest.theme:
        raise UsageError(
            f"{path.name} is a report on '{manifest.theme}', not on '{theme}'.",
            where=str(path),
            hint=f"Leave --theme out, or give the file that was exported of '{theme}'.",
        )
    found = manifest.theme or theme
    if not found:
        raise UsageError(
            f"{path.name} does not say which report it is: it was not exported by rapporteur, or lost its properties.",
            where=str(path),
            hint="Say it with `--theme THEME`; its text is then compared with the last revision of that theme.",
        )
    return found


def _base(manifest: Manifest, theme: str, wanted: int | None, store: Store, path: Path) -> Revision:
    """The revision a file was exported from: the one asked for, the one it names, or the last of the same records."""
    from rapporteur.writing.report import from_json, report_fingerprint

    last = last_revision(theme, store, wanted)
    if wanted or not manifest.report_fingerprint:
        return last
    named = store.revision(theme, manifest.revision) if manifest.revision else None
    if named and report_fingerprint(from_json(named.report)) == manifest.report_fingerprint:
        return last_revision(theme, store, named.number)
    saved = {one.number: from_json(one.report) for one in store.revisions(theme)}
    same = [n for n, report in saved.items() if report_fingerprint(report) == manifest.report_fingerprint]
    of_its_records = [n for n, r in saved.items() if r.corpus_fingerprint == manifest.corpus_fingerprint]
    if not same and not of_its_records:
        raise UsageError(
            f"{path.name} was drafted from other records of '{theme}' than any report here: their fingerprint is "
            f"{manifest.corpus_fingerprint or 'not given'}, here it is {last.report.corpus_fingerprint}.",
            where=str(path),
            hint="Import it in the workspace it was exported from, or compare it with a revision here: --revision N.",
        )
    return last_revision(theme, store, (same or of_its_records)[-1])
