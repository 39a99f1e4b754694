"""The smallest difference, word by word, between a quotation and the passage it is nearest to.

It explains a verdict and decides none: by the time it is asked for, the quotation is known not to be the
record's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapporteur.proof.tokens import Tokens, is_word

RECORD, QUOTE = "verslag", "citaat"

# How many more tokens than the quotation has left the passage may take up beside the common run.
_SLACK = 12
# Two changes with no more than this many equal tokens between them are told as one.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Edit:
    """Tokens `[quote_start, quote_end)` of the quotation stand for `[start, end)` of the passage."""

    start: int
    end: int
    quote_start: int
    quote_end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quotation beside the tokens `[start, end)` of a passage.

    `kept` counts the quotation's tokens that are the passage's; `longest` is where in the quotation their
    longest common run stands.
    """

    start: int
    end: int
    edits: tuple[Edit, ...]
    kept: int
    longest: range

    @property
    def cost(self) -> int:
        return sum(max(e.end - e.start, e.quote_end - e.quote_start) for e in self.edits)


def compare(quote: Tokens, passage: Tokens) -> Comparison | None:
    """Lay a quotation beside a passage around their longest common run; None if they share no token."""
    match = SequenceMatcher(None, passage.canonical, quote.canonical, autojunk=False).find_longest_match()
    if not match.size:
        return None
    before = _Steps(
        quote.canonical[: match.b][::-1],
        passage.canonical[max(0, match.a - match.b - _SLACK) : match.a][::-1],
    ).edits()
    after_start, after_quote = match.a + match.size, match.b + match.size
    rest = len(quote) - after_quote
    after = _Steps(quote.canonical[after_quote:], passage.canonical[after_start : after_start + rest + _SLACK]).edits()
    edits = [Edit(match.a - e.end, match.a - e.start, match.b - e.quote_end, match.b - e.quote_start) for e in before]
    edits.reverse()
    edits += [
        Edit(after_start + e.start, after_start + e.end, after_quote + e.quote_start, after_quote + e.quote_end)
        for e in after
    ]
    removed = sum(e.quote_end - e.quote_start for e in edits)
    shift_before = sum((e.end - e.start) - (e.quote_end - e.quote_start) for e in edits if e.quote_end <= match.b)
    shift_after = sum((e.end - e.start) - (e.quote_end - e.quote_start) for e in edits if e.quote_start >= after_quote)
    return Comparison(
        start=match.a - match.b - shift_before,
        end=after_start + rest + shift_after,
        edits=tuple(edits),
        kept=len(quote) - removed,
        longest=range(match.b, match.b + match.size),
    )


def told(comparison: Comparison, quote: Tokens, passage: Tokens) -> tuple[Mapping[str, str], ...]:
    """Each change with a word of context on either side: {'verslag': …, 'citaat': …}."""
    return tuple(
        {
            RECORD: passage.between(max(edit.start - 1, comparison.start), min(edit.end + 1, comparison.end)),
            QUOTE: quote.between(max(edit.quote_start - 1, 0), min(edit.quote_end + 1, len(quote))),
        }
        for edit in _grouped(comparison.edits)
    )


def _grouped(edits: tuple[Edit, ...]) -> Iterator[Edit]:
    current: Edit | None = None
    for edit in edits:
        if current and edit.quote_start - current.quote_end <= _NEAR and edit.start - current.end <= _NEAR:
            current = Edit(current.start, edit.end, current.quote_start, edit.quote_end)
            continue
        if current:
            yield current
        current = edit
    if current:
        yield current


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far into the quotation a diagonal gets with so many changes, and from which diagonal it came."""

    quote: int
    changed_at: int
    came_from: int


class _Steps:
    """The fewest changes that turn some beginning of `passage` into all of `quote`.

    Diagonal k pairs quote token i with passage token i + k. Words stand for words only, marks for marks.
    Source: Ukkonen 1985, 'Algorithms for approximate string matching', furthest-reaching points.
    """

    def __init__(self, quote: tuple[str, ...], passage: tuple[str, ...]) -> None:
        self._quote, self._passage = quote, passage
        self._levels = [{0: _Reach(self._slide(0, 0), 0, 0)}]
        while not self._arrived():
            self._levels.append(self._next_level())

    def edits(self) -> list[Edit]:
        """In order; of equal ones, those that take up about as many tokens as the quotation."""
        diagonal = min(self._arrived(), key=abs)
        found = []
        for number in range(len(self._levels) - 1, 0, -1):
            reach = self._levels[number][diagonal]
            came_from = reach.came_from
            before = self._levels[number - 1][came_from].quote
            found.append(Edit(before + came_from, reach.changed_at + diagonal, before, reach.changed_at))
            diagonal = came_from
        found.reverse()
        return found

    def _arrived(self) -> list[int]:
        return [k for k, reach in self._levels[-1].items() if reach.quote == len(self._quote)]

    def _next_level(self) -> dict[int, _Reach]:
        last, level = self._levels[-1], {}
        for diagonal in range(min(last) - 1, max(last) + 2):
            options = [
                (changed_at, -abs(came_from - diagonal), came_from)
                for came_from in (diagonal - 1, diagonal, diagonal + 1)
                if came_from in last
                and (changed_at := self._change(last[came_from].quote, came_from, diagonal)) is not None
            ]
            if options:
                changed_at, _, came_from = max(options)
                level[diagonal] = _Reach(self._slide(changed_at, diagonal), changed_at, came_from)
        return level

    def _change(self, quote: int, came_from: int, diagonal: int) -> int | None:
        """Where in the quotation one change leads: a token added (to a lower diagonal), lost, or replaced."""
        if diagonal < came_from:
            return quote + 1 if quote < len(self._quote) else None
        if quote + came_from >= len(self._passage):
            return None
        if diagonal > came_from:
            return quote
        if quote == len(self._quote):
            return None
        alike = is_word(self._quote[quote]) == is_word(self._passage[quote + came_from])
        return quote + 1 if alike else None

    def _slide(self, quote: int, diagonal: int) -> int:
        """Along equal tokens, as far as it goes."""
        furthest = min(len(self._quote), len(self._passage) - diagonal)
        while quote < furthest and self._quote[quote] == self._passage[quote + diagonal]:
            quote += 1
        return quote
