"""Plain text, typed or from a recorder -> turns: 'Naam (rol): tekst', with or without a time before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.body import Body
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.speakers import bracketed_label_of, label_of
from rapporteur.sources.readers.text import count_words
from rapporteur.sources.readers.times import timestamp
from rapporteur.sources.readers.transcript import Paragraph
from rapporteur.types import Locator

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = re.compile(
    rf"(?P<open>[\[(]?)\s*(?P<start>{_TIME})(?:\s*(?:-->|[-–—])\s*(?P<end>{_TIME}))?\s*[\])]?(?=\s|$)\s*(?:[-–—]\s+)?"
)
_NAME_AND_TIME = re.compile(rf"(?P<name>\S.{{0,200}}?)\s+[\[(]?(?P<start>{_TIME})[\])]?\s*")
_BULLET = re.compile(r"[-–—•*]\s+")
_RULE = re.compile(r"[=\-_~*#]{3,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_MARKED_HEADING = re.compile(r"(?P<mark>#{1,6})\s+(?P<text>\S.*?)\s*#*|(={2,}|-{2,}|\*{2,})\s*(?P<framed>\S.*?)\s*\3")
_LEVEL_OF_A_LINE = 2
_LONGEST_TITLE = 300
_WEB_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


class TxtReader:
    suffixes: tuple[str, ...] = (".txt",)

    def read(self, path: Path, name: str) -> Reading:
        decoded = read_text(path, name)
        if _WEB_PAGE.match(decoded.text):
            raise RecordRefused("It is a web page.", where=name, hint="Give the file the ending .html.")
        body = Body(name, warnings=list(decoded.warnings), words=count_words(decoded.text))
        body.typed(list(_lines(decoded.text, name)))
        return body.reading()


def _lines(text: str, name: str) -> Iterator[Paragraph]:
    lines = _with_headings([line.strip() for line in text.removeprefix("\ufeff").split("\n")])
    named = _named_above(lines)
    for number, line in enumerate(lines, start=1):
        locator = Locator(name, line=number)
        if line.level:
            yield Paragraph(line.text, locator, line.level)
        elif number - 1 in named:
            speaker, start = named[number - 1]
            label = f"{speaker}:"
            time_words = count_words(line.text) - count_words(label)
            yield Paragraph(label, Locator(name, line=number, timestamp=start), start=start, time_words=time_words)
        else:
            yield _with_time(Paragraph(line.text, locator))


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    level: int | None = None


def _with_headings(lines: Sequence[str]) -> list[_Line]:
    """Headings as people mark them without styles; rules ('-----') are empty lines."""
    marked = []
    for at, text in enumerate(lines):
        before = lines[at - 1] if at else ""
        after = lines[at + 1] if at + 1 < len(lines) else ""
        if _RULE.fullmatch(text):
            marked.append(_Line(""))
        elif len(text) < _LONGEST_TITLE and (found := _MARKED_HEADING.fullmatch(text)):
            level = len(found["mark"]) if found["mark"] else _LEVEL_OF_A_LINE
            marked.append(_Line(found["text"] or found["framed"], level))
        elif _is_title(text, before, after):
            marked.append(_Line(text, _LEVEL_OF_A_LINE))
        else:
            marked.append(_Line(text))
    return marked


def _is_title(text: str, before: str, after: str) -> bool:
    """A line on its own that is underlined or all in capitals; one with a time of the recording is speech."""
    stamp = _STAMP.match(text)
    if stamp and _is_of_a_recording(stamp):
        return False
    if not text or len(text) > _LONGEST_TITLE or label_of(text) or (before and not _RULE.fullmatch(before)):
        return False
    in_capitals = text.isupper() and sum(map(str.isalpha, text)) > 2 and text[-1] not in ".,;!?…:" and not after
    return in_capitals or _UNDERLINE.fullmatch(after) is not None


def _named_above(lines: Sequence[_Line]) -> dict[int, tuple[str, str]]:
    """Lines with only a time and a name, above the words: '00:01:23 Naam', or (twice at least) 'Naam 0:03'."""
    sure: dict[int, tuple[str, str]] = {}
    likely: dict[int, tuple[str, str]] = {}
    words_below = False
    for at in reversed(range(len(lines))):
        text = lines[at].text
        stamp = _STAMP.match(text)
        ends_in_time = _NAME_AND_TIME.fullmatch(text) if len(text) < _LONGEST_TITLE else None
        if words_below and stamp and _is_name(text[stamp.end() :]):
            kind = sure if _is_of_a_recording(stamp) else likely
            kind[at] = text[stamp.end() :].strip("[]:"), _moment(stamp)
        elif words_below and ends_in_time and _is_name(ends_in_time["name"]):
            likely[at] = ends_in_time["name"].strip("[]:"), _moment(ends_in_time)
        words_below = not (stamp or at in likely or label_of(text)) if text else words_below
    return {**sure, **(likely if len(likely) > 1 else {})}


def _is_of_a_recording(stamp: re.Match[str]) -> bool:
    """'19:30 begon het' are words; '00:01:23 begon het' is a time in a recording."""
    return bool(stamp["open"] or stamp["end"]) or stamp["start"].count(":") > 1


def _is_name(text: str) -> bool:
    name = text.strip("[]:")
    label = label_of(f"{name}:") if len(name) < _LONGEST_TITLE else None
    return label is not None and label.length == len(name) + 1


def _moment(found: re.Match[str]) -> str:
    return timestamp(found["start"]) or ""


def _with_time(line: Paragraph) -> Paragraph:
    """'[00:01:23] Naam: tekst' and '00:01:23 [Naam] tekst' -> 'Naam: tekst' with its time."""
    found = _STAMP.match(line.text)
    words = _labelled(line.text[found.end() :] if found else line.text)
    if not found or not (_is_of_a_recording(found) or label_of(words)):
        return line if words == line.text or not label_of(words) else replace(line, text=words)
    start = _moment(found)
    end = timestamp(found["end"]) if found["end"] else None
    locator = replace(line.locator, timestamp=start)
    return replace(line, text=words, locator=locator, start=start, end=end, time_words=count_words(found[0]))


def _labelled(words: str) -> str:
    """Words whose speaker stands in brackets or behind a bullet, in the one way that a transcript is read."""
    bullet = _BULLET.match(words)
    if bullet and label_of(words[bullet.end() :]):
        return words[bullet.end() :]
    bracketed = bracketed_label_of(words)
    if not bracketed:
        return words
    role = f" ({bracketed.role})" if bracketed.role else ""
    return f"{bracketed.speaker}{role}: {words[bracketed.length :]}"
