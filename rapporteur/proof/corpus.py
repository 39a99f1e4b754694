"""Fragments as passages of tokens, and where a run of tokens stands in them.

A passage is a turn: its fragments are joined where one follows the other, since an honest quote may cross the
place where a long turn was cut. In: Fragments. Out: a Corpus, which finds runs exactly and says which
passages share rare words with a text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

from rapporteur.dutch.sentences import sentences
from rapporteur.proof.tokens import Tokens, is_word, readings
from rapporteur.types import Fragment, Span

# A fragment follows another when no more than a line end was left between them; no word fits in it.
_WIDEST_SEAM = 2
_BITS = 21
_SEPARATOR = 0
# What is looked at to find the passage nearest to a text: this many of its words, this many places of each.
_RAREST = 12
_MOST_PLACES = 500
_UNKNOWN = -1


@dataclass(frozen=True)
class Passage:
    """One turn in one reading. `offsets[i]` is where the text of `fragments[i]` starts in it."""

    fragments: tuple[Fragment, ...]
    offsets: tuple[int, ...]
    tokens: Tokens

    @property
    def fragment(self) -> Fragment:
        """The first one; who spoke, when and where is the same in all."""
        return self.fragments[0]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences as token numbers `[start, end)`; they cover every token."""
        starts = self.tokens.starts
        firsts = sorted({bisect_right(starts, s.start - 1) for s in sentences(self.tokens.text)} | {0})
        return tuple(Span(a, b) for a, b in pairwise([*firsts, len(self.tokens)]) if a < b)

    def holds(self, fragment: str | None) -> bool:
        return any(part.id == fragment for part in self.fragments)

    def sentence_at(self, token: int) -> Span:
        return self.sentences[bisect_right([s.start for s in self.sentences], token) - 1]

    def locate(self, first: int, last: int) -> tuple[Fragment, Span]:
        """The fragment in which the tokens `[first, last)` start, and the part of its text they take up."""
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        index = bisect_right(self.offsets, start) - 1
        fragment, offset = self.fragments[index], self.offsets[index]
        return fragment, Span(start - offset, min(end - offset, len(fragment.text)))


class Corpus:
    """All passages, and an index over every run of three tokens in them.

    The index is one sorted array of packed token numbers, 21 bits each, so that a run of one or two tokens
    is a range of it as well.
    """

    def __init__(self, fragments: Iterable[Fragment]) -> None:
        self.passages = tuple(_passages(fragments))
        self._numbers: dict[str, int] = {}
        ids: list[int] = []
        firsts: list[int] = []
        for passage in self.passages:
            firsts.append(len(ids))
            ids.extend(self._number(token) for token in passage.tokens.canonical)
            ids.append(_SEPARATOR)
        self._firsts = np.array(firsts, dtype=np.int64)
        self._ids = np.array([*ids, _SEPARATOR, _SEPARATOR], dtype=np.int64)
        keys = (self._ids[:-2] << 2 * _BITS) | (self._ids[1:-1] << _BITS) | self._ids[2:]
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        self._counts = np.bincount(self._ids)

    @cached_property
    def seen_in_lower_case(self) -> frozenset[str]:
        """Canonical words that stand somewhere without a capital, so are not only names."""
        return frozenset(
            word
            for passage in self.passages
            for number, word in enumerate(passage.tokens.canonical)
            if is_word(word) and passage.tokens.raw(number)[0].islower()
        )

    def find(self, run: Sequence[str]) -> list[tuple[int, int]]:
        """Every place of a run as (passage number, token number in it), in corpus order."""
        wanted = self._known(run)
        if not len(wanted) or wanted.min() == _UNKNOWN:
            return []
        low, high, offset = self._rarest(wanted)
        length = len(wanted)
        starts = np.sort(self._order[low:high] - offset)
        starts = starts[(starts >= 0) & (starts + length <= len(self._ids))]
        places = [p for p in starts.tolist() if np.array_equal(self._ids[p : p + length], wanted)]
        passages = np.searchsorted(self._firsts, places, side="right") - 1
        return [(n, p - int(self._firsts[n])) for n, p in zip(passages.tolist(), places, strict=True)]

    def count(self, token: str) -> int:
        number = self._numbers.get(token)
        return 0 if number is None else int(self._counts[number])

    def sharing_rare_words(self, words: Iterable[str], most: int) -> list[int]:
        """Passages that hold the rarest words of a text, at most `most`, the best first.

        A word weighs more the fewer times it occurs.
        """
        known = sorted((count, word) for word in set(words) if (count := self.count(word)))
        weights: dict[int, float] = defaultdict(float)
        for count, word in known[:_RAREST]:
            low, high = self._range(self._known((word,)))
            for number in self._passage_of(self._order[low : min(high, low + _MOST_PLACES)]):
                weights[number] += 1 / count**0.5
        return sorted(weights, key=lambda number: (-weights[number], number))[:most]

    def _passage_of(self, places: npt.NDArray[np.int64]) -> set[int]:
        return set((np.searchsorted(self._firsts, places, side="right") - 1).tolist())

    def _number(self, token: str) -> int:
        return self._numbers.setdefault(token, len(self._numbers) + 1)

    def _known(self, run: Sequence[str]) -> npt.NDArray[np.int64]:
        return np.array([self._numbers.get(token, _UNKNOWN) for token in run], dtype=np.int64)

    def _rarest(self, wanted: npt.NDArray[np.int64]) -> tuple[int, int, int]:
        """The part of the index with the rarest three tokens of a run, and where in the run they start."""
        if len(wanted) < 3:
            return (*self._range(wanted), 0)
        keys = (wanted[:-2] << 2 * _BITS) | (wanted[1:-1] << _BITS) | wanted[2:]
        lows = np.searchsorted(self._keys, keys, side="left")
        highs = np.searchsorted(self._keys, keys, side="right")
        offset = int(np.argmin(highs - lows))
        return int(lows[offset]), int(highs[offset]), offset

    def _range(self, wanted: npt.NDArray[np.int64]) -> tuple[int, int]:
        """The part of the index whose keys start with one or two tokens."""
        shift = (3 - len(wanted)) * _BITS
        prefix = 0
        for number in wanted.tolist():
            prefix = prefix << _BITS | number
        low, high = np.searchsorted(self._keys, [prefix << shift, (prefix + 1) << shift], side="left")
        return int(low), int(high)


def _passages(fragments: Iterable[Fragment]) -> Iterator[Passage]:
    ordered = sorted(fragments, key=lambda f: (f.record, f.position))
    for _, turn in groupby(ordered, key=lambda f: (f.record, f.turn)):
        for parts in _contiguous(turn):
            text, offsets = _joined(parts)
            for tokens in readings(text):
                if tokens.canonical:
                    yield Passage(parts, offsets, tokens)


def _contiguous(fragments: Iterable[Fragment]) -> Iterator[tuple[Fragment, ...]]:
    parts: list[Fragment] = []
    for fragment in fragments:
        if parts and not 0 <= fragment.span.start - parts[-1].span.end <= _WIDEST_SEAM:
            yield tuple(parts)
            parts = []
        parts.append(fragment)
    if parts:
        yield tuple(parts)


def _joined(parts: Sequence[Fragment]) -> tuple[str, tuple[int, ...]]:
    """The text of fragments with their seams as spaces."""
    text, offsets = "", []
    for before, part in zip((None, *parts), parts, strict=False):
        text += " " * (part.span.start - before.span.end) if before else ""
        offsets.append(len(text))
        text += part.text
    return text, tuple(offsets)
