"""An exported Word file, after an editor worked in it, to a new revision by the editor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.errors import Conflict, UsageError
from rapporteur.pipeline import editing
from rapporteur.pipeline.drafting import last_revision, render_report
from rapporteur.types import Origin, Quotation, Report, Revision, Verdict

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
    Then, and where a revision came in between, `conflict` says so of a file that was saved. `left_out` are the quotes
    (block -> fragment) that were dropped since and that the file has as its base has them; `stay` are those that it
    changed or added.
    """

    base: Revision
    returned: Returned
    author: str
    number: int | None = None
    later: tuple[int, ...] = ()
    joined: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    conflict: Conflict | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)
    stay: Mapping[str, str] = field(default_factory=dict)


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
    changed since, in sections that the file leaves alone, stays; so does that they dropped a quote it did not touch.
    `corpus` opens an index of quotes that is kept on disk; without it one is made in memory.
    Raises: DocumentUnreadable; UsageError for a file of another theme or corpus; ThemeUnknown; NothingToReport;
    PartUnknown; PartLocked, and nothing is saved.
    """
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.writing.joining import join
    from rapporteur.writing.parts import blocks_of
    from rapporteur.writing.report import report_fingerprint
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
    last = last_revision(about, store)
    for part in allow:
        blocks_of(last.report, part)  # says so if there is none
    joined = join(base.report, last.report, returned.report)
    later = tuple(line.number for line in store.history(about) if base.number < line.number <= last.number)
    taken = Imported(
        base,
        returned,
        file.author or author,
        later=later,
        joined=joined.others,
        contested=joined.both,
        left_out=joined.left_out,
        stay=joined.stay,
    )
    if (
        dry_run
        or returned.report == base.report
        or report_fingerprint(joined.report) == report_fingerprint(last.report)
    ):
        return taken
    return _saved(taken, joined.report, path.name, last.number, store, allow, now)


def _saved(
    taken: Imported,
    report: Report,
    name: str,
    last: int,
    store: Store,
    allow: Collection[str],
    now: datetime | None,
) -> Imported:
    parts = tuple(dict.fromkeys(change.block for change in taken.returned.changes))
    origin = Origin("import", taken.author, taken.base.number, parts)
    reason = f"imported from {name}"
    theme = taken.base.theme
    try:
        saved = editing.save(theme, report, origin, store=store, reason=reason, expected=last, allow=allow, now=now)
    except Conflict as conflict:
        return replace(taken, number=conflict.number, conflict=conflict)
    return replace(taken, number=saved.number, conflict=_contested(taken, saved.number, last))


def _contested(taken: Imported, number: int, last: int) -> Conflict | None:
    """What is to be said where the file and a revision since its base changed the same sections."""
    if not taken.contested:
        return None
    theme, sections = taken.base.theme, ", ".join(taken.contested)
    return Conflict(
        f"Revision {number} of {theme} is saved, but this file is of revision {taken.base.number}, and {sections} "
        f"changed since: there the file's text was taken.",
        number=number,
        where=theme,
        hint=f"Nothing is lost: `rapporteur diff {theme} {last} {number}` shows what differs, and "
        f"`rapporteur restore {theme} {last}` puts revision {last} back.",
    )


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
