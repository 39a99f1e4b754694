"""The one place that finds quotations in running text.

In: a passage as a reader sees it. Out: what claims to be someone's words, each with its attribution.
Every habit of quotation marks is known: curly, straight, low, pointed, doubled single ones; nested; with the
closing mark before or after the full stop, or missing. Apostrophes ('s avonds, zo'n, foto's) are no marks.
Few words between marks, with nothing said of who spoke, are a term or a headline and accuse nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapporteur.proof.documents.attribution import (
    Stated,
    attribution_at,
    bare_attribution_at_the_end,
    numbered_attributions,
)
from rapporteur.types import Attribution

SCARE_QUOTE_WORDS = 4
_WORD = re.compile(r"\w+(?:['’]\w+)*")

_HYPHEN_AT_LINE_END = re.compile(r"(?<=\w)[-‐][ \t]*\r?\n\s*(?=\w)")
_KEPT = "\ue000"

_MARK = re.compile(r"''(?!(?:[stnmkr]|ns)(?!\w))|,,|[\"“”„‟″＂❝❞〝〞「」«»‹›'‘’‚‛`´′]")
_FAMILY = {
    **dict.fromkeys(('"', "“", "”", "„", "‟", "″", "＂", "❝", "❞", "〝", "〞", "「", "」", "''", ",,"), "double"),
    **dict.fromkeys(("«", "»"), "pointed"),
    **dict.fromkeys(("‹", "›"), "single pointed"),
    **dict.fromkeys("'‘’‚‛`´′", "single"),
}
_OPENING = frozenset({"“", "„", "‟", "«", "‹", "‘", "‚", "‛", "❝", "〝", "「", ",,"})
_CLOSING = frozenset({"”", "»", "›", "❞", "〞", "」", "’"})
_BEFORE_AN_OPENING = re.compile(r"[\s(\[{/–—\-:;…\"“„«‹'‘‚\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_AFTER_A_CLOSING = re.compile(r"[\s()（\]}/–—\-:;.,!?…\"”»›'’\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What an apostrophe stands before at the start of a Dutch word: 's avonds, 't, 'n, 'm, 'k, 'r, 'ns, '90.
_CLIPPED = re.compile(r"(?:s|t|n|m|k|r|ns|tis|twas|\d\ds?)(?!\w)")
# A possessive: the apostrophe of "de ouders' zorgen" looks like a closing mark.
_POSSESSIVE = re.compile(r"[sxzSXZ]['’]\s+[a-zà-ÿ]")
_ENDS_A_SENTENCE = re.compile(r"[.,!?…]")
_INTRODUCES = re.compile(r"(?:\A|[:>\n])[\s–—•*+\-]*\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation in a text: `[start, end)` with its marks, its words without, and who is said to speak.

    `after` is where its attribution ends, or `end` if it has none.
    """

    start: int
    end: int
    after: int
    text: str
    attribution: Attribution | None


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark as its neighbours show it; `clips` if it may be the apostrophe of a clipped word."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool
    clips: bool = False


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
    everything = (_found(text, stretch) for stretch in _stretches(text))
    return [found for found in everything if found.text and not _is_scare_quote(found)]


def quotation_of(text: str) -> Found | None:
    """The words of a block that is a quotation as a whole, marks or none; None if it holds no words."""
    marked = _marked_as_a_whole(text)
    if marked:
        return marked
    at_the_end = [s for s in numbered_attributions(text) if not has_words(text[s.end :])]
    stated = at_the_end[0] if at_the_end else bare_attribution_at_the_end(text)
    end = stated.start if stated else len(text)
    words = tidy(text[:end])
    if not has_words(words):
        return None
    return Found(0, end, stated.end if stated else end, words, stated.attribution if stated else None)


def runs_on(text: str) -> bool:
    """Whether a quotation mark is opened and not closed, so that the next passage may hold the rest."""
    return _pairing(text).runs_on


def runs_in(text: str) -> bool:
    """Whether the first quotation mark closes what no mark opened, so that an earlier passage may hold the start."""
    return _pairing(text).runs_in


def has_marks(text: str) -> bool:
    return bool(_pairing(text).marks)


def words_of(text: str) -> str:
    """Words that are all a quotation, without the marks around the whole."""
    marked = _marked_as_a_whole(text)
    return marked.text if marked and marked.after == marked.end else tidy(text)


def _marked_as_a_whole(text: str) -> Found | None:
    stretches = _stretches(text)
    if len(stretches) != 1 or has_words(text[: stretches[0].start]):
        return None
    found = _found(text, stretches[0])
    return None if has_words(text[found.after :]) else found


def has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _found(text: str, stretch: _Stretch) -> Found:
    stated = stretch.stated
    return Found(
        stretch.start,
        stretch.end,
        stated.end if stated else stretch.end,
        tidy(text[stretch.inner : stretch.outer]),
        stated.attribution if stated else None,
    )


def _is_scare_quote(found: Found) -> bool:
    """Whether the words are a term or a headline: a few that nobody is said to have spoken, or one explained."""
    words = len(_WORD.findall(found.text))
    if found.attribution is None:
        return words <= SCARE_QUOTE_WORDS
    return found.attribution.dialogue is None and words <= 1


def tidy(text: str) -> str:
    """The text on one line, but for a line end after a hyphen, which may not be the word's own."""
    text = " ".join(_HYPHEN_AT_LINE_END.sub(_KEPT, text).split())
    return text.replace(_KEPT, "-\n")


# ------------------------------------------------------------------------------- from mark to mark


def _stretches(text: str) -> list[_Stretch]:
    """The outermost stretches between marks, in order."""
    return _pairing(text).found


def _pairing(text: str) -> _Pairing:
    marks = [mark for match in _MARK.finditer(text) for mark in _marks(text, match)]
    return _Pairing(text, marks, numbered_attributions(text))


def _marks(text: str, match: re.Match[str]) -> Iterator[_Mark]:
    start, end, glyph = match.start(), match.end(), match.group()
    before, after = text[start - 1 : start], text[end : end + 1]
    family = _FAMILY[glyph]
    may_open = bool(after.strip()) and (not before or _BEFORE_AN_OPENING.match(before) is not None)
    may_close = bool(before.strip()) and (not after or _AFTER_A_CLOSING.match(after) is not None)
    if family == "single" and before.isalnum() and after.isalnum():
        return
    if family == "single" and may_open and not before.isalnum() and _CLIPPED.match(text, end):
        yield _Mark(start, end, family, opens=False, closes=False, clips=True)
    elif may_open != may_close:
        yield _Mark(start, end, family, opens=may_open, closes=may_close)
    elif family != "single" or may_open or glyph in _OPENING | _CLOSING:
        yield _Mark(start, end, family, opens=glyph not in _CLOSING, closes=glyph not in _OPENING)


@dataclass(frozen=True, slots=True)
class _Opened:
    """An opening mark that waits for its closing mark, and what was paired inside it meanwhile."""

    mark: _Mark
    inside: list[_Stretch] = field(default_factory=list)


class _Pairing:
    """One pass over the marks of a text: which closes which, and what is said of who spoke.

    A numbered attribution right after a closing mark ends everything that is open; one inside an open stretch
    ends it too, for want of a closing mark. An opening mark that nothing closed is stray: what was paired
    inside it then counts as if it were not there.
    """

    def __init__(self, text: str, marks: list[_Mark], attributions: list[Stated]) -> None:
        self._text = text
        self._open: list[_Opened] = []
        self._clipping: list[_Mark] = []
        self._done = 0  # what stands before this was attributed already
        self.found: list[_Stretch] = []
        self.marks = marks
        self.runs_on = self.runs_in = False
        waiting = list(attributions)
        for number, mark in enumerate(marks):
            while waiting and waiting[0].start < mark.start:
                self._attribute(waiting.pop(0))
            if mark.clips:
                self._clipping.append(mark)
            if mark.start >= self._done:
                self._take(number, mark)
        for stated in waiting:
            self._attribute(stated)
        self._finish()

    def _take(self, number: int, mark: _Mark) -> None:
        families = [opened.mark.family for opened in self._open] if mark.closes else []
        if mark.closes and (mark.family in families or not mark.opens):
            stated = attribution_at(self._text, mark.end)
            numbered = stated is not None and stated.attribution.dialogue is not None
            if mark.family not in families:
                self._close_unopened(number, mark, stated)
            elif numbered:
                self._close(families.index(mark.family), mark, stated)
            elif not self._is_possessive(number, mark):
                self._close(len(families) - 1 - families[::-1].index(mark.family), mark, stated)
        elif mark.opens:
            self._open.append(_Opened(mark))

    def _close(self, level: int, mark: _Mark, stated: Stated | None) -> None:
        opened = self._open[level].mark
        del self._open[level:]
        stretch = _Stretch(opened.start, opened.end, mark.start, mark.end, mark.family, stated)
        if self._open and not (stated and stated.attribution.dialogue):
            self._open[-1].inside.append(stretch)
            return
        self._open.clear()
        self._add(stretch)

    def _close_unopened(self, number: int, mark: _Mark, stated: Stated | None) -> None:
        """A closing mark without an opening one: perhaps an earlier mark was misread."""
        self.runs_in = self.runs_in or not (self.found or self._open)
        last = self.found[-1] if self.found else None
        clipping = self._clipping = [m for m in self._clipping if m.start >= self._last_end()]
        numbered = stated is not None and stated.attribution.dialogue is not None
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
            self._open.clear()
            self._add(_Stretch(opened.start, opened.end, stated.start, stated.start, opened.family, stated))

    def _finish(self) -> None:
        """What is still open at the end: closed by a last attribution, or by the end itself, or stray."""
        if not self._open:
            return
        stated = bare_attribution_at_the_end(self._text)
        if stated and stated.start > self._open[0].mark.end:
            self._attribute(stated)
            return
        for opened in self._open:
            self.found += opened.inside
        last = self._open[-1].mark
        self.runs_on = last.family != "single" or self._text[last.start] in _OPENING
        later = any(mark.opens for mark in self.marks if mark.start > last.start)
        if not later and _INTRODUCES.search(self._text[: last.start]):
            end = len(self._text)
            self._add(_Stretch(last.start, last.end, end, end, last.family))

    def _add(self, stretch: _Stretch) -> None:
        self.found.append(stretch)
        if stretch.stated:
            self._done = stretch.stated.end

    def _last_end(self) -> int:
        return max(self._done, self.found[-1].end if self.found else 0)

    def _is_possessive(self, number: int, mark: _Mark) -> bool:
        """Whether the mark is the apostrophe of a possessive: the next one of its family closes, too."""
        if mark.family != "single" or not _POSSESSIVE.match(self._text, mark.start - 1):
            return False
        following = next((m for m in self.marks[number + 1 :] if m.family == "single" and not m.clips), None)
        return following is not None and not following.opens
