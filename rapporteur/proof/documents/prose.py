"""Passages of a document, each as it stands there, to what was read: the Quotations in them, and the prose around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.attribution import DIALOGUE, attribution_alone, attribution_at
from rapporteur.proof.documents.finding import (
    Found,
    Pairing,
    has_words,
    quotation_of,
    tidy,
    within_marks,
)
from rapporteur.proof.documents.interface import Passage, ReadDocument
from rapporteur.proof.documents.introductions import attribution_afterwards, attribution_before
from rapporteur.proof.documents.marks import is_mark
from rapporteur.types import Attribution, Finding, Quotation

# Over how many paragraphs one quotation may run.
_MOST_PARAGRAPHS = 8
# A report of a thousand pages has 3 million characters.
_MOST_CHARACTERS = 10_000_000
_REST_OF_AN_ATTRIBUTION = re.compile(rf"[^()]{{0,80}}?{DIALOGUE}\s*\)", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(?<=\w)[-‐\u00ad]\n(?=[a-zà-ÿ])(?!(?:en|of)\b)")
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
    `level` is that of a heading, None for any other passage. `emphasised` are the stretches in italics: where
    '(rol, dialoog 2)' follows one, it is a quotation without marks.
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
) -> ReadDocument:
    """What was read, from the passages of a document. Raises: DocumentUnreadable if that is more than a report."""
    if sum(len(piece.text) for piece in prose) > _MOST_CHARACTERS:
        raise DocumentUnreadable(f"{name} holds more text than any report: over {_MOST_CHARACTERS:,} characters.")
    sought = _Search(prose)
    quotations = tuple(of_theme(quotation, theme) for quotation in sought.quotations)
    return ReadDocument(name, quotations, tuple(sought.passages()), corpus_fingerprint, theme, tuple(findings))


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
        self.quotations: list[Quotation] = []
        self._waiting: list[int] = []  # those of one block that have no attribution yet
        self._block: int | None = None
        said_below: int | None = None
        for number, joined in enumerate(self._joined):
            if number == said_below:
                joined.taken.append((0, len(joined.whole.text)))
                continue
            found = _in(joined.whole, joined.pairing)
            self._introduce(number, found)
            if self._attribute_from_below(number, found):
                said_below = number + 1
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
        if not found or found[-1].attribution or number + 1 == len(self._joined):
            return False
        below = _alone(self._joined[number + 1].whole)
        if below:
            found[-1] = replace(found[-1], attribution=below)
        return below is not None

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
            self.quotations.append(Quotation(one.text, joined.whole.place, one.attribution, one.fragment))


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


def _blank(text: str, start: int, end: int, sign: str = " ") -> str:
    return text[:start] + sign * (end - start) + text[end:]


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
    after: int
    text: str
    attribution: Attribution | None
    fragment: str | None


def _in(piece: Prose, pairing: Pairing) -> list[_Placed]:
    text, found = _claimed_whole(piece)
    found += (Pairing(text) if found else pairing).quotations()
    for claim in piece.claims:
        if not any(_overlap(claim, one) for one in found):
            found += _claimed(piece.text, claim)
    for start, end in piece.emphasised:
        italic = Claim(start, end)
        if not any(_overlap(italic, one) for one in found) and _is_attributed(piece.text, italic):
            found += _claimed(piece.text, italic)
    found.sort(key=lambda one: one.start)
    if piece.is_quote and not _account_for(piece.text, found):
        whole = quotation_of(piece.text)
        found = [whole] if whole else found
    return [_Placed(one.start, one.after, one.text, one.attribution, _claimed_fragment(piece, one)) for one in found]


def _claimed_whole(piece: Prose) -> tuple[str, list[Found]]:
    """The claims that stand between marks of their own, which no mark inside them ends; and the text without them."""
    text, found = piece.text, []
    for claim in piece.claims:
        inner = within_marks(piece.text, claim.start, claim.end)
        if inner:
            found.append(_of_claim(piece.text, claim, tidy(piece.text[slice(*inner)])))
            text = _blank(text, claim.start, claim.end, _TAKEN)
    return text, found


def _account_for(text: str, found: list[Found]) -> bool:
    """Whether the quotations found leave no words of a quoted block unchecked, but for a lead-in."""
    if not found or has_words(text[found[-1].after :]):
        return False
    if any(has_words(text[one.after : other.start]) for one, other in pairwise(found)):
        return False
    if not all(is_mark(text, one.start) for one in found[1:]):
        return False  # the words of the first go on behind an attribution of their own
    return not has_words(text[: found[0].start]) or all(one.attribution for one in found)


def _claimed(text: str, claim: Claim) -> list[Found]:
    """The words of a claim, and the attribution that follows it."""
    one = quotation_of(text[claim.start : claim.end])
    if one is None:
        return []
    placed = _of_claim(text, claim, one.text)
    return [replace(placed, attribution=one.attribution or placed.attribution)]


def _is_attributed(text: str, claim: Claim) -> bool:
    following = attribution_at(text, claim.end)
    return following is not None and following.is_numbered


def _of_claim(text: str, claim: Claim, words: str) -> Found:
    following = attribution_at(text, claim.end) or attribution_afterwards(text, claim.end)
    stated = following or attribution_before(text, claim.start, 0)
    after = following.end if following else claim.end
    return Found(claim.start, claim.end, after, words, stated.attribution if stated else None)


def _claimed_fragment(piece: Prose, one: Found) -> str | None:
    return next((claim.fragment for claim in piece.claims if _overlap(claim, one)), None)


def _overlap(claim: Claim, one: Found) -> bool:
    return claim.start < one.end and one.start < claim.end
