"""Passages of a document, each as it stands there, to the Quotations in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from rapporteur.proof.documents.attribution import attribution_alone, attribution_at
from rapporteur.proof.documents.finding import (
    Found,
    has_marks,
    has_words,
    quotation_of,
    quotations_in,
    runs_in,
    runs_on,
)
from rapporteur.proof.documents.interface import Passage
from rapporteur.types import Attribution, Quotation

# Over how many paragraphs one quotation may run.
_MOST_PARAGRAPHS = 8


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
    """

    text: str
    place: str
    is_quote: bool = False
    block: int | None = None
    claims: tuple[Claim, ...] = ()

    @property
    def passage(self) -> Passage:
        return Passage(" ".join(self.text.split()), self.place)


def quotations_of(prose: Sequence[Prose], theme: str | None = None) -> tuple[Quotation, ...]:
    """Every quotation once, in reading order, whether its marks, its style or a claim shows it.

    The last quotation of a passage may have its attribution alone in the next one. In a document on one
    `theme` the dialogue numbers are that theme's.
    """
    prose = _rejoined(prose)
    quotations: list[Quotation] = []
    said_below: int | None = None
    waiting: list[int] = []  # those of one block that have no attribution yet
    block: int | None = None
    for number, piece in enumerate(prose):
        if number == said_below:
            continue
        found = _in(piece)
        below = _alone(prose[number + 1]) if number + 1 < len(prose) else None
        if below and found and found[-1].attribution is None:
            found[-1] = replace(found[-1], attribution=below)
            said_below = number + 1
        if piece.block is None or piece.block != block:
            waiting, block = [], piece.block
        if found and found[0].attribution:
            for index in waiting:
                quotations[index] = replace(quotations[index], attribution=found[0].attribution)
            waiting = []
        if block is not None:
            waiting += [len(quotations) + n for n, one in enumerate(found) if one.attribution is None]
        quotations += found
    return tuple(of_theme(quotation, theme) for quotation in quotations)


def _rejoined(prose: Sequence[Prose]) -> list[Prose]:
    """The passages, those over which one quotation runs as one: opened in the first, closed in the last."""
    joined: list[Prose] = []
    number = 0
    while number < len(prose):
        last = _runs_until(prose, number)
        joined.append(reduce(_join, prose[number + 1 : last + 1], prose[number]))
        number = last + 1
    return joined


def _runs_until(prose: Sequence[Prose], first: int) -> int:
    if runs_on(prose[first].text):
        for number in range(first + 1, min(first + _MOST_PARAGRAPHS, len(prose))):
            if runs_in(prose[number].text):
                return number
            if has_marks(prose[number].text):
                break
    return first


def _join(one: Prose, other: Prose) -> Prose:
    shift = len(one.text) + 1
    claims = (Claim(c.start + shift, c.end + shift, c.fragment) for c in other.claims)
    is_quote = one.is_quote and other.is_quote
    return Prose(f"{one.text}\n{other.text}", one.place, is_quote, one.block, (*one.claims, *claims))


def of_theme(quotation: Quotation, theme: str | None) -> Quotation:
    """The quotation with `theme` in its attribution, unless that names one of its own."""
    attribution = quotation.attribution
    if attribution is None or attribution.theme or theme is None:
        return quotation
    return replace(quotation, attribution=replace(attribution, theme=theme))


def _alone(piece: Prose) -> Attribution | None:
    """The attribution that is all of a passage; in a block set as a quotation brackets or a dash must show it."""
    shown = not piece.is_quote or piece.text.lstrip().startswith(("(", "–", "—", "-"))
    return attribution_alone(piece.text) if shown else None


def _in(piece: Prose) -> list[Quotation]:
    found = quotations_in(piece.text)
    for claim in piece.claims:
        if not any(_overlap(claim, one) for one in found):
            found += _claimed(piece.text, claim)
    if piece.is_quote and not _account_for(piece.text, found):
        whole = quotation_of(piece.text)
        found = [whole] if whole else found
    return [
        Quotation(one.text, piece.place, one.attribution, _claimed_fragment(piece, one))
        for one in sorted(found, key=lambda one: one.start)
    ]


def _account_for(text: str, found: list[Found]) -> bool:
    """Whether the quotations found leave no words of a quoted block unchecked, but for a lead-in."""
    if not found or has_words(text[found[-1].after :]):
        return False
    return not has_words(text[: found[0].start]) or all(one.attribution for one in found)


def _claimed(text: str, claim: Claim) -> list[Found]:
    """The words of a claim, and the attribution that follows it."""
    one = quotation_of(text[claim.start : claim.end])
    if one is None:
        return []
    following = attribution_at(text, claim.end)
    attribution = one.attribution or (following.attribution if following else None)
    after = following.end if following else claim.end
    return [Found(claim.start, claim.end, after, one.text, attribution)]


def _claimed_fragment(piece: Prose, one: Found) -> str | None:
    return next((claim.fragment for claim in piece.claims if _overlap(claim, one)), None)


def _overlap(claim: Claim, one: Found) -> bool:
    return claim.start < one.end and one.start < claim.end
