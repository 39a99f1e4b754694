"""WebVTT from Teams and Zoom -> turns. Cues are cut by time; a turn is put together again.

Own parsing, as ids, several voices in one cue, line numbers and what is no cue all matter here, and
readers of subtitles drop them. Source: W3C WebVTT, sections 4 and 6.4, and the exports of Teams and Zoom.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import Metadata, Reading
from rapporteur.sources.readers.speakers import label_of
from rapporteur.sources.readers.text import unwrap
from rapporteur.sources.readers.times import timestamp
from rapporteur.types import LeftOut, Locator, Turn

_TIME = r"(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(?:\s.*)?")
_TURN_AND_PART = re.compile(r"(?P<turn>.+/\d+)-\d+")
_NOT_SPOKEN = ("WEBVTT", "NOTE", "STYLE", "REGION")
_VOICE = re.compile(r"<(?:v(?:\.[^\s>]*)?[ \t]+(?P<name>[^>]*)|/v)>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|v)(?:[.\s][^>]*)?>|<[\d:.]+>")


@dataclass(frozen=True, slots=True)
class _Cue:
    """What one voice says in one cue. `turn` is the turn that the cue's id names, if it does."""

    turn: str | None
    speaker: str | None
    text: str
    start: str | None
    end: str | None
    line: int


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
        cues: list[_Cue] = []
        left_out: list[LeftOut] = []
        for block in _blocks(text):
            found = _cues(block)
            cues += found or ()
            if found is None:
                words = len(" ".join(block.lines).split())
                left_out.append(LeftOut(Locator(name, line=block.line), words, "not a cue with a start and an end"))
        turns = tuple(_turn(cue, name) for cue in _joined(_with_labels(cues)))
        return Reading(Metadata(), turns, tuple(left_out), decoded.warnings)


def _blocks(text: str) -> Iterator[_Block]:
    """The blocks that may be cues: the header, notes and styles are nobody's words."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            if not block[0].startswith(_NOT_SPOKEN):
                yield _Block(number - len(block), tuple(block))
            block = []


def _cues(block: _Block) -> list[_Cue] | None:
    """The cue of a block, one per voice; None if the block is no cue."""
    at = next((i for i, line in enumerate(block.lines[:2]) if "-->" in line), None)
    timing = _TIMING.fullmatch(block.lines[at]) if at is not None else None
    payload = block.lines[at + 1 :] if at is not None else ()
    if not timing or any("-->" in line for line in payload):
        return None
    part = _TURN_AND_PART.fullmatch(block.lines[0].strip()) if at else None
    turn = part["turn"] if part else None
    start, end = timestamp(timing[1]), timestamp(timing[2])
    return [_Cue(turn, speaker, text, start, end, block.line) for speaker, text in _voices("\n".join(payload)) if text]


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """Who says what in a cue: `<v Name>` opens a voice, `</v>`, another voice or the end closes it."""
    speaker: str | None = None
    at = 0
    for tag in _VOICE.finditer(payload):
        yield speaker, _plain(payload[at : tag.start()])
        speaker = _plain(tag["name"] or "") or None
        at = tag.end()
    yield speaker, _plain(payload[at:])


def _plain(payload: str) -> str:
    return unwrap(html.unescape(_TAG.sub("", payload)))


def _with_labels(cues: Sequence[_Cue]) -> list[_Cue]:
    """Zoom has no voices but writes 'Naam: tekst' in each cue, so the first one decides for all."""
    if not cues or any(cue.speaker for cue in cues) or not label_of(cues[0].text):
        return list(cues)
    return [_labelled(cue) for cue in cues]


def _labelled(cue: _Cue) -> _Cue:
    label = label_of(cue.text)
    return replace(cue, speaker=label.speaker, text=cue.text[label.length :]) if label else cue


def _joined(cues: Sequence[_Cue]) -> list[_Cue]:
    """Put the cues of one turn together, at the place of its first.

    By id where the ids name turns, also when another voice comes in between; else while one known
    speaker goes on. Cues of nobody known stay apart: they may be two people's.
    """
    turns: list[_Cue] = []
    place_of: dict[tuple[str, str | None], int] = {}
    for cue in cues:
        place = len(turns)
        if cue.turn:
            place = place_of.setdefault((cue.turn, cue.speaker), place)
        elif turns and cue.speaker and turns[-1].turn is None and turns[-1].speaker == cue.speaker:
            place -= 1
        if place == len(turns):
            turns.append(cue)
        else:
            turns[place] = replace(turns[place], text=f"{turns[place].text} {cue.text}", end=cue.end)
    return turns


def _turn(cue: _Cue, name: str) -> Turn:
    locator = Locator(name, line=cue.line, timestamp=cue.start)
    return Turn(cue.text, cue.speaker, start=cue.start, end=cue.end, locator=locator)
