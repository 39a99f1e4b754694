"""Step 1e: which matter of the bank a group of people speaks of, and how sure that is.

A wrong title is worse than a plain one. So a matter names a group only when a clear share of its people speak of
it, clearly more than the other people of the section do, in expressions that are rare in the theme and belong to
few matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from rapporteur.types import Fragment, SectionKey
from rapporteur.writing.outline.chance import NONE, Chance
from rapporteur.writing.outline.likeness import Lexicon, Said

MIN_PERSON = 0.3  # weight of expressions from which one person speaks of a matter
MIN_PEOPLE = 2
ALONE = 0.9  # of a group of one person: that weight, in at least three expressions
ONE_WORD = 0.5  # of the people of a group, where they all use one and the same expression
MAX_LIFT = 6.0
NEARLY_EQUAL = 0.25  # a matter that is so much weaker may still, by chance, name a group
_ELSEWHERE = 0.05  # so that a matter named by nobody else is not infinitely far above the others


_NOTHING = Said({}, {})


def surely(said: Said | None) -> float:
    """How surely someone speaks of a matter, 0 to 1; 0 for who says too little of it, or only what goes with it."""
    return said.weight if said and said.words and said.weight >= MIN_PERSON else 0.0


@dataclass(frozen=True, slots=True)
class Demand:
    """What it takes for a matter to name a group of several people.

    `share` of its people speak of it, `lift` times more of them than of the section's other people, in `kinds` of
    expressions; `hints` whether hints are among those.
    """

    share: float
    lift: float
    kinds: int
    hints: bool


STRICT = Demand(share=0.3, lift=1.6, kinds=2, hints=False)
LENIENT = Demand(share=0.4, lift=1.6, kinds=3, hints=True)


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly a group speaks of a matter: higher is surer; `people` are those who do."""

    score: float
    people: frozenset[str]


class Evidence:
    """What the people of a section say of each matter."""

    def __init__(
        self, fragments: Iterable[Fragment], section: SectionKey, lexicon: Lexicon, chance: Chance = NONE
    ) -> None:
        self._section = section
        self._chance = chance
        self._lexicon = lexicon
        self._spoken = {person: self.of(said) for person, said in _by_person(fragments).items()}

    def of(self, fragments: Sequence[Fragment]) -> Mapping[str, Said]:
        """By matter, what these fragments say of it."""
        return self._lexicon.telling([f.text for f in fragments], self._section)

    def weight(self, fragments: Sequence[Fragment], matter: str) -> float:
        """How surely these fragments speak of a matter, 0 to 1."""
        return self.of(fragments).get(matter, _NOTHING).weight

    def speaks(self, said: Mapping[str, Said], matter: str) -> bool:
        """Whether what was said is surely enough of a matter."""
        return surely(said.get(matter)) > 0

    def best(
        self, groups: Sequence[Sequence[Fragment]], demand: Demand = STRICT, used: Collection[str] = ()
    ) -> list[str | None]:
        """The matter that names each group, none twice and none of `used`; None where none is sure enough.

        The groups choose in order of evidence, so that a matter goes to the group that speaks of it most.
        """
        ranked = sorted(
            (-strength.score * (1 + NEARLY_EQUAL * self._chance.of(matter)), number, matter)
            for number, group in enumerate(groups)
            for matter, strength in self.matters(group, demand).items()
        )
        chosen: dict[int, str] = {}
        for _, number, matter in ranked:
            if number not in chosen and matter not in used and matter not in chosen.values():
                chosen[number] = matter
        return [chosen.get(number) for number in range(len(groups))]

    def matters(self, group: Sequence[Fragment], demand: Demand = STRICT) -> dict[str, Strength]:
        """The matters that may name a group."""
        inside = {person: self.of(said) for person, said in _by_person(group).items()}
        others = [said for person, said in self._spoken.items() if person not in inside]
        named = sorted({m for said in inside.values() for m, what in said.items() if what.words or demand.hints})
        found = {}
        for matter in named:
            said = {person: all_said.get(matter, _NOTHING) for person, all_said in inside.items()}
            covered = sum(what.weight for what in said.values()) / len(said)
            elsewhere = sum(other.get(matter, _NOTHING).weight for other in others) / max(1, len(others))
            lift = (covered + _ELSEWHERE) / (elsewhere + _ELSEWHERE)
            if lift >= demand.lift and _enough(said, demand):
                people = frozenset(p for p, what in said.items() if what.weight >= MIN_PERSON)
                spread = 0.7 + 0.1 * min(_kinds(said, demand), 4)
                found[matter] = Strength(covered * sqrt(len(people)) * spread * min(lift, MAX_LIFT), people)
        return found


def _enough(said: Mapping[str, Said], demand: Demand) -> bool:
    """Whether enough people speak of a matter, in several expressions unless one is on most lips."""
    kinds = _kinds(said, demand)
    if len(said) == 1:
        return kinds > 2 and all(what.weight >= ALONE for what in said.values())
    speaking = [what for what in said.values() if what.weight >= MIN_PERSON]
    named = sum(bool(what.words) for what in speaking)
    shared = len(speaking) >= demand.share * len(said) and named >= (1 if demand.hints else MIN_PEOPLE)
    return shared and (kinds >= demand.kinds or (named > MIN_PEOPLE and named >= ONE_WORD * len(said)))


def _kinds(said: Mapping[str, Said], demand: Demand) -> int:
    return len({e for what in said.values() for e in (*what.words, *(what.hints if demand.hints else ()))})


def _by_person(fragments: Iterable[Fragment]) -> dict[str, list[Fragment]]:
    spoken: defaultdict[str, list[Fragment]] = defaultdict(list)
    for fragment in fragments:
        spoken[fragment.person].append(fragment)
    return spoken
