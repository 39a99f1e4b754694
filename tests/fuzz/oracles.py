"""What must hold of every file, whatever is in it. Given a file, says what kind of outcome it had, or raises Broken."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from itertools import groupby
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources import fragments
from rapporteur.sources.readers.assemble import RecordRead
from rapporteur.sources.readers.registry import read_record
from rapporteur.sources.readers.text import count_words
from rapporteur.types import Fragment, Record

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SENTENCE = re.compile(r"[A-Z'\d].{8,}\.", re.DOTALL)
_LONGEST_MESSAGE = 1_000


class Broken(AssertionError):
    """A promise that a file broke; `oracle` names it."""

    def __init__(self, oracle: str, detail: str = "") -> None:
        super().__init__(f"{oracle}: {detail[:500]!r}")
        self.oracle = oracle


def hold(oracle: str, kept: object, detail: object = "") -> None:
    if not kept:
        raise Broken(oracle, str(detail))


def judge(path: Path, *, twice: bool = True) -> str:
    """Read a file and hold it to everything promised: 'read' or 'refused'."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        first = _outcome(path)
    hold("nothing is printed", not printed.getvalue(), printed.getvalue())
    if twice:
        hold("reading twice gives the same", first == _outcome(path), first)
    if isinstance(first, RecordRead):
        _judge_record(first, path.name)
        return "read"
    return "refused"


def _outcome(path: Path) -> RecordRead | tuple[str, str, str]:
    try:
        return read_record(path, path.name)
    except RecordRefused as refusal:
        said = str(refusal), refusal.where, refusal.hint
        _judge_refusal(*said, path)
        return said


def _judge_refusal(what: str, where: str, hint: str, path: Path) -> None:
    hold("a refusal is a full sentence", _SENTENCE.fullmatch(what), what)
    hold("a refusal is one line", "\n" not in what, what)
    hold("a refusal has no empty reason", not re.search(r": ?\.$", what), what)
    hold("a refusal is of a length to read", len(what) < _LONGEST_MESSAGE, what)
    hold("a refusal names the file", Path(where).stem.startswith(path.stem), where)
    hold("a refusal says what to do", re.search(r"\.[\"')]*$", hint), hint)
    for text in (what, where, hint):
        hold("a refusal holds no control character", not _CONTROL.search(text), text)


def _judge_record(read: RecordRead, name: str) -> None:
    record = read.record
    for text in _shown(read):
        hold("what is stored or shown holds no control character", not _CONTROL.search(text), text)
        hold("what is stored or shown is NFC", unicodedata.is_normalized("NFC", text), text)
    for warning in read.warnings:
        hold(
            "a warning is one line, of a length to read",
            len(warning) < _LONGEST_MESSAGE and "\n" not in warning,
            warning,
        )
    for entry in read.left_out:
        hold("what is left out has words, a reason and a place", entry.words > 0 and entry.why, entry)
        hold("what is left out names its file", Path(entry.where.file).stem == Path(name).stem, entry.where)
    accounted = sum(count_words(turn.text) for turn in record.turns) + sum(entry.words for entry in read.left_out)
    accounted += sum(read.read_as.values())
    hold("the ledger adds up", read.words == accounted, f"{read.words} words, {accounted} of them accounted for")
    hold("a record has turns", record.turns)
    for turn, span in zip(record.turns, record.turn_spans, strict=True):
        hold("the span of a turn is its text", record.text[span.start : span.end] == turn.text, turn)
        hold("a turn has words and no space around them", turn.text.strip() == turn.text != "", turn)
        for text in (turn.speaker, turn.role):
            hold("a name or role is a line or nothing", text is None or text.strip() == text != "", turn)
            hold("a name or role is on one line", text is None or "\n" not in text, turn)
    _judge_fragments(record, fragments.cut(record), name)


def _judge_fragments(record: Record, cut: tuple[Fragment, ...], name: str) -> None:
    ids = [fragment.id for fragment in cut]
    hold("ids of fragments are unique", len(ids) == len(set(ids)), ids)
    hold("fragments are numbered as spoken", [f.position for f in cut] == list(range(len(cut))))
    for fragment in cut:
        span = fragment.span
        hold("the span of a fragment is its text", record.text[span.start : span.end] == fragment.text, fragment)
        hold("a fragment has a locator", fragment.locator is not None, fragment)
        hold("a locator names the file and a place", str(fragment.locator).startswith(f"{name}, "), fragment)
        hold("a fragment has words", fragment.text.split(), fragment)
    by_turn = [" ".join(f.text for f in parts).split() for _, parts in groupby(cut, lambda fragment: fragment.turn)]
    hold("every turn has fragments of its own", len(by_turn) == len(record.turns))
    for turn, words in zip(record.turns, by_turn, strict=True):
        hold("every word of a turn is in a fragment", words == turn.text.split(), turn)


def _shown(read: RecordRead) -> Iterator[str]:
    """Every text of a record that is stored, or that people get to see."""
    record = read.record
    metadata = (record.id, record.theme, record.programme, record.track, record.date, record.language)
    yield from (text for text in (*metadata, record.host.role, record.host.municipality) if text)
    yield from read.warnings
    for entry in read.left_out:
        yield from (entry.why, str(entry.where))
    for turn in record.turns:
        yield from (text for text in (turn.text, turn.speaker, turn.role, turn.start, turn.end, turn.id) if text)
        yield str(turn.locator)
