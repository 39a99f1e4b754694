"""Steps 1 to 5 in a row: record files into the store, and what the store holds into the indexes.

One bad file never stops the others, and every file gets a line that says what became of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Protocol
from uuid import uuid4

from rapporteur.dutch.injection import instructs_a_machine
from rapporteur.errors import EmbedderMismatch, RecordRefused
from rapporteur.progress import SILENT, Progress
from rapporteur.sources.copies import Copies
from rapporteur.sources.embedding.cached import CachedEmbedder, text_hash, worth_embedding
from rapporteur.sources.embedding.interface import Embedder, Vectors
from rapporteur.sources.fragments import cut
from rapporteur.sources.readers.text import count_words
from rapporteur.sources.store import Store, StoredFile
from rapporteur.types import Fragment, LeftOut, Record

READER_VERSION = "3"  # raise when a reader gives other turns for the same file, so that files are read again
_FLUSH = 256
_BOTH_KEPT = "both are kept"
_FORGOTTEN = "forgotten_contents"
_HASHED_AT_ONCE = 1_000_000

Status = Literal["read", "unchanged", "moved", "refused", "forgotten", "skipped", "missing"]


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of one file.

    words_in_file = words (in its fragments) + words_left_out. Of those left out, `read_as` counts what was
    read as something else than speech (names, metadata, headings), and `left_out` says the rest.

    `why` it was not read, and where there is more to say than to mend it, the `hint` what to do.
    """

    source: str
    status: Status
    record: str | None = None
    theme: str | None = None
    dialogue: int | None = None
    turns: int = 0
    words: int = 0
    fragments: int = 0
    words_left_out: int = 0
    left_out: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    why: str = ""
    words_in_file: int = 0
    read_as: Mapping[str, int] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class IndexRun:
    """The ledger of one run, in order of reading. `embedded` counts texts that had to be embedded anew."""

    lines: tuple[FileLine, ...]
    embedded: int = 0

    def count(self, status: Status) -> int:
        return sum(line.status == status for line in self.lines)

    @property
    def totals(self) -> Totals:
        known = [line for line in self.lines if line.record]
        read_as: Counter[str] = Counter()
        for line in known:
            read_as.update(line.read_as)
        return Totals(
            words_in_file=sum(line.words_in_file for line in known),
            turns=sum(line.turns for line in known),
            words=sum(line.words for line in known),
            fragments=sum(line.fragments for line in known),
            words_left_out=sum(line.words_left_out for line in known),
            read_as=dict(read_as),
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """Over the files with a record: words in the files = words in fragments + words left out (see FileLine)."""

    words_in_file: int
    turns: int
    words: int
    fragments: int
    words_left_out: int
    read_as: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file to read: where it is, what the ledger calls it, and the bytes that decide whether it changed."""

    path: Path
    name: str
    belongs: tuple[Path, ...] = ()


class ReadResult(Protocol):
    @property
    def record(self) -> Record: ...

    @property
    def left_out(self) -> Sequence[LeftOut]: ...

    @property
    def warnings(self) -> Sequence[str]: ...

    @property
    def words(self) -> int: ...

    @property
    def read_as(self) -> Mapping[str, int]: ...


@dataclass(frozen=True, slots=True)
class Indexes:
    """The derived indexes, opened only when there is something to tell them.

    `open_vectors(rebuild)` gives the vector index, empty if `rebuild`; `open_words(rebuild)` the lexical one.
    `generation_file` ties them to the store: another store's index, or one of which a place is gone, is filled anew.
    """

    open_vectors: Callable[[bool], VectorIndex]
    open_words: Callable[[bool], WordIndex]
    generation_file: Path
    places: tuple[Path, ...] = ()


class VectorIndex(Protocol):
    def upsert(self, fragments: Sequence[Fragment], vectors: Vectors) -> None: ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def close(self) -> None: ...


class WordIndex(Protocol):
    def upsert(self, fragments: Sequence[Fragment]) -> None: ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def close(self) -> None: ...


@dataclass(slots=True)
class Indexer:
    """Reads files into a store and keeps the indexes in step. Whoever uses it holds the workspace's lock.

    `root` is what the names of files are relative to; `options` are those that change what a file gives.
    """

    root: Path
    store: Store
    read: Callable[[RecordFile], ReadResult]
    done_reading: Callable[[], None]
    embedder: Embedder
    indexes: Indexes
    options: str = ""
    progress: Progress = SILENT
    _owners: dict[str, str] = field(default_factory=dict)
    _ledger: Mapping[str, StoredFile] = field(default_factory=dict)
    _forgotten: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _forgotten_contents: Mapping[str, str] = field(default_factory=dict)
    _copies: Copies = field(default_factory=lambda: Copies(lambda _: ()))

    def run(self, files: Sequence[RecordFile], *, rebuild: bool = False) -> IndexRun:
        """Index files, in the order given.

        Raises: EmbedderMismatch when the indexes were made with another embedder and `rebuild` is not set.
        """
        self._claim_embedder(rebuild)
        self._ledger = self.store.files()
        self._owners = self.store.record_ids()
        self._forgotten = self.store.forgotten()
        self._forgotten_contents = self._contents()
        self._copies = Copies(self.store.said_in)
        names = {file.name for file in files}
        self.progress.start("reading", len(files))
        lines = []
        try:
            for file in files:
                lines.append(self._index_file(file, names))
                self.progress.advance()
        finally:
            self.done_reading()
        lines += self._missing(names)
        return IndexRun(tuple(lines), self._tell_indexes(rebuild))

    def forget(self, records: Sequence[Record], session: str, when: str) -> bool:
        """Take records out of the store and out of every file of the indexes; `when` is ISO 8601.

        `session` ('zorg/3', or 'zorg/3-2' for its second file) is what they are remembered as, not to be read again.
        False where another program reads the store: until that ends, the words are in its log.
        """
        gone = {record.id for record in records}
        contents = self._contents()
        for record in records:
            content = self._content(self.root / record.source)
            contents |= {content: session} if content else {}
        self.store.set_setting(_FORGOTTEN, json.dumps(contents))
        kept = {text_hash(f.text) for f in self.store.fragments() if f.record not in gone}
        emptied = self.store.forget(records, session, when, kept)
        self._tell_indexes(rebuild=True)
        return emptied

    # ----------------------------------------------------------------------------------------- files

    def _index_file(self, file: RecordFile, names: set[str]) -> FileLine:
        try:
            digest = self._digest(file)
        except OSError as error:
            return FileLine(file.name, "refused", why=f"cannot be read: {error.strerror}")
        known = self._ledger.get(file.name)
        if known and known.record and known.digest == digest:
            return replace(_line(known.line), status="unchanged")
        moved = self._moved_from(digest, names)
        if moved and known is None:
            self.store.move_file(moved.source, file.name)
            self._owners = self.store.record_ids()
            line = self._read(file, digest)  # its place may be where its theme and number come from
            return replace(line, status="moved", why=f"was {moved.source}") if line.status == "read" else line
        return self._read(file, digest)

    def _read(self, file: RecordFile, digest: str) -> FileLine:
        try:
            result = self.read(file)
        except RecordRefused as error:
            own = error.hint if error.hint != RecordRefused.hint else ""
            elsewhere = f"{error.where}: " if error.where not in ("", file.name) else ""  # its sidecar
            line = FileLine(file.name, "refused", why=f"{elsewhere}{error.what}", hint=own)
            self.store.save_refusal(file.name, digest, asdict(line))
            return line
        forgotten = self._taken_out(file, f"{result.record.theme}/{result.record.dialogue_name}")
        if forgotten:
            return forgotten
        record, warnings = self._named(result.record, list(result.warnings))
        fragments = cut(record)
        copied = self._copied(record, fragments)
        if copied and warnings and warnings[-1].endswith(_BOTH_KEPT):
            warnings[-1] += f"; {copied}"
        elif copied:
            warnings.append(copied)
        words = sum(count_words(fragment.text) for fragment in fragments)
        left_out = sum(item.words for item in result.left_out) + sum(result.read_as.values())
        if result.words != words + left_out:
            warnings.append(_unbalanced(result.words, words + left_out))
        warnings += _instructions(fragments)
        line = FileLine(
            source=file.name,
            status="read",
            record=record.id,
            theme=record.theme,
            dialogue=record.dialogue,
            turns=len(record.turns),
            words=words,
            fragments=len(fragments),
            words_left_out=left_out,
            left_out=tuple(f"{item.where}: {_counted(item.words)}, {item.why}" for item in result.left_out),
            warnings=tuple(warnings),
            words_in_file=result.words,
            read_as=dict(result.read_as),
        )
        self.store.save_record(record, fragments, digest, asdict(line))
        self._owners[record.id] = record.source
        return line

    def _named(self, record: Record, warnings: list[str]) -> tuple[Record, list[str]]:
        """Give a second file of the same dialogue an id of its own, and say so."""
        owner = self._owners.get(record.id)
        if owner in (None, record.source):
            return record, warnings
        number = 2
        while self._owners.get(f"{record.id}-{number}", record.source) != record.source:
            number += 1
        warnings.append(f"theme '{record.theme}', dialogue {record.dialogue} was also read from {owner}; {_BOTH_KEPT}")
        return replace(record, id=f"{record.id}-{number}"), warnings

    def _copied(self, record: Record, fragments: Sequence[Fragment]) -> str:
        """A warning where another record of the theme says the same; '' where none does."""
        like = self._copies.nearest(record.theme, record.id, (fragment.text for fragment in fragments))
        if like is None or like.record not in self._owners:
            return ""
        return (
            f"{like.shared} of {like.of} longer fragments stand word for word in {self._owners[like.record]} too "
            f"({like.record}): if {record.source} is a copy of it, they count double; "
            f"`rapporteur forget {record.id}` takes this one out"
        )

    def _taken_out(self, file: RecordFile, session: str) -> FileLine | None:
        """The line of a file of a forgotten session, also under another name or number; None for any other file."""
        content = self._content(file.path) if self._forgotten_contents else None
        was = self._forgotten_contents.get(content or "", session)
        for name in (session, was):
            theme, _, dialogue = name.partition("/")
            when = self._forgotten.get((theme, dialogue))
            if when is not None:
                again = f" as {was}" if was != session else ""
                why = f"taken out on {when[:10]}{again} and not read again; delete the file"
                return FileLine(file.name, "forgotten", why=why)
        return None

    def _contents(self) -> dict[str, str]:
        """Digests of the files of forgotten sessions, with the session: a file may come back under another name."""
        known: dict[str, str] = json.loads(self.store.setting(_FORGOTTEN) or "{}")
        return known

    def _content(self, path: Path) -> str | None:
        """The digest of a file as it is; None where it cannot be read."""
        try:
            return sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None

    def _digest(self, file: RecordFile) -> str:
        digest = sha256(f"{READER_VERSION}\0{self.options}\0".encode())
        for path in (file.path, *file.belongs):
            with path.open("rb") as content:
                while part := content.read(_HASHED_AT_ONCE):
                    digest.update(part)
        return digest.hexdigest()

    def _moved_from(self, digest: str, names: set[str]) -> StoredFile | None:
        for stored in self._ledger.values():
            if stored.digest == digest and stored.record and stored.source not in names and self._gone(stored.source):
                return stored
        return None

    def _gone(self, source: str) -> bool:
        return not (self.root / source).exists()

    def _missing(self, names: set[str]) -> list[FileLine]:
        """Files that were read before and are no longer there: their records are kept until someone says otherwise."""
        current = self.store.files()
        return [
            replace(
                _line(f.line),
                status="missing",
                why=f"the file is gone, its record is kept; `rapporteur forget {f.record}` takes it out",
            )
            for f in current.values()
            if f.record and f.source not in names and self._gone(f.source)
        ]

    # --------------------------------------------------------------------------------------- indexes

    def _claim_embedder(self, rebuild: bool) -> None:
        made_with = self.store.setting("embedder")
        if made_with is None or rebuild:
            self.store.set_setting("embedder", self.embedder.name)
        elif made_with != self.embedder.name:
            raise EmbedderMismatch(
                f"This index was made with the embedder '{made_with}', the settings ask for '{self.embedder.name}'."
            )

    def _tell_indexes(self, rebuild: bool) -> int:
        """Bring both indexes up to date with the store; returns how many texts were embedded for it."""
        fresh = rebuild or not self._same_generation()
        if fresh:
            self.store.queue_everything()
        work = self.store.index_work()
        if not work:
            return 0
        with closing(self.indexes.open_vectors(fresh)) as vectors, closing(self.indexes.open_words(fresh)) as words:
            embedded = self._tell(work, vectors, words)
        if fresh:
            self._new_generation()
        return embedded

    def _tell(self, work: Mapping[str, str], vectors: VectorIndex, words: WordIndex) -> int:
        gone = sorted(i for i, action in work.items() if action == "delete")
        vectors.delete(gone)
        words.delete(gone)
        self.store.index_work_done(gone)
        counting = _Counting(self.progress)
        embedder = CachedEmbedder(self.embedder, self.store, counting)
        waiting = sorted(i for i, action in work.items() if action == "upsert")
        counting.start("embedding", len(waiting))
        for start in range(0, len(waiting), _FLUSH):
            ids = waiting[start : start + _FLUSH]
            found = self.store.fragments_by_id(ids)
            batch = [found[i] for i in ids if i in found]
            telling = [f for f in batch if worth_embedding(f.text)]
            vectors.upsert(telling, embedder.embed([f.text for f in telling]))
            words.upsert(batch)
            self.store.index_work_done(ids)
            counting.catch_up(start + len(ids))
        self.progress.finish()
        return counting.embedded

    def _same_generation(self) -> bool:
        file = self.indexes.generation_file
        whole = file.is_file() and all(place.exists() for place in self.indexes.places)
        return whole and file.read_text("utf-8", "replace") == self.store.setting("index_generation")

    def _new_generation(self) -> None:
        generation = uuid4().hex
        self.indexes.generation_file.write_text(generation, "utf-8")
        self.store.set_setting("index_generation", generation)


def _instructions(fragments: Sequence[Fragment]) -> list[str]:
    """Where words stand that are meant for a machine. They are not repeated: warnings are printed and kept."""
    return [
        f"{fragment.locator or fragment.id}: reads as an instruction to a machine; it is kept out of quotes"
        for fragment in fragments
        if instructs_a_machine(fragment.text)
    ]


class _Counting:
    """Progress that also knows how many texts were embedded rather than remembered."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.steps = 0
        self.embedded = 0

    def start(self, what: str, total: int) -> None:
        self._progress.start(what, total)

    def beside(self, what: str, total: int) -> None:
        self._progress.beside(what, total)

    def advance(self, steps: int = 1, what: str = "") -> None:
        self.steps += steps
        self.embedded += steps
        self._progress.advance(steps)

    def catch_up(self, steps: int) -> None:
        self._progress.advance(max(0, steps - self.steps))
        self.steps = max(self.steps, steps)

    def received(self, characters: int) -> None:
        self._progress.received(characters)

    def finish(self) -> None:
        self._progress.finish()


def _counted(words: int) -> str:
    return "1 word" if words == 1 else f"{words} words"


def ledger_of(store: Store) -> IndexRun:
    """What became of every file that was ever given, in order of name."""
    return IndexRun(tuple(replace(_line(f.line), source=name) for name, f in sorted(store.files().items())))


def _unbalanced(in_file: int, accounted: int) -> str:
    """The ledger's own alarm: a mistake of a reader, which nobody would see otherwise."""
    return (
        f"The file holds {in_file} words, of which this ledger accounts for {accounted}: compare its record with the "
        "file, and report this as a mistake of rapporteur."
    )


def _line(stored: Mapping[str, Any]) -> FileLine:
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()}
    return FileLine(**plain)
