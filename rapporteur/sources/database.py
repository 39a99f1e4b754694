"""Step 3, its database: connections, transactions, what goes wrong in words for people, and SQLite's habits."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError

from rapporteur.errors import ConfigInvalid, IndexMissing, OutputUnwritable, StoreDamaged, WorkspaceBusy


class Database:
    """A database at a URL; close it, or use it as a context manager."""

    def __init__(self, url: str) -> None:
        self.read_only = _is_read_only(url)
        self._engine = create_engine(_unchanging(url) if self.read_only else url, json_serializer=_compact_json)
        self._where = without_password(url)
        if self._engine.dialect.name == "sqlite" and not self.read_only:
            event.listen(self._engine, "connect", _set_sqlite_habits)
            event.listen(self._engine, "begin", _begin)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def require_writable(self) -> None:
        """Say before the work starts that it could not be saved. Raises: OutputUnwritable."""
        if self.read_only:
            raise _unwritable(self._where)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _translated(self._where), self._engine.connect() as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing. On SQLite what it reads is what it changes: one writes at a time."""
        self.require_writable()
        with _translated(self._where), self._engine.connect().execution_options(begin="IMMEDIATE") as db, db.begin():
            yield db

    def compact(self) -> bool:
        """Leave no byte of what was deleted in the files of the database.

        False where another program is reading it: then they stay in its log until that ends.
        """
        if self._engine.dialect.name != "sqlite":
            return True
        with _translated(self._where), self._engine.connect().execution_options(begin=None) as db:
            db.exec_driver_sql("VACUUM")
            busy, *_ = db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not busy


def _compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
    connection.isolation_level = None  # or the driver begins by itself, and not before a change of tables


def _begin(connection: Connection) -> None:
    """Begin a transaction as its execution option says; None for what SQLite does outside of one."""
    how = connection.get_execution_options().get("begin", "DEFERRED")
    if how:
        connection.exec_driver_sql(f"BEGIN {how}")


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


def prepare(url: str, *, create: bool) -> None:
    try:
        make_url(url)
    except ArgumentError as error:
        raise ConfigInvalid("The setting 'store_url' is not a database URL.", where=without_password(url)) from error
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
        raise IndexMissing(
            "Nothing has been indexed yet: there is no corpus here.",
            where=str(file),
            hint="If your workspace is another folder, go there or name it (`rapporteur --workspace DIR …`); else run "
            "`rapporteur index PATH` first.",
        )


def without_password(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url.split("@")[-1]
