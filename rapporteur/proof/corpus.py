"""Where a run of tokens stands in the records, exactly, and who said it there.

A passage is a turn in one reading: its fragments are joined where one follows the other, since an honest quote
may cross the place where a long turn was cut. In: the columns that `indexing` makes (in memory, or mapped from
disk). Out: a Corpus; of it only the few passages that a quotation touches are ever made into objects.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from rapporteur.proof.tokens import Offsets, Tokens
from rapporteur.types import Span

Array = npt.NDArray[Any]
Columns = Mapping[str, Array]

# A run of three tokens is packed into one number, so that a run of one or two is a range of the sorted index too.
BITS = 21
SEPARATOR = 0
# Half a surrogate pair is no text, but a record may hold one.
ENCODING = ("utf-8", "surrogatepass")
_PASSAGES_KEPT = 2048
_FEW = 8
_NOWHERE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke a passage. `person` tells people apart and has no other meaning."""

    role: str | None
    dialogue: int | None
    theme: str
    person: int


class _StoredTokens(Tokens):
    """Tokens `[stored.start, stored.stop)` of a corpus, whose offsets are read when they are asked for."""

    __slots__ = ("_columns", "_stored")

    def __init__(self, text: str, canonical: tuple[str, ...], columns: Columns, stored: slice) -> None:
        super().__init__(text, canonical)
        self._columns = columns
        self._stored = stored

    def _offsets(self) -> tuple[Offsets, Offsets]:
        if self._spans is None:
            starts, ends = (self._columns[name][self._stored] for name in ("starts", "ends"))
            self._spans = tuple(starts.tolist()), tuple(ends.tolist())
        return self._spans


class _Parts(NamedTuple):
    """The fragments of a passage, and where the text of each starts in it."""

    fragments: list[str]
    offsets: list[int]
    lengths: list[int]


class Passage:
    """One turn in one reading. What nobody asks for is not read from the columns."""

    def __init__(self, number: int, corpus: Corpus, columns: Columns, tokens: Tokens, stored: slice) -> None:
        self.number = number
        self.tokens = tokens
        self._corpus = corpus
        self._columns = columns
        self._stored = stored

    @property
    def speaker(self) -> Speaker:
        return self._corpus.speaker(self.number)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The token that each sentence starts with."""
        starts: list[int] = self._columns["opens"][self._stored].nonzero()[0].tolist()
        return starts

    @cached_property
    def parts(self) -> _Parts:
        columns = self._columns
        part, after = columns["parts"][self.number : self.number + 2].tolist()
        first, last = columns["fragment_ids_at"][part].item(), columns["fragment_ids_at"][after].item()
        return _Parts(
            columns["fragment_ids"][first : last - 1].tobytes().decode(*ENCODING).split("\n"),
            columns["offsets"][part:after].tolist(),
            columns["lengths"][part:after].tolist(),
        )

    def holds(self, fragment: str | None) -> bool:
        return fragment in self.parts.fragments

    def sentence_at(self, token: int) -> Span:
        """The sentence that a token stands in, as token numbers `[start, end)`."""
        after = bisect_right(self.sentence_starts, token)
        end = self.sentence_starts[after] if after < len(self.sentence_starts) else len(self.tokens)
        return Span(self.sentence_starts[after - 1], end)

    def locate(self, first: int, last: int) -> tuple[str, Span]:
        """The fragment in which the tokens `[first, last)` start, and the part of its text they take up."""
        fragment, span = self.place(self.tokens.starts[first], self.tokens.ends[last - 1])
        return fragment, Span(span.start, min(span.end, self.parts.lengths[self.parts.fragments.index(fragment)]))

    def place(self, start: int, end: int) -> tuple[str, Span]:
        """The fragment that holds offset `start` of the passage, and `[start, end)` from where its text starts."""
        fragments, offsets, _ = self.parts
        index = bisect_right(offsets, start) - 1
        return fragments[index], Span(start - offsets[index], end - offsets[index])


@dataclass(frozen=True, slots=True)
class Places:
    """Where a run stands: `tokens[i]` is its first token in passage number `passages[i]`; in corpus order."""

    passages: Array
    tokens: Array

    def __len__(self) -> int:
        return len(self.passages)


class Found(NamedTuple):
    """A few tokens of a text that the corpus has in `times` places, from `low` on in its sorted index.

    `at` is where in the text they stand; `rarity` their rank by their rarest token.
    """

    times: int
    rarity: int
    at: int
    low: int


class Corpus:
    """All passages, and an index over every run of three tokens in them. Columns: see `indexing.build`."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._ids = columns["ids"]
        self._firsts = columns["firsts"]
        self._order = columns["order"]
        self._keys = columns["keys"]
        # Of a few numbers a view makes Python's own sooner than an array does.
        self._few_ids, self._few_places = self._ids.data, self._order.data
        self._few_firsts = self._firsts.data
        self._counts: list[int] = columns["counts"].tolist()
        self._counts[SEPARATOR] = 0  # the number of an unknown token, too
        self._vocabulary: list[str] = json.loads(columns["vocabulary"].tobytes())
        self._numbers = {word: number for number, word in enumerate(self._vocabulary)}
        self.roles: list[str | None] = json.loads(columns["roles"].tobytes())
        self.themes: list[str] = json.loads(columns["themes"].tobytes())
        # Each passage's index in `roles` and `themes`, its dialogue (0: unknown) and its person.
        self.role, self.theme = columns["role"], columns["theme"]
        self.dialogue, self.person = columns["dialogue"], columns["person"]
        self.passage = lru_cache(maxsize=_PASSAGES_KEPT)(self._passage)

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return len(self._ids)

    def known(self, run: Sequence[str]) -> list[int] | None:
        """The tokens as numbers; None if one of them stands nowhere."""
        try:
            return list(map(self._numbers.__getitem__, run))
        except KeyError:
            return None

    def count(self, token: str) -> int:
        number = self._numbers.get(token)
        return 0 if number is None else self._counts[number]

    def stands_in_lower_case(self, token: str) -> bool:
        """Whether a word stands somewhere without a capital, so is not only a name."""
        number = self._numbers.get(token)
        return number is not None and bool(self._columns["lower"][number])

    def find(self, run: Sequence[str]) -> Places:
        """Every place of a run of tokens."""
        wanted = self.known(run)
        starts = self.starts(wanted) if wanted else _NOWHERE
        return self._places(starts)

    def starts(self, wanted: list[int]) -> Array:
        """Every place of a run of token numbers, counted from the start of the corpus."""
        low, high, offset = self._rarest(wanted)
        length = len(wanted)
        if length > 3 and high - low <= _FEW:
            ids, places = self._few_ids, self._few_places[low:high].tolist()
            likely = sorted(place - offset for place in places if place >= offset)
            return np.array([s for s in likely if ids[s : s + length].tolist() == wanted], np.int64)
        starts = self._sorted_places(low, high) - offset
        if length <= 3:
            return starts
        starts = starts[(starts >= 0) & (starts + length <= len(self._ids))]
        for number, token in enumerate(wanted):
            if len(starts) == 0:
                break
            starts = starts[self._ids[starts + number] == token]
        return starts

    def rarest_runs(self, run: Sequence[str], length: Literal[1, 3], most: int) -> list[Found]:
        """The one or three tokens in a row that hold a run's rarest words and stand somewhere.

        Returns: at most `most`, those with the fewest places first.
        """
        ids = [self._numbers.get(token, SEPARATOR) for token in run]
        counts = list(map(self._counts.__getitem__, ids))
        rarity = counts if length == 1 else map(min, counts, counts[1:], counts[2:])
        chosen = [at for least, at in sorted(zip(rarity, range(len(ids)), strict=False)) if least][:most]
        ranges = self._ranges([ids[at : at + length] for at in chosen])
        places = enumerate(zip(chosen, ranges, strict=True))
        return sorted([Found(high - low, rank, at, low) for rank, (at, (low, high)) in places if low < high])

    def longest_start(self, run: Sequence[str]) -> tuple[int, Places]:
        """How many of the first tokens of a run stand somewhere in a row, and every place where they do."""
        ids = list(takewhile(bool, (self._numbers.get(token, SEPARATOR) for token in run)))
        length, low, high = min(len(ids), 3), 0, 0
        while length and low == high:
            low, high = self._ranges([ids[:length]])[0]
            length -= low == high
        starts = self._sorted_places(low, high)
        if length < 3:
            return length, self._places(starts)
        # No place is out of bounds: a separator follows each passage.
        while length < len(ids) and len(following := starts[self._ids[starts + length] == ids[length]]):
            starts = following
            length += 1
        return length, self._places(starts)

    def places(self, found: Found) -> list[int]:
        """The places of a run, counted from the start of the corpus."""
        return self._few_places[found.low : found.low + found.times].tolist()

    def passage_at(self, place: int) -> int:
        return bisect_right(self._few_firsts, place) - 1

    def passages_at(self, places: Array) -> Array:
        found: Array = self._firsts.searchsorted(places, side="right") - 1
        return found

    def first_token(self, passage: int) -> int:
        return self._few_firsts[passage]

    def speaker(self, passage: int) -> Speaker:
        return Speaker(
            self.roles[self.role[passage]],
            int(self.dialogue[passage]) or None,
            self.themes[self.theme[passage]],
            int(self.person[passage]),
        )

    def fragments_of(self, passage: int) -> tuple[str, ...]:
        """The ids of the fragments that make up a passage, in order."""
        columns = self._columns
        part, after = columns["parts"][passage : passage + 2].tolist()
        start, end = int(columns["fragment_ids_at"][part]), int(columns["fragment_ids_at"][after])
        return tuple(columns["fragment_ids"][start : end - 1].tobytes().decode(*ENCODING).split("\n"))

    @cached_property
    def roles_in_dialogue(self) -> frozenset[tuple[int, int, int]]:
        """(index in `themes`, dialogue, index in `roles`) of everybody who spoke."""
        return frozenset(zip(self.theme.tolist(), self.dialogue.tolist(), self.role.tolist(), strict=True))

    # ------------------------------------------------------------------------------------------------

    def _passage(self, number: int) -> Passage:
        columns, vocabulary = self._columns, self._vocabulary
        first, after = self._few_firsts[number : number + 2].tolist()
        begin, end = columns["texts"][number : number + 2].tolist()
        text = columns["text"][begin:end].tobytes().decode(*ENCODING)
        stored = slice(first, after - 1)
        canonical = tuple(map(vocabulary.__getitem__, self._few_ids[stored].tolist()))
        return Passage(number, self, columns, _StoredTokens(text, canonical, columns, stored), stored)

    def _places(self, starts: Array) -> Places:
        passages = self.passages_at(starts)
        return Places(passages, starts - self._firsts[passages])

    def _sorted_places(self, low: int, high: int) -> Array:
        places = self._order[low:high].astype(np.int64)
        places.sort()
        return places

    def _rarest(self, wanted: list[int]) -> tuple[int, int, int]:
        """The part of the index with the rarest three tokens of a run, and where in the run they start."""
        offset = 0
        if len(wanted) > 3:
            counts = list(map(self._counts.__getitem__, wanted))
            offset = min(max(counts.index(min(counts)) - 1, 0), len(wanted) - 3)
        ((low, high),) = self._ranges([wanted[offset : offset + 3]])
        if len(wanted) > 3 and high - low > _FEW:
            ranges = self._ranges([wanted[at : at + 3] for at in range(len(wanted) - 2)])
            offset, (low, high) = min(enumerate(ranges), key=lambda found: found[1][1] - found[1][0])
        return low, high, offset

    def _ranges(self, runs: list[list[int]]) -> list[tuple[int, int]]:
        """The part of the index whose keys start with each of some runs of one, two or three tokens, all as long."""
        missing = 3 - len(runs[0]) if runs else 0
        padded = [run + [0] * missing for run in runs] if missing else runs
        keys = [a << 2 * BITS | b << BITS | c for a, b, c in padded]
        after = 1 << missing * BITS
        found = self._keys.searchsorted(np.array(keys + [key + after for key in keys], dtype=np.int64)).tolist()
        return list(zip(found[: len(keys)], found[len(keys) :], strict=True))
