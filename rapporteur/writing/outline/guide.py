"""Step 1: what is asked of the outline of a section that stands in a report already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rapporteur.types import QuoteRef, SectionKey, Topic
from rapporteur.writing.outline import chance
from rapporteur.writing.outline.aiming import NO_AIM, Aim


@dataclass(frozen=True, slots=True)
class Pinned:
    """A topic that keeps its title, its fragments and its block, whatever the grouping."""

    block: str
    title: str
    fragments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What is asked of the outline of a section that stands in a report already.

    `elsewhere` are quotes that stand in the report and are not this outline's to choose: their voices count as
    heard. `withheld` may not be quoted, and why not. `sitting` are the fragments the section's topics quote now, in
    order; they stay unless something asks for others. `boxed` are those in its kaders. `kept` are quotes that must
    stay, as they are cut. `pinned` topics keep what they rest on; with `only_pinned` no others are made. `covered`
    are fragments of topics that stay as they are written: they count, and are not grouped. `quotes` is how many
    more a topic should have.
    """

    elsewhere: tuple[QuoteRef, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)
    sitting: tuple[str, ...] = ()
    boxed: frozenset[str] = frozenset()
    kept: Mapping[str, QuoteRef] = field(default_factory=dict)
    pinned: tuple[Pinned, ...] = ()
    only_pinned: bool = False
    covered: tuple[str, ...] = ()
    standing: Mapping[SectionKey, tuple[Topic, ...]] = field(default_factory=dict)
    aim: Aim = NO_AIM
    quotes: int = 0
    no_quotes: bool = False
    chance: chance.Chance = chance.NONE


NO_GUIDE = Guide()
