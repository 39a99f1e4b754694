"""Cues of a recording -> turns: what .vtt and .srt have in common.

Cues are cut by time; a turn is put together again. Their words keep their lines until the speakers are known.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapporteur.sources.readers.rolling import unrolled_texts
from rapporteur.sources.readers.speakers import Label, bracketed_label_of, is_a_machines, label_of
from rapporteur.sources.readers.text import count_words, unwrap, words_less
from rapporteur.sources.readers.times import seconds, timestamp
from rapporteur.types import LeftOut, Locator, Turn

_TIME = r"-?(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(?:\s.*)?")
_TAG = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|lang|v|font)(?:[.\s][^<>]*)?>|</[a-z]{0,4}$|<[\d:.]+>|\{\\[^{}]*\}", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.IGNORECASE)
_DASH = re.compile(r"[-–—]\s*(?=\S)")
_SAID_BEFORE = "repeats the words of the cue above (captions that roll on)"


@dataclass(frozen=True, slots=True)
class Cue:
    """What one voice says in one cue, its lines as they were. `turn` is the turn that the cue's id names.

    `label_words` is how many words of the cue name its voice and are not in `text`.
    """

    text: str
    start: str
    end: str
    line: int
    speaker: str | None = None
    role: str | None = None
    turn: str | None = None
    label_words: int = 0


@dataclass(frozen=True, slots=True)
class CuesRead:
    """`words` are those of the cues, `label_words` those among them that name a voice, `left_out` said twice."""

    turns: tuple[Turn, ...]
    warnings: tuple[str, ...]
    words: int
    label_words: int
    left_out: tuple[LeftOut, ...] = ()


def read_cues(cues: Sequence[Cue], name: str) -> CuesRead:
    """Cues in the order of the file; without a voice in any, speakers are looked for in the words."""
    once = unrolled(cues)
    said = list(once if any(cue.speaker for cue in once) else _with_labels(once))
    turns = tuple(_turn(cue, name) for cue in _joined(said))
    words = sum(count_words(cue.text) + cue.label_words for cue in cues)
    repeated = words - sum(count_words(cue.text) + cue.label_words for cue in once)
    left_out = (LeftOut(Locator(name, line=cues[0].line), repeated, _SAID_BEFORE),) if repeated else ()
    rolling = (f"Its captions roll on: {repeated} words that repeat those of the cue above were read once.",)
    warnings = (*_time_warnings(cues, name), *_nobody_warnings(said), *(rolling if repeated else ()))
    return CuesRead(turns, warnings, words, sum(cue.label_words for cue in said), left_out)


def unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Cues without what rolling captions show twice; a cue of which nothing is left but a voice keeps that."""
    texts = unrolled_texts([cue.text for cue in cues])
    kept = [replace(cue, text=text) for cue, text in zip(cues, texts, strict=True)]
    return [cue for cue in kept if cue.text or cue.label_words]


def moments(timing: re.Match[str]) -> tuple[str, str]:
    """The start and the end of a cue, as `hh:mm:ss.mmm`."""
    return timestamp(timing[1]) or "", timestamp(timing[2]) or ""


def plain(payload: str) -> str:
    """The words of a cue without its markup, on their own lines."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), _TAG.sub("", payload)).strip()


def _with_labels(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Cues that name their speakers in their words, taken apart; other cues as they are.

    They do where the first cue does, or where one name stands before two. If a name is written again in the
    next cue (Zoom), a cue without one is nobody's; else (subtitles) the speaker goes on until the next name.
    """
    loose = _loosely(cues)
    for label in (loose, bracketed_label_of):
        found = [label(cue.text) for cue in cues]
        names = Counter(speaker.speaker for speaker in found if speaker)
        if found and (found[0] or max(names.values(), default=0) > 1):
            repeats = any(a and b and a.speaker == b.speaker for a, b in pairwise(found))
            goes_on = not repeats and not any(map(is_a_machines, names))
            yield from _labelled(cues, label, frozenset(names) | _named_inside(cues, label), goes_on=goes_on)
            return
    for cue in cues:
        yield from _voices(cue)


def _loosely(cues: Sequence[Cue]) -> Callable[[str], Label | None]:
    """How these cues name their speakers. Accounts have names of any kind ('bert_1975: …').

    Those are taken where every cue has a name before a colon (Zoom), or where one opens several of them.
    """
    found = [label_of(cue.text, set_apart=True) for cue in cues]
    opens = Counter(label.speaker for label in found if label)
    sure = {label.speaker for cue in cues if (label := label_of(cue.text)) and not label.doubtful}
    if not sure:
        return label_of
    known = set(opens) if all(found) else sure | {name for name, times in opens.items() if times > 1}
    known |= _named_inside(cues, label_of)

    def label_in(text: str) -> Label | None:
        label = label_of(text, set_apart=True)
        return label if label and label.speaker in known else None

    return label_in


def _named_inside(cues: Sequence[Cue], label: Callable[[str], Label | None]) -> frozenset[str]:
    """Who opens a line of a cue above which a sentence ends: that is no wrapped 'Amsterdam: …'."""
    lines = (pair for cue in cues for pair in pairwise(cue.text.split("\n")))
    found = (label(line) for above, line in lines if above.rstrip().endswith((".", "!", "?", "…")))
    return frozenset(named.speaker for named in found if named and not named.doubtful)


def _labelled(
    cues: Sequence[Cue], label: Callable[[str], Label | None], names: frozenset[str], *, goes_on: bool
) -> Iterator[Cue]:
    speaking: Label | None = None
    for cue in cues:
        pieces = list(_voices(cue, label, names))
        for piece in pieces:
            said = label(piece.text)
            if said:
                speaking = said
            elif not goes_on or len(pieces) > 1:
                speaking = None
            named = replace(piece, speaker=speaking.speaker, role=speaking.role) if speaking else piece
            text = piece.text[said.length :] if said else piece.text
            yield replace(named, text=text, label_words=words_less(piece.text, text))


def _voices(
    cue: Cue, label: Callable[[str], Label | None] = label_of, names: frozenset[str] = frozenset()
) -> Iterator[Cue]:
    """One cue per voice: each line that opens with a known name, or with a dash where several do, is one."""
    lines = cue.text.split("\n")
    dashed = sum(bool(_DASH.match(line)) for line in lines) > 1
    said: list[str] = []
    for line in lines:
        words = _DASH.sub("", line, count=1) if dashed and _DASH.match(line) else line
        speaker = label(words)
        if said and (words != line or (speaker and speaker.speaker in names)):
            yield replace(cue, text="\n".join(said))
            said = []
        said.append(words)
    yield replace(cue, text="\n".join(said))


def _joined(cues: Sequence[Cue]) -> list[Cue]:
    """Put the cues of one turn together, at the place of its first.

    By id where the ids name turns, also when another voice comes in between; else while one known
    speaker goes on. Cues of nobody known stay apart: they may be two people's.
    """
    turns: list[list[Cue]] = []
    place_of: dict[tuple[str, str | None], int] = {}
    for cue in cues:
        place = len(turns)
        if cue.turn:
            place = place_of.setdefault((cue.turn, cue.speaker), place)
        elif turns and cue.speaker and turns[-1][0].turn is None and turns[-1][0].speaker == cue.speaker:
            place -= 1
        if place == len(turns):
            turns.append([cue])
        else:
            turns[place].append(cue)
    return [_as_one(parts) for parts in turns]


def _as_one(parts: Sequence[Cue]) -> Cue:
    role = next((part.role for part in parts if part.role), None)
    return replace(parts[0], text="\n".join(part.text for part in parts), role=role, end=parts[-1].end)


def _turn(cue: Cue, name: str) -> Turn:
    locator = Locator(name, line=cue.line, timestamp=cue.start)
    return Turn(unwrap(cue.text), cue.speaker, cue.role, start=cue.start, end=cue.end, locator=locator)


def _time_warnings(cues: Sequence[Cue], name: str) -> Iterator[str]:
    """What is wrong with the times; the words are kept, in the order of the file."""
    odd: dict[str, list[Cue]] = {}
    before: tuple[float, float] | None = None
    line = 0
    for cue in cues:
        times = seconds(cue.start), seconds(cue.end)
        if cue.line != line:  # two voices of one cue share its time
            for why in _odd(times, before):
                odd.setdefault(why, []).append(cue)
            before, line = times, cue.line
    for why, found in odd.items():
        yield f"{len(found)} of the cues {why}, the first in line {found[0].line} of {name}; the words were kept."


def _odd(times: tuple[float, float], before: tuple[float, float] | None) -> Iterator[str]:
    start, end = times
    if start < 0 or end < 0:
        yield "have a time before zero"
    if end < start:
        yield "end before they start"
    if before and start < before[0]:
        yield "start before the one above them"
    elif before and start < before[1]:
        yield "start before the one above them has ended"


def _nobody_warnings(cues: Sequence[Cue]) -> Iterator[str]:
    nobody = [cue for cue in cues if not cue.speaker and cue.text.strip()]
    if nobody and len(nobody) < len(cues):
        yield f"{len(nobody)} of the cues name no speaker, the first in line {nobody[0].line}; others do."
