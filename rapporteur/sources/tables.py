"""Step 3, its tables: what the store holds, and the rows that records and fragments become in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import JSON, Column, Integer, LargeBinary, MetaData, String, Table, Text

from rapporteur.types import Fragment, Host, Locator, Record, Span, Turn

_T = TypeVar("_T")
_CHUNK = 500  # SQLite allows 32,766 variables in a statement; other databases fewer

meta = MetaData()
settings = Table("settings", meta, Column("key", String, primary_key=True), Column("value", Text))
files = Table(
    "files",
    meta,
    Column("source", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("record", String, index=True),
    Column("line", JSON, nullable=False),
)
records = Table(
    "records",
    meta,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("theme", String, nullable=False, index=True),
    Column("dialogue", Integer),
    Column("text", Text, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("body", JSON, nullable=False),
)
fragments = Table(
    "fragments",
    meta,
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
vectors = Table(
    "vectors",
    meta,
    Column("embedder", String, primary_key=True),
    Column("text_hash", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
index_work = Table(
    "index_work",
    meta,
    Column("fragment", String, primary_key=True),
    Column("action", String, nullable=False),
)
forgotten = Table(
    "forgotten",
    meta,
    Column("theme", String, primary_key=True),
    Column("dialogue", String, primary_key=True),
    Column("when", String, nullable=False),
)
revisions = Table(
    "revisions",
    meta,
    Column("theme", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("created", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("report", JSON, nullable=False),
    Column("origin", JSON),
)
locks = Table(
    "locks",
    meta,
    Column("id", Integer, primary_key=True),
    Column("theme", String, nullable=False, index=True),
    Column("part", String, nullable=False),
    Column("author", String, nullable=False),
    Column("created", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("words", Text, nullable=False),
)
answers = Table(
    "answers",
    meta,
    Column("key", String, primary_key=True),
    Column("prompt", String, nullable=False),
    Column("model", String, nullable=False),
    Column("created", String, nullable=False),
    Column("reply", JSON, nullable=False),
)


# -------------------------------------------------------------------------------------- rows and types


def record_row(record: Record, digest: str) -> dict[str, Any]:
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


def to_record(row: Any) -> Record:
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


def fragment_row(fragment: Fragment) -> dict[str, Any]:
    row = {name: getattr(fragment, name) for name in _FRAGMENT_FIELDS}
    row["span_start"], row["span_end"] = fragment.span.start, fragment.span.end
    row["locator"] = asdict(fragment.locator) if fragment.locator else None
    return row


def to_fragment(row: Any) -> Fragment:
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


def chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
