"""Step 1: Candidates to Topics: section fit, quotability, grouping, support, choice of quotes.

Everything here is deterministic and independent of the order of its inputs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapporteur.sources.embedding.interface import Vectors
from rapporteur.types import (
    SECTION_KEYS,
    Fragment,
    Judgement,
    QuoteRef,
    SectionKey,
    Support,
    Topic,
)
from rapporteur.writing.cutting import cut
from rapporteur.writing.outline import naming, quotability, sections, titles
from rapporteur.writing.outline.images import images
from rapporteur.writing.outline.likeness import Lexicon
from rapporteur.writing.outline.matters import Bank, standard_bank
from rapporteur.writing.outline.naming import Language
from rapporteur.writing.outline.section_head import SectionHead
from rapporteur.writing.outline.support import carriers, distinct, opposing
from rapporteur.writing.outline.support import support as count

MAX_QUOTES = 3
_WISHES: tuple[SectionKey, ...] = ("dromen", "ideeen")
_SAME_VOICE = 0.25
_SAME_DIALOGUE = 0.08
_FAR_FROM_TITLE = 0.2


@dataclass(frozen=True, slots=True)
class Total:
    support: Support
    statements: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan of a report: topics by section, most supported first, and what was thought of every fragment.

    `totals` say how many people and statements the topics of a section rest on together.
    `observations` are what note-takers wrote down of the talk itself. `talks` is the number of dialogues
    with a known number. `tensions` are pairs of topics of wishes and ideas that pull against each other.
    """

    theme: str
    topics: Mapping[SectionKey, tuple[Topic, ...]]
    totals: Mapping[SectionKey, Total]
    observations: tuple[QuoteRef, ...]
    judgements: tuple[Judgement, ...]
    talks: int
    tensions: tuple[tuple[Topic, Topic], ...] = ()

    @property
    def by_id(self) -> Mapping[str, Judgement]:
        return {j.fragment.id: j for j in self.judgements}


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Fragments that someone put together under a title, most telling first."""

    title: str
    fragments: tuple[str, ...]


def relabelled(judgement: Judgement, section: SectionKey | None, by: str) -> Judgement:
    """The judgement with another section, None for none; `by` says in English who thinks so."""
    if section is None:
        why = f"belongs in no section: {by}"
        return replace(judgement, section=None, quotability=0.0, left_out=why, quote=(), why=(*judgement.why, by))
    return replace(judgement, section=section, why=(*judgement.why, f"{by}: {section}"))


def judge(
    fragments: Sequence[Fragment],
    nearness: Mapping[SectionKey, Mapping[str, float]],
    host_roles: Mapping[str, str | None],
    names: Iterable[str],
    vectors: Mapping[str, Vectors] | None = None,
    head: SectionHead | None = None,
) -> tuple[Judgement, ...]:
    """What the outline thinks of each fragment of a theme, in order.

    `names` are people's, to be kept out of quotes; `vectors` and `head` as in `sections.fit`.
    """
    known = frozenset(names)
    judgements = []
    for fragment, fitted in zip(fragments, sections.fit(fragments, nearness, host_roles, vectors, head), strict=True):
        host = host_roles.get(fragment.record)
        quotable = quotability.judge(fragment, fitted.section, ", ".join(fitted.why), known, host)
        judgements.append(
            Judgement(
                fragment=fragment,
                sections=fitted.scores,
                section=fitted.section,
                quotability=quotable.score,
                left_out=quotable.left_out,
                quote=quotable.spans,
                why=fitted.why,
                use=quotable.use,
            )
        )
    return tuple(judgements)


def outline(
    theme: str,
    judgements: Sequence[Judgement],
    vectors: Mapping[str, Vectors],
    host_roles: Mapping[str, str | None],
    bank: Bank | None = None,
    groups: Mapping[SectionKey, Sequence[TopicGroup]] | None = None,
) -> Outline:
    """Group, name and support the topics of every section, and choose their quotes.

    `vectors` by fragment id, for those that were embedded. `bank` is by default the one that comes with the program.
    `groups` are the topics of sections that were grouped and named already.
    """
    talks = len({j.fragment.dialogue for j in judgements if j.fragment.dialogue is not None})
    texts = [j.fragment.text for j in judgements]
    known = bank or standard_bank()
    language = Language(known, Lexicon(texts, known), titles.learn_nouns(texts))
    seen = frozenset(image.name.split()[-1] for image in images(judgements))
    of_dreams = replace(language, lexicon=Lexicon(texts, known, seen), unheard=seen) if seen else language
    chosen = _Chosen()
    topics: dict[SectionKey, tuple[Topic, ...]] = {}
    for key in SECTION_KEYS:
        members = sorted(
            (j for j in judgements if j.section == key and j.use != "observation" and j.fragment.id in vectors),
            key=lambda j: (-j.quotability, j.fragment.id),
        )
        topics[key] = tuple(
            _topics(
                key,
                _regrouped(members, groups[key])
                if groups and key in groups
                else _grouped(key, members, vectors, of_dreams if key == "dromen" else language),
                language,
                host_roles,
                talks,
                chosen,
            )
        )
    _hear_every_dialogue(topics, judgements, chosen)
    fragments = {j.fragment.id: j.fragment for j in judgements}
    totals = {
        key: _total([fragments[i] for topic in found for i in topic.fragments], host_roles, talks)
        for key, found in topics.items()
    }
    observations = _observations(judgements)
    return Outline(theme, topics, totals, observations, tuple(judgements), talks, _tensions(topics, known))


def _tensions(topics: Mapping[SectionKey, Sequence[Topic]], bank: Bank) -> tuple[tuple[Topic, Topic], ...]:
    """Pairs of topics in dromen and ideeen whose matters are each other's counterpart, most supported first."""
    matter_of = {
        (key, title): matter
        for matter in bank.matters.values()
        for key, title in matter.titles.items()
        if matter.against
    }
    wished = [topic for key in _WISHES for topic in topics.get(key, ()) if (key, topic.title) in matter_of]
    pulling = [
        (one, other)
        for number, one in enumerate(wished)
        for other in wished[number + 1 :]
        if matter_of[one.section, one.title].against == matter_of[other.section, other.title].id
    ]
    return tuple(sorted(pulling, key=lambda pair: -min(topic.support.people for topic in pair)))


def _hear_every_dialogue(
    topics: dict[SectionKey, tuple[Topic, ...]], judgements: Sequence[Judgement], chosen: _Chosen
) -> None:
    """Give a dialogue that no quote comes from its most quotable fragment, in the topic where that stands."""
    silent = {j.fragment.dialogue for j in judgements} - set(chosen.dialogues) - {None}
    of = {j.fragment.id: j for j in judgements}
    for dialogue in sorted(d for d in silent if d is not None):
        places = [
            (of[i].quotability, i, key, number)
            for key, found in topics.items()
            for number, topic in enumerate(found)
            for i in topic.fragments
            if of[i].fragment.dialogue == dialogue
            and of[i].left_out is None
            and _quoted_text(of[i]) not in chosen.texts
        ]
        if places:
            _, best, key, number = max(places)
            chosen.take(of[best])
            topic = topics[key][number]
            heard = replace(topic, quotes=(*topic.quotes, QuoteRef(best, of[best].quote)))
            topics[key] = (*topics[key][:number], heard, *topics[key][number + 1 :])


def _total(fragments: Sequence[Fragment], host_roles: Mapping[str, str | None], talks: int) -> Total:
    return Total(count(fragments, host_roles, talks), len(distinct(carriers(fragments, host_roles))))


class _Chosen:
    """What is already quoted: no fragment twice, no voice too often."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.people: Counter[str] = Counter()
        self.dialogues: Counter[int | None] = Counter()

    def take(self, judgement: Judgement) -> None:
        self.texts.add(_quoted_text(judgement))
        self.people[judgement.fragment.person] += 1
        self.dialogues[judgement.fragment.dialogue] += 1


def _grouped(
    key: SectionKey, members: Sequence[Judgement], vectors: Mapping[str, Vectors], language: Language
) -> list[tuple[str, list[Judgement]]]:
    if not members:
        return []
    return [
        (group.title or REST_TITLES[key], [members[i] for i in group.rows])
        for group in naming.named_groups([j.fragment for j in members], vectors, key, language)
    ]


def _regrouped(members: Sequence[Judgement], groups: Sequence[TopicGroup]) -> list[tuple[str, list[Judgement]]]:
    """The members as someone else grouped them; fragments that are no members are left aside."""
    by_id = {j.fragment.id: j for j in members}
    named = [(group.title, [by_id[i] for i in group.fragments if i in by_id]) for group in groups]
    return [(title, group) for title, group in named if group]


def _topics(
    key: SectionKey,
    named: Sequence[tuple[str, list[Judgement]]],
    language: Language,
    host_roles: Mapping[str, str | None],
    talks: int,
    chosen: _Chosen,
) -> list[Topic]:
    supported = []
    for title, group in named:
        against = opposing([j.fragment for j in group])
        carrying = [j for j in group if j.fragment.id not in against]
        carried = count([j.fragment for j in carrying], host_roles, talks)
        if carried.people and any(j.left_out is None for j in carrying):
            supported.append((title, carrying, carried, tuple(j.fragment.id for j in group if j not in carrying)))
    supported.sort(key=lambda t: (t[0] == REST_TITLES[key], -t[2].people, -len(t[1]), t[1][0].fragment.id))
    return [
        Topic(
            title=title,
            section=key,
            fragments=tuple(j.fragment.id for j in group),
            support=carried,
            quotes=_quotes(group, carried, chosen),
            nouns=titles.further_nouns([j.fragment for j in group], title, language.nouns),
            against=against,
        )
        for title, group, carried, against in supported
    ]


REST_TITLES: Mapping[SectionKey, str] = {
    "knel": "Andere knelpunten",
    "kiem": "Andere kiemen",
    "dromen": "Andere wensen",
    "ideeen": "Andere ideeën",
    "procesobservaties": "Andere observaties",
}


def _quotes(group: Sequence[Judgement], carried: Support, chosen: _Chosen) -> tuple[QuoteRef, ...]:
    """Nought to three quotes: quotable, near the topic's title, spread over voices and dialogues, none twice.

    `group` has what says most of the title first, and so have the quotes.
    """
    wanted = min(MAX_QUOTES, 1 + (carried.people >= 3) + (carried.people >= 6))
    quotes: list[QuoteRef] = []
    rest = [j for j in group if j.left_out is None]
    rank = {j.fragment.id: number for number, j in enumerate(group)}
    far = _FAR_FROM_TITLE / len(rank)
    while rest and len(quotes) < wanted:
        best = max(rest, key=lambda j: (_worth(j, chosen) - far * rank[j.fragment.id], j.fragment.id))
        rest.remove(best)
        if _quoted_text(best) in chosen.texts:
            continue
        chosen.take(best)
        quotes.append(QuoteRef(best.fragment.id, best.quote))
    return tuple(sorted(quotes, key=lambda quote: rank[quote.fragment]))


def _observations(judgements: Sequence[Judgement]) -> tuple[QuoteRef, ...]:
    """One observation a dialogue, the longest, at most MAX_QUOTES, in order of dialogue."""
    longest: dict[str, Judgement] = {}
    for judgement in judgements:
        if judgement.use == "observation" and judgement.quote:
            best = longest.get(judgement.fragment.record)
            if best is None or len(judgement.fragment.text) > len(best.fragment.text):
                longest[judgement.fragment.record] = judgement
    return tuple(QuoteRef(j.fragment.id, j.quote) for _, j in sorted(longest.items()))[:MAX_QUOTES]


def _worth(judgement: Judgement, chosen: _Chosen) -> float:
    fragment = judgement.fragment
    return (
        judgement.quotability
        - _SAME_VOICE * chosen.people[fragment.person]
        - _SAME_DIALOGUE * chosen.dialogues[fragment.dialogue]
    )


def _quoted_text(judgement: Judgement) -> str:
    return cut(judgement.fragment, judgement.quote).casefold()
