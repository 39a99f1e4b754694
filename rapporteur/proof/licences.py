"""Which typographic licences a quotation used, told only after its tokens were found equal to the record's.

In: a quotation's tokens and where they stand in a passage. Out: names of licences, in a fixed order, none
when the two texts are the same to the letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapporteur.proof.corpus import Passage
from rapporteur.proof.tokens import BRACKETED_GAP, DASH, GAP, Tokens, is_word

LICENCES = (
    "quotes",
    "dashes",
    "white-space",
    "capital",
    "case",
    "stress-accents",
    "invisible-characters",
    "line-end-hyphen",
    "ellipsis-form",
    "doubled-full-stop",
    "closing-punctuation",
)
_CLOSING = frozenset({(".",), ("!",), ("?",), (GAP,)})
_APOSTROPHES = re.compile("['’‘‛ʼ`´′＇]")
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2063\u2066-\u2069\ufeff]")


def typography(quote: Tokens, core: range, passage: Passage, start: int) -> tuple[str, ...]:
    """The licences used by the quotation's tokens `core`, which stand at token `start` of the passage."""
    record = passage.tokens
    if record.text.startswith(quote.text, record.starts[start]):
        ended = core.stop < len(quote) or record.canonical[start + len(core) :][:1] not in _CLOSING
        return () if ended else ("closing-punctuation",)
    used = {
        *_inside(quote, core, passage.tokens, start),
        *_at_the_end(quote, core, passage.tokens, start + len(core)),
    }
    return tuple(licence for licence in LICENCES if licence in used)


def _inside(quote: Tokens, core: range, record: Tokens, start: int) -> Iterator[str]:
    shift = start - core.start
    starts, ends, their_starts, their_ends = quote.starts, quote.ends, record.starts, record.ends
    ours_text, their_text = quote.text, record.text
    for token in core:
        other = token + shift
        ours, theirs = ours_text[starts[token] : ends[token]], their_text[their_starts[other] : their_ends[other]]
        if ours != theirs:
            yield from _of_token(ours, theirs, quote.canonical[token], first=token == core.start)
        if token > core.start:
            ours = ours_text[ends[token - 1] : starts[token]]
            theirs = their_text[their_ends[other - 1] : their_starts[other]]
            if ours != theirs:
                yield from _of_seam(ours, theirs)


def _of_token(ours: str, theirs: str, canonical: str, *, first: bool) -> Iterator[str]:
    if canonical in (GAP, BRACKETED_GAP):
        yield "ellipsis-form"
    elif canonical == DASH:
        yield "dashes"
    elif canonical == ".":
        yield "doubled-full-stop"
    elif is_word(canonical):
        yield from _of_word(ours, theirs, first=first)


def _of_word(ours: str, theirs: str, *, first: bool) -> Iterator[str]:
    if "\n" in ours or "\n" in theirs:
        yield "line-end-hyphen"
        return
    if _APOSTROPHES.findall(ours) != _APOSTROPHES.findall(theirs):
        yield "quotes"
    if _INVISIBLE.findall(ours) != _INVISIBLE.findall(theirs):
        yield "invisible-characters"
    ours, theirs = (_INVISIBLE.sub("", unicodedata.normalize("NFC", raw)) for raw in (ours, theirs))
    if ours[0] != theirs[0] and ours[0].casefold() == theirs[0].casefold():
        yield "capital" if first else "case"
    elif [c.isupper() for c in ours] != [c.isupper() for c in theirs]:
        yield "case"
    if len(ours) == len(theirs) and any(_stressed(a, b) for a, b in zip(ours, theirs, strict=True)):
        yield "stress-accents"


def _stressed(ours: str, theirs: str) -> bool:
    a, b = ours.casefold(), theirs.casefold()
    return a != b and not _APOSTROPHES.match(a)


def _of_seam(ours: str, theirs: str) -> Iterator[str]:
    bare_ours, bare_theirs = (_SPACE.sub("", seam) for seam in (ours, theirs))
    if bare_ours != bare_theirs:
        yield "quotes"
    if ours.split() == theirs.split() or bool(_SPACE.search(ours)) != bool(_SPACE.search(theirs)):
        yield "white-space"


def _at_the_end(quote: Tokens, core: range, record: Tokens, end: int) -> Iterator[str]:
    ours = quote.canonical[core.stop :]
    theirs = record.canonical[end : end + max(len(ours), 1)]
    if ours != theirs[: len(ours)]:
        yield "closing-punctuation"
    elif ours:
        pairs = zip(range(core.stop, len(quote)), range(end, end + len(ours)), strict=True)
        for token, other in pairs:
            if quote.raw(token) != record.raw(other):
                yield from _of_token(quote.raw(token), record.raw(other), quote.canonical[token], first=False)
    elif theirs in _CLOSING:
        yield "closing-punctuation"
