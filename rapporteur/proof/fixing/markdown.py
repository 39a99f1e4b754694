"""Markdown: the changed words are put in place, with the markup around and between the others kept.

There are no tracked changes in Markdown, so whoever calls this has to tell what was changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rapporteur.proof.documents.files import text_of
from rapporteur.proof.fixing.interface import Mended, Repair
from rapporteur.proof.fixing.words import edits

_PLACE = re.compile(r"line (?P<number>\d+)")
_WORDS = re.compile(r"\S+")
# Between two words: white space, the mark of a quoted line, emphasis that opens or closes.
_BETWEEN = r"[*_]*(?:\s|^[ \t]*>)+[*_]*"
_EMPHASIS = re.compile(r"(?<!\\)[*_]")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&~|$#^]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


class MarkdownMender:
    suffixes = (".md", ".markdown")
    tracked = False

    def mend(self, path: Path, repairs: Sequence[Repair]) -> Mended:
        text = text_of(path)
        done = []
        position = 0
        for repair in repairs:
            match = _found(text, repair, position)
            if match is None:
                continue
            mended = _mended(match, repair)
            text = text[: match.start()] + mended + text[match.end() :]
            position = match.start() + len(mended)
            done.append(repair)
        return Mended(text.encode(), tuple(done))


def _found(text: str, repair: Repair, position: int) -> re.Match[str] | None:
    """The quotation's words at or after the line they are said to stand in; a word is a group of its own."""
    words = _WORDS.findall(repair.before)
    pattern = re.compile(_BETWEEN.join(f"({_as_written(word)})" for word in words), re.MULTILINE)
    return pattern.search(text, max(position, _start_of_line(text, repair.place)))


def _start_of_line(text: str, place: str) -> int:
    """Where the line of a place starts; one line sooner, since a block's number may be that of its second line."""
    match = _PLACE.match(place)
    lines = text.split("\n")[: max(int(match["number"]) - 2, 0)] if match else []
    return sum(len(line) + 1 for line in lines)


def _as_written(word: str) -> str:
    return "[*_]*".join(_character(c) for c in word)


def _character(character: str) -> str:
    if character.isalnum():
        return re.escape(character)
    entity = f"|{_ENTITIES[character]}" if character in _ENTITIES else ""
    return rf"(?:\\?{re.escape(character)}{entity})"


def _mended(match: re.Match[str], repair: Repair) -> str:
    """The matched source with the changed words replaced; what stands between the other words is kept."""
    source, base = match.group(), match.start()
    starts = [m.start() for m in _WORDS.finditer(repair.before)]
    ends = [m.end() for m in _WORDS.finditer(repair.before)]
    places = {0: 0, len(repair.before): len(source)}
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        places[start], places[end] = match.start(number) - base, match.end(number) - base
    for edit in sorted(edits(repair.before, repair.after), key=lambda e: -e.start):
        start, end = _with_its_emphasis(source, places[edit.start], places[edit.end])
        source = source[:start] + _escaped(edit.after) + source[end:]
    return source


def _with_its_emphasis(source: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the emphasis marks beside it whose other half stands in it."""
    while len(_EMPHASIS.findall(source[start:end])) % 2:
        if source[end : end + 1] in tuple("*_"):
            end += 1
        elif source[max(start - 1, 0) : start] in tuple("*_"):
            start -= 1
        else:
            break
    return start, end


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match.group(), text)
