"""What an unclean quotation should have been: the passage it is nearest to, and how it differs from that.

By now the quotation is known not to be the record's words, so no nearness makes it clean: it only chooses which
passage it is shown beside, and whether to say `altered` or `not-found`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple

import numpy as np

from rapporteur.dutch.languages import in_common, language_of
from rapporteur.proof import reasons
from rapporteur.proof.alignment import parse
from rapporteur.proof.corpus import Array, Corpus, Found, Passage
from rapporteur.proof.difference import A_SLIP, Comparison, compare, slip, told
from rapporteur.proof.speakers import Speakers
from rapporteur.proof.tokens import Tokens, is_word
from rapporteur.types import Attribution, Difference, Quotation, Span, Verdict

# A quotation is shown beside a passage that has this share of its tokens, or this many rare words in a row.
_ENOUGH_KEPT = 0.6
_SHORT, _ENOUGH_OF_A_SHORT_ONE = 6, 0.5
_ANCHOR = 3
_RARE_SHARE, _RARE_AT_LEAST = 1 / 2000, 5
# So many passages are compared; runs and words that stand in more places than this tell none apart.
_MOST_COMPARED = 4
_MOST_PLACES = 500
_ENOUGH_PLACES = 60
_MOST_WEIGHED = 48
_RAREST = 12
_ROUNDING = 1e-6
_MOST_PARTS = 4
_PART_WORDS = 3
_MOST_OTHER_TONGUES = 200
# A translation has this many words in common with what was said, and this share, and is not this many times longer.
_LEAST_IN_COMMON, _SHARE_IN_COMMON = 3, 0.15
_LONGER_IN_ANOTHER_TONGUE = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens `[start, end)` of the quotation as they stand in passages `numbers`, from token `at[i]` on."""

    start: int
    end: int
    numbers: list[int]
    at: list[int]


class _Near(NamedTuple):
    """A passage near a text, and the shift by which most of the runs that they share stand.

    Token i of the text is token i + `shift` of the passage. `fits` tells whether who is said to speak did.
    """

    number: int
    shift: int
    fits: bool


class Nearest:
    """Explains unclean quotations against one corpus."""

    def __init__(self, corpus: Corpus, speakers: Speakers) -> None:
        self._corpus = corpus
        self._speakers = speakers
        self._rare = max(_RARE_AT_LEAST, corpus.size * _RARE_SHARE)

    def verdict(self, quote: Tokens, quotation: Quotation) -> Verdict:
        """`altered`, with the difference, if the words can be placed; else `not-found`."""
        runs = self._telling(quote.canonical, 3) or self._telling(quote.canonical, 1)
        nearest = self._plainly_nearest(runs, quotation)
        found = self._slipped(quote, nearest)
        if not found:
            near = self._nearby(runs, quotation)
            found = self._slipped(quote, near[len(nearest) :])
        if found and self._is_the_same_utterance(found[1], quote):
            return _altered(*found, quote)
        pieced = self._pieced(quote, quotation)
        if pieced:
            return pieced
        found = found or self._compared(quote, near)
        if found and self._is_the_same_utterance(found[1], quote):
            return _altered(*found, quote)
        return self._translated(quote, quotation) or Verdict("not-found", why=reasons.NOT_FOUND)

    # ------------------------------------------------------------------------------ words changed

    def _slipped(self, quote: Tokens, near: Sequence[_Near]) -> tuple[Passage, Comparison] | None:
        """The passage from which the quotation differs least, if that is by a slip.

        A slip in the words of who is said to speak is enough: no other passage needs to be looked at.
        """
        best: tuple[tuple[int, bool], Passage, Comparison] | None = None
        for number, shift, fits in near:
            passage = self._corpus.passage(number)
            found = slip(quote, passage.tokens, shift)
            if found is None:
                continue
            rank = (found.cost, not fits)
            if best is None or rank < best[0]:
                best = (rank, passage, found)
            if rank <= (A_SLIP, False):
                break
        return best[1:] if best else None

    def _compared(self, quote: Tokens, near: Sequence[_Near]) -> tuple[Passage, Comparison] | None:
        """The passage from which the quotation differs least; of equals, one of who is said to speak."""
        best: tuple[tuple[int, bool], Passage, Comparison] | None = None
        for number, shift, fits in near:
            passage = self._corpus.passage(number)
            found = compare(quote, passage.tokens, shift)
            rank = (found.cost, not fits)
            if best is None or rank < best[0]:
                best = (rank, passage, found)
        return best[1:] if best else None

    def _plainly_nearest(self, runs: Sequence[Found], quotation: Quotation) -> list[_Near]:
        """The first of `_nearby`, alone, if runs with one place each outweigh all places of all others."""
        singles = list(takewhile(lambda run: run.times == 1, runs))
        if not singles:
            return []
        shifts = [self._corpus.places(run)[0] - run.at for run in singles]
        shift = max(set(shifts), key=shifts.count)
        most = shifts.count(shift)
        if most <= _ROUNDING + len(shifts) - most + sum(run.times**-0.5 for run in runs[len(shifts) :]):
            return []
        number = self._corpus.passage_at(shift + min(run.at for run in runs))
        if self._corpus.passage_at(shift + max(run.at for run in runs)) != number:
            return []
        if not self._speakers.fit(quotation.attribution, np.array([number]))[0]:
            return []
        return [_Near(number, shift - self._corpus.first_token(number), fits=True)]

    def _nearby(self, runs: Sequence[Found], quotation: Quotation) -> list[_Near]:
        """Passages that share the rarest runs of three tokens, or else the rarest words, with a text; best first.

        A run weighs more the fewer places it has, and twice in a passage that fits.
        """
        weights: dict[int, float] = {}
        place_of: dict[int, int] = {}
        for run in runs:
            weight, at = run.times**-0.5, run.at
            for place in self._corpus.places(run):
                weights[place - at] = weights.get(place - at, 0.0) + weight
                place_of[place - at] = place
        shifts = sorted(weights, key=weights.__getitem__, reverse=True)[:_MOST_WEIGHED]
        if not shifts:
            return []
        numbers = self._corpus.passages_at(np.array([place_of[shift] for shift in shifts]))
        fits = self._speakers.fit(quotation.attribution, numbers)
        ranked = list(zip(numbers.tolist(), shifts, fits.tolist(), strict=True))
        if not fits.all():
            ranked.sort(key=lambda found: -weights[found[1]] * (1 + found[2]))
        found: dict[int, _Near] = {}
        for number, shift, fit in ranked:
            if number not in found:
                found[number] = _Near(number, shift - self._corpus.first_token(number), fit)
            if len(found) == _MOST_COMPARED:
                break
        return list(found.values())

    def _telling(self, words: Sequence[str], length: Literal[1, 3]) -> list[Found]:
        """The rarest runs of so many tokens, rarest first, until they have enough places together."""
        telling: list[Found] = []
        places = 0
        for run in self._corpus.rarest_runs(words, length, _RAREST):
            if places >= _ENOUGH_PLACES or run.times > _MOST_PLACES:
                break
            telling.append(run)
            places += run.times
        return telling

    def _is_the_same_utterance(self, found: Comparison, quote: Tokens) -> bool:
        share = _ENOUGH_KEPT if len(quote) > _SHORT else _ENOUGH_OF_A_SHORT_ONE
        kept = found.kept > 1 and found.kept >= share * len(quote)
        return kept or self._has_rare_run(quote.canonical[found.longest.start : found.longest.stop])

    def _has_rare_run(self, run: Sequence[str]) -> bool:
        length = 0
        for token in run:
            length = length + 1 if is_word(token) and self._corpus.count(token) <= self._rare else 0
            if length == _ANCHOR:
                return True
        return False

    # ------------------------------------------------------------------- words moved or put together

    def _pieced(self, quote: Tokens, quotation: Quotation) -> Verdict | None:
        """`altered` with its sources, if the quotation is runs of several passages, or of one in disorder."""
        parts = self._parts(quote)
        if parts is None or len(parts) < 2:
            return None
        common = set(parts[0].numbers).intersection(*(part.numbers for part in parts))
        if common:
            number = min(common)
            starts = [part.at[part.numbers.index(number)] for part in parts]
            if starts == sorted(starts):
                return None
        difference, sources = [], []
        for part in parts:
            fits = self._speakers.fit(quotation.attribution, np.array(part.numbers))
            index = part.numbers.index(min(common)) if common else int(np.argmax(fits))
            passage, at = self._corpus.passage(part.numbers[index]), part.at[index]
            difference.append(_unchanged(quote, part, passage, at))
            sources.append(passage.speaker)
        if common:
            in_order = sorted(difference, key=lambda part: part["verslag_span"])
            why = reasons.reordered([part["verslag"] for part in in_order])
        else:
            why = reasons.spliced([(d["citaat"], who) for d, who in zip(difference, sources, strict=True)])
        fragment, span = difference[0]["fragment"], Span(*difference[0]["verslag_span"])
        return Verdict("altered", fragment, span, difference=tuple(difference), why=why)

    def _parts(self, quote: Tokens) -> list[_Part] | None:
        """The longest runs of the records that make up the quotation from left to right; None if they do not."""
        parts: list[_Part] = []
        at = 0
        for run in parse(quote).runs:
            at = _index_of(quote.canonical, run, at)
            end = at + len(run)
            while at < end:
                length, found = self._corpus.longest_start(quote.canonical[at:end])
                words = sum(map(is_word, quote.canonical[at : at + length]))
                if words >= _PART_WORDS and len(parts) < _MOST_PARTS:
                    parts.append(_Part(at, at + length, found.passages.tolist(), found.tokens.tolist()))
                elif words or is_word(quote.canonical[at]):
                    return None
                at += max(length, 1)
        return parts

    # ----------------------------------------------------------------------------- words translated

    def _translated(self, quote: Tokens, quotation: Quotation) -> Verdict | None:
        """`altered`, if who is said to speak said much the same in another language than the quotation is in.

        Told by numbers, names and common words that both have (`in_common`), never by the language alone: somebody
        who speaks English may be credited with Dutch words that nobody said.
        """
        claimed = quotation.attribution
        language = language_of(quote.canonical)
        if language is None or claimed is None or (not claimed.role and claimed.dialogue is None):
            return None
        words = [word for word in quote.canonical if is_word(word)]
        best: tuple[int, Passage, str] | None = None
        for number in self._spoken_by(claimed)[:_MOST_OTHER_TONGUES].tolist():
            passage = self._corpus.passage(number)
            other = language_of(passage.tokens.canonical)
            if other and other != language and len(quote) <= _LONGER_IN_ANOTHER_TONGUE * len(passage.tokens):
                common = in_common(words, passage.tokens.canonical)
                best = max(best or (0, passage, other), (common, passage, other), key=lambda found: found[0])
        if best is None or best[0] < max(_LEAST_IN_COMMON, _SHARE_IN_COMMON * len(words)):
            return None
        _, passage, other = best
        fragment, span = passage.locate(0, len(passage.tokens))
        return Verdict("altered", fragment, span, why=reasons.translated(other, passage.tokens.text))

    def _spoken_by(self, claimed: Attribution) -> Array:
        """The passages of who is said to speak: whose role and dialogue are known, where they are claimed."""
        everywhere = np.arange(len(self._corpus.role))
        spoken = self._speakers.fit(claimed, everywhere)
        if claimed.dialogue is not None:
            spoken &= self._corpus.dialogue != 0
        return everywhere[spoken]


def _altered(passage: Passage, found: Comparison, quote: Tokens) -> Verdict:
    fragment, span = passage.locate(found.start, found.end)
    difference = told(found, quote, passage)
    return Verdict("altered", fragment, span, difference=difference, why=reasons.altered(difference))


def _unchanged(quote: Tokens, part: _Part, passage: Passage, at: int) -> Difference:
    """Where a part of a quotation stands in the records."""
    end = at + part.end - part.start
    fragment, span = passage.place(passage.tokens.starts[at], passage.tokens.ends[end - 1])
    return Difference(
        verslag=passage.tokens.between(at, end),
        citaat=quote.between(part.start, part.end),
        verslag_span=(span.start, span.end),
        citaat_span=(quote.starts[part.start], quote.ends[part.end - 1]),
        fragment=fragment,
    )


def _index_of(tokens: Sequence[str], run: Sequence[str], start: int) -> int:
    """Where a run of tokens stands that is known to stand at `start` or after it."""
    return next(at for at in range(start, len(tokens)) if tuple(tokens[at : at + len(run)]) == tuple(run))
