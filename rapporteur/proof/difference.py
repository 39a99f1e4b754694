"""The smallest difference, word by word, between a quotation and the passage it is nearest to.

It explains a verdict and decides none: by the time it is asked for, the quotation is known not to be the
record's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq
from typing import NamedTuple

from rapporteur.proof.corpus import Passage
from rapporteur.proof.tokens import Tokens, is_word
from rapporteur.types import Difference

# How many more tokens than the quotation has left the passage may take up beside the common run.
_SLACK = 12
# Two changes with no more than this many equal tokens between them are told as one.
_NEAR = 2
# A change or two.
A_SLIP = 2
# Beyond this many changes on one side of the common run, the rest is told as one.
_MOST_CHANGES = 12


class Edit(NamedTuple):
    """Tokens `[quote_start, quote_end)` of the quotation stand for `[start, end)` of the passage."""

    start: int
    end: int
    quote_start: int
    quote_end: int


class Comparison(NamedTuple):
    """A quotation beside the tokens `[start, end)` of a passage.

    `cost` counts the tokens that the edits change, and `kept` the quotation's tokens that are the passage's;
    `longest` is where in the quotation their longest common run stands.
    """

    start: int
    end: int
    edits: tuple[Edit, ...]
    cost: int
    kept: int
    longest: range


def compare(quote: Tokens, passage: Tokens, shift: int) -> Comparison:
    """Lay a quotation beside a passage around the longest run they share where token i stands at i + `shift`."""
    return _laid(quote.canonical, passage.canonical, shift, _MOST_CHANGES)


def slip(quote: Tokens, passage: Tokens, shift: int) -> Comparison | None:
    """The same as `compare` where it costs no more than a slip; None, and sooner, where it costs more."""
    found = _laid(quote.canonical, passage.canonical, shift, A_SLIP)
    return found if found.cost <= A_SLIP else None


def _laid(quote: tuple[str, ...], passage: tuple[str, ...], shift: int, most: int) -> Comparison:
    run = _longest_run(quote, passage, shift)
    at, after_quote = run.start + shift, run.stop
    after_start = after_quote + shift
    rest = len(quote) - after_quote
    before = _changes(quote[: run.start][::-1], passage[max(0, shift - _SLACK) : at][::-1], most)
    after = _changes(quote[after_quote:], passage[after_start : after_start + rest + _SLACK], most)
    edits = [Edit(at - e.end, at - e.start, run.start - e.quote_end, run.start - e.quote_start) for e in before[::-1]]
    edits += [
        Edit(after_start + e.start, after_start + e.end, after_quote + e.quote_start, after_quote + e.quote_end)
        for e in after
    ]
    return Comparison(
        start=shift - _growth(before),
        end=after_start + rest + _growth(after),
        edits=tuple(edits),
        cost=sum([max(e.end - e.start, e.quote_end - e.quote_start) for e in edits]),
        kept=len(quote) - sum([e.quote_end - e.quote_start for e in edits]),
        longest=run,
    )


def told(comparison: Comparison, quote: Tokens, passage: Passage) -> tuple[Difference, ...]:
    """Each change with a word of context on either side."""
    return tuple(_told(edit, comparison, quote, passage) for edit in _grouped(comparison.edits))


def _told(edit: Edit, comparison: Comparison, quote: Tokens, passage: Passage) -> Difference:
    record = passage.tokens
    fragment, span = passage.place(*_offsets(record, edit.start, edit.end))
    return Difference(
        verslag=record.between(max(edit.start - 1, comparison.start), min(edit.end + 1, comparison.end)),
        citaat=quote.between(max(edit.quote_start - 1, 0), min(edit.quote_end + 1, len(quote))),
        verslag_span=(span.start, span.end),
        citaat_span=_offsets(quote, edit.quote_start, edit.quote_end),
        fragment=fragment,
    )


def _offsets(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Where the tokens `[first, last)` stand in their text; of none, the place where they would."""
    if first < last:
        return tokens.starts[first], tokens.ends[last - 1]
    at = tokens.starts[first] if first < len(tokens) else tokens.ends[-1]
    return at, at


def _longest_run(quote: tuple[str, ...], passage: tuple[str, ...], shift: int) -> range:
    start = max(0, -shift)
    same = bytes(map(eq, quote[start:], passage[start + shift :]))
    longest = max(same.split(b"\0"), key=len)
    if not longest:
        return range(0)
    at = start + same.index(longest)
    return range(at, at + len(longest))


def _shared(quote: tuple[str, ...], passage: tuple[str, ...]) -> int:
    """How many of the quotation's tokens the passage has."""
    return sum(map(frozenset(passage).__contains__, quote))


def _shared_in_order(quote: tuple[str, ...], passage: tuple[str, ...]) -> int:
    """The length of the longest common subsequence.

    Bit i is 0 once one more token is shared by ending at quote token i.
    Source: Hyyrö 2004, 'Bit-parallel LCS-length computation revisited'.
    """
    places: dict[str, int] = {}
    for at, token in enumerate(quote):
        places[token] = places.get(token, 0) | 1 << at
    every = (1 << len(quote)) - 1
    open_ends = every
    for here in map(places.get, passage):
        if here:
            matched = open_ends & here
            open_ends = (open_ends + matched | open_ends - matched) & every
    return len(quote) - open_ends.bit_count()


# After so many changes: no fewer of the quotation's tokens are changed than are not shared.
_BOUNDS = {1: _shared, 4: _shared_in_order}


def _growth(edits: list[Edit]) -> int:
    """How many more tokens the passage has than the quotation, by these edits."""
    return sum([(e.end - e.start) - (e.quote_end - e.quote_start) for e in edits])


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


# How far into the quotation a diagonal gets, where its last change led to, and from which diagonal that came.
_Reach = tuple[int, int, int]


def _changes(quote: tuple[str, ...], passage: tuple[str, ...], most: int) -> list[Edit]:
    """The fewest changes that turn some beginning of `passage` into all of `quote`; where there are too many, one.

    In order; of equal ones, those that take up about as many tokens as the quotation. Diagonal k pairs quote token
    i with passage token i + k. Words stand for words only, marks for marks. A level holds the reach of each diagonal
    that so many changes get to.
    Source: Ukkonen 1985, 'Algorithms for approximate string matching', furthest-reaching points.
    """
    length = len(quote)
    if not length:
        return []
    most = min(length // 2 + 2, most)
    levels: list[dict[int, _Reach]] = [{0: (_slide(quote, passage, 0, 0), 0, 0)}]
    while not (arrived := [diagonal for diagonal, reach in levels[-1].items() if reach[0] == length]):
        bound = _BOUNDS.get(len(levels))
        if len(levels) > most or (bound and length - bound(quote, passage) > most):
            return [Edit(0, min(length, len(passage)), 0, length)]
        levels.append(_next_level(quote, passage, levels[-1]))
    diagonal = min(arrived, key=abs)
    edits = []
    for number in range(len(levels) - 1, 0, -1):
        _, changed_at, came_from = levels[number][diagonal]
        before = levels[number - 1][came_from][0]
        edits.append(Edit(before + came_from, changed_at + diagonal, before, changed_at))
        diagonal = came_from
    edits.reverse()
    return edits


def _next_level(quote: tuple[str, ...], passage: tuple[str, ...], last: dict[int, _Reach]) -> dict[int, _Reach]:
    """Each diagonal by one more change: a token added (from the diagonal above), replaced, or lost (from below)."""
    level: dict[int, tuple[int, int]] = {}
    most, furthest = len(quote), len(passage)
    for came_from, (at, _, _) in last.items():
        options = []
        if at < most:
            options.append((came_from - 1, at + 1))
        if at + came_from < furthest:
            options.append((came_from + 1, at))
            if at < most and is_word(quote[at]) == is_word(passage[at + came_from]):
                options.append((came_from, at + 1))
        for diagonal, changed_at in options:
            known = level.get(diagonal)
            if known is None or changed_at > known[0] or (changed_at == known[0] and diagonal == came_from):
                level[diagonal] = (changed_at, came_from)
    return {k: (_slide(quote, passage, changed_at, k), changed_at, came) for k, (changed_at, came) in level.items()}


def _slide(quote: tuple[str, ...], passage: tuple[str, ...], at: int, diagonal: int) -> int:
    """How far into the quotation equal tokens go on."""
    most = len(quote)
    furthest = min(most, len(passage) - diagonal)
    if at < furthest == most and quote[at:] == passage[at + diagonal : most + diagonal]:
        return most
    while at < furthest and quote[at] == passage[at + diagonal]:
        at += 1
    return at
