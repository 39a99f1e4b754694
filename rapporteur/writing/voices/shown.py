"""What a model is shown: fragments under short numbers, with role and dialogue, without names.

Names and other personal data are replaced before anything leaves the machine. Nothing has to be put back: a model
never writes a quote, it points at one. On a model that runs on this machine other personal data may be left in;
names never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapporteur.dutch.personal import find
from rapporteur.types import Fragment, Judgement
from rapporteur.writing.cutting import attribution

MAX_CHARACTERS = 24_000  # some 8,000 tokens: with instructions and answer well within a context of 32,000
MAX_FRAGMENTS = 120  # numbers in one enum: strict endpoints take no more than 250
_MASK = "X"
_NAMES = frozenset({"name", "possible name"})


@dataclass(frozen=True, slots=True)
class ShownFragment:
    """`number` is what the model calls it ('F3'); `quotable` whether it may point at it as a quote."""

    number: str
    who: str
    text: str
    quotable: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Fragments as shown, and which judgement stands behind each number."""

    fragments: tuple[ShownFragment, ...]
    judgements: Mapping[str, Judgement]

    @property
    def quotable(self) -> tuple[str, ...]:
        return tuple(each.number for each in self.fragments if each.quotable)


@dataclass(frozen=True, slots=True)
class Mask:
    """What is kept from a model: the names of people, and with `anonymise` every other personal datum too."""

    names: frozenset[str]
    anonymise: bool = True

    def __call__(self, text: str) -> str:
        """The text with X for what is kept back."""
        kept, end = "", 0
        for datum in find(text, self.names):
            if (self.anonymise or datum.kind in _NAMES) and datum.span.end > end:
                kept += f"{text[end : datum.span.start]}{_MASK}" if datum.span.start >= end else ""
                end = datum.span.end
        return kept + text[end:]


def show(judgements: Iterable[Judgement], mask: Mask) -> Shown:
    """The fragments in the order given, as many as fit."""
    return next(iter(in_portions(judgements, mask)), Shown((), {}))


def in_portions(judgements: Iterable[Judgement], mask: Mask) -> list[Shown]:
    """All the fragments in the order given, in as few portions as a context holds; numbers start anew in each."""
    portions: list[tuple[list[ShownFragment], dict[str, Judgement]]] = []
    length = 0
    for judgement in judgements:
        text = " ".join(mask(judgement.fragment.text).split())[:MAX_CHARACTERS]
        length += len(text)
        if not portions or length > MAX_CHARACTERS or len(portions[-1][0]) == MAX_FRAGMENTS:
            portions.append(([], {}))
            length = len(text)
        shown, behind = portions[-1]
        number = f"F{len(shown) + 1}"
        who = mask(attribution(judgement.fragment)) or "onbekend"
        shown.append(ShownFragment(number, who, text, judgement.left_out is None))
        behind[number] = judgement
    return [Shown(tuple(shown), behind) for shown, behind in portions]


def people_behind(numbers: Iterable[str], shown: Shown) -> set[str]:
    """The distinct people who spoke the fragments with these numbers."""
    fragments: list[Fragment] = [shown.judgements[number].fragment for number in numbers if number in shown.judgements]
    return {fragment.person for fragment in fragments}
