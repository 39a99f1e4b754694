"""WebVTT from Teams, Zoom and Webex -> turns.

Own parsing, as ids, several voices in one cue, line numbers and what is no cue all matter here, and
readers of subtitles drop them. Source: W3C WebVTT, sections 4 and 6.4, and the exports of Teams, Zoom and Webex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.cues import TIMING, Cue, moments, plain, read_cues
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import SPEAKERS, Metadata, Reading
from rapporteur.sources.readers.speakers import voice_of
from rapporteur.sources.readers.text import count_words, unwrap
from rapporteur.types import LeftOut, Locator

_TURN_AND_PART = re.compile(r"(?P<turn>.+/\d+)-\d+")
_NAMED_IN_ID = re.compile(r'\d+\s+"(?P<name>[^"]*)"(?:\s*\([^()]*\))?')  # as Webex does
_NOT_SPOKEN = ("WEBVTT", "NOTE", "STYLE", "REGION")
_VOICE = re.compile(r"<(?:v(?:\.[^\s<>]*)?[ \t]+(?P<name>[^<>]*)|/v)>")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between empty lines; `line` is the number of the first."""

    line: int
    lines: tuple[str, ...]


class VttReader:
    suffixes: tuple[str, ...] = (".vtt",)

    def read(self, path: Path, name: str) -> Reading:
        decoded = read_text(path, name)
        text = decoded.text.removeprefix("\ufeff")
        if not text.startswith("WEBVTT"):
            raise RecordRefused("It is not a WebVTT file: the first line must be 'WEBVTT'.", where=name)
        cues: list[Cue] = []
        left_out: list[LeftOut] = []
        for block in _blocks(text):
            found = None if block.lines[0].startswith(_NOT_SPOKEN) else _cues(block)
            cues += found or ()
            if found is None:
                left_out += _left_out(block, name)
        read = read_cues(cues, name)
        warnings = (*decoded.warnings, *read.warnings)
        words = read.words + sum(item.words for item in left_out)
        left_out += read.left_out
        return Reading(Metadata(), read.turns, tuple(left_out), warnings, words, {SPEAKERS: read.label_words})


def _blocks(text: str) -> Iterator[_Block]:
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield _Block(number - len(block), tuple(block))
            block = []


def _left_out(block: _Block, name: str) -> Iterator[LeftOut]:
    """The words of a block that is no cue; a style sheet has none, and neither has the mark of the format."""
    first, *further = block.lines
    if first.startswith(("STYLE", "REGION")):
        return
    mark = next((mark for mark in ("WEBVTT", "NOTE") if first.startswith(mark)), "")
    words = count_words(" ".join([first.removeprefix(mark), *further]))
    if words:
        why = "a note or title in the file" if mark else "not a cue with a start and an end"
        yield LeftOut(Locator(name, line=block.line), words, why)


def _cues(block: _Block) -> list[Cue] | None:
    """The cue of a block, one per voice; None if the block is no cue."""
    at = next((i for i, line in enumerate(block.lines[:2]) if "-->" in line), None)
    timing = TIMING.fullmatch(block.lines[at]) if at is not None else None
    payload = block.lines[at + 1 :] if at is not None else ()
    if not timing or any("-->" in line for line in payload):
        return None
    part = _TURN_AND_PART.fullmatch(block.lines[0].strip()) if at else None
    turn = part["turn"] if part else None
    start, end = moments(timing)
    named = _NAMED_IN_ID.fullmatch(block.lines[0].strip()) if at else None
    cues = []
    for name, text in _voices("\n".join(payload), named["name"].strip() if named else ""):
        if text:
            voice = voice_of(name) if name else None
            speaker, role = (voice.speaker, voice.role) if voice else (None, None)
            cues.append(Cue(text, start, end, block.line, speaker, role, turn, count_words(name)))
    return cues


def _voices(payload: str, speaker: str) -> Iterator[tuple[str, str]]:
    """Who says what in a cue: `<v Name>` opens a voice, `</v>`, another voice or the end closes it.

    `speaker`: who is named for the whole of it.
    """
    at = 0
    for tag in _VOICE.finditer(payload):
        yield speaker, plain(payload[at : tag.start()])
        speaker = unwrap(plain(tag["name"] or ""))
        at = tag.end()
    yield speaker, plain(payload[at:])
