"""Quotation marks in running text, each with what its neighbours say of it: does it open, close, or clip a word?

Every habit is known: curly, straight, low, pointed, doubled single ones. Apostrophes inside words are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapporteur.errors import DocumentUnreadable

_MOST_MARKS = 200_000

_MARK = re.compile(r"''(?!(?:[stnmkr]|ns)(?!\w))|,,(?=\S)|``|<<|>>|[\"“”„‟″＂❝❞〝〞「」『』«»‹›'‘’‚‛`´′ʻʼ❛❜]")
_FAMILY = {
    **dict.fromkeys(
        ('"', "“", "”", "„", "‟", "″", "＂", "❝", "❞", "〝", "〞", "「", "」", "『", "』", "''", ",,", "``"), "double"
    ),
    **dict.fromkeys(("«", "»", "<<", ">>"), "pointed"),
    **dict.fromkeys(("‹", "›"), "single pointed"),
    **dict.fromkeys("'‘’‚‛`´′ʻʼ❛❜", "single"),
}
_OPENING = frozenset({"“", "„", "‟", "«", "‹", "‘", "‚", "‛", "❝", "〝", "「", "『", "ʻ", "❛", ",,", "``"})
_CLOSING = frozenset({"”", "»", "›", "❞", "〞", "」", "』", "’", "ʼ", "❜"})
_BEFORE_AN_OPENING = re.compile(r"[\s(\[{/–—\-:;…\"“„«‹'‘‚\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_AFTER_A_CLOSING = re.compile(r"[\s()（\]}/–—\-:;.,!?…\"”»›'’\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# What an apostrophe stands before at the start of a Dutch word: 's avonds, 't, 'n, 'm, 'k, 'r, 'ns, '90.
_CLIPPED = re.compile(r"(?:s|t|n|m|k|r|ns|tis|twas|\d\ds?)(?!\w|['’]\w)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark as its neighbours show it; `clips` if it may be the apostrophe of a clipped word."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool
    clips: bool = False


def marks_in(text: str) -> list[Mark]:
    """Raises: DocumentUnreadable for so many in one passage that it is no report."""
    found: list[Mark] = []
    for match in _MARK.finditer(text):
        found += _marks(text, match)
        if len(found) > _MOST_MARKS:
            raise DocumentUnreadable(
                f"One paragraph holds more than {_MOST_MARKS:,} quotation marks, which no report does."
            )
    return found


def is_mark(text: str, position: int) -> bool:
    return _MARK.match(text, position) is not None


def only_opens(text: str, mark: Mark) -> bool:
    """Whether the mark has a form that opens and never closes."""
    return text[mark.start : mark.end] in _OPENING


def _marks(text: str, match: re.Match[str]) -> Iterator[Mark]:
    start, end, glyph = match.start(), match.end(), match.group()
    before, after = text[start - 1 : start], text[end : end + 1]
    family = _FAMILY[glyph]
    may_open = bool(after.strip()) and (not before or _BEFORE_AN_OPENING.match(before) is not None)
    may_close = bool(before.strip()) and (not after or _AFTER_A_CLOSING.match(after) is not None)
    if family == "single" and before.isalnum() and after.isalnum():
        return
    if family == "single" and may_open and not before.isalnum() and _CLIPPED.match(text, end):
        yield Mark(start, end, family, opens=False, closes=False, clips=True)
    elif may_open != may_close:
        yield Mark(start, end, family, opens=may_open, closes=may_close)
    elif family != "single" or may_open or glyph in _OPENING | _CLOSING:
        yield Mark(start, end, family, opens=glyph not in _CLOSING, closes=glyph not in _OPENING)
