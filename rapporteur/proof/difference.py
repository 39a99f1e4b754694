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
    before = _Table(
        quote.canonical[: match.b][::-1],
        passage.canonical[max(0, match.a - match.b - _SLACK) : match.a][::-1],
    ).edits()
    after_start, after_quote = match.a + match.size, match.b + match.size
    rest = len(quote) - after_quote
    after = _Table(quote.canonical[after_quote:], passage.canonical[after_start : after_start + rest + _SLACK]).edits()
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


class _Table:
    """Edit distances between all of `quote` and any beginning of `passage`."""

    def __init__(self, quote: tuple[str, ...], passage: tuple[str, ...]) -> None:
        self._quote, self._passage = quote, passage
        row = list(range(len(passage) + 1))
        self._rows = [row]
        for number, word in enumerate(quote, start=1):
            previous, row = row, [number]
            for at, other in enumerate(passage):
                row.append(min(previous[at] + _cost(word, other), previous[at + 1] + 1, row[at] + 1))
            self._rows.append(row)

    def edits(self) -> list[Edit]:
        """The cheapest way, in order; of equal ones, one about as long as the quotation."""
        last = self._rows[-1]
        quote, at = (
            len(self._quote),
            min(range(len(last)), key=lambda n: (last[n], abs(n - len(self._quote)))),
        )
        found: list[Edit] = []
        while quote or at:
            step_quote, step = self._step(quote, at)
            if step_quote != step or self._quote[quote - 1] != self._passage[at - 1]:
                found.append(Edit(at - step, at, quote - step_quote, quote))
            quote, at = quote - step_quote, at - step
        found.reverse()
        return found

    def _step(self, quote: int, at: int) -> tuple[int, int]:
        here = self._rows[quote][at]
        if quote and at:
            cost = _cost(self._quote[quote - 1], self._passage[at - 1])
            if here == self._rows[quote - 1][at - 1] + cost:
                return 1, 1
        if quote and here == self._rows[quote - 1][at] + 1:
            return 1, 0
        return 0, 1


def _cost(word: str, other: str) -> int:
    if word == other:
        return 0
    return 1 if is_word(word) == is_word(other) else 2
