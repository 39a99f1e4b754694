"""Step 3, its schema: the tables are made, and those of an earlier version brought up to date.

Schema 1 had no origins of revisions and no locks; 2 has. Each change is one transaction, and the process that gets to
write the new number in the old one's place is the one that makes it: another that had the same in mind waits and finds
it done. A store of before that may only be read stays as it is; whoever reads asks for its schema first.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, inspect, select, text, update

from rapporteur.errors import ConfigInvalid, IndexMissing
from rapporteur.sources import tables
from rapporteur.sources.database import Database

SCHEMA = 2
WITHOUT_ORIGINS = 1


def ensure(database: Database, *, create: bool) -> int:
    """See to it that the tables are there; returns the schema they have, which is older where they may only be read.

    A store is made once its schema is noted: until then a full disk or a kill may have left some tables.
    Raises: IndexMissing; ConfigInvalid for a schema of a later version.
    """
    with database.reading() as db:
        version = _noted(db)
    if version is None and not create:
        raise IndexMissing("Nothing has been indexed yet: the store is empty.")
    if version is None or (version == str(WITHOUT_ORIGINS) and not database.read_only):
        with database.writing() as db:
            version = _made(db) if _noted(db) is None else _with_origins(db)
    if version not in (str(SCHEMA), str(WITHOUT_ORIGINS)):
        raise ConfigInvalid(
            f"The store was made by another version of rapporteur (schema {version}, this one knows {SCHEMA}).",
            hint="Move .rapporteur aside and run `rapporteur index` again; record files are not touched.",
        )
    return int(version)


def _noted(db: Connection) -> str | None:
    if not inspect(db).has_table(tables.settings.name):
        return None
    return db.scalar(select(tables.settings.c.value).where(tables.settings.c.key == "schema"))


def _made(db: Connection) -> str:
    _complete(db)
    db.execute(insert(tables.settings).values(key="schema", value=str(SCHEMA)))
    return str(SCHEMA)


def _with_origins(db: Connection) -> str | None:
    schema = tables.settings.c.key == "schema"
    claim = update(tables.settings).where(schema, tables.settings.c.value == str(WITHOUT_ORIGINS))
    if db.execute(claim.values(value=str(SCHEMA))).rowcount:
        _complete(db)
    return _noted(db)


def _complete(db: Connection) -> None:
    """Make the tables that are not there, and the column that an earlier version's lacks."""
    tables.meta.create_all(db)
    origin = tables.revisions.c.origin
    if origin.name not in {column["name"] for column in inspect(db).get_columns(tables.revisions.name)}:
        kind = origin.type.compile(db.dialect)
        db.execute(text(f"ALTER TABLE {tables.revisions.name} ADD COLUMN {origin.name} {kind}"))
