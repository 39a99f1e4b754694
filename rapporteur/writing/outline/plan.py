"""Step 1: Candidates to Topics: section fit, quotability, grouping, support, choice of quotes.

Everything here is deterministic and independent of the order of its inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from rapporteur.writing.outline import naming, quotability, sections, titles
from rapporteur.writing.outline.aiming import Aim, Subject
from rapporteur.writing.outline.boxes import worked_out
from rapporteur.writing.outline.carrying import could_be_quoted, how_surely, that_can_be_shown
from rapporteur.writing.outline.choosing import MAX_QUOTES, Chosen, Supported, is_about, quoted_text, quotes_for
from rapporteur.writing.outline.guide import NO_GUIDE, Guide
from rapporteur.writing.outline.images import images
from rapporteur.writing.outline.likeness import Lexicon
from rapporteur.writing.outline.matters import Bank, standard_bank
from rapporteur.writing.outline.naming import Language
from rapporteur.writing.outline.section_head import SectionHead
from rapporteur.writing.outline.support import carriers, distinct, opposing
from rapporteur.writing.outline.support import support as count

_WISHES: tuple[SectionKey, ...] = ("dromen", "ideeen")
_SEVERAL = 2  # people, of whom a topic is made that an editor asks for
_NOUN_STEM = 5
NOT_JUDGED = "not looked at"


@dataclass(frozen=True, slots=True)
class Total:
    support: Support
    statements: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan of a report: topics by section, most supported first, and what was thought of every fragment.

    `totals` say how many people and statements the topics of a section rest on together.
    `observations` are what note-takers wrote down of the talk itself. `talks` is the number of dialogues
    with a known number. `tensions` are pairs of topics of wishes and ideas that pull against each other. `standing` are
    the topics of sections that are written already: they are to be reckoned with, not to be written.
    """

    theme: str
    topics: Mapping[SectionKey, tuple[Topic, ...]]
    totals: Mapping[SectionKey, Total]
    observations: tuple[QuoteRef, ...]
    judgements: tuple[Judgement, ...]
    talks: int
    tensions: tuple[tuple[Topic, Topic], ...] = ()
    standing: Mapping[SectionKey, tuple[Topic, ...]] = field(default_factory=dict)
    boxes: tuple[QuoteRef, ...] = ()

    @property
    def all_topics(self) -> Mapping[SectionKey, tuple[Topic, ...]]:
        """Those to be written, and those that stand."""
        return {**self.standing, **self.topics}

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
    wanted: Callable[[Fragment, sections.SectionFit], bool] | None = None,
) -> tuple[Judgement, ...]:
    """What the outline thinks of each fragment of a theme, in order.

    `names` are people's, to be kept out of quotes; `vectors` and `head` as in `sections.fit`. Whether a fragment can be
    quoted is only looked at where it is `wanted`, by default everywhere.
    """
    known = frozenset(names)
    judgements = []
    for fragment, fitted in zip(fragments, sections.fit(fragments, nearness, host_roles, vectors, head), strict=True):
        if wanted and not wanted(fragment, fitted):
            judgements.append(Judgement(fragment, fitted.scores, fitted.section, 0.0, NOT_JUDGED, why=fitted.why))
            continue
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
    keys: Sequence[SectionKey] = SECTION_KEYS,
    guide: Guide = NO_GUIDE,
) -> Outline:
    """Group, name and support the topics of sections (by default all), and choose their quotes.

    `vectors` by fragment id, for those that were embedded. `bank` is by default the one that comes with the program.
    `groups` are the topics of sections that were grouped and named already; `guide` is what an editor asks.
    """
    talks = len({j.fragment.dialogue for j in judgements if j.fragment.dialogue is not None})
    known = bank or standard_bank()
    judgements = [_withhold(j, guide.withheld.get(j.fragment.id)) for j in judgements]
    languages = _languages(keys, judgements, known, guide)
    chosen = Chosen(guide, judgements)
    topics: dict[SectionKey, tuple[Topic, ...]] = {}
    counted: dict[SectionKey, list[str]] = {}
    for key in keys:
        members = sorted(
            (j for j in judgements if j.section == key and j.use != "observation" and j.fragment.id in vectors),
            key=lambda j: (-j.quotability, j.fragment.id),
        )
        supported = _supported(key, members, vectors, languages[key], host_roles, talks, guide, (groups or {}).get(key))
        counted[key] = [j.fragment.id for each in supported for j in each.group]
        wanted = _as_aimed(supported, guide.aim, frozenset(guide.kept))
        topics[key] = tuple(_topic(key, each, languages[key], chosen) for each in wanted)
    if not guide.no_quotes:
        _hear_every_dialogue(topics, judgements, chosen, languages)
    fragments = {j.fragment.id: j.fragment for j in judgements}
    totals = {
        key: _total([fragments[i] for i in dict.fromkeys((*ids, *guide.covered)) if i in fragments], host_roles, talks)
        for key, ids in counted.items()
    }
    observations = _observations(judgements)
    tensions = tensions_between({**guide.standing, **topics}, known)
    boxes = () if guide.only_pinned else _boxes(topics.get("ideeen", ()), judgements)
    return Outline(theme, topics, totals, observations, tuple(judgements), talks, tensions, guide.standing, boxes)


def _boxes(topics: Sequence[Topic], judgements: Sequence[Judgement]) -> tuple[QuoteRef, ...]:
    """What stands in a kader instead of under its topic, most concrete first. A topic keeps a quote of its own."""
    boxed: list[QuoteRef] = []
    for judgement in worked_out(judgements):
        fragment = judgement.fragment.id
        topic = next((t for t in topics if fragment in t.fragments), None)
        taken = (*(box.fragment for box in boxed), fragment)
        if topic and any(quote.fragment not in taken for quote in topic.quotes):
            boxed.append(QuoteRef(fragment, judgement.quote))
    return tuple(boxed)


def _withhold(judgement: Judgement, why: str | None) -> Judgement:
    """A fragment that may not be quoted here; what keeps it out of any report comes first."""
    if not why:
        return judgement
    return replace(judgement, quote=(), left_out=judgement.left_out or why, withheld=judgement.left_out is None)


def _languages(
    keys: Sequence[SectionKey], judgements: Sequence[Judgement], bank: Bank, guide: Guide
) -> dict[SectionKey, Language]:
    """What is known of the words of a theme, by section; in the dreams, what is seen in the photos names nothing."""
    texts = [j.fragment.text for j in judgements]
    nouns = titles.learn_nouns(texts)
    seen = frozenset(image.name.split()[-1] for image in images(judgements)) if "dromen" in keys else frozenset()
    unheard = {key: seen if key == "dromen" else frozenset() for key in keys}
    lexicons = {words: Lexicon(texts, bank, words) for words in set(unheard.values())}
    return {key: Language(bank, lexicons[unheard[key]], nouns, unheard[key], guide.chance) for key in keys}


def tensions_between(topics: Mapping[SectionKey, Sequence[Topic]], bank: Bank) -> tuple[tuple[Topic, Topic], ...]:
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
    topics: dict[SectionKey, tuple[Topic, ...]],
    judgements: Sequence[Judgement],
    chosen: Chosen,
    languages: Mapping[SectionKey, Language],
) -> None:
    """Give a dialogue that no quote comes from its most quotable fragment, in the topic where that stands.

    One that carries the title of its topic comes before one that only stands there with a story.
    """
    silent = {j.fragment.dialogue for j in judgements} - set(chosen.dialogues) - {None}
    of = {j.fragment.id: j for j in judgements}
    for dialogue in sorted(d for d in silent if d is not None):
        places = [
            (bool(how_surely(topic.title, [of[i]], key, languages[key])), of[i].quotability, i, key, number)
            for key, found in topics.items()
            for number, topic in enumerate(found)
            for i in topic.fragments
            if of[i].fragment.dialogue == dialogue and of[i].left_out is None and quoted_text(of[i]) not in chosen.texts
        ]
        if places:
            _, _, best, key, number = max(places)
            chosen.take(of[best])
            topic = topics[key][number]
            heard = replace(topic, quotes=(*topic.quotes, QuoteRef(best, of[best].quote)))
            topics[key] = (*topics[key][:number], heard, *topics[key][number + 1 :])


def _total(fragments: Sequence[Fragment], host_roles: Mapping[str, str | None], talks: int) -> Total:
    return Total(count(fragments, host_roles, talks), len(distinct(carriers(fragments, host_roles))))


def _supported(
    key: SectionKey,
    members: Sequence[Judgement],
    vectors: Mapping[str, Vectors],
    language: Language,
    host_roles: Mapping[str, str | None],
    talks: int,
    guide: Guide,
    grouped: Sequence[TopicGroup] | None,
) -> list[Supported]:
    """The groups of a section that people carry and of which something can be quoted, most carried first."""
    supported = []
    for title, block, group in _groups(key, members, vectors, language, guide, grouped):
        against = opposing([j.fragment for j in group])
        carrying = [j for j in group if j.fragment.id not in against]
        carried = count([j.fragment for j in carrying], host_roles, talks)
        if carried.people and (block or any(could_be_quoted(j) for j in carrying)):
            against_it = tuple(j.fragment.id for j in group if j not in carrying)
            sure = how_surely(title, carrying, key, language)
            supported.append(Supported(title, carrying, carried, against_it, block, sure))
    return sorted(
        supported,
        key=lambda s: (s.title == REST_TITLES[key], -s.support.people, -len(s.group), s.group[0].fragment.id),
    )


def _groups(
    key: SectionKey,
    members: Sequence[Judgement],
    vectors: Mapping[str, Vectors],
    language: Language,
    guide: Guide,
    grouped: Sequence[TopicGroup] | None,
) -> list[tuple[str, str, list[Judgement]]]:
    """(title, block, members) of every group: those that are pinned, and what the others make."""
    of = {j.fragment.id: j for j in members}
    taken = {i for pinned in guide.pinned for i in pinned.fragments} | set(guide.covered)
    groups = [(p.title, p.block, [of[i] for i in p.fragments if i in of]) for p in guide.pinned]
    groups = [group for group in groups if group[2]]
    free = [j for j in members if j.fragment.id not in taken]
    if free and not guide.only_pinned:
        if grouped is None:
            found = naming.named_groups([j.fragment for j in free], vectors, key, language)
            named = that_can_be_shown([(g.title, [free[i] for i in g.rows]) for g in found], key, language)
        else:
            named = _regrouped(free, grouped)
        for subject in (*guide.aim.more, *guide.aim.only):
            named = _made_a_topic(subject, named, key, language.bank)
        groups += [(title or REST_TITLES[key], "", group) for title, group in named]
    _add_kept(groups, of, vectors, guide)
    return groups


def _regrouped(members: Sequence[Judgement], groups: Sequence[TopicGroup]) -> list[tuple[str, list[Judgement]]]:
    """The members as someone else grouped them; fragments that are no members are left aside."""
    by_id = {j.fragment.id: j for j in members}
    named = [(group.title, [by_id[i] for i in group.fragments if i in by_id]) for group in groups]
    return [(title, group) for title, group in named if group]


def _made_a_topic(
    subject: Subject, named: list[tuple[str, list[Judgement]]], key: SectionKey, bank: Bank
) -> list[tuple[str, list[Judgement]]]:
    """The groups with one about a subject, of several people and out of what has no title, if none is about it yet."""
    about = {j.fragment.id for title, group in named if title and is_about(group, [subject]) for j in group}
    rest = [j for title, group in named if not title for j in group]
    naming_it = [j for j in rest if j.fragment.id in subject.named]
    if about or subject.by_role or len({j.fragment.person for j in naming_it}) < _SEVERAL:
        return named
    titles_of = [bank.matters[m].titles[key] for m in subject.matters]
    title = titles_of[0] if titles_of else subject.wish.subject[:1].upper() + subject.wish.subject[1:]
    if any(title == taken for taken, _ in named):
        return named
    kept = [(t, group if t else [j for j in group if j not in naming_it]) for t, group in named]
    return [*((t, group) for t, group in kept if group), (title, naming_it)]


def _add_kept(
    groups: list[tuple[str, str, list[Judgement]]],
    of: Mapping[str, Judgement],
    vectors: Mapping[str, Vectors],
    guide: Guide,
) -> None:
    """Put a kept quote that is in no group into the one that is nearest to it."""
    grouped = {j.fragment.id for _, _, group in groups for j in group}
    for fragment in guide.kept:
        if fragment in of and fragment not in grouped and groups:
            nearest = max(range(len(groups)), key=lambda n: (_likeness(fragment, groups[n][2], vectors), -n))
            groups[nearest][2].append(of[fragment])


def _likeness(fragment: str, group: Sequence[Judgement], vectors: Mapping[str, Vectors]) -> float:
    return sum(float(vectors[fragment] @ vectors[j.fragment.id]) for j in group) / len(group)


def _as_aimed(supported: Sequence[Supported], aim: Aim, kept: Collection[str]) -> list[Supported]:
    """The groups an editor wants, those with more of what was asked first; all of them where nothing would be left.

    One that holds a quote that is to be kept stays.
    A wish about who spoke or in which dialogue is one about quotes: it leaves no topic out.
    """
    without = [s for s in aim.without if not s.by_role]
    only = {i for subject in aim.only for i in subject.found}
    wanted = [
        each
        for each in supported
        if each.block
        or any(j.fragment.id in kept for j in each.group)
        or (
            not (each.group and is_about(each.group, without))
            and (not aim.only or any(j.fragment.id in only for j in each.group))
        )
    ]

    def leaning(each: Supported) -> int:
        return is_about(each.group, aim.less) - is_about(each.group, (*aim.more, *aim.only))

    return sorted(wanted or supported, key=leaning)


def _topic(key: SectionKey, each: Supported, language: Language, chosen: Chosen) -> Topic:
    aim = chosen.guide.aim
    nouns = titles.further_nouns([j.fragment for j in each.group], each.title, language.nouns)
    unwanted = [s.wish.subject[:_NOUN_STEM] for s in (*aim.without, *aim.less) if not s.by_role]
    return Topic(
        title=each.title,
        section=key,
        fragments=tuple(j.fragment.id for j in each.group),
        support=each.support,
        quotes=quotes_for(each, chosen),
        nouns=tuple(noun for noun in nouns if not any(start in noun for start in unwanted)),
        against=each.against,
        block=each.block,
    )


REST_TITLES: Mapping[SectionKey, str] = {
    "knel": "Andere knelpunten",
    "kiem": "Andere kiemen",
    "dromen": "Andere wensen",
    "ideeen": "Andere ideeën",
    "procesobservaties": "Andere observaties",
}


def _observations(judgements: Sequence[Judgement]) -> tuple[QuoteRef, ...]:
    """One observation a dialogue, the longest, at most MAX_QUOTES, in order of dialogue."""
    longest: dict[str, Judgement] = {}
    for judgement in judgements:
        if judgement.use == "observation" and judgement.quote:
            best = longest.get(judgement.fragment.record)
            if best is None or len(judgement.fragment.text) > len(best.fragment.text):
                longest[judgement.fragment.record] = judgement
    return tuple(QuoteRef(j.fragment.id, j.quote) for _, j in sorted(longest.items()))[:MAX_QUOTES]
