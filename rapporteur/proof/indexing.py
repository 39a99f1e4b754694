"""Fragments -> the columns of a Corpus; and columns on disk, mapped into memory when they are opened.

An index is derived: never committed, always safe to delete. It lies in a folder of its own, a file per column, and
its name holds the fingerprint of the records it was made from.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path

import numpy as np

from rapporteur.dutch.sentences import sentences
from rapporteur.errors import UsageError
from rapporteur.proof.corpus import BITS, ENCODING, SEPARATOR, Array, Columns, Corpus
from rapporteur.proof.tokens import Tokens, is_word, readings
from rapporteur.types import Fragment

FORMAT = 2
_COLUMNS = (
    "ids starts ends opens firsts order keys counts lower vocabulary text texts parts fragment_ids fragment_ids_at"
    " offsets lengths role theme dialogue person roles themes"
).split()
# A fragment follows another when no more than a line end was left between them; no word fits in it.
_WIDEST_SEAM = 2
_HALF = ".quotes-"  # how the folder of an index begins that is being made


def corpus_of(fragments: Iterable[Fragment]) -> Corpus:
    return Corpus(build(fragments))


def open_or_build(folder: Path, fingerprint: str, fragments: Callable[[], Iterable[Fragment]]) -> Corpus:
    """The corpus whose index lies in `folder`, made there first if it is not, or is of other records.

    Where the folder cannot be written to, the index stays in memory.
    """
    place = folder / f"quotes-{FORMAT}-{fingerprint}"
    with suppress(OSError, ValueError):
        return _opened(place)
    columns = build(fragments())
    try:
        _save(columns, place)
    except OSError:
        return Corpus(columns)
    del columns
    return _opened(place)


def drop(folder: Path) -> None:
    """Delete every index of quotes in a folder, also one that a killed run left half made: their words are people's."""
    _delete(folder.glob("quotes-*"))
    _delete(folder.glob(f"{_HALF}*"))


def _delete(places: Iterable[Path]) -> None:
    for place in places:
        shutil.rmtree(place, ignore_errors=True)


def _opened(place: Path) -> Corpus:
    columns = {name: np.load(place / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _COLUMNS}
    return Corpus(columns)


def _save(columns: Columns, place: Path) -> None:
    """All of it or nothing: a reader never sees half an index. Older indexes are deleted."""
    place.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix=_HALF, dir=place.parent))
    try:
        for name, column in columns.items():
            np.save(half / f"{name}.npy", column)
        _delete(place.parent.glob("quotes-*"))
        half.replace(place)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def build(fragments: Iterable[Fragment]) -> Columns:
    """The columns of a corpus.

    Per token: `ids` (a separator after each passage), `starts` and `ends` in the passage's text, `opens` (1 where a
    sentence starts). Per passage: `firsts` (its first token), `texts` (its place in `text`, UTF-8), `parts` (its
    first fragment), `role`, `theme`, `dialogue`, `person`. Per fragment: `fragment_ids_at`, `offsets`, `lengths`.
    Per word: `counts`, `lower`. `order` sorts all places by the three tokens that start there; `keys` are those.
    """
    return _Builder().columns(fragments)


class _Names:
    """Numbers for things, in order of appearance."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}

    def number(self, name: object) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def __len__(self) -> int:
        return len(self._numbers)

    def encoded(self) -> Array:
        return np.frombuffer(json.dumps(list(self._numbers)).encode(), dtype=np.uint8)


class _Builder:
    def __init__(self) -> None:
        self._words, self._roles, self._themes, self._people = _Names(), _Names(), _Names(), _Names()
        self._words.number("")  # the separator
        self._lower: set[int] = set()
        self._ids, self._starts, self._ends = array("i"), array("i"), array("i")
        self._opens, self._text, self._fragment_ids = bytearray(), bytearray(), bytearray()
        self._firsts, self._texts, self._fragment_ids_at = array("q"), array("q", [0]), array("q", [0])
        self._parts, self._offsets, self._lengths = array("i", [0]), array("i"), array("i")
        self._role, self._theme, self._dialogue, self._person = array("i"), array("i"), array("q"), array("i")

    def columns(self, fragments: Iterable[Fragment]) -> Columns:
        ordered = sorted(fragments, key=lambda f: (f.record, f.position))
        for _, turn in groupby(ordered, key=lambda f: (f.record, f.turn)):
            for parts in _contiguous(turn):
                self._add_turn(parts)
        if len(self._words) > 1 << BITS:
            raise UsageError(f"These records hold more than {1 << BITS:,} different words, too many for one corpus.")
        self._firsts.append(len(self._ids))
        columns = {
            name: np.array(getattr(self, f"_{name}"))
            for name in _COLUMNS
            if isinstance(getattr(self, f"_{name}", None), array)
        }
        for name in ("opens", "text", "fragment_ids"):
            columns[name] = np.frombuffer(getattr(self, f"_{name}"), dtype=np.uint8)
        columns["vocabulary"], columns["roles"], columns["themes"] = (
            names.encoded() for names in (self._words, self._roles, self._themes)
        )
        columns["counts"] = np.bincount(columns["ids"], minlength=len(self._words)).astype(np.int32)
        columns["lower"] = np.isin(np.arange(len(self._words)), np.array(sorted(self._lower), dtype=np.int64))
        columns["order"], columns["keys"] = _sorted_by_three(columns["ids"])
        return columns

    def _add_turn(self, parts: Sequence[Fragment]) -> None:
        text, offsets = _joined(parts)
        openings = [sentence.start for sentence in sentences(text)]
        for tokens in readings(text):
            if tokens.canonical:
                self._add_passage(parts, offsets, tokens, openings)

    def _add_passage(
        self, parts: Sequence[Fragment], offsets: Sequence[int], tokens: Tokens, openings: Sequence[int]
    ) -> None:
        self._firsts.append(len(self._ids))
        numbers = [self._words.number(token) for token in tokens.canonical]
        self._ids.extend(numbers)
        self._ids.append(SEPARATOR)
        for column, values in ((self._starts, tokens.starts), (self._ends, tokens.ends)):
            column.extend(values)
            column.append(0)
        text = tokens.text
        self._lower.update(
            number
            for number, token, start in zip(numbers, tokens.canonical, tokens.starts, strict=True)
            if number not in self._lower and is_word(token) and text[start].islower()
        )
        opens = bytearray(len(numbers) + 1)
        for token in {0, *(bisect_right(tokens.starts, start - 1) for start in openings)}:
            opens[min(token, len(numbers))] = 1
        self._opens += opens
        self._text += text.encode(*ENCODING)
        self._texts.append(len(self._text))
        self._offsets.extend(offsets)
        for part in parts:
            self._lengths.append(len(part.text))
            self._fragment_ids += part.id.encode(*ENCODING) + b"\n"
            self._fragment_ids_at.append(len(self._fragment_ids))
        self._parts.append(len(self._offsets))
        self._role.append(self._roles.number(parts[0].role or None))
        self._theme.append(self._themes.number(parts[0].theme))
        self._dialogue.append(parts[0].dialogue or 0)
        self._person.append(self._people.number(parts[0].person))


def _sorted_by_three(ids: Array) -> tuple[Array, Array]:
    """All places, sorted by the three tokens that start there, and those tokens as sorted numbers."""
    keys = ids.astype(np.int64)
    keys <<= 2 * BITS
    keys[:-1] |= ids[1:].astype(np.int64) << BITS
    keys[:-2] |= ids[2:]
    order = np.argsort(keys, kind="stable").astype(np.int32)
    return order, keys[order]


def _contiguous(fragments: Iterable[Fragment]) -> Iterator[tuple[Fragment, ...]]:
    parts: list[Fragment] = []
    for fragment in fragments:
        if parts and not 0 <= fragment.span.start - parts[-1].span.end <= _WIDEST_SEAM:
            yield tuple(parts)
            parts = []
        parts.append(fragment)
    if parts:
        yield tuple(parts)


def _joined(parts: Sequence[Fragment]) -> tuple[str, tuple[int, ...]]:
    """The text of fragments with their seams as spaces."""
    text, offsets = "", []
    for before, part in zip((None, *parts), parts, strict=False):
        text += " " * (part.span.start - before.span.end) if before else ""
        offsets.append(len(text))
        text += part.text
    return text, tuple(offsets)
