"""SubRip subtitles (.srt), also as Whisper writes them -> turns.

Own parsing: a cue starts at its line with times and runs to the next one, so that a number that is missing, an
empty line inside a cue or none between two of them costs no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.cues import TIMING, Cue, moments, plain, read_cues
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import SPEAKERS, Metadata, Reading
from rapporteur.sources.readers.text import count_words
from rapporteur.types import LeftOut, Locator

_BROKEN_TIMING = re.compile(r"\s*-?\d\S*\s*-->")


@dataclass(slots=True)
class _Chunk:
    """A line with times (empty before the first) and the lines up to the next; `line` is its number."""

    line: int
    timing: str
    payload: list[str] = field(default_factory=list)


class SrtReader:
    suffixes: tuple[str, ...] = (".srt",)

    def read(self, path: Path, name: str) -> Reading:
        decoded = read_text(path, name)
        cues: list[Cue] = []
        left_out: list[LeftOut] = []
        for chunk in _chunks(decoded.text):
            timing = TIMING.fullmatch(chunk.timing)
            text = plain("\n".join(filter(str.strip, chunk.payload)))
            if not text:
                continue
            if timing:
                cues.append(Cue(text, *moments(timing), chunk.line))
            else:
                words = count_words(f"{chunk.timing} {text}")
                left_out.append(LeftOut(Locator(name, line=chunk.line), words, "not a cue with a start and an end"))
        if not cues:
            raise RecordRefused(
                "It holds no subtitles: no line is like '00:00:01,000 --> 00:00:04,000' with words under it.",
                where=name,
            )
        read = read_cues(cues, name)
        warnings = (*decoded.warnings, *read.warnings)
        words = read.words + sum(item.words for item in left_out)
        left_out += read.left_out
        return Reading(Metadata(), read.turns, tuple(left_out), warnings, words, {SPEAKERS: read.label_words})


def _chunks(text: str) -> list[_Chunk]:
    chunks = [_Chunk(1, "")]
    for number, line in enumerate(text.split("\n"), start=1):
        if TIMING.fullmatch(line) or _BROKEN_TIMING.match(line):
            _drop_number(chunks[-1].payload)
            chunks.append(_Chunk(number, line))
        else:
            chunks[-1].payload.append(line)
    return chunks


def _drop_number(payload: list[str]) -> None:
    """The number of the next cue stands right above its times."""
    if payload and payload[-1].strip().isdecimal():
        payload.pop()
