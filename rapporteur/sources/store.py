"""Step 3: records, fragments, vectors and revisions in SQL: the truth, from which every index can be rebuilt.

The only module that knows tables. A record enters whole or not at all: it, its fragments, the line of the
ledger and the index work that follows are one transaction. `index_work` is an outbox: what Chroma and the
lexical index have not yet been told. It is emptied only after they were, so a killed run is resumed by the next.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError

from rapporteur.errors import (
    ConfigInvalid,
    IndexMissing,
    OutputUnwritable,
    StoreDamaged,
    ThemeUnknown,
    WorkspaceBusy,
)
from rapporteur.sources.attendance import Attendance, participants, speaking
from rapporteur.types import Fragment, Host, Locator, Record, Span, Turn

if TYPE_CHECKING:
    from rapporteur.sources.embedding.interface import Vectors

_T = TypeVar("_T")

SCHEMA = 1
_PRINTED = frozenset({"text", "title", "items", "rows"})  # what a block of a saved report prints
_CHUNK = 500  # SQLite allows 32,766 variables in a statement; other databases fewer

_meta = MetaData()
_settings = Table("settings", _meta, Column("key", String, primary_key=True), Column("value", Text))
_files = Table(
    "files",
    _meta,
    Column("source", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("record", String, index=True),
    Column("line", JSON, nullable=False),
)
_records = Table(
    "records",
    _meta,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("theme", String, nullable=False, index=True),
    Column("dialogue", Integer),
    Column("text", Text, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("body", JSON, nullable=False),
)
_fragments = Table(
    "fragments",
    _meta,
    Column("id", String, primary_key=True),
    Column("record", String, nullable=False, index=True),
    Column("theme", String, nullable=False, index=True),
    Column("dialogue", Integer),
    Column("turn", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("speaker", String),
    Column("role", String),
    Column("round", String),
    Column("language", String, nullable=False),
    Column("locator", JSON),
)
_vectors = Table(
    "vectors",
    _meta,
    Column("embedder", String, primary_key=True),
    Column("text_hash", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
_index_work = Table(
    "index_work",
    _meta,
    Column("fragment", String, primary_key=True),
    Column("action", String, nullable=False),
)
_forgotten = Table(
    "forgotten",
    _meta,
    Column("theme", String, primary_key=True),
    Column("dialogue", String, primary_key=True),
    Column("when", String, nullable=False),
)
_revisions = Table(
    "revisions",
    _meta,
    Column("theme", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("created", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("report", JSON, nullable=False),
)
_answers = Table(
    "answers",
    _meta,
    Column("key", String, primary_key=True),
    Column("prompt", String, nullable=False),
    Column("model", String, nullable=False),
    Column("created", String, nullable=False),
    Column("reply", JSON, nullable=False),
)


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


class Store:
    """Open with `Store.open(url)`; close it, or use it as a context manager."""

    def __init__(self, url: str) -> None:
        self.read_only = _is_read_only(url)
        self._engine = create_engine(_unchanging(url) if self.read_only else url, json_serializer=_compact_json)
        self._where = _without_password(url)
        if self._engine.dialect.name == "sqlite" and not self.read_only:
            event.listen(self._engine, "connect", _set_sqlite_habits)

    @classmethod
    def open(cls, url: str, *, create: bool = False) -> Store:
        """Open the store, making its tables when `create`.

        Raises: IndexMissing if there is none yet; ConfigInvalid for an unusable URL;
        OutputUnwritable where it cannot be made.
        """
        _prepare_sqlite_file(url, create=create)
        try:
            store = cls(url)
        except (ArgumentError, ImportError) as error:
            raise ConfigInvalid(
                f"The setting 'store_url' cannot be used: {error}.", where=_without_password(url)
            ) from error
        try:
            store._check_schema(create=create)
        except Exception:
            store.close()
            raise
        return store

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def require_writable(self) -> None:
        """Say before the work starts that it could not be saved. Raises: OutputUnwritable."""
        if self.read_only:
            raise _unwritable(self._where)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _translated(self._where), self._engine.connect() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing."""
        self.require_writable()
        with _translated(self._where), self._engine.begin() as db:
            yield db

    # ------------------------------------------------------------------------------- settings of the store

    def setting(self, key: str) -> str | None:
        with self._reading() as db:
            value = db.scalar(select(_settings.c.value).where(_settings.c.key == key))
        return None if value is None else str(value)

    def set_setting(self, key: str, value: str) -> None:
        with self._writing() as db:
            db.execute(delete(_settings).where(_settings.c.key == key))
            db.execute(insert(_settings).values(key=key, value=value))

    # ------------------------------------------------------------------------------------- files and records

    def files(self) -> dict[str, StoredFile]:
        """The ledger: every file ever read or refused, by source."""
        with self._reading() as db:
            rows = db.execute(select(_files)).all()
        return {row.source: StoredFile(row.source, row.digest, row.record, row.line) for row in rows}

    def save_refusal(self, source: str, digest: str, line: Mapping[str, Any]) -> None:
        """Note that a file was refused. A record read from it before goes: it is no longer what the file says."""
        with self._writing() as db:
            self._drop_record_of(db, source)
            db.execute(insert(_files).values(source=source, digest=digest, record=None, line=dict(line)))

    def save_record(self, record: Record, fragments: Sequence[Fragment], digest: str, line: Mapping[str, Any]) -> None:
        """Store a record as read now, in place of what its file gave before."""
        with self._writing() as db:
            self._drop_record_of(db, record.source)
            db.execute(insert(_records).values(_record_row(record, digest)))
            for rows in _chunks([_fragment_row(f) for f in fragments]):
                db.execute(insert(_fragments), rows)
            self._queue(db, [f.id for f in fragments], "upsert")
            db.execute(insert(_files).values(source=record.source, digest=digest, record=record.id, line=dict(line)))

    def forget(self, records: Sequence[Record], session: str, when: str, keep_vectors: Set[str]) -> None:
        """Take records out of the store for good: their words, their files' lines, and all vectors but those to keep.

        `session` (theme/dialogue) is remembered, so that indexing refuses it. The indexes must be made anew
        afterwards: they keep deleted words in their own files.
        """
        with self._writing() as db:
            for record in records:
                ids = select(_fragments.c.id).where(_fragments.c.record == record.id)
                db.execute(delete(_index_work).where(_index_work.c.fragment.in_(ids)))
                db.execute(delete(_fragments).where(_fragments.c.record == record.id))
                db.execute(delete(_records).where(_records.c.id == record.id))
                db.execute(delete(_files).where(_files.c.source == record.source))
            theme, _, dialogue = session.partition("/")
            db.execute(delete(_forgotten).where(_forgotten.c.theme == theme, _forgotten.c.dialogue == dialogue))
            db.execute(insert(_forgotten).values(theme=theme, dialogue=dialogue, when=when))
            self._forget_roles(db, records)
            if inspect(db).has_table(_answers.name):  # what a model made of their words cannot be told from the rest
                db.execute(delete(_answers))
            orphans = sorted(set(db.scalars(select(_vectors.c.text_hash))) - keep_vectors)
            for chunk in _chunks(orphans):
                db.execute(delete(_vectors).where(_vectors.c.text_hash.in_(chunk)))
        if self._engine.dialect.name == "sqlite":
            with _translated(self._where), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                db.exec_driver_sql("VACUUM")
                db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @staticmethod
    def _forget_roles(db: Connection, records: Sequence[Record]) -> None:
        """In the prose of saved revisions, a role that nobody who is left has becomes 'deelnemer'."""
        for theme in sorted({record.theme for record in records}):
            gone = {part for record in records if record.theme == theme for part in _role_parts(record)}
            left = {
                part
                for row in db.execute(select(_records).where(_records.c.theme == theme))
                for part in _role_parts(_to_record(row))
            }
            roles = sorted(gone - left, key=lambda role: (-len(role), role))
            if not roles:
                continue
            named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, roles))})(?!\w)", re.IGNORECASE)
            for number, report in db.execute(
                select(_revisions.c.number, _revisions.c.report).where(_revisions.c.theme == theme)
            ).all():
                changed = _replaced(report, named)
                if changed != report:
                    query = update(_revisions).where(_revisions.c.theme == theme, _revisions.c.number == number)
                    db.execute(query.values(report=changed))

    def remember(self, theme: str, dialogue: str) -> bool:
        """Let a forgotten session be indexed again; False if it was not forgotten."""
        with self._writing() as db:
            wanted = delete(_forgotten).where(_forgotten.c.theme == theme, _forgotten.c.dialogue == dialogue)
            return db.execute(wanted).rowcount > 0

    def forgotten(self) -> dict[tuple[str, str], str]:
        """(theme, dialogue) of the sessions that were forgotten, and when."""
        with self._reading() as db:
            return {(row.theme, row.dialogue): row.when for row in db.execute(select(_forgotten))}

    def move_file(self, old: str, new: str) -> None:
        """A file was renamed without a change: its record keeps its ids."""
        with self._writing() as db:
            db.execute(update(_files).where(_files.c.source == old).values(source=new))
            db.execute(update(_records).where(_records.c.source == old).values(source=new))

    def record_ids(self) -> dict[str, str]:
        """Record id to the source it was read from."""
        with self._reading() as db:
            return {row.id: row.source for row in db.execute(select(_records.c.id, _records.c.source))}

    def records(self, theme: str | None = None) -> list[Record]:
        """All records (of a theme), by theme, dialogue and source; unknown dialogues last."""
        query = select(_records)
        if theme is not None:
            query = query.where(_records.c.theme == theme)
        with self._reading() as db:
            records = [_to_record(row) for row in db.execute(query).all()]
        return sorted(records, key=lambda r: (r.theme, r.dialogue is None, r.dialogue or 0, r.source))

    def fingerprints(self, theme: str | None = None) -> dict[str, str]:
        """Record id to the digest of the file it was read from."""
        query = select(_records.c.id, _records.c.fingerprint).order_by(_records.c.id)
        if theme is not None:
            query = query.where(_records.c.theme == theme)
        with self._reading() as db:
            return {row.id: row.fingerprint for row in db.execute(query)}

    # ------------------------------------------------------------------------------------------- fragments

    def fragments(self, theme: str | None = None) -> list[Fragment]:
        """Fragments (of a theme) by record and position.

        Raises: ThemeUnknown, naming the themes there are.
        """
        query = select(_fragments).order_by(_fragments.c.record, _fragments.c.position)
        if theme is not None:
            query = query.where(_fragments.c.theme == theme)
        with self._reading() as db:
            found = [_to_fragment(row) for row in db.execute(query)]
        if theme is not None and not found:
            self._refuse_theme(theme)
        return found

    def said_in(self, theme: str) -> list[tuple[str, str]]:
        """(record, text) of all fragments of a theme."""
        with self._reading() as db:
            query = select(_fragments.c.record, _fragments.c.text).where(_fragments.c.theme == theme)
            return [(row.record, row.text) for row in db.execute(query)]

    def fragments_by_id(self, ids: Iterable[str]) -> dict[str, Fragment]:
        """The fragments of these ids that exist, by id."""
        found: dict[str, Fragment] = {}
        with self._reading() as db:
            for chunk in _chunks(sorted(set(ids))):
                for row in db.execute(select(_fragments).where(_fragments.c.id.in_(chunk))):
                    found[row.id] = _to_fragment(row)
        return found

    def require_theme(self, theme: str) -> None:
        """Raises: ThemeUnknown, naming the themes there are; IndexMissing where there are none."""
        with self._reading() as db:
            if db.scalar(select(_fragments.c.id).where(_fragments.c.theme == theme).limit(1)) is None:
                self._refuse_theme(theme)

    def theme_names(self) -> tuple[str, ...]:
        """The themes that have records, sorted."""
        with self._reading() as db:
            return tuple(db.scalars(select(_records.c.theme).distinct().order_by(_records.c.theme)))

    def themes(self) -> list[ThemeFacts]:
        """What there is of each theme, counted without loading a word of it."""
        with self._reading() as db:
            by_theme = select(_fragments.c.theme, func.count()).group_by(_fragments.c.theme)
            counts = {str(row[0]): int(row[1]) for row in db.execute(by_theme)}
        return [self._facts(theme, counts[theme]) for theme in sorted(counts)]

    def _facts(self, theme: str, fragments: int) -> ThemeFacts:
        said = _records.c.body
        stated = (said["participants"].as_integer().label("stated"), said[("host", "role")].as_string().label("host"))
        people: dict[str, set[tuple[str | None, str | None]]] = {}
        with self._reading() as db:
            who = select(_fragments.c.record, _fragments.c.speaker, _fragments.c.role).distinct()
            for record, speaker, role in db.execute(who.where(_fragments.c.theme == theme)):
                people.setdefault(record, set()).add((speaker, role))
            of_theme = select(_records.c.id, _records.c.dialogue, *stated).where(_records.c.theme == theme)
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
        with self._reading() as db:
            return set(db.scalars(select(_fragments.c.speaker).where(_fragments.c.speaker.is_not(None)).distinct()))

    # --------------------------------------------------------------------------------------------- vectors

    def vectors(self, embedder: str, hashes: Iterable[str]) -> dict[str, Vectors]:
        """The vectors known under this embedder, by text hash."""
        import numpy as np

        found: dict[str, Vectors] = {}
        with self._reading() as db:
            for chunk in _chunks(sorted(set(hashes))):
                query = select(_vectors.c.text_hash, _vectors.c.vector).where(
                    _vectors.c.embedder == embedder, _vectors.c.text_hash.in_(chunk)
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
                with self._writing() as db:
                    for chunk in _chunks(rows):
                        db.execute(insert(_vectors), chunk)
                return
            except IntegrityError:  # another process saved one of them in between
                continue

    # ------------------------------------------------------------------------------------------- index work

    def index_work(self) -> dict[str, str]:
        """What the indexes have not been told: fragment id to 'upsert' or 'delete'."""
        with self._reading() as db:
            return {row.fragment: row.action for row in db.execute(select(_index_work))}

    def index_work_done(self, ids: Iterable[str]) -> None:
        with self._writing() as db:
            for chunk in _chunks(sorted(ids)):
                db.execute(delete(_index_work).where(_index_work.c.fragment.in_(chunk)))

    def queue_everything(self) -> None:
        """Have the indexes told everything again."""
        with self._writing() as db:
            db.execute(delete(_index_work))
            self._queue(db, list(db.scalars(select(_fragments.c.id))), "upsert")

    # -------------------------------------------------------------------------------------------- revisions

    def save_revision(self, theme: str, created: str, reason: str, report: Mapping[str, Any]) -> int:
        """Add a revision; its number is one more than the theme's last. Two writers get two numbers."""
        while True:
            try:
                with self._writing() as db:
                    last = db.scalar(select(func.max(_revisions.c.number)).where(_revisions.c.theme == theme))
                    number = int(last or 0) + 1
                    db.execute(
                        insert(_revisions).values(
                            theme=theme, number=number, created=created, reason=reason, report=dict(report)
                        )
                    )
                return number
            except IntegrityError:
                continue

    def revisions(self, theme: str) -> list[tuple[int, str, dict[str, Any]]]:
        """(number, created, report) of all revisions of a theme, the first first."""
        query = select(_revisions).where(_revisions.c.theme == theme).order_by(_revisions.c.number)
        with self._reading() as db:
            return [(row.number, row.created, row.report) for row in db.execute(query)]

    def revision(self, theme: str, number: int | None = None) -> tuple[int, str, str, dict[str, Any]] | None:
        """(number, created, reason, report) of a revision, by default the last; None if there is none."""
        query = select(_revisions).where(_revisions.c.theme == theme).order_by(_revisions.c.number.desc()).limit(1)
        if number is not None:
            query = query.where(_revisions.c.number == number)
        with self._reading() as db:
            row = db.execute(query).first()
        return None if row is None else (row.number, row.created, row.reason, row.report)

    # ---------------------------------------------------------------------------------------------- answers

    def answer(self, key: str) -> dict[str, Any] | None:
        """What a model once answered to the call with this key; None if it was never asked."""
        with self._reading() as db:
            if not inspect(db).has_table(_answers.name):  # a store of before there were answers
                return None
            return db.scalar(select(_answers.c.reply).where(_answers.c.key == key))

    def save_answer(self, key: str, prompt: str, model: str, created: str, reply: Mapping[str, Any]) -> None:
        """Keep an answer. One that is already there stays: the first answer to a call is the one that was used."""
        with self._writing() as db:
            _answers.create(db, checkfirst=True)
            if db.scalar(select(_answers.c.key).where(_answers.c.key == key)) is None:
                values = {"key": key, "prompt": prompt, "model": model, "created": created, "reply": dict(reply)}
                db.execute(insert(_answers).values(**values))

    # ---------------------------------------------------------------------------------------------- inside

    def _check_schema(self, *, create: bool) -> None:
        """A store is made once its schema is noted: until then a full disk or a kill may have left some tables."""
        with self._reading() as db:
            begun = inspect(db).has_table(_settings.name)
        version = self.setting("schema") if begun else None
        if version is None and not create:
            raise IndexMissing("Nothing has been indexed yet: the store is empty.")
        if version is None:
            with self._writing() as db:
                _meta.create_all(db)
            self.set_setting("schema", version := str(SCHEMA))
        if version != str(SCHEMA):
            raise ConfigInvalid(
                f"The store was made by another version of rapporteur (schema {version}, this one knows {SCHEMA}).",
                hint="Move .rapporteur aside and run `rapporteur index` again; record files are not touched.",
            )

    def _refuse_theme(self, theme: str) -> None:
        known = self.theme_names()
        if not known:
            raise IndexMissing("Nothing has been indexed yet: the corpus is empty.")
        raise ThemeUnknown(f"There is no theme '{theme}' in this corpus. It has: {', '.join(known)}.")

    @staticmethod
    def _drop_record_of(db: Connection, source: str) -> None:
        ids = list(db.scalars(select(_records.c.id).where(_records.c.source == source)))
        for record in ids:
            gone = list(db.scalars(select(_fragments.c.id).where(_fragments.c.record == record)))
            Store._queue(db, gone, "delete")
            db.execute(delete(_fragments).where(_fragments.c.record == record))
            db.execute(delete(_records).where(_records.c.id == record))
        db.execute(delete(_files).where(_files.c.source == source))

    @staticmethod
    def _queue(db: Connection, ids: Sequence[str], action: str) -> None:
        for chunk in _chunks(ids):
            db.execute(delete(_index_work).where(_index_work.c.fragment.in_(chunk)))
            db.execute(insert(_index_work), [{"fragment": i, "action": action} for i in chunk])


# -------------------------------------------------------------------------------------- rows and types


def _record_row(record: Record, digest: str) -> dict[str, Any]:
    body = asdict(record)
    for key in ("id", "source", "theme", "dialogue", "text"):
        del body[key]
    return {
        "id": record.id,
        "source": record.source,
        "theme": record.theme,
        "dialogue": record.dialogue,
        "text": record.text,
        "fingerprint": digest,
        "body": body,
    }


def _to_record(row: Any) -> Record:
    body = dict(row.body)
    return Record(
        id=row.id,
        source=row.source,
        theme=row.theme,
        dialogue=row.dialogue,
        text=row.text,
        turns=tuple(Turn(**{**t, "locator": _to_locator(t["locator"])}) for t in body.pop("turns")),
        turn_spans=tuple(Span(**s) for s in body.pop("turn_spans")),
        host=Host(**body.pop("host")),
        **body,
    )


def _fragment_row(fragment: Fragment) -> dict[str, Any]:
    row = {name: getattr(fragment, name) for name in _FRAGMENT_FIELDS}
    row["span_start"], row["span_end"] = fragment.span.start, fragment.span.end
    row["locator"] = asdict(fragment.locator) if fragment.locator else None
    return row


def _to_fragment(row: Any) -> Fragment:
    return Fragment(
        **{name: getattr(row, name) for name in _FRAGMENT_FIELDS},
        span=Span(row.span_start, row.span_end),
        locator=_to_locator(row.locator),
    )


_FRAGMENT_FIELDS = (
    "id",
    "record",
    "theme",
    "dialogue",
    "turn",
    "position",
    "text",
    "speaker",
    "role",
    "round",
    "language",
)


def _to_locator(value: Mapping[str, Any] | None) -> Locator | None:
    return Locator(**value) if value else None


def _replaced(value: Any, role: re.Pattern[str], *, printed: bool = False) -> Any:
    """A saved report with a role in its prose replaced; ids, kinds and digests stay as they are."""
    if isinstance(value, dict):
        return {
            key: _replaced(inner, role, printed=key in _PRINTED or key == "sections") for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_replaced(inner, role, printed=printed) for inner in value]
    return role.sub("deelnemer", value) if printed and isinstance(value, str) else value


def _role_parts(record: Record) -> set[str]:
    """The roles in a record as a report may print them: whole, and the first part, in lower case."""
    roles = {turn.role.strip() for turn in record.turns if turn.role}
    return {
        part.casefold() for role in roles for part in (role, role.split(",")[0].split("(")[0].strip()) if len(part) > 2
    }


def _compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


# ----------------------------------------------------------------------------------------------- SQLite


@contextmanager
def _translated(where: str) -> Iterator[None]:
    """Say what is wrong with a database in words for people; IntegrityError and our own bugs pass through.

    The messages are SQLite's (https://www.sqlite.org/rescode.html); other databases' are shown as they are.
    """
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        said = str(error.orig)
        if "locked" in said:
            raise WorkspaceBusy("Another program holds the store locked.", where=where) from error
        if "full" in said:
            raise OutputUnwritable(
                "The disk is full.",
                where=where,
                hint="Make room and run the command again; what was finished is kept.",
            ) from error
        if "readonly" in said or "unable to open" in said:
            raise _unwritable(where) from error
        raise StoreDamaged(f"The store cannot be used: {said}.", where=where) from error


def _set_sqlite_habits(connection: Any, _: object) -> None:
    """Write-ahead log: readers go on while one writes. Wait for another writer rather than fail."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _unwritable(where: str) -> OutputUnwritable:
    return OutputUnwritable(
        "The store cannot be written to.",
        where=where,
        hint="Work in a workspace that you may write to, a copy of this one for instance; reading works here too: "
        "records, themes, fragments, check and export.",
    )


def _is_read_only(url: str) -> bool:
    """Whether the store is an SQLite file that we may read and not write, or in a folder of that kind."""
    file = _sqlite_file(url)
    return file is not None and file.is_file() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def _unchanging(url: str) -> str:
    """SQLite needs to write beside its file to read it, unless nobody can change it (https://sqlite.org/wal.html).

    Where a write-ahead log is left, from a run that was killed or is at work, its rows are read through it.
    """
    file = _sqlite_file(url)
    assert file is not None  # noqa: S101 - only a store on disk is read-only
    log = file.with_name(f"{file.name}-wal")
    unchanging = "" if log.is_file() and log.stat().st_size else "&immutable=1"
    return f"sqlite:///file:{quote(str(file.absolute()))}?mode=ro{unchanging}&uri=true"


def _sqlite_file(url: str) -> Path | None:
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def _prepare_sqlite_file(url: str, *, create: bool) -> None:
    try:
        make_url(url)
    except ArgumentError as error:
        raise ConfigInvalid("The setting 'store_url' is not a database URL.", where=_without_password(url)) from error
    file = _sqlite_file(url)
    if file is None:
        return
    if create:
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # it will hold people's names and words
        except OSError as error:
            raise OutputUnwritable(
                f"The folder for the store cannot be made: {error.strerror}.",
                where=str(file.parent),
                hint="Work in a folder you may write to, or name one with --workspace.",
            ) from error
    elif not file.is_file():
        raise IndexMissing("Nothing has been indexed yet: there is no corpus here.", where=str(file))


def _without_password(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url.split("@")[-1]
