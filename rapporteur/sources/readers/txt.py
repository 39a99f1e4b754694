"""Plain text, typed or from a recorder -> turns: 'Naam (rol): tekst', with or without a time before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.body import Body
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.recorded import starts_with_a_time
from rapporteur.sources.readers.speakers import label_of
from rapporteur.sources.readers.text import count_words
from rapporteur.sources.readers.transcript import Paragraph
from rapporteur.types import Locator

_RULE = re.compile(r"[=\-_~*#]{3,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_MARKED_HEADING = re.compile(r"(?P<mark>#{1,6})\s+(?P<text>\S.*?)\s*#*|(={2,}|-{2,}|\*{2,})\s*(?P<framed>\S.*?)\s*\3")
_MARKED_BOLD = re.compile(r"\*\*(?P<bold>[^*]{1,200})\*\*")
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
    for number, line in enumerate(lines, start=1):
        bold = _MARKED_BOLD.match(line.text)
        words = line.text.replace("**", "") if bold else line.text
        yield Paragraph(words, Locator(name, line=number), line.level, len(bold["bold"]) if bold else 0)


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
    if starts_with_a_time(text):
        return False
    if not text or len(text) > _LONGEST_TITLE or label_of(text) or (before and not _RULE.fullmatch(before)):
        return False
    in_capitals = text.isupper() and sum(map(str.isalpha, text)) > 2 and text[-1] not in ".,;!?…:" and not after
    return in_capitals or _UNDERLINE.fullmatch(after) is not None
