"""An exported Word file, after an editor worked in it, to a new revision by the editor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.errors import UsageError
from rapporteur.pipeline import editing
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

    `base` is the revision that it was compared with; `later` are those saved since. Of these, the changes in the
    sections `joined` are in it too; the sections `contested` were changed there and in the file, and are the file's.
    """

    base: Revision
    returned: Returned
    author: str
    number: int | None
    later: tuple[int, ...] = ()
    joined: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()


def import_report(
    path: Path,
    *,
    store: Store,
    theme: str | None = None,
    revision: int | None = None,
    author: str = "",
    allow: Collection[str] = (),
    dry_run: bool = False,
    corpus: Callable[[], Corpus] | None = None,
    now: datetime | None = None,
) -> Imported:
    """Take in what an editor made of an exported file; every quotation they touched is proved again.

    `theme` and `revision` say what the file was exported from, where it does not say so itself or another is meant.
    `author` is whose work it is, where the file does not say; `allow` are locked parts that it may change. What others
    changed since, in sections that the file leaves alone, stays.
    `corpus` opens an index of quotes that is kept on disk; without it one is made in memory.
    Raises: DocumentUnreadable; UsageError for a file of another theme or corpus; ThemeUnknown; NothingToReport;
    PartLocked, and nothing is saved; Conflict, once it is saved.
    """
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.writing.joining import join
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
    author = file.author or author
    last = last_revision(about, store)
    later = tuple(line.number for line in store.history(about) if line.number > base.number)
    joined = join(base.report, last.report, returned.report)
    taken_in = Imported(base, returned, author, None, later, joined.others, joined.both)
    if dry_run or returned.report == base.report:
        return taken_in
    saved = editing.save(
        about,
        joined.report,
        Origin("import", author, base.number),
        store=store,
        reason=f"imported from {path.name}",
        expected=last.number,
        allow=allow,
        now=now,
    )
    return replace(taken_in, number=saved.number)


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
    if named and report_fingerprint(from_json(named[3])) == manifest.report_fingerprint:
        return last_revision(theme, store, named[0])
    saved = {number: from_json(report) for number, _, _, report, _ in store.revisions(theme)}
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
