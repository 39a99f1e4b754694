"""Lines as people type them -> paragraphs and metadata: what .txt and .html have in common.

A line here is a Paragraph that may be cut off by its width; an empty one ends a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rapporteur.sources.readers.names import metadata_key, understand
from rapporteur.sources.readers.rounds import round_of
from rapporteur.sources.readers.text import count_words, unwrap
from rapporteur.sources.readers.transcript import Paragraph, label_in
from rapporteur.types import LeftOut

_HEAD_WITHIN = 40
_ENDS_A_SENTENCE = (".", ",", ";", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Head:
    """Metadata above the first words spoken, in so many words, and all lines without it."""

    pairs: dict[str, str]
    words: int
    lines: list[Paragraph]
    left_out: tuple[LeftOut, ...]


def split_head(lines: Sequence[Paragraph]) -> Head:
    """Take 'Thema: …' and its like off the top; the first of a name counts.

    Any 'Locatie: …' among them is metadata too, though none that rapporteur reads.
    """
    end = _head_end(lines)
    pairs: dict[str, str] = {}
    words = 0
    left_out = []
    rest = []
    for line in lines[:end]:
        key, colon, value = line.text.partition(":")
        if colon and metadata_key(key):
            pairs.setdefault(key.strip(), value.strip())
            words += count_words(line.text)
        elif colon:
            left_out.append(LeftOut(line.locator, count_words(line.text), "metadata that rapporteur does not read"))
        else:
            rest.append(line)
    return Head(pairs, words, [*rest, *lines[end:]], tuple(left_out))


def _head_end(lines: Sequence[Paragraph]) -> int:
    """Behind the last line of metadata up to which most 'x: y' are metadata, and before anyone speaks for sure."""
    end = known = total = 0
    for at, line in enumerate(lines[:_HEAD_WITHIN], start=1):
        label = label_in(line)
        if line.start or round_of(line.text) or (label and (label.role or line.bold)):
            break
        if ":" in line.text:
            total += 1
            known += label is None and _is_understood(line.text)
            end = at if label is None and _is_understood(line.text) and 2 * known > total else end
    return end


def _is_understood(text: str) -> bool:
    key, _, value = text.partition(":")
    return metadata_key(key) is not None and bool(value.strip()) and not understand({key: value.strip()}, "").warnings


def joined(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs out of lines: a wrapped line goes on; a speaker, time, heading or name of a round starts anew."""
    wrapped: list[Paragraph] = []
    for line, after in zip_longest(lines, lines[1:]):
        alone = line.level is not None or _names_a_round(line, wrapped, after)
        if wrapped and (not line.text or alone or _opens(line)):
            yield _as_one(wrapped)
            wrapped = []
        if alone:
            yield line
        elif line.text:
            wrapped.append(line)
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
