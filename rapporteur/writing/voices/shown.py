"""What a model is shown of a topic: its fragments under short numbers, with role and dialogue, without names.

Names and other personal data are replaced before anything leaves the machine. Nothing has to be put back: a model
never writes a quote, it points at one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapporteur.dutch.personal import find
from rapporteur.types import Fragment, Judgement
from rapporteur.writing.cutting import attribution

MAX_CHARACTERS = 24_000  # some 8,000 tokens: with instructions and answer well within a context of 32,000
_MASK = "X"


@dataclass(frozen=True, slots=True)
class ShownFragment:
    """`number` is what the model calls it ('F3'); `quotable` whether it may point at it as a quote."""

    number: str
    who: str
    text: str
    quotable: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The fragments of one topic as shown, and which judgement stands behind each number."""

    fragments: tuple[ShownFragment, ...]
    judgements: Mapping[str, Judgement]

    @property
    def quotable(self) -> tuple[str, ...]:
        return tuple(each.number for each in self.fragments if each.quotable)


def show(judgements: Iterable[Judgement], names: Sequence[str]) -> Shown:
    """The fragments in the order given, as many as fit; `names` are people's, to be masked."""
    shown: list[ShownFragment] = []
    behind: dict[str, Judgement] = {}
    length = 0
    for judgement in judgements:
        text = masked(judgement.fragment.text, names)
        length += len(text)
        if shown and length > MAX_CHARACTERS:
            break
        number = f"F{len(shown) + 1}"
        who = masked(attribution(judgement.fragment), names) or "onbekend"
        shown.append(ShownFragment(number, who, " ".join(text.split()), judgement.left_out is None))
        behind[number] = judgement
    return Shown(tuple(shown), behind)


def masked(text: str, names: Sequence[str]) -> str:
    """The text with every personal datum replaced by X."""
    for datum in reversed(find(text, names)):
        text = text[: datum.span.start] + _MASK + text[datum.span.end :]
    return text


def people_behind(numbers: Iterable[str], shown: Shown) -> set[str]:
    """The distinct people who spoke the fragments with these numbers."""
    fragments: list[Fragment] = [shown.judgements[number].fragment for number in numbers if number in shown.judgements]
    return {fragment.person for fragment in fragments}
