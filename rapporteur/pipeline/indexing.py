"""Records into the corpus, and out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapporteur.sources.indexing import Indexer, IndexRun, RecordFile


def index_corpus(files: Sequence[RecordFile], indexer: Indexer, *, rebuild: bool = False) -> IndexRun:
    """Record files into the store and the indexes; what did not change is left alone."""
    return indexer.run(files, rebuild=rebuild)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken out, and the saved revisions that quote it, as (theme, number, drafted).

    Not `emptied`: another program is reading the store, and until it ends the words are in the store's log.
    """

    files: tuple[str, ...]
    fragments: int
    quoted_in: tuple[tuple[str, int, str], ...]
    emptied: bool = True


def forget(theme: str, dialogue: str, indexer: Indexer, now: datetime | None = None) -> Forgotten:
    """Take a session out of store, indexes and caches: a participant withdrew consent.

    The record files and the reports that were exported are not touched: they are named, for a person to deal with.
    `dialogue` may also name one of several files of a dialogue, as their records are named: '3-2' is its second.
    Raises: ThemeUnknown; InputMissing if the theme has no such session.
    """
    from rapporteur.errors import InputMissing
    from rapporteur.writing import report

    store = indexer.store
    fragments = store.fragments(theme)
    of_theme = store.records(theme)
    session = f"{theme}/{dialogue}"
    records = [r for r in of_theme if r.dialogue_name == dialogue] or [r for r in of_theme if r.id == session]
    if not records:
        known = ", ".join(sorted({name for r in of_theme for name in (r.dialogue_name, r.id.partition("/")[2])}))
        raise InputMissing(
            f"The theme '{theme}' has no dialogue '{dialogue}'. It has: {known}.",
            hint="`rapporteur records` lists them.",
        )
    gone = {f.id for f in fragments if f.record in {r.id for r in records}}
    quoted = [
        (theme, saved.number, saved.created)
        for saved in store.revisions(theme)
        if gone & report.fragments_of(report.from_json(saved.report))
    ]
    emptied = indexer.forget(records, session, (now or datetime.now(UTC)).isoformat(timespec="seconds"))
    return Forgotten(tuple(r.source for r in records), len(gone), tuple(quoted), emptied)
