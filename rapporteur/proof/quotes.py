"""Step 2: Quotation + Fragments -> Verdict and Span; the only door to comparing text with text.

A quotation is clean if and only if every difference from one stretch of one turn is licensed by typography or
by a mark that a reader sees, the marks hide nothing that turns the words, and who is said to speak did. No
similarity decides anything: nearness only chooses which passage an `altered` quotation is shown beside.
Source: domain.md, 'What a writer may do to a quote'; facts.md, 'Quote checking'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np

from rapporteur.dutch.stopwords import FUNCTION_WORDS
from rapporteur.proof import reasons
from rapporteur.proof.alignment import Parsed, align, may_have_marks, parse
from rapporteur.proof.corpus import Array, Corpus, Passage
from rapporteur.proof.guards import cut_off
from rapporteur.proof.indexing import corpus_of
from rapporteur.proof.licences import typography
from rapporteur.proof.nearest import Nearest
from rapporteur.proof.speakers import Speakers
from rapporteur.proof.tokens import (
    BRACKETED_GAP,
    DASH,
    GAP,
    LOOSE_AT_THE_END,
    LOOSE_AT_THE_START,
    Tokens,
    is_word,
    readings,
    without_bracketed_capital,
)
from rapporteur.types import INTERRUPTED, Fragment, Quotation, Verdict, VerdictKind

# Up to so many words, and up to so many without a word of substance, fit several people too easily to be one's.
_SHORT, _SHORT_AND_COMMON = 4, 8
_GAPS = frozenset({GAP, BRACKETED_GAP})
# Among so many places the one that the document itself names is looked for.
_PREFERRED_AMONG = 64


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place that bears the quotation's words: tokens `[start, end)` of a passage.

    `edits` are the visible marks that license what differs; `hidden` is the word that a cut may not hide.
    """

    passage: Passage
    start: int
    end: int
    edits: tuple[str, ...] = ()
    hidden: str | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """One reading of a quotation's text; `core` are its tokens without loose punctuation at either end."""

    tokens: Tokens
    core: range
    edits: tuple[str, ...]

    @property
    def words(self) -> Tokens:
        return self.tokens.part(self.core.start, self.core.stop)

    @property
    def could_be_anyones(self) -> bool:
        tokens = self.tokens.canonical[self.core.start : self.core.stop]
        words = list(islice(filter(is_word, tokens), _SHORT_AND_COMMON + 1))
        return len(words) <= _SHORT or (len(words) <= _SHORT_AND_COMMON and FUNCTION_WORDS.issuperset(words))


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Passages that may bear a text; `lay(i)` lays it along the i-th, None if it does not fit there."""

    passages: Array
    lay: Callable[[int], _Hit | None]


class QuoteChecker:
    """Checks quotations against a corpus; built once, asked often."""

    def __init__(self, fragments: Iterable[Fragment] | Corpus) -> None:
        self._corpus = fragments if isinstance(fragments, Corpus) else corpus_of(fragments)
        self._speakers = Speakers(self._corpus)
        self._nearest = Nearest(self._corpus, self._speakers)

    def check(self, quotation: Quotation) -> Verdict:
        """What the records say of a quotation, its attribution included."""
        unclean: Verdict | None = None
        first: _Text | None = None
        for text in _texts(quotation.text):
            first = first or text
            for places in (self._literal, self._marked):
                candidates = places(text)
                verdict = self._judge(candidates, text, quotation) if candidates else None
                if verdict and verdict.clean:
                    return verdict
                unclean = unclean or verdict
        if unclean:
            return unclean
        if first is None:
            return Verdict("not-found", why=reasons.NO_WORDS)
        return self._nearest.verdict(first.words, quotation)

    # --------------------------------------------------------------------------- where the words are

    def _literal(self, text: _Text) -> _Candidates | None:
        places = self._corpus.find(text.tokens.canonical[text.core.start : text.core.stop])
        if not len(places):
            return None

        def lay(index: int) -> _Hit:
            passage = self._corpus.passage(int(places.passages[index]))
            start = int(places.tokens[index])
            end = start + len(text.core)
            edits = text.edits + _ellipsis_at_an_edge(text, passage, start, end)
            return _Hit(passage, start, end, edits, cut_off(passage, start, end))

        return _Candidates(places.passages, lay)

    def _marked(self, text: _Text) -> _Candidates | None:
        """Places found by way of ellipses, brackets or an X; None if the quotation has no such mark."""
        if not may_have_marks(text.tokens):
            return None
        words = text.words
        quote = parse(words)
        if not quote.runs or quote.runs[0] == words.canonical:
            return None
        numbers = self._holding_all(quote.runs)
        return _Candidates(numbers, lambda index: self._laid(quote, int(numbers[index]), text))

    def _laid(self, quote: Parsed, number: int, text: _Text) -> _Hit | None:
        passage = self._corpus.passage(number)
        found = align(quote, passage, self._corpus)
        if found is None:
            return None
        hidden = found.hidden or cut_off(passage, found.start, found.end)
        marks = found.marks or ("ellipsis",)  # the record's own, with other punctuation beside it
        return _Hit(passage, found.start, found.end, text.edits + marks, hidden)

    def _holding_all(self, runs: list[tuple[str, ...]]) -> Array:
        """The passages that hold every run, in corpus order."""
        common: Array | None = None
        for run in sorted(runs, key=len, reverse=True):
            places = self._corpus.find(run).passages
            holding = places if len(places) <= 1 else np.unique(places)
            common = holding if common is None else np.intersect1d(common, holding, assume_unique=True)
            if not len(common) or len(common) == 1:
                break
        return common if common is not None else np.zeros(0, dtype=np.int64)

    # ------------------------------------------------------------------------------- whose they are

    def _judge(self, candidates: _Candidates, text: _Text, quotation: Quotation) -> Verdict | None:
        """The verdict on the first honest place of who is said to speak; None if no candidate bears the text."""
        fits = self._speakers.fit(quotation.attribution, candidates.passages)
        fitting = self._preferred_first(fits.nonzero()[0].tolist(), candidates, quotation.fragment)
        hidden: _Hit | None = None
        for index in fitting:
            hit = candidates.lay(index)
            if hit and hit.hidden is None:
                return self._of_one_person(hit, fitting, candidates, text) or _clean(hit, text)
            hidden = hidden or hit
        if hidden and hidden.hidden:
            return _verdict("misleading-cut", hidden, why=reasons.misleading(hidden.hidden))
        others = (~fits).nonzero()[0].tolist()
        hit = next((hit for index in others if (hit := candidates.lay(index))), None)
        if hit is None:
            return None
        return _verdict("misattributed", hit, why=self._why_misattributed(hit, others, candidates, quotation))

    def _why_misattributed(self, hit: _Hit, others: list[int], candidates: _Candidates, quotation: Quotation) -> str:
        said = quotation.attribution
        if said and said.theme and not self._speakers.knows_theme(said.theme):
            return reasons.no_such_theme(said.theme)
        without = replace(said, fragment=None) if said else None
        if said and said.fragment and self._speakers.fit(without, candidates.passages).any():
            return reasons.other_fragment(said.fragment, hit.passage.locate(hit.start, hit.end)[0])
        return reasons.misattributed([self._corpus.speaker(n) for n in self._one_per_person(others, candidates)])

    def _of_one_person(self, honest: _Hit, fitting: list[int], candidates: _Candidates, text: _Text) -> Verdict | None:
        """`ambiguous` if the text could be anyone's and somebody else who fits said it too."""
        if not text.could_be_anyones:
            return None
        numbers = self._one_per_person(fitting, candidates)
        person = honest.passage.speaker.person
        others = [i for i in fitting if self._corpus.person[candidates.passages[i]] != person]
        if not any((hit := candidates.lay(i)) and hit.hidden is None for i in others):
            return None
        why = reasons.ambiguous([self._corpus.speaker(n) for n in numbers])
        return _verdict("ambiguous", honest, why=why)

    def _one_per_person(self, indices: list[int], candidates: _Candidates) -> list[int]:
        """A passage of each person among candidates, in order."""
        numbers = candidates.passages[indices]
        _, firsts = np.unique(self._corpus.person[numbers], return_index=True)
        return [int(numbers[first]) for first in np.sort(firsts)]

    def _preferred_first(self, indices: list[int], candidates: _Candidates, fragment: str | None) -> list[int]:
        if fragment is None or not 1 < len(indices) <= _PREFERRED_AMONG:
            return indices
        return sorted(indices, key=lambda i: not self._corpus.passage(int(candidates.passages[i])).holds(fragment))


def _texts(text: str) -> Iterator[_Text]:
    """The readings of a text that hold a word: where it was interrupted, with the comma there and without."""
    plain = without_bracketed_capital(text)
    edits = () if plain == text else ("brackets",)
    comma = f",{INTERRUPTED}"
    variants = (plain, plain.replace(comma, "")) if comma in plain else (plain,)
    for tokens in chain.from_iterable(map(readings, variants)):
        start, end = 0, len(tokens)
        while start < end and tokens.canonical[start] in LOOSE_AT_THE_START and not _is_minus(tokens, start):
            start += 1
        while start < end and tokens.canonical[end - 1] in LOOSE_AT_THE_END:
            end -= 1
        if any(map(is_word, tokens.canonical[start:end])):
            yield _Text(tokens, range(start, end), edits)


def _is_minus(tokens: Tokens, at: int) -> bool:
    return tokens.canonical[at] == DASH and tokens.text[tokens.ends[at] :][:1].isdigit()


def _ellipsis_at_an_edge(text: _Text, passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """('ellipsis',) where one stands for words of the sentence that the quotation leaves out at an end."""
    before, after = text.tokens.canonical[: text.core.start], text.tokens.canonical[text.core.stop :]
    if _GAPS.isdisjoint(before) and _GAPS.isdisjoint(after):
        return ()
    record = passage.tokens.canonical
    cut_before = _GAPS & {*before} and start and record[start - 1] not in _GAPS
    cut_after = _GAPS & {*after} and any(map(is_word, record[end : passage.sentence_at(end - 1).end]))
    return ("ellipsis",) if cut_before or cut_after else ()


def _clean(hit: _Hit, text: _Text) -> Verdict:
    if hit.edits:
        return _verdict("edited", hit, marks=tuple(dict.fromkeys(hit.edits)))
    return _verdict("verbatim", hit, marks=typography(text.tokens, text.core, hit.passage, hit.start))


def _verdict(kind: VerdictKind, hit: _Hit, *, marks: tuple[str, ...] = (), why: str = "") -> Verdict:
    fragment, span = hit.passage.locate(hit.start, hit.end)
    return Verdict(kind, fragment, span, marks=marks, why=why)
