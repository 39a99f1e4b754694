"""The one place that finds quotations in running text.

In: a passage as a reader sees it. Out: what claims to be someone's words, each with its attribution.
Marks (`marks`) are paired in one pass: nested; with the closing mark before or after the full stop, or missing.
Few words between marks, with nothing said of who spoke, are a term or a headline and accuse nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rapporteur.proof.documents.attribution import (
    Stated,
    attribution_at,
    bare_attribution_at_the_end,
    dashed_attribution_at_the_end,
    numbered_attributions,
)
from rapporteur.proof.documents.introductions import (
    attribution_afterwards,
    attribution_before,
    attribution_in_words_at_the_end,
    is_interruption,
)
from rapporteur.proof.documents.marks import Mark, marks_in, only_opens
from rapporteur.types import INTERRUPTED, Attribution

SCARE_QUOTE_WORDS = 4
_WORD = re.compile(r"\w+(?:['’]\w+)*")

_HYPHEN_AT_LINE_END = re.compile(r"(?<=\w)[-‐\u00ad][ \t]*\r?\n\s*(?=\w)")
_KEPT = "\ue000"

# A possessive: the apostrophe of "de ouders' zorgen" looks like a closing mark.
_POSSESSIVE = re.compile(r"[sxzSXZ]['’]\s+[a-zà-ÿ]")
_ENDS_A_SENTENCE = re.compile(r"[.,!?…]")
_LONGEST_PART = 120
_LIST_SIGNS = " \t\r–—•*+-"
_INTRODUCES = frozenset(":>\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation in a text: `[start, end)` with its marks, its words without, and who is said to speak.

    `after` is where its attribution ends, or `end` if it has none behind it. `firm`: see Stated.
    """

    start: int
    end: int
    after: int
    text: str
    attribution: Attribution | None
    firm: bool = True


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From an opening mark to its closing mark; `[inner, outer)` is what stands between."""

    start: int
    inner: int
    outer: int
    end: int
    family: str
    stated: Stated | None = None


def quotations_in(text: str) -> list[Found]:
    """The quotations of a passage, in order; scare quotes are not among them."""
    return Pairing(text).quotations()


def quotation_of(text: str) -> Found | None:
    """The words of a block that is a quotation as a whole, marks or none; None if it holds no words."""
    marked = marked_as_a_whole(text)
    if marked:
        return marked
    at_the_end = [s for s in numbered_attributions(text) if not has_words(text[s.end :])]
    stated = at_the_end[0] if at_the_end else dashed_attribution_at_the_end(text) or bare_attribution_at_the_end(text)
    end = stated.start if stated else len(text)
    inner = within_marks(text, 0, end)
    words = tidy(text[slice(*inner)] if inner else text[:end])
    if not has_words(words):
        return None
    return Found(0, end, stated.end if stated else end, words, stated.attribution if stated else None)


def words_of(text: str) -> str:
    """Words that are all a quotation, without the marks around the whole."""
    marked = marked_as_a_whole(text)
    return marked.text if marked and marked.after == marked.end else tidy(text)


def within_marks(text: str, start: int, end: int, known: list[Mark] | None = None) -> tuple[int, int] | None:
    """What stands inside the marks if `[start, end)` starts with an opening and ends with a closing one.

    `known` are all marks of the text, for who asks often.
    """
    marks = marks_in(text) if known is None else known
    marks = marks[bisect_left(marks, start, key=lambda m: m.start) : bisect_right(marks, end, key=lambda m: m.end)]
    first, last = (marks[0], marks[-1]) if len(marks) > 1 else (None, None)
    if not first or not last or first.family != last.family or not first.opens or not last.closes:
        return None
    if text[start : first.start].strip() or text[last.end : end].strip():
        return None
    return first.end, last.start


def marked_as_a_whole(text: str) -> Found | None:
    """The quotation that is all of a text, between marks; None if there are other words, or no marks."""
    stretches = Pairing(text).found
    if len(stretches) != 1 or has_words(text[: stretches[0].start]):
        return None
    found = _found(text, stretches[0])
    return None if has_words(text[found.after :]) else found


def has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def tidy(text: str) -> str:
    """The text on one line, but for a line end after a hyphen, which may not be the word's own."""
    text = " ".join(_HYPHEN_AT_LINE_END.sub(_KEPT, text).split())
    return text.replace(_KEPT, "-\n")


def _found(text: str, stretch: _Stretch) -> Found:
    stated = stretch.stated
    return Found(
        stretch.start,
        stretch.end,
        stated.end if stated else stretch.end,
        tidy(text[stretch.inner : stretch.outer]),
        stated.attribution if stated else None,
    )


def _merged(first: Attribution, told: Attribution) -> Attribution:
    """What is said in two places of one quotation; `told`, behind it, goes before what stands in front."""
    numbered = told if told.dialogue is not None else first
    words = f"{first.text} {told.text}"
    return Attribution(words, told.role or first.role, numbered.dialogue, dialogues=numbered.dialogues)


def _after_an_interruption(before: Found, found: Found) -> Iterator[Found]:
    """Two halves with only 'zei een kok' between them: one quotation, or two of one person.

    Before the interruption stands a comma that may be the writer's: INTERRUPTED behind it says so.
    """
    first, second = before.attribution, found.attribution
    both = _merged(first, second) if first and second else first or second
    if found.text[:1].islower() and not (first and second and _contradict(first, second)):
        words = f"{before.text.rstrip(' ,')},{INTERRUPTED} {found.text}"
        yield Found(before.start, found.end, found.after, words, both)
    else:
        yield replace(before, attribution=first or both)
        yield replace(found, attribution=second or both)


def _contradict(one: Attribution, other: Attribution) -> bool:
    return one.dialogue is not None and other.dialogue is not None and one.dialogue != other.dialogue


def _is_scare_quote(found: Found) -> bool:
    """Whether the words are a term or a headline: a few that nobody is said to have spoken, or one explained."""
    words = len(_WORD.findall(found.text))
    attribution = found.attribution
    if attribution is None or not found.firm or not (attribution.role or attribution.dialogue is not None):
        return words <= SCARE_QUOTE_WORDS
    return attribution.dialogue is None and words <= 1


# ------------------------------------------------------------------------------- from mark to mark


@dataclass(frozen=True, slots=True)
class _Opened:
    """An opening mark that waits for its closing mark, and what was paired inside it meanwhile."""

    mark: Mark
    inside: list[_Stretch] = field(default_factory=list)


class Pairing:
    """One pass over the marks of a text: which closes which, and what is said of who spoke.

    A numbered attribution right after a closing mark ends everything that is open; one inside an open stretch
    ends it too, for want of a closing mark. An opening mark that nothing closed is stray: what was paired
    inside it then counts as if it were not there. The time is proportional to the length of the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[_Opened] = []
        self._levels: dict[str, list[int]] = {}  # of a family: at which places of _open it stands
        self._clipping: deque[Mark] = deque()
        self._done = 0  # what stands before this was attributed already
        self.found: list[_Stretch] = []
        self.marks = marks_in(text)
        # Whether a mark is opened and not closed, so that the next passage may hold the rest; and whether the
        # first mark closes what none opened, so that an earlier passage may hold the start.
        self.runs_on = self.runs_in = False
        self.left_open = ""  # the family of the mark that runs on
        self._singles_that_close = _next_single_closes(self.marks)
        waiting = deque(numbered_attributions(text) if self.marks else ())
        for number, mark in enumerate(self.marks):
            while waiting and waiting[0].start < mark.start:
                self._attribute(waiting.popleft())
            if mark.clips:
                self._clipping.append(mark)
            if mark.start >= self._done:
                self._take(number, mark)
        for stated in waiting:
            self._attribute(stated)
        self._finish()

    @property
    def goes_through(self) -> bool:
        """Whether a quotation may run on through the passage: it has no marks but those of terms and apostrophes."""
        return not (self.runs_on or self.runs_in or self.quotations() or any(one.stated for one in self.found))

    @property
    def ends_within_brackets(self) -> bool:
        """Whether the passage ends in the first part of an attribution: '’ (kok,'."""
        last = self.marks[-1].end if self.marks else 0
        rest = self._text[last:].strip() if self.marks and self.marks[-1].closes else ""
        return rest.startswith("(") and ")" not in rest and len(rest) <= _LONGEST_PART

    @property
    def reopens(self) -> Mark | None:
        """The opening mark that the passage starts with, if it does."""
        first = self.marks[0] if self.marks else None
        return first if first and first.opens and not self._text[: first.start].strip() else None

    def quotations(self) -> list[Found]:
        """Those with words, each with its attribution, wherever that stands; no scare quotes."""
        quotations: list[Found] = []
        since = 0
        for stretch in self.found:
            found = self._with_what_was_said_before(_found(self._text, stretch), since)
            since = found.after
            before = quotations[-1] if quotations else None
            if before and is_interruption(self._text[before.end : found.start]):
                quotations[-1:] = _after_an_interruption(before, found)
            elif found.text:
                quotations.append(found)
        return [found for found in quotations if not _is_scare_quote(found)]

    def _with_what_was_said_before(self, found: Found, since: int) -> Found:
        told = found.attribution
        if told and told.dialogue is not None and told.role:
            return found
        before = attribution_before(self._text, found.start, since)
        if before is None:
            return found
        first = before.attribution
        if told is None:
            return Found(found.start, found.end, found.after, found.text, first, before.firm)
        if _contradict(first, told):
            return found
        return replace(found, attribution=_merged(first, told), firm=True)

    def _take(self, number: int, mark: Mark) -> None:
        waits = self._levels.get(mark.family) if mark.closes else None
        if mark.closes and (waits or not mark.opens):
            stated = attribution_at(self._text, mark.end) or attribution_afterwards(self._text, mark.end)
            if not waits:
                self._close_unopened(mark, stated)
            elif stated and stated.is_numbered:
                self._close(waits[0], mark, stated)
            elif not self._is_possessive(number, mark):
                self._close(waits[-1], mark, stated)
        elif mark.opens:
            self._levels.setdefault(mark.family, []).append(len(self._open))
            self._open.append(_Opened(mark))

    def _close(self, level: int, mark: Mark, stated: Stated | None) -> None:
        opened = self._open[level].mark
        self._drop_from(level)
        stretch = _Stretch(opened.start, opened.end, mark.start, mark.end, mark.family, stated)
        if self._open and not (stated and stated.is_numbered):
            self._open[-1].inside.append(stretch)
            return
        self._drop_from(0)
        self._add(stretch)

    def _drop_from(self, level: int) -> None:
        for opened in self._open[level:]:
            self._levels[opened.mark.family].pop()
        del self._open[level:]

    def _close_unopened(self, mark: Mark, stated: Stated | None) -> None:
        """A closing mark without an opening one: perhaps an earlier mark was misread."""
        self.runs_in = self.runs_in or not (self.found or self._open)
        last = self.found[-1] if self.found else None
        clipping = self._clipping
        while clipping and clipping[0].start < self._last_end():
            clipping.popleft()
        numbered = stated is not None and stated.is_numbered
        if numbered and last and last.family == mark.family and not last.stated:
            self.found.pop()
            self._add(_Stretch(last.start, last.inner, mark.start, mark.end, mark.family, stated))
        elif clipping and (stated or _ENDS_A_SENTENCE.match(self._text, mark.start - 1)):
            first = clipping[0]
            self._add(_Stretch(first.start, first.end, mark.start, mark.end, mark.family, stated))
        elif numbered and not self._open:
            start = self._last_end()
            self._add(_Stretch(start, start, mark.start, mark.end, mark.family, stated))

    def _attribute(self, stated: Stated) -> None:
        """An attribution while a stretch is open: its closing mark is missing."""
        if self._open and stated.start >= self._done:
            opened = self._open[0].mark
            self._drop_from(0)
            self._add(_Stretch(opened.start, opened.end, stated.start, stated.start, opened.family, stated))

    def _finish(self) -> None:
        """What is still open at the end: closed by a last attribution, or by the end itself, or stray."""
        if not self._open:
            return
        first = self._open[0].mark
        stated = bare_attribution_at_the_end(self._text) or attribution_in_words_at_the_end(self._text, first.end)
        if stated and stated.start > first.end:
            self._attribute(stated)
            return
        for opened in self._open:
            self.found += opened.inside
        last = self._open[-1].mark
        at_the_start = not self._text[: last.start].strip()
        self.runs_on = last.family != "single" or only_opens(self._text, last) or at_the_start
        self.left_open = last.family if self.runs_on else ""
        later = any(mark.opens for mark in self.marks if mark.start > last.start)
        if not later and self._is_introduced(last):
            end = len(self._text)
            self._add(_Stretch(last.start, last.end, end, end, last.family))

    def _is_introduced(self, mark: Mark) -> bool:
        """Whether the mark stands at the start of a line, or after a colon."""
        at = mark.start
        while at and self._text[at - 1] in _LIST_SIGNS:
            at -= 1
        return not at or self._text[at - 1] in _INTRODUCES

    def _add(self, stretch: _Stretch) -> None:
        self.found.append(stretch)
        if stretch.stated:
            self._done = stretch.stated.end

    def _last_end(self) -> int:
        return max(self._done, self.found[-1].end if self.found else 0)

    def _is_possessive(self, number: int, mark: Mark) -> bool:
        """Whether the mark is the apostrophe of a possessive: the next one of its family closes, too."""
        if mark.family != "single" or not _POSSESSIVE.match(self._text, mark.start - 1):
            return False
        return self._singles_that_close[number]


def _next_single_closes(marks: list[Mark]) -> list[bool]:
    """Of each mark whether the next single one, clipped words aside, can only close."""
    closes = [False] * len(marks)
    following = False
    for number in range(len(marks) - 1, -1, -1):
        closes[number] = following
        if marks[number].family == "single" and not marks[number].clips:
            following = not marks[number].opens
    return closes
