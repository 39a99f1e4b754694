"""Step 5, beside the vectors: BM25 over Dutch stems, in an SQLite FTS5 table of its own.

Stems by Snowball's Dutch stemmer, made here, so that FTS5 only has to count. Derived, like Chroma: it can be
thrown away and rebuilt from the store. Source: Robertson & Zaragoza (2009), 'The Probabilistic Relevance
Framework: BM25 and Beyond'; FTS5's own bm25() with its k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from rapporteur.dutch.stems import stem
from rapporteur.dutch.stopwords import FUNCTION_WORDS
from rapporteur.errors import IndexDamaged
from rapporteur.sources.index.interface import Filter, Hit
from rapporteur.types import Fragment

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_UNKNOWN_DIALOGUE = -1


@contextmanager
def _translated() -> Iterator[None]:
    """SQLite's own errors, in words for people."""
    try:
        yield
    except sqlite3.Error as error:
        raise IndexDamaged(
            f"The index of words cannot be used: {error}.",
            hint="If the disk is full, make room; then run `rapporteur index --rebuild`. Nothing is lost.",
        ) from error


class LexicalIndex:
    """BM25 by fragment id; `path` None keeps it in memory. Safe under several processes, as SQLite is."""

    @_translated()
    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path or ":memory:", timeout=10)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5("
            "id UNINDEXED, theme UNINDEXED, dialogue UNINDEXED, role UNINDEXED, stems, tokenize='unicode61')"
        )
        self._db.execute("CREATE TABLE IF NOT EXISTS rows(id TEXT PRIMARY KEY, row INTEGER NOT NULL)")
        self._db.commit()

    @_translated()
    def upsert(self, fragments: Sequence[Fragment]) -> None:
        with self._db:
            self._remove([f.id for f in fragments])
            for f in fragments:
                dialogue = _UNKNOWN_DIALOGUE if f.dialogue is None else f.dialogue
                row = self._db.execute(
                    "INSERT INTO words(id, theme, dialogue, role, stems) VALUES (?, ?, ?, ?, ?)",
                    (f.id, f.theme, dialogue, (f.role or "").casefold(), " ".join(stems(f.text))),
                ).lastrowid
                self._db.execute("INSERT INTO rows VALUES (?, ?)", (f.id, row))

    @_translated()
    def query(self, text: str, top_k: int, where: Filter = Filter()) -> list[Hit]:
        """At most `top_k` hits that share a stem with the text, best first; none for only function words."""
        wanted = sorted(set(stems(text)))
        if not wanted:
            return []
        clauses, values = _clauses(where)
        rows = self._db.execute(
            f"SELECT id, -bm25(words) AS score FROM words WHERE words MATCH ?{clauses}"  # noqa: S608
            " ORDER BY score DESC, id LIMIT ?",
            (" OR ".join(f'"{stem}"' for stem in wanted), *values, top_k),
        )
        return [Hit(i, float(score)) for i, score in rows]

    @_translated()
    def delete(self, ids: Sequence[str]) -> None:
        with self._db:
            self._remove(ids)

    @_translated()
    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM rows").fetchone()[0])

    def close(self) -> None:
        self._db.close()

    def _remove(self, ids: Sequence[str]) -> None:
        for i in ids:
            found = self._db.execute("SELECT row FROM rows WHERE id = ?", (i,)).fetchone()
            if found:
                self._db.execute("DELETE FROM words WHERE rowid = ?", found)
                self._db.execute("DELETE FROM rows WHERE id = ?", (i,))


def stems(text: str) -> list[str]:
    """The Dutch stems of a text's words, in order, function words left out."""
    return [_stem(word) for word in words(text) if word not in FUNCTION_WORDS]


def words(text: str) -> list[str]:
    """The words of a text, lower case, in order."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


@cache
def _stem(word: str) -> str:
    # FTS5's tokenizer would cut at the hyphen and the apostrophe: keep a stem one token.
    return re.sub(r"[-']", "", stem(word))


def _clauses(where: Filter) -> tuple[str, list[str | int]]:
    sql, values = "", list[str | int]()
    for column, value in (
        ("theme", where.theme),
        ("dialogue", where.dialogue),
        ("role", None if where.role is None else where.role.casefold()),
    ):
        if value is not None:
            sql += f" AND {column} = ?"
            values.append(value)
    return sql, values
