"""Lines as people type them -> paragraphs and metadata: what .txt and .html have in common.

A line here is a Paragraph that may be cut off by its width; an empty one ends a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rapporteur.sources.readers.names import metadata_key, understand
from rapporteur.sources.readers.people import people_in, person_in
from rapporteur.sources.readers.prose import said_in
from rapporteur.sources.readers.rounds import round_of
from rapporteur.sources.readers.text import count_words, unwrap
from rapporteur.sources.readers.transcript import Paragraph, label_in
from rapporteur.types import LeftOut

_HEAD_WITHIN = 40
_ENDS_WHAT_IS_SAID = (".", "!", "?", "…")
_ENDS_A_SENTENCE = (".", ",", ";", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Head:
    """Metadata above the first words spoken, in so many words, and all lines without it."""

    pairs: dict[str, str]
    words: int
    lines: list[Paragraph]
    left_out: tuple[LeftOut, ...]


def split_head(lines: Sequence[Paragraph]) -> Head:
    """Take 'Thema: …', 'Dialoog 3, 30 maart 2021' and their like off the top; the first of a name counts.

    Any 'Locatie: …' among them is metadata too, though none that rapporteur reads.
    """
    end = _head_end(lines)
    pairs: dict[str, str] = {}
    words = 0
    left_out = []
    rest = []
    below = 0
    for at, line in enumerate(lines[:end]):
        key, colon, value = line.text.partition(":")
        prose = {} if colon and metadata_key(key) else said_in(line.text)
        people = _people_below(lines, at)
        if below or people or prose or (colon and metadata_key(key)):
            words += count_words(line.text)
        if below:
            below -= 1
        elif people:
            pairs.setdefault(key.strip(), "\n".join(person.text for person in people))
            below = len(people)
        elif prose:
            pairs = {**prose, **pairs}
        elif colon and metadata_key(key):
            pairs.setdefault(key.strip(), value.strip())
        elif colon:
            left_out.append(LeftOut(line.locator, count_words(line.text), "metadata that rapporteur does not read"))
        else:
            rest.append(line)
    return Head(pairs, words, [*rest, *lines[end:]], tuple(left_out))


def _head_end(lines: Sequence[Paragraph]) -> int:
    """Behind the last line of metadata up to which most 'x: y' are metadata, and before anyone speaks for sure."""
    end = known = total = 0
    for at, line in enumerate(lines[:_HEAD_WITHIN], start=1):
        if at <= end:
            continue  # a person in a list
        people = _people_below(lines, at - 1)
        is_metadata = bool(people) or _is_metadata(line) or bool(said_in(line.text))
        label = None if is_metadata else label_in(line)
        if line.start or round_of(line.text) or (label and ((label.role and not label.doubtful) or line.bold)):
            break
        if ":" in line.text or is_metadata:
            total += 1
            known += is_metadata
            end = at + len(people) if is_metadata and 2 * known > total else end
    return end


def _is_metadata(line: Paragraph) -> bool:
    """A known name with a value that it can have; 'Gastvrouw: Welkom allemaal.' is somebody who speaks."""
    return _is_understood(line.text) and not line.named and line.text[-1] not in _ENDS_WHAT_IS_SAID


def _people_below(lines: Sequence[Paragraph], at: int) -> list[Paragraph]:
    """The people in a list under 'Deelnemers', one a line: behind bullets, or with what they do."""
    key, _, value = lines[at].text.partition(":")
    if not lines[at].text or value.strip() or metadata_key(key) != "participants":
        return []
    found = []
    for line in lines[at + 1 : at + 1 + _HEAD_WITHIN]:
        if line.text and (line.level is not None or label_in(line) or round_of(line.text) or not person_in(line.text)):
            break
        found.append(line)
    while found and not found[-1].text:
        found.pop()
    people = people_in("\n".join(line.text for line in found)) if found else None
    return found if people and any(people.values()) else []


def _is_understood(text: str) -> bool:
    key, _, value = text.partition(":")
    return metadata_key(key) is not None and bool(value.strip()) and not understand({key: value.strip()}, "").warnings


def joined(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs out of lines: a wrapped line goes on; a speaker, time, heading or name of a round starts anew.

    Where nobody is named (Whisper), the end of a sentence at the end of a line may be the end of what one says.
    """
    wrapped: list[Paragraph] = []
    anyone = any(map(_opens, lines))
    for line, after in zip_longest(lines, lines[1:]):
        alone = line.level is not None or bool(line.aside) or _names_a_round(line, wrapped, after)
        is_empty = not line.text and not line.named
        may_be_another = not anyone and wrapped and wrapped[-1].text.endswith(_ENDS_WHAT_IS_SAID)
        if wrapped and (is_empty or alone or may_be_another or _opens(line)):
            yield _as_one(wrapped)
            wrapped = []
        if alone:
            yield line
        elif not is_empty:
            wrapped.append(line)
        elif line.time_words:  # on a line of its own, it is the time of nothing: only the ledger wants it
            yield replace(line, start=None)
    if wrapped:
        yield _as_one(wrapped)


def _opens(line: Paragraph) -> bool:
    return line.start is not None or label_in(line) is not None


def _names_a_round(line: Paragraph, wrapped: Sequence[Paragraph], after: Paragraph | None) -> bool:
    """Not the last word of a sentence ('… een mooi / slot.'): in the midst of lines it needs to look like a title."""
    if not round_of(line.text) or line.start:
        return False
    on_top = not after or not after.text or _opens(after)
    return not wrapped or (on_top and line.text[0].isupper() and not line.text.endswith(_ENDS_A_SENTENCE))


def _as_one(lines: Sequence[Paragraph]) -> Paragraph:
    text = unwrap("\n".join(line.text for line in lines))
    return replace(lines[0], text=text, time_words=sum(line.time_words for line in lines))
