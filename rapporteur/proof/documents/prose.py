"""Passages of a document, each as it stands there, to what was read: the Quotations in them, and the prose around."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from rapporteur.dutch.sessions import DIALOGUE
from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.attribution import attribution_alone, attribution_at, attribution_in_cells
from rapporteur.proof.documents.finding import (
    Found,
    Pairing,
    has_words,
    quotation_of,
    tidy,
    within_marks,
)
from rapporteur.proof.documents.interface import Passage, ReadDocument
from rapporteur.proof.documents.introductions import (
    attribution_afterwards,
    attribution_before,
    attribution_in_the_sentence_before,
)
from rapporteur.proof.documents.marks import marks_in
from rapporteur.proof.documents.properties import Property
from rapporteur.proof.documents.quoted_blocks import account_for, in_doubt, quoted
from rapporteur.proof.documents.unmarked import (
    above_its_attribution,
    may_be_the_writers,
    of_someone,
    set_apart,
    stands_apart,
    unbound,
)
from rapporteur.types import Attribution, Finding, Quotation

# Over how many paragraphs one quotation may run.
_MOST_PARAGRAPHS = 8
# A report of a thousand pages has 3 million characters.
_MOST_CHARACTERS = 10_000_000
_REST_OF_AN_ATTRIBUTION = re.compile(rf"[^()]{{0,80}}?{DIALOGUE}\s*\)", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(?<=\w)[-‐\u00ad]\n(?=[a-zà-ÿ])(?!(?:en|of)\b)")
_HEADING_NUMBER = re.compile(r"\A\W*(?:\d+[.)]?)*\s+")
_HEADING_WORD = re.compile(r"\w+")
_TAKEN = "\ue001"


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch `[start, end)` of a passage that the document itself marks as a quotation."""

    start: int
    end: int
    fragment: str | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """A passage, whether all of it is set as a quotation, and the stretches marked as one.

    `block` is the number of the block of quoted paragraphs it stands in: they are said to be one person's.
    `level` is that of a heading, None for any other passage. `emphasised` are the stretches in bold, italics or the
    like: where '(rol, dialoog 2)' follows one that stands apart, it is a quotation without marks.
    """

    text: str
    place: str
    is_quote: bool = False
    block: int | None = None
    claims: tuple[Claim, ...] = ()
    level: int | None = None
    emphasised: tuple[tuple[int, int], ...] = ()


def read_prose(
    name: str,
    prose: Sequence[Prose],
    *,
    theme: str | None = None,
    corpus_fingerprint: str | None = None,
    findings: Iterable[Finding] = (),
    properties: Sequence[Property] = (),
) -> ReadDocument:
    """What was read, from the passages of a document. Raises: DocumentUnreadable if that is more than a report."""
    if sum(map(len, (*(p.text for p in prose), *(p.text for p in properties)))) > _MOST_CHARACTERS:
        raise DocumentUnreadable(f"{name} holds more text than any report: over {_MOST_CHARACTERS:,} characters.")
    sought = _Search(prose)
    quotations = tuple(of_theme(quotation, theme) for quotation in sought.quotations)
    passages, found = tuple(sought.passages()), (*findings, *sought.unbound())
    return ReadDocument(name, quotations, passages, corpus_fingerprint, theme, found, tuple(properties))


def under_headings(prose: Iterable[Prose]) -> Iterator[Prose]:
    """The passages, their places with the heading they stand under, for who has no numbers to walk by."""
    heading = ""
    for piece in prose:
        yield replace(piece, place=f"{piece.place}, under ‘{heading}’") if heading else piece
        if piece.level is not None:
            heading = _short(piece.text)


def quotations_of(prose: Sequence[Prose], theme: str | None = None) -> tuple[Quotation, ...]:
    """Every quotation once, in reading order, whether its marks, its style or a claim shows it.

    In a document on one `theme` the dialogue numbers are that theme's.
    """
    return tuple(of_theme(quotation, theme) for quotation in _Search(prose).quotations)


def of_theme(quotation: Quotation, theme: str | None) -> Quotation:
    """The quotation with `theme` in its attribution, unless that names one of its own."""
    attribution = quotation.attribution
    if attribution is None or attribution.theme or theme is None:
        return quotation
    return replace(quotation, attribution=replace(attribution, theme=theme))


# ------------------------------------------------------------------------ passages that belong together


@dataclass(slots=True)
class _Joined:
    """Passages over which one quotation runs, as one; `parts` are they, with where each starts in the whole."""

    whole: Prose
    parts: list[tuple[int, Prose]]
    pairing: Pairing
    taken: list[tuple[int, int]] = field(default_factory=list)
    quotations: list[int] = field(default_factory=list)


class _Search:
    """The search through a document. The last quotation of a passage may have its attribution alone in the next one,
    the first may have it alone in the one before."""

    def __init__(self, prose: Sequence[Prose]) -> None:
        self._joined = _rejoined(prose)
        self._headings = {_as_a_title(piece.text) for piece in prose if piece.level is not None}
        self.quotations: list[Quotation] = []
        self._waiting: list[int] = []  # those of one block that have no attribution yet
        self._block: int | None = None
        said_below: int | None = None
        for number, joined in enumerate(self._joined):
            if number == said_below:
                joined.taken.append((0, len(joined.whole.text)))
                continue
            found = [one for one in _in(joined.whole, joined.pairing) if not self._is_heading(one)]
            self._introduce(number, found)
            if self._attribute_from_below(number, found):
                said_below = number + 1
            self._attribute_from_the_sentence_before(joined.whole, found)
            self._add(joined, found)

    def passages(self) -> Iterator[Passage]:
        heading = ""
        for joined in self._joined:
            for start, part in joined.parts:
                here = tuple(
                    number
                    for number, (first, _) in zip(joined.quotations, joined.taken, strict=False)
                    if start <= first <= start + len(part.text)
                )
                text, prose = _running(part.text), _outside(part.text, start, joined.taken)
                yield Passage(text, part.place, heading, part.level, here, prose)
                heading = text if part.level is not None else heading

    def _is_heading(self, one: _Placed) -> bool:
        """Whether the words between marks are the name of a part of the document itself."""
        return one.attribution is None and one.fragment is None and _as_a_title(one.text) in self._headings

    def unbound(self) -> Iterator[Finding]:
        """What to say of the attributions that no quotation has."""
        for at, joined in enumerate(self._joined):
            whole = joined.whole
            numbers = [
                *joined.quotations,
                *(first for one in self._joined[at + 1 : at + 2] for first in one.quotations[:1]),
            ]
            said = [told.text for number in numbers if (told := self.quotations[number].attribution)]
            yield from unbound(whole.text, whole.place, joined.taken, said, is_heading=whole.level is not None)
            if whole.is_quote:
                yield from in_doubt(whole.text, whole.place, joined.taken)

    def _introduce(self, number: int, found: list[_Placed]) -> None:
        """The paragraph before may end in 'Een kok uit dialoog 3 zei:'."""
        if not number or not found or found[0].attribution:
            return
        before, here = self._joined[number - 1].whole, self._joined[number].whole
        if before.is_quote or before.level is not None or has_words(here.text[: found[0].start]):
            return
        stated = attribution_before(before.text, len(before.text), 0)
        if stated and stated.firm:
            found[0] = replace(found[0], attribution=stated.attribution)

    def _attribute_from_below(self, number: int, found: list[_Placed]) -> bool:
        if number + 1 == len(self._joined) or (found and found[-1].attribution):
            return False
        below = _alone(self._joined[number + 1].whole)
        if below is None:
            return self._attribute_from_cells(number, found)
        if not found:
            found += self._unmarked_above(number, below)
        if found:
            found[-1] = replace(found[-1], attribution=below)
        return bool(found)

    def _attribute_from_cells(self, number: int, found: list[_Placed]) -> bool:
        """Whether the next two passages are a role and the number of a dialogue, as in the cells of a table."""
        text = self._joined[number].whole.text
        if len(self._joined) < number + 3 or not (found or of_someone(text)):
            return False
        role, session = (self._joined[number + more].whole.text for more in (1, 2))
        told = attribution_in_cells(role, session)
        if told and not found:
            found.append(_Placed(0, len(text), len(text), tidy(text), told, None))
        elif told:
            found[-1] = replace(found[-1], attribution=told)
        return told is not None

    def _attribute_from_the_sentence_before(self, whole: Prose, found: list[_Placed]) -> None:
        """Words that end a passage, and of which nothing behind or around them says who spoke."""
        last = found[-1] if found else None
        if last is None or last.attribution or last.fragment or whole.is_quote or whole.block is not None:
            return
        if not has_words(whole.text[last.end :]):
            told = attribution_in_the_sentence_before(whole.text, last.start, found[-2].after if found[1:] else 0)
            found[-1] = replace(last, attribution=told)

    def _unmarked_above(self, number: int, below: Attribution) -> list[_Placed]:
        """The words of a passage that is no quotation but for the attribution that is all of the next one.

        A row of such attributions is a list of who was there.
        """
        whole = self._joined[number].whole
        rest = self._joined[number + 2].whole if number + 2 < len(self._joined) else None
        if below.dialogue is None or _alone(whole) or (rest and _alone(rest)):
            return []
        if whole.level is not None and not of_someone(whole.text):
            return []
        if not below.role and below.text[0].isalnum() and not of_someone(whole.text):
            return []  # 'Gesprekken 4' says how many there were
        above = above_its_attribution(whole.text)
        return [_Placed(above.start, above.end, above.after, above.text, None, None)] if above else []

    def _add(self, joined: _Joined, found: list[_Placed]) -> None:
        block = joined.whole.block
        if block is None or block != self._block:
            self._waiting, self._block = [], block
        if found and (told := found[0].attribution):
            for index in self._waiting:
                self.quotations[index] = replace(self.quotations[index], attribution=told)
            self._waiting = []
        for one in found:
            if block is not None and one.attribution is None:
                self._waiting.append(len(self.quotations))
            joined.quotations.append(len(self.quotations))
            joined.taken.append((one.start, one.after))
            writers = one.attribution is None and may_be_the_writers(joined.whole.text, one.start, one.end, one.text)
            place = joined.whole.place
            self.quotations.append(
                Quotation(one.text, place, one.attribution, one.fragment, may_be_the_writers=writers)
            )


def _rejoined(prose: Sequence[Prose]) -> list[_Joined]:
    """The passages, those over which one quotation runs as one: opened in the first, closed in the last."""
    pairings = [Pairing(piece.text) for piece in prose]
    joined: list[_Joined] = []
    number = 0
    while number < len(prose):
        last = _runs_until(prose, pairings, number)
        joined.append(_join(prose[number : last + 1], pairings[number : last + 1]))
        number = last + 1
    return joined


def _runs_until(prose: Sequence[Prose], pairings: Sequence[Pairing], first: int) -> int:
    """The last passage of the quotation that the first one leaves open; each may repeat the opening mark."""
    following = prose[first + 1].text if first + 1 < len(prose) else ""
    if pairings[first].ends_within_brackets and _REST_OF_AN_ATTRIBUTION.match(following):
        return first + 1
    if not pairings[first].runs_on:
        return first
    for number in range(first + 1, min(first + _MOST_PARAGRAPHS, len(pairings))):
        pairing = pairings[number]
        reopened = pairing.reopens
        if pairing.runs_in or (reopened and not pairing.runs_on and reopened.family == pairings[first].left_open):
            return number
        if not pairing.goes_through and not (reopened and pairing.runs_on):
            break
    return first


def _join(prose: Sequence[Prose], pairings: Sequence[Pairing]) -> _Joined:
    """One passage of several; a mark that is repeated at the start of a paragraph is left out."""
    if len(prose) == 1:
        return _Joined(prose[0], [(0, prose[0])], pairings[0])
    text, claims, emphasised, parts = "", [], [], []
    for piece, pairing in zip(prose, pairings, strict=True):
        start = len(text)
        parts.append((start, piece))
        claims += [Claim(c.start + start, c.end + start, c.fragment) for c in piece.claims]
        emphasised += [(first + start, last + start) for first, last in piece.emphasised]
        again = pairing.reopens if start else None
        text += (_blank(piece.text, again.start, again.end) if again else piece.text) + "\n"
    first = prose[0]
    is_quote = all(piece.is_quote for piece in prose)
    whole = Prose(text[:-1], first.place, is_quote, first.block, tuple(claims), first.level, tuple(emphasised))
    return _Joined(whole, parts, Pairing(whole.text))


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _outside(text: str, start: int, taken: Iterable[tuple[int, int]]) -> str:
    """The words of a part, which starts at `start` of the whole, that were not taken for quotations."""
    kept, position = [], 0
    for first, last in taken:
        kept.append(text[position : max(first - start, position)])
        position = max(position, last - start)
    return _running(" ".join((*kept, text[max(position, 0) :])))


def _running(text: str) -> str:
    """Text on one line, as prose is read: a word that a line end breaks is one word."""
    return " ".join(_BROKEN_WORD.sub("", text).split())


def _as_a_title(text: str) -> str:
    """A heading as it may be cited: without its number, marks and capitals."""
    return " ".join(_HEADING_WORD.findall(_HEADING_NUMBER.sub("", text).casefold()))


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _alone(piece: Prose) -> Attribution | None:
    """The attribution that is all of a passage; in a block set as a quotation brackets or a dash must show it."""
    shown = not piece.is_quote or piece.text.lstrip().startswith(("(", "–", "—", "-"))
    return attribution_alone(piece.text) if shown else None


# ---------------------------------------------------------------------------------- in one passage


@dataclass(frozen=True, slots=True)
class _Placed:
    """A quotation of a passage, and the fragment that the document claims it was cut from."""

    start: int
    end: int
    after: int
    text: str
    attribution: Attribution | None
    fragment: str | None


def _in(piece: Prose, pairing: Pairing) -> list[_Placed]:
    text, found = _claimed_whole(piece)
    found += (Pairing(text) if found else pairing).quotations()
    among = _Ranges((one.start, one.end) for one in found)
    for claim in piece.claims:
        if not among.touch(claim):
            found += _claimed(piece.text, claim)
    among = _Ranges((one.start, one.end) for one in found)
    for start, end in piece.emphasised:
        stretch = Claim(start, end)
        if not among.touch(stretch) and _is_attributed(piece.text, stretch):
            found += _claimed(piece.text, stretch)
    found.sort(key=lambda one: one.start)
    if not found and not piece.is_quote:
        apart = set_apart(piece.text, is_heading=piece.level is not None)
        found = [apart] if apart else []
    if piece.is_quote and not account_for(piece.text, found, [(one.start, one.end) for one in piece.claims]):
        found = quoted(piece.text) or found
    fragments = _claimed_fragments(piece.claims, found)
    return [_Placed(o.start, o.end, o.after, o.text, o.attribution, f) for o, f in zip(found, fragments, strict=True)]


class _Ranges:
    """Stretches `[start, end)` of a text; asking whether one touches them takes the time of a look-up."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def touch(self, claim: Claim) -> bool:
        before = bisect_left(self._starts, claim.end)
        return before > 0 and self._furthest[before - 1] > claim.start


def _claimed_whole(piece: Prose) -> tuple[str, list[Found]]:
    """The claims that stand between marks of their own, which no mark inside them ends; and the text without them."""
    found: list[Found] = []
    marks = marks_in(piece.text) if piece.claims else []
    left, position = [], 0
    for claim in sorted(piece.claims, key=lambda claim: claim.start):
        inner = within_marks(piece.text, claim.start, claim.end, marks)
        if inner:
            found.append(_of_claim(piece.text, claim, tidy(piece.text[slice(*inner)])))
            start, end = max(claim.start, position), max(claim.end, position)
            left += [piece.text[position:start], _TAKEN * (end - start)]
            position = end
    return "".join((*left, piece.text[position:])), found


def _claimed(text: str, claim: Claim) -> list[Found]:
    """The words of a claim, and the attribution that follows it."""
    one = quotation_of(text[claim.start : claim.end])
    if one is None:
        return []
    placed = _of_claim(text, claim, one.text)
    return [replace(placed, attribution=one.attribution or placed.attribution)]


def _is_attributed(text: str, claim: Claim) -> bool:
    following = attribution_at(text, claim.end)
    if following is None or not following.is_numbered:
        return False
    return stands_apart(text, claim.start, claim.end, following.end)


def _of_claim(text: str, claim: Claim, words: str) -> Found:
    following = attribution_at(text, claim.end) or attribution_afterwards(text, claim.end)
    stated = following or attribution_before(text, claim.start, 0)
    after = following.end if following else claim.end
    return Found(claim.start, claim.end, after, words, stated.attribution if stated else None)


def _claimed_fragments(claims: Iterable[Claim], found: Iterable[Found]) -> Iterator[str | None]:
    """Of each quotation, in order, the fragment of the first claim that it touches."""
    waiting = deque(sorted(claims, key=lambda claim: claim.start))
    for one in found:
        while waiting and waiting[0].end <= one.start:
            waiting.popleft()
        yield waiting[0].fragment if waiting and waiting[0].start < one.end else None
