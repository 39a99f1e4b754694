"""Step 2: Record to Fragments.

A turn is a fragment; a turn of more than MAX_WORDS words is cut at sentence ends into parts of about equal
length. Nothing is dropped: the fragments of a record hold every word of every turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2s
from math import ceil

from rapporteur.dutch.sentences import sentences
from rapporteur.types import Fragment, Record, Span, Turn

MAX_WORDS = 120


def cut(record: Record) -> tuple[Fragment, ...]:
    """The fragments of a record, in the order they were spoken."""
    return tuple(_fragments(record))


def _fragments(record: Record) -> Iterator[Fragment]:
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    position = 0
    for turn, span in zip(record.turns, record.turn_spans, strict=True):
        parts = _parts(turn.text)
        name = _free_name(_turn_key(turn), parts, seen, taken)
        for part, own in zip(parts, _ids(name, parts), strict=True):
            yield Fragment(
                id=f"{record.id}/{own}",
                record=record.id,
                theme=record.theme,
                dialogue=record.dialogue,
                turn=name,
                position=position,
                span=Span(span.start + part.start, span.start + part.end),
                text=turn.text[part.start : part.end],
                speaker=turn.speaker,
                role=turn.role,
                round=turn.round,
                language=record.language,
                locator=turn.locator,
            )
            position += 1


def _free_name(key: str, parts: Sequence[Span], seen: Counter[str], taken: set[str]) -> str:
    """The key, numbered where a turn above has it: and ids that a record gives may look like ours ('a:0-90')."""
    while True:
        seen[key] += 1
        name = key if seen[key] == 1 else f"{key}~{seen[key]}"
        made = {name, *_ids(name, parts)}
        if taken.isdisjoint(made):
            taken |= made
            return name


def _ids(name: str, parts: Sequence[Span]) -> list[str]:
    return [name] if len(parts) == 1 else [f"{name}:{part.start}-{part.end}" for part in parts]


def _turn_key(turn: Turn) -> str:
    """The record's own id of the turn, or a hash of who said what: no offset, so added turns change nothing."""
    if turn.id:
        return turn.id
    said = "\x1f".join((turn.speaker or "", turn.role or "", turn.text))
    return blake2s(said.encode(), digest_size=5).hexdigest()


def _parts(text: str) -> tuple[Span, ...]:
    total = len(text.split())
    if total <= MAX_WORDS:
        return (Span(0, len(text)),)
    aim = total / ceil(total / MAX_WORDS)
    parts: list[Span] = []
    start: int | None = None
    words = 0
    for sentence in sentences(text):
        start = sentence.start if start is None else start
        words += len(text[sentence.start : sentence.end].split())
        if words >= aim * (len(parts) + 1):
            parts.append(Span(start, sentence.end))
            start = None
    if start is not None:
        parts.append(Span(start, len(text.rstrip())))
    return tuple(parts)
