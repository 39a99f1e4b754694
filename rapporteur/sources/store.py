"""Step 3: records, fragments, vectors and revisions in SQL: the truth, from which every index can be rebuilt.

Only this module and those it stands on (tables.py, database.py, schema.py, history.py) speak SQL. A record enters
whole or not at all: it, its fragments, the line of the ledger and the index work that follows are one transaction.
`index_work` is an outbox: what Chroma and the lexical index have not yet been told. It is emptied only after they
were, so a killed run is resumed by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, inspect, select, update
from sqlalchemy.exc import ArgumentError, IntegrityError

from rapporteur.errors import ConfigInvalid, IndexMissing, ThemeUnknown
from rapporteur.sources import tables
from rapporteur.sources.attendance import Attendance, participants, speaking
from rapporteur.sources.database import prepare, without_password
from rapporteur.sources.forgetting import Forgetting
from rapporteur.sources.history import History
from rapporteur.sources.schema import ensure
from rapporteur.sources.tables import chunks, fragment_row, record_row, to_fragment, to_record
from rapporteur.types import Fragment, Record

if TYPE_CHECKING:
    from rapporteur.sources.embedding.interface import Vectors


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the ledger holds of one file: its content's digest, its record if it was read, and its line."""

    source: str
    digest: str
    record: str | None
    line: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme in the corpus. `dialogues` are the known numbers, sorted; `participants` are of those that say so."""

    theme: str
    records: int
    dialogues: tuple[int, ...]
    fragments: int
    participants: int | None


class Store(History):
    """Open with `Store.open(url)`; close it, or use it as a context manager."""

    @classmethod
    def open(cls, url: str, *, create: bool = False) -> Store:
        """Open the store, making its tables when `create`.

        Raises: IndexMissing if there is none yet; ConfigInvalid for an unusable URL;
        OutputUnwritable where it cannot be made.
        """
        prepare(url, create=create)
        try:
            store = cls(url)
        except (ArgumentError, ImportError) as error:
            raise ConfigInvalid(
                f"The setting 'store_url' cannot be used: {error}.", where=without_password(url)
            ) from error
        try:
            store.schema = ensure(store, create=create)
        except Exception:
            store.close()
            raise
        return store

    # ------------------------------------------------------------------------------- settings of the store

    def setting(self, key: str) -> str | None:
        with self.reading() as db:
            value = db.scalar(select(tables.settings.c.value).where(tables.settings.c.key == key))
        return None if value is None else str(value)

    def set_setting(self, key: str, value: str) -> None:
        with self.writing() as db:
            db.execute(delete(tables.settings).where(tables.settings.c.key == key))
            db.execute(insert(tables.settings).values(key=key, value=value))

    # ------------------------------------------------------------------------------------- files and records

    def files(self) -> dict[str, StoredFile]:
        """The ledger: every file ever read or refused, by source."""
        with self.reading() as db:
            rows = db.execute(select(tables.files)).all()
        return {row.source: StoredFile(row.source, row.digest, row.record, row.line) for row in rows}

    def save_refusal(self, source: str, digest: str, line: Mapping[str, Any]) -> None:
        """Note that a file was refused. A record read from it before goes: it is no longer what the file says."""
        with self.writing() as db:
            self._drop_record_of(db, source)
            db.execute(insert(tables.files).values(source=source, digest=digest, record=None, line=dict(line)))

    def save_record(self, record: Record, fragments: Sequence[Fragment], digest: str, line: Mapping[str, Any]) -> None:
        """Store a record as read now, in place of what its file gave before."""
        with self.writing() as db:
            self._drop_record_of(db, record.source)
            db.execute(insert(tables.records).values(record_row(record, digest)))
            for rows in chunks([fragment_row(f) for f in fragments]):
                db.execute(insert(tables.fragments), rows)
            self._queue(db, [f.id for f in fragments], "upsert")
            db.execute(
                insert(tables.files).values(source=record.source, digest=digest, record=record.id, line=dict(line))
            )

    def forget(self, records: Sequence[Record], session: str, when: str, keep_vectors: Set[str]) -> bool:
        """Take records out of the store for good: their words, their files' lines, and all vectors but those to keep.

        `session` (theme/dialogue) is remembered, so that indexing refuses it. The indexes must be made anew
        afterwards: they keep deleted words in their own files. False where another program reads the store: until that
        ends, the words are in its log.
        """
        sources = [record.source for record in records]
        with self.writing() as db:
            of = tables.fragments.c
            of_records = of.record.in_([record.id for record in records])
            gone = set(db.scalars(select(of.id).where(of_records)))
            db.execute(
                delete(tables.index_work).where(tables.index_work.c.fragment.in_(select(of.id).where(of_records)))
            )
            db.execute(delete(tables.fragments).where(of_records))
            db.execute(delete(tables.records).where(tables.records.c.source.in_(sources)))
            db.execute(delete(tables.files).where(tables.files.c.source.in_(sources)))
            theme, _, dialogue = session.partition("/")
            named = (tables.forgotten.c.theme == theme, tables.forgotten.c.dialogue == dialogue)
            db.execute(delete(tables.forgotten).where(*named))
            db.execute(insert(tables.forgotten).values(theme=theme, dialogue=dialogue, when=when))
            for of_theme in sorted({record.theme for record in records}):
                left = [
                    to_record(row)
                    for row in db.execute(select(tables.records).where(tables.records.c.theme == of_theme))
                ]
                forgetting = Forgetting([r for r in records if r.theme == of_theme], left, gone)
                self.forget_words(db, of_theme, forgetting)
            db.execute(delete(tables.answers))  # what a model made of their words cannot be told from the rest
            orphans = sorted(set(db.scalars(select(tables.vectors.c.text_hash))) - keep_vectors)
            for chunk in chunks(orphans):
                db.execute(delete(tables.vectors).where(tables.vectors.c.text_hash.in_(chunk)))
        return self.compact()

    def remember(self, theme: str, dialogue: str) -> bool:
        """Let a forgotten session be indexed again; False if it was not forgotten."""
        with self.writing() as db:
            wanted = delete(tables.forgotten).where(
                tables.forgotten.c.theme == theme, tables.forgotten.c.dialogue == dialogue
            )
            return db.execute(wanted).rowcount > 0

    def forgotten(self) -> dict[tuple[str, str], str]:
        """(theme, dialogue) of the sessions that were forgotten, and when."""
        with self.reading() as db:
            return {(row.theme, row.dialogue): row.when for row in db.execute(select(tables.forgotten))}

    def move_file(self, old: str, new: str) -> None:
        """A file was renamed without a change: its record keeps its ids."""
        with self.writing() as db:
            db.execute(update(tables.files).where(tables.files.c.source == old).values(source=new))
            db.execute(update(tables.records).where(tables.records.c.source == old).values(source=new))

    def record_ids(self) -> dict[str, str]:
        """Record id to the source it was read from."""
        with self.reading() as db:
            return {row.id: row.source for row in db.execute(select(tables.records.c.id, tables.records.c.source))}

    def records(self, theme: str | None = None) -> list[Record]:
        """All records (of a theme), by theme, dialogue and source; unknown dialogues last."""
        query = select(tables.records)
        if theme is not None:
            query = query.where(tables.records.c.theme == theme)
        with self.reading() as db:
            records = [to_record(row) for row in db.execute(query).all()]
        return sorted(records, key=lambda r: (r.theme, r.dialogue is None, r.dialogue or 0, r.source))

    def fingerprints(self, theme: str | None = None) -> dict[str, str]:
        """Record id to the digest of the file it was read from."""
        query = select(tables.records.c.id, tables.records.c.fingerprint).order_by(tables.records.c.id)
        if theme is not None:
            query = query.where(tables.records.c.theme == theme)
        with self.reading() as db:
            return {row.id: row.fingerprint for row in db.execute(query)}

    # ------------------------------------------------------------------------------------------- fragments

    def fragments(self, theme: str | None = None) -> list[Fragment]:
        """Fragments (of a theme) by record and position.

        Raises: ThemeUnknown, naming the themes there are.
        """
        query = select(tables.fragments).order_by(tables.fragments.c.record, tables.fragments.c.position)
        if theme is not None:
            query = query.where(tables.fragments.c.theme == theme)
        with self.reading() as db:
            found = [to_fragment(row) for row in db.execute(query)]
        if theme is not None and not found:
            self._refuse_theme(theme)
        return found

    def said_in(self, theme: str) -> list[tuple[str, str]]:
        """(record, text) of all fragments of a theme."""
        with self.reading() as db:
            query = select(tables.fragments.c.record, tables.fragments.c.text).where(tables.fragments.c.theme == theme)
            return [(row.record, row.text) for row in db.execute(query)]

    def fragments_by_id(self, ids: Iterable[str]) -> dict[str, Fragment]:
        """The fragments of these ids that exist, by id."""
        found: dict[str, Fragment] = {}
        with self.reading() as db:
            for chunk in chunks(sorted(set(ids))):
                for row in db.execute(select(tables.fragments).where(tables.fragments.c.id.in_(chunk))):
                    found[row.id] = to_fragment(row)
        return found

    def fragments_beside(self, ids: Iterable[str]) -> dict[str, tuple[Fragment, ...]]:
        """What was said right before and right after each of these fragments, by id.

        Only where the record says who spoke, both times: in a list of remarks of nobody in particular the order
        says nothing.
        """
        here, near = tables.fragments.alias(), tables.fragments.alias()
        beside = near.c.position.in_((here.c.position - 1, here.c.position + 1))
        known = here.c.speaker.is_not(None) & near.c.speaker.is_not(None)
        query = select(here.c.id.label("here"), near).join(near, (near.c.record == here.c.record) & beside & known)
        found: dict[str, tuple[Fragment, ...]] = {}
        with self.reading() as db:
            for chunk in chunks(sorted(set(ids))):
                for row in db.execute(query.where(here.c.id.in_(chunk)).order_by(near.c.position)):
                    found[row.here] = (*found.get(row.here, ()), to_fragment(row))
        return found

    def require_theme(self, theme: str) -> None:
        """Raises: ThemeUnknown, naming the themes there are; IndexMissing where there are none."""
        with self.reading() as db:
            if db.scalar(select(tables.fragments.c.id).where(tables.fragments.c.theme == theme).limit(1)) is None:
                self._refuse_theme(theme)

    def theme_names(self) -> tuple[str, ...]:
        """The themes that have records, sorted."""
        with self.reading() as db:
            return tuple(db.scalars(select(tables.records.c.theme).distinct().order_by(tables.records.c.theme)))

    def themes(self) -> list[ThemeFacts]:
        """What there is of each theme, counted without loading a word of it."""
        with self.reading() as db:
            by_theme = select(tables.fragments.c.theme, func.count()).group_by(tables.fragments.c.theme)
            counts = {str(row[0]): int(row[1]) for row in db.execute(by_theme)}
        return [self._facts(theme, counts[theme]) for theme in sorted(counts)]

    def _facts(self, theme: str, fragments: int) -> ThemeFacts:
        said = tables.records.c.body
        stated = (said["participants"].as_integer().label("stated"), said[("host", "role")].as_string().label("host"))
        people: dict[str, set[tuple[str | None, str | None]]] = {}
        with self.reading() as db:
            who = select(tables.fragments.c.record, tables.fragments.c.speaker, tables.fragments.c.role).distinct()
            for record, speaker, role in db.execute(who.where(tables.fragments.c.theme == theme)):
                people.setdefault(record, set()).add((speaker, role))
            of_theme = select(tables.records.c.id, tables.records.c.dialogue, *stated).where(
                tables.records.c.theme == theme
            )
            rows = db.execute(of_theme).all()
        took_part = participants(
            Attendance(row.dialogue, row.stated, speaking(people.get(row.id, ()), row.host)) for row in rows
        )
        known = [number for number in took_part.values() if number is not None]
        return ThemeFacts(
            theme=theme,
            records=len(rows),
            dialogues=tuple(sorted(took_part)),
            fragments=fragments,
            participants=sum(known) if known else None,
        )

    def speakers(self) -> set[str]:
        """All names of speakers in the corpus: never for print, only to keep them out of it."""
        with self.reading() as db:
            return set(
                db.scalars(select(tables.fragments.c.speaker).where(tables.fragments.c.speaker.is_not(None)).distinct())
            )

    # --------------------------------------------------------------------------------------------- vectors

    def vectors(self, embedder: str, hashes: Iterable[str]) -> dict[str, Vectors]:
        """The vectors known under this embedder, by text hash."""
        import numpy as np

        found: dict[str, Vectors] = {}
        with self.reading() as db:
            for chunk in chunks(sorted(set(hashes))):
                query = select(tables.vectors.c.text_hash, tables.vectors.c.vector).where(
                    tables.vectors.c.embedder == embedder, tables.vectors.c.text_hash.in_(chunk)
                )
                for row in db.execute(query):
                    found[row.text_hash] = np.frombuffer(row.vector, dtype=np.float32)
        return found

    def save_vectors(self, embedder: str, vectors: Mapping[str, Vectors]) -> None:
        """Remember vectors. A store that cannot be written to does without: they are only quicker to look up."""
        if self.read_only:
            return
        while True:
            known = set(self.vectors(embedder, vectors))
            rows = [
                {"embedder": embedder, "text_hash": key, "vector": vector.tobytes()}
                for key, vector in vectors.items()
                if key not in known
            ]
            try:
                with self.writing() as db:
                    for chunk in chunks(rows):
                        db.execute(insert(tables.vectors), chunk)
                return
            except IntegrityError:  # another process saved one of them in between
                continue

    # ------------------------------------------------------------------------------------------- index work

    def index_work(self) -> dict[str, str]:
        """What the indexes have not been told: fragment id to 'upsert' or 'delete'."""
        with self.reading() as db:
            return {row.fragment: row.action for row in db.execute(select(tables.index_work))}

    def index_work_done(self, ids: Iterable[str]) -> None:
        with self.writing() as db:
            for chunk in chunks(sorted(ids)):
                db.execute(delete(tables.index_work).where(tables.index_work.c.fragment.in_(chunk)))

    def queue_everything(self) -> None:
        """Have the indexes told everything again."""
        with self.writing() as db:
            db.execute(delete(tables.index_work))
            self._queue(db, list(db.scalars(select(tables.fragments.c.id))), "upsert")

    # ---------------------------------------------------------------------------------------------- answers

    def answer(self, key: str) -> dict[str, Any] | None:
        """What a model once answered to the call with this key; None if it was never asked."""
        with self.reading() as db:
            if not inspect(db).has_table(tables.answers.name):  # a store of before there were answers, to read only
                return None
            return db.scalar(select(tables.answers.c.reply).where(tables.answers.c.key == key))

    def save_answer(self, key: str, prompt: str, model: str, created: str, reply: Mapping[str, Any]) -> None:
        """Keep an answer. One that is already there stays: the first answer to a call is the one that was used."""
        with self.writing() as db:
            if db.scalar(select(tables.answers.c.key).where(tables.answers.c.key == key)) is None:
                values = {"key": key, "prompt": prompt, "model": model, "created": created, "reply": dict(reply)}
                db.execute(insert(tables.answers).values(**values))

    # ---------------------------------------------------------------------------------------------- inside

    def _refuse_theme(self, theme: str) -> None:
        known = self.theme_names()
        if not known:
            raise IndexMissing("Nothing has been indexed yet: the corpus is empty.")
        raise ThemeUnknown(f"There is no theme '{theme}' in this corpus. It has: {', '.join(known)}.")

    @staticmethod
    def _drop_record_of(db: Connection, source: str) -> None:
        ids = list(db.scalars(select(tables.records.c.id).where(tables.records.c.source == source)))
        for record in ids:
            gone = list(db.scalars(select(tables.fragments.c.id).where(tables.fragments.c.record == record)))
            Store._queue(db, gone, "delete")
            db.execute(delete(tables.fragments).where(tables.fragments.c.record == record))
            db.execute(delete(tables.records).where(tables.records.c.id == record))
        db.execute(delete(tables.files).where(tables.files.c.source == source))

    @staticmethod
    def _queue(db: Connection, ids: Sequence[str], action: str) -> None:
        for chunk in chunks(ids):
            db.execute(delete(tables.index_work).where(tables.index_work.c.fragment.in_(chunk)))
            db.execute(insert(tables.index_work), [{"fragment": i, "action": action} for i in chunk])
