"""A quotation with visible editorial marks, laid along one passage.

The grammar: an ellipsis stands for words left out, in order; square brackets for words put in, or put in the
place of at most six, as `brackets` bounds them; X for a name. Nothing else may differ, and the passage's own '…',
'[woord]' or 'X' is read as itself first.
Source: facts.md, 'Quote checking', rules 3 to 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from rapporteur.proof import brackets
from rapporteur.proof.brackets import Written
from rapporteur.proof.corpus import Corpus, Passage
from rapporteur.proof.guards import hidden_by_bracket, hidden_by_gap
from rapporteur.proof.tokens import BRACKETED_GAP, GAP, LOOSE_AT_THE_END, Tokens, is_word

_MOST_NAME_WORDS = 3
_WORDS_BESIDE_AN_OWN_ELLIPSIS = 2
_OPENS_A_MARK = frozenset({GAP, BRACKETED_GAP, "[", "x"})
_NAME_PARTICLES = frozenset("de den der het ten ter van von el al bin".split())

Mark = Literal["", "ellipsis", "brackets", "name"]


@dataclass(frozen=True, slots=True)
class Step:
    """A run of the quotation's tokens; with a mark, `tokens` are the mark as it is written."""

    mark: Mark
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A quotation as runs and marks, and the brackets `before` and `after` it.

    Brackets at an edge bind no words of the record: what they stand for is cut off there.
    """

    parts: tuple[Step, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def runs(self) -> list[tuple[str, ...]]:
        return [part.tokens for part in self.parts if not part.mark]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where the kept words stand: tokens `[start, end)` of a passage, and the marks used for what differs.

    `hidden` is the word that a mark may not hide, if it hides one; `written` are the brackets used.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    hidden: str | None
    written: tuple[Written, ...] = ()


def may_have_marks(tokens: Tokens) -> bool:
    return not _OPENS_A_MARK.isdisjoint(tokens.canonical)


def parse(tokens: Tokens) -> Parsed:
    """The quotation as runs and marks. Punctuation beside an ellipsis belongs to the ellipsis."""
    words = tokens.canonical
    found: list[Step] = []
    run_from = at = 0
    while at < len(words):
        mark, length = _mark_at(tokens, at) if words[at] in _OPENS_A_MARK else ("", 1)
        if mark:
            if run_from < at:
                found.append(Step("", words[run_from:at]))
            found.append(Step(mark, words[at : at + length]))
            run_from = at + length
        at += length
    if run_from < at:
        found.append(Step("", words[run_from:]))
    before, after = _brackets(found), _brackets(found[::-1])
    inside = found[len(before) : len(found) - len(after)]
    return Parsed(tuple(_without_loose_punctuation(inside)), _tokens_of(before), _tokens_of(after[::-1]))


def _brackets(found: list[Step]) -> list[Step]:
    """The brackets with which the steps begin."""
    return list(takewhile(lambda step: step.mark == "brackets", found))


def _tokens_of(found: list[Step]) -> tuple[str, ...]:
    return tuple(token for step in found for token in step.tokens)


def align(quote: Parsed, passage: Passage, corpus: Corpus) -> Aligned | None:
    """The quotation's place in a passage; one where the marks hide nothing that matters, if there is one."""
    for guarded in (True, False):
        found = _Walk(quote.parts, passage, corpus, guarded=guarded).result()
        placed = _with_edges(quote, passage, found) if found else None
        if placed:
            kept = [token for run in quote.runs for token in run]
            return placed if brackets.bear(kept, placed.written) else None
    return None


def _with_edges(quote: Parsed, passage: Passage, found: Aligned) -> Aligned | None:
    """The brackets at the edges: the record's own, word for word, or the writer's; not its own with other words."""
    record = passage.tokens.canonical
    start, end, marks, written = found.start, found.end, found.marks, found.written
    if quote.before and record[max(start - len(quote.before), 0) : start] == quote.before:
        start -= len(quote.before)
    elif quote.before:
        marks, written = ("brackets", *marks), (Written(quote.before, 0), *written)
    if quote.after and record[end : end + len(quote.after)] == quote.after:
        end += len(quote.after)
    elif quote.after:
        marks, written = (*marks, "brackets"), (*written, Written(quote.after, 0))
    if quote.before and start == found.start and _holds(record[:start], quote.before):
        return None
    if quote.after and end == found.end and _holds(record[end:], quote.after):
        return None
    changed_before = start == found.start and quote.before and record[max(start - 1, 0) : start] == ("]",)
    changed_after = end == found.end and quote.after and record[end : end + 1] == ("[",)
    if changed_before or changed_after:
        return None
    return Aligned(start, end, tuple(dict.fromkeys(marks)), found.hidden, written)


def _holds(tokens: tuple[str, ...], run: tuple[str, ...]) -> bool:
    """Whether the run stands in the tokens: the record's own bracket, from which the quotation dropped words."""
    length = len(run)
    return any(tokens[at : at + length] == run for at in range(len(tokens) - length + 1))


def _mark_at(tokens: Tokens, at: int) -> tuple[Mark, int]:
    """The mark that starts at a token, and its length in tokens; no mark is '' and one token."""
    here = tokens.canonical[at]
    if here in (GAP, BRACKETED_GAP):
        return "ellipsis", 1
    if here == "x" and tokens.raw(at) == "X":
        return "name", 1
    if here == "[" and "]" in tokens.canonical[at : at + brackets.LONGEST + 2]:
        length = tokens.canonical.index("]", at) - at + 1
        if brackets.is_mark(tokens, at, length):
            return "brackets", length
    return "", 1


def _without_loose_punctuation(found: list[Step]) -> Iterator[Step]:
    for number, step in enumerate(found):
        words = list(step.tokens)
        if not step.mark:
            if number + 1 < len(found) and found[number + 1].mark == "ellipsis":
                while words and words[-1] in LOOSE_AT_THE_END:
                    words.pop()
            if number and found[number - 1].mark == "ellipsis":
                while words and words[0] in LOOSE_AT_THE_END:
                    words.pop(0)
        if words:
            yield Step(step.mark, tuple(words))


@dataclass(frozen=True, slots=True)
class _Stop:
    """One mark used, as it is written, and the tokens `[start, end)` it hides."""

    mark: Mark
    tokens: tuple[str, ...]
    start: int
    end: int


class _Walk:
    """All ways to lay the steps along the passage, the shortest gaps first; dead ends are remembered."""

    def __init__(self, parts: tuple[Step, ...], passage: Passage, corpus: Corpus, *, guarded: bool) -> None:
        self._parts = parts
        self._passage = passage
        self._words = passage.tokens.canonical
        self._corpus = corpus
        self._guarded = guarded
        self._dead: set[tuple[int, int]] = set()

    def result(self) -> Aligned | None:
        for start in self._starts():
            stops = self._walk(0, start)
            if stops is not None:
                end = stops.pop().end
                marks = tuple(dict.fromkeys(stop.mark for stop in stops))
                hidden = next((h for stop in stops if (h := self._hidden(stop))), None)
                return Aligned(start, end, marks, hidden, tuple(self._written(stops)))
        return None

    def _written(self, stops: list[_Stop]) -> Iterator[Written]:
        """The brackets used; those side by side are one."""
        used = (stop for stop in stops if stop.mark == "brackets")
        tokens: tuple[str, ...] = ()
        start = end = 0
        for stop in used:
            if tokens and stop.start != end:
                yield Written(tokens, self._words_between(start, end))
                tokens = ()
            start = start if tokens else stop.start
            tokens, end = tokens + stop.tokens, stop.end
        if tokens:
            yield Written(tokens, self._words_between(start, end))

    def _words_between(self, start: int, end: int) -> int:
        return sum(map(is_word, self._words[start:end]))

    def _starts(self) -> Iterator[int]:
        """Where the quotation may start: at its first words, or anywhere if a mark comes first."""
        first = self._parts[0]
        if first.mark:
            yield from range(len(self._words))
            return
        at = -1
        with suppress(ValueError):
            while True:
                at = self._words.index(first.tokens[0], at + 1)
                yield at

    def _walk(self, number: int, at: int) -> list[_Stop] | None:
        """The marks used from step `number` at token `at`, then an empty stop at the end of the match."""
        if number == len(self._parts):
            return [_Stop("", (), at, at)]
        if (number, at) in self._dead:
            return None
        step = self._parts[number]
        length = len(step.tokens)
        if self._words[at : at + length] == step.tokens:
            rest = self._walk(number + 1, at + length)
            if rest is not None:
                return rest
        for end in self._ends(step, at):
            stop = _Stop(step.mark, step.tokens, at, end)
            if self._guarded and self._hidden(stop):
                continue
            rest = self._walk(number + 1, end)
            if rest is not None:
                return [stop, *rest]
        self._dead.add((number, at))
        return None

    def _ends(self, step: Step, at: int) -> Iterator[int]:
        """Where the tokens that a mark stands for may end."""
        if step.mark == "ellipsis":
            yield from (end for end in range(at, len(self._words) + 1) if self._may_leave_out(step, at, end))
        elif step.mark == "brackets":
            yield from (
                end for end in self._after_words(at, brackets.MOST_REPLACED) if self._may_replace(step, at, end)
            )
        elif step.mark == "name":
            yield from (end for end in self._after_words(at, 2 * _MOST_NAME_WORDS) if self._is_name(at, end))

    def _may_leave_out(self, step: Step, start: int, end: int) -> bool:
        """Whether an ellipsis is the writer's: one that the record has as well licenses no lost word beside it."""
        hidden = self._words[start:end]
        if step.tokens[0] not in hidden:
            return True
        words = sum(map(is_word, hidden))
        return words == 0 or words > _WORDS_BESIDE_AN_OWN_ELLIPSIS

    def _may_replace(self, step: Step, start: int, end: int) -> bool:
        """Whether a bracket may stand for these tokens: no bracket of the record, no opposite, no whole sentence."""
        hidden = self._words[start:end]
        return "[" not in hidden and not brackets.opposes(step.tokens, hidden) and not self._is_sentence(start, end)

    def _is_sentence(self, start: int, end: int) -> bool:
        """Whether the tokens hold all words of a sentence."""
        at = start
        while at < end:
            sentence = self._passage.sentence_at(at)
            words = [token for token in range(sentence.start, sentence.end) if is_word(self._words[token])]
            if words and start <= words[0] and words[-1] < end:
                return True
            at = sentence.end
        return False

    def _after_words(self, at: int, most: int) -> Iterator[int]:
        yield at
        words = 0
        for end in range(at + 1, len(self._words) + 1):
            words += is_word(self._words[end - 1])
            if words > most:
                return
            yield end

    def _is_name(self, start: int, end: int) -> bool:
        """One to three capitalised words, with the small words that stand inside a Dutch surname."""
        inside = range(start, end)
        capitals = [t for t in inside if self._passage.tokens.raw(t)[0].isupper()]
        small = [t for t in inside if t not in capitals]
        return (
            1 <= len(capitals) <= _MOST_NAME_WORDS
            and capitals[-1] == end - 1
            and all(self._words[t] in _NAME_PARTICLES for t in small)
            and "x" not in self._words[start:end]  # the record's own X stands for a name already
            and not any(self._is_common_word(t) for t in capitals)
        )

    def _is_common_word(self, token: int) -> bool:
        """Whether a capital may come from the start of a sentence only."""
        starts = token == self._passage.sentence_at(token).start
        return starts and self._corpus.stands_in_lower_case(self._words[token])

    def _hidden(self, stop: _Stop) -> str | None:
        if stop.mark == "ellipsis":
            return hidden_by_gap(self._passage, stop.start, stop.end)
        if stop.mark in ("brackets", "name"):
            return hidden_by_bracket(self._passage, stop.start, stop.end)
        return None
