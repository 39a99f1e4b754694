"""Step 1f: which fragments of a group are its quotes: quotable, near its title, many voices, as an editor asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapporteur.types import Judgement, QuoteRef, Support
from rapporteur.writing.cutting import cut
from rapporteur.writing.outline.aiming import Subject
from rapporteur.writing.outline.guide import Guide

MAX_QUOTES = 3
_SAME_VOICE = 0.25
_SAME_DIALOGUE = 0.08
_FAR_FROM_TITLE = 0.2
_NEARLY_EQUAL = 0.25  # quotes that differ less in worth may take each other's place by chance
_SITS = 0.1  # what a quote that stands already is worth more, where an instruction asks for others
_STAYS = 2.0  # and where nothing asks for others


class Chosen:
    """What is already quoted: no fragment twice, no voice too often; and what an editor asks for."""

    def __init__(self, guide: Guide, judgements: Sequence[Judgement]) -> None:
        self.guide = guide
        self.texts: set[str] = set()
        self.people: Counter[str] = Counter()
        self.dialogues: Counter[int | None] = Counter()
        if guide.elsewhere:
            of = {j.fragment.id: j for j in judgements}
            for quote in guide.elsewhere:
                if quote.fragment in of:
                    self.take(replace(of[quote.fragment], quote=quote.spans))

    def take(self, judgement: Judgement) -> None:
        self.texts.add(quoted_text(judgement))
        self.people[judgement.fragment.person] += 1
        self.dialogues[judgement.fragment.dialogue] += 1


@dataclass(frozen=True, slots=True)
class Supported:
    """A group that a topic can be made of: those who carry it, and those against.

    `sure` says of the fragments whose printed words carry the title how surely they do, in (0, 1].
    """

    title: str
    group: Sequence[Judgement]
    support: Support
    against: tuple[str, ...]
    block: str = ""
    sure: Mapping[str, float] = field(default_factory=dict)

    @property
    def shows(self) -> Sequence[Judgement]:
        """The fragments that may be printed under the title; of a topic that stands, all if none carries it."""
        return [j for j in self.group if j.fragment.id in self.sure] or self.group


def is_about(group: Sequence[Judgement], subjects: Sequence[Subject]) -> bool:
    """Whether at least half of the people of a group speak of a subject."""
    people = {j.fragment.person for j in group}
    return any(2 * len({j.fragment.person for j in group if j.fragment.id in s.named}) >= len(people) for s in subjects)


def quotes_for(each: Supported, chosen: Chosen) -> tuple[QuoteRef, ...]:
    """Nought to three quotes: quotable, near the topic's title, spread over voices and dialogues, none twice.

    What carries the title surest is worth more and stands first; those that stand already keep their order.
    """
    guide = chosen.guide
    rank = {j.fragment.id: number for number, j in enumerate(each.group)}
    quotes: list[QuoteRef] = []
    for judgement in each.group:
        if judgement.fragment.id in guide.kept:
            quotes.append(guide.kept[judgement.fragment.id])
            chosen.take(replace(judgement, quote=quotes[-1].spans))
    apart = guide.boxed | guide.kept.keys()
    rest = [j for j in each.shows if j.left_out is None and j.fragment.id not in apart]
    wanted = _how_many(each, len(quotes), guide)
    stays = _STAYS if not any(guide.aim.worth.get(j.fragment.id) for j in rest) else _SITS

    def worth(judgement: Judgement) -> float:
        far = 1 - each.sure.get(judgement.fragment.id, 0.0)
        return _worth(judgement, chosen, stays) - _FAR_FROM_TITLE * far

    while rest and len(quotes) < wanted:
        best = max(rest, key=lambda j: (worth(j), j.fragment.id))
        rest.remove(best)
        if quoted_text(best) in chosen.texts:
            continue
        if quotes and guide.aim.worth.get(best.fragment.id, 0.0) < 0:
            break  # rather one quote fewer than one that is not wanted
        chosen.take(best)
        quotes.append(QuoteRef(best.fragment.id, best.quote))
    stood = {fragment: number for number, fragment in enumerate(guide.sitting)}
    return tuple(sorted(quotes, key=lambda q: (stood.get(q.fragment, len(stood)), rank[q.fragment])))


def _how_many(each: Supported, kept: int, guide: Guide) -> int:
    """How many quotes a topic has: by its support, as many as stand there, and more or fewer where that is asked."""
    if guide.no_quotes:
        return 0
    stood = {j.fragment.id for j in each.group if j.fragment.id in guide.sitting or j.fragment.id in guide.kept}
    now = len(stood) or min(MAX_QUOTES, 1 + (each.support.people >= 3) + (each.support.people >= 6))
    more = guide.quotes + is_about(each.group, guide.aim.more)
    if is_about(each.group, guide.aim.less):
        return max(1, kept)
    return max(1, kept, now + more) if more < 0 else max(now, min(MAX_QUOTES, now + more))


def _worth(judgement: Judgement, chosen: Chosen, stays: float) -> float:
    """What a fragment is worth as the next quote; `stays` is added for one that stands in the section already."""
    fragment, guide = judgement.fragment, chosen.guide
    sits = guide.chance.seed is None and fragment.id in guide.sitting
    return (
        judgement.quotability
        - _SAME_VOICE * chosen.people[fragment.person]
        - _SAME_DIALOGUE * chosen.dialogues[fragment.dialogue]
        + guide.aim.worth.get(fragment.id, 0.0)
        + stays * sits
        + _NEARLY_EQUAL * guide.chance.of(fragment.id)
    )


def quoted_text(judgement: Judgement) -> str:
    return cut(judgement.fragment, judgement.quote).casefold()
