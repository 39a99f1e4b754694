"""Lines as programs that listen write them -> lines as people type them.

Teams, Zoom, Google Meet, Otter, Amberscript and Whisper put a name and a time above or before what was said, each in
its own way, and lines of their own between. In: the lines of a document. Out: the same lines, with who speaks and when
taken out of the words, and with what the program itself says marked as nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapporteur.sources.readers.speakers import (
    Label,
    bracketed_label_of,
    is_a_machines,
    label_of,
    labelled,
    names_a_part,
    voice_of,
)
from rapporteur.sources.readers.text import count_words
from rapporteur.sources.readers.times import timestamp
from rapporteur.sources.readers.transcript import Paragraph

_TIME = r"(?:(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?|\d{1,2}:\d{1,2}:\d{1,2}[.,]\d{1,3})"
_TIMES = rf"(?P<start>{_TIME})(?:\s*(?:-->|[-–—])\s*(?P<end>{_TIME}))?"
_STAMP = re.compile(rf"(?P<open>[\[(]?)\s*{_TIMES}\s*[\])]?(?=\s|$)\s*(?:[-–—]\s+)?")
_NAME_AND_TIME = re.compile(rf"(?P<name>\S.{{0,200}}?)(?P<space>\s+)[\[(]?{_TIMES}[\])]?\s*")
_LONGEST_LINE = 300
_MOST_WORDS = 6
_NOBODY = Label("?", None, 0)
_ENDS_A_SENTENCE = (".", ",", ";", "!", "?", "…")

# What programs say themselves, as whole lines.
_OF_THE_PROGRAM = re.compile(
    r"transcribed by https?://otter\.ai\S*"
    r"|transcri(?:ption|ptie) (?:ended after|beëindigd na|is beëindigd na) [\d:]+"
    r"|this editable transcript was computer generated and might contain errors\..*"
    r"|(?:deze|dit) (?:bewerkbare )?transcript(?:ie)? is (?:automatisch )?door (?:een )?computer gegenereerd.*"
    r"|.{1,80} (?:started|stopped) transcription\.?"
    r"|.{1,80} heeft (?:de )?transcriptie (?:gestart|gestopt|beëindigd)\.?",
    re.IGNORECASE,
)
_ITS_OWN = "written by the recorder, not said by anyone"

# '19:03:01 From Anna to Everyone:', 'Van Anna naar Iedereen:', as Zoom saves what people type.
_CHAT = re.compile(
    r"(?:From|Van)\s+(?P<name>[^:\n]{1,80}?)(?:\s+(?:to|naar|aan)\s+(?P<to>[^:\n]{1,80}?))?\s*:\s*", re.IGNORECASE
)
_ALL = re.compile(r"(?:everyone|iedereen)(?:\s*\(.*\))?", re.IGNORECASE)
_PRIVATE = "a private message in the chat, which the table did not hear"


@dataclass(frozen=True, slots=True)
class _Named:
    """A line that says who speaks below it, and maybe when."""

    voice: Label
    found: re.Match[str] | None = None


def as_typed(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The same lines in order, with times and names apart from the words."""
    alone = _times_alone(lines)
    named = _named_above(lines, alone)
    one_voice_a_line = _has_one_voice_a_line(lines)
    read: list[Paragraph] = []
    time: Paragraph | None = None  # of a line that is only a time, for the next words
    private = False
    for at, line in enumerate(lines):
        stamp = alone.get(at)
        if stamp:
            words = count_words(line.text) + (time.time_words if time else 0)
            time = replace(line, start=_moment(stamp), end=_end(stamp), time_words=words)
            read.append(replace(line, text="", level=None))
            continue
        spoken = line if line.level is not None else _spoken(line, named.get(at))
        private = spoken.aside == _PRIVATE or (private and spoken is line and bool(line.text))
        if private:
            spoken = replace(spoken, aside=_PRIVATE)
        elif one_voice_a_line and spoken is line and line.text and not labelled(line.text):
            spoken = replace(line, named=_NOBODY)
        if time and spoken.level is None and not spoken.aside and (spoken.text or spoken.named):
            above = spoken.start is None
            spoken = _at(spoken, spoken.start or time.start, spoken.end or time.end, time.time_words)
            spoken = replace(spoken, timed_above=above)
            time = None
        read.append(spoken)
    if time:  # the time of nothing: of its words those of the last line are in its text
        others = time.time_words - count_words(time.text)
        read.append(replace(time, aside=_ITS_OWN, level=None, start=None, time_words=others))
    return read


def starts_with_a_time(text: str) -> bool:
    """Of a recording: '19:30 begon het' are words, '00:01:23 begon het' is speech."""
    stamp = _STAMP.match(text)
    return stamp is not None and _is_of_a_recording(stamp)


def _spoken(line: Paragraph, named: _Named | None) -> Paragraph:
    if named:
        start, end = (_moment(named.found), _end(named.found)) if named.found else (None, None)
        return replace(_at(line, start, end, count_words(line.text)), text="", bold=0, named=named.voice)
    if _OF_THE_PROGRAM.fullmatch(line.text):
        return replace(line, aside=_ITS_OWN)
    return _with_time(line)


def _at(line: Paragraph, start: str | None, end: str | None, words: int) -> Paragraph:
    """A line with its time, which stood before it in so many words."""
    locator = replace(line.locator, timestamp=start) if start else line.locator
    return replace(line, locator=locator, start=start, end=end, time_words=line.time_words + words)


# --------------------------------------------------------------------- names and times on lines of their own


def _times_alone(lines: Sequence[Paragraph]) -> dict[int, re.Match[str]]:
    """Lines that are only a time. '19:30', once, may be what is left of a sentence."""
    found = {at: stamp for at, line in enumerate(lines) if (stamp := _STAMP.fullmatch(line.text))}
    sure = {at: stamp for at, stamp in found.items() if _is_of_a_recording(stamp)}
    return found if len(found) > 1 else sure


def _named_above(lines: Sequence[Paragraph], alone: Mapping[int, re.Match[str]]) -> dict[int, _Named]:
    """Lines with a name above the words: '00:01:23 Naam', or (twice, or well apart) 'Naam   0:03'."""
    sure: dict[int, _Named] = {}
    likely: dict[int, _Named] = {}
    words_below = label_below = False
    for at in reversed(range(len(lines))):
        text = lines[at].text
        if not text:
            continue
        stamp = _STAMP.match(text) if at not in alone else None
        ends_in_time = _NAME_AND_TIME.fullmatch(text) if len(text) < _LONGEST_LINE else None
        if words_below and stamp and _is_name(text[stamp.end() :]):
            kind = sure if _is_of_a_recording(stamp) else likely
            kind[at] = _Named(_voice(text[stamp.end() :]), stamp)
        elif (
            (words_below or label_below)
            and ends_in_time
            and _may_be_a_voice(ends_in_time["name"], ends_in_time["space"])
        ):
            kind = sure if len(ends_in_time["space"]) > 1 and _is_name(ends_in_time["name"]) else likely
            kind[at] = _Named(_voice(ends_in_time["name"]), ends_in_time)
        words_below = not (stamp or at in alone or at in likely or at in sure or labelled(text))
        label_below = not (stamp or at in alone or at in likely or at in sure) and not words_below
    return {**_named_below(lines, alone), **sure, **(likely if len(likely) + len(sure) > 1 else {})}


def _named_below(lines: Sequence[Paragraph], alone: Mapping[int, re.Match[str]]) -> dict[int, _Named]:
    """Lines with only a name, where every line with only a time has one below it, and words below that."""
    at_lines = [at for at, line in enumerate(lines) if line.text]
    below = {at: at_lines[place + 1 : place + 3] for place, at in enumerate(at_lines) if at in alone}
    if not all(len(two) == 2 and _is_name(lines[two[0]].text) and two[1] not in alone for two in below.values()):
        return {}
    voices = {two[0]: _voice(lines[two[0]].text) for two in below.values()}
    names = Counter(voice.speaker for voice in voices.values())
    if not any(count > 1 or names_a_part(name) for name, count in names.items()):
        starts = [alone[at]["end"] for at in alone]
        if not all(starts):
            return {}
    return {at: _Named(voice) for at, voice in voices.items()}


def _may_be_a_voice(name: str, space: str) -> bool:
    """Accounts have names of any kind ('bert_1975'); those only count well apart from their time."""
    few_words = len(name.split()) <= _MOST_WORDS and not name.endswith(_ENDS_A_SENTENCE)
    return _is_name(name) or (len(space) > 1 and few_words)


def _is_name(text: str) -> bool:
    name = text.strip("[]: ")
    label = label_of(f"{name}:") if len(name) < _LONGEST_LINE else None
    return label is not None and label.length == len(name) + 1


def _voice(name: str) -> Label:
    return voice_of(name.strip("[]: "))


def _is_of_a_recording(stamp: re.Match[str]) -> bool:
    return bool(stamp["open"] or stamp["end"]) or stamp["start"].count(":") > 1


def _moment(found: re.Match[str]) -> str:
    return timestamp(found["start"]) or ""


def _end(found: re.Match[str]) -> str | None:
    return timestamp(found["end"]) if found["end"] else None


# ------------------------------------------------------------------------ names and times before the words


def _with_time(line: Paragraph) -> Paragraph:
    """'[00:01:23] Naam: tekst' and '00:01:23 [Naam] tekst' without the time."""
    found = _STAMP.match(line.text)
    behind = line.text[found.end() :] if found else line.text
    chat = _CHAT.match(behind) if found else None
    if found and chat:
        return _chatted(line, found, chat, behind[chat.end() :])
    if not found or not (_is_of_a_recording(found) or labelled(behind)):
        return line
    return _at(_shortened(line, behind), _moment(found), _end(found), count_words(found[0]))


def _chatted(line: Paragraph, stamp: re.Match[str], chat: re.Match[str], words: str) -> Paragraph:
    if chat["to"] and not _ALL.fullmatch(chat["to"]):
        return replace(line, aside=_PRIVATE)
    before = count_words(line.text) - count_words(words)
    return replace(_at(line, _moment(stamp), None, before), text=words, named=voice_of(chat["name"]))


def _shortened(line: Paragraph, words: str) -> Paragraph:
    """With the words that are left of it; so much less of its start is in bold."""
    return replace(line, text=words, bold=max(0, line.bold - (len(line.text) - len(words))))


def _has_one_voice_a_line(lines: Sequence[Paragraph]) -> bool:
    """Whether a program named the voices it told apart, line by line; then one without a name is nobody's we know."""
    said = [line.text for line in lines if line.text]
    labels = [label for text in said if (label := bracketed_label_of(text)) and is_a_machines(label.speaker)]
    return len(labels) > 1 and 2 * len(labels) >= len(said)
