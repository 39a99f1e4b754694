"""Step 1g: a section's stories to groups with a title: who is in a group must speak of what its title says.

Clustering puts stories together that are alike, and in its last groups whatever is like nothing else. So the
clusters that speak of a matter keep only the stories that surely do; matters that several people among the rest speak
of become groups too; where a section has fewer topics than people would give it, one who speaks of a matter very surely
makes one alone; and what then remains is named by a noun, if anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapporteur.types import Fragment, SectionKey
from rapporteur.writing.outline import grouping, titles
from rapporteur.writing.outline.chance import NONE, Chance
from rapporteur.writing.outline.evidence import ALONE, LENIENT, MIN_PEOPLE, STRICT, Evidence
from rapporteur.writing.outline.likeness import Lexicon, stories
from rapporteur.writing.outline.matters import Bank

if TYPE_CHECKING:
    from rapporteur.sources.embedding.interface import Vectors

MIN_WORDS_ALONE = 2  # different expressions in which one person must speak of a matter to be a topic alone
MAX_GATHERED = 5  # groups that a section gains from the stories that clustering left over


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of the words of a theme; `unheard` are what is seen in photos, and name no dream; `chance` gives
    a title to one of those that speak for it nearly as much."""

    bank: Bank
    lexicon: Lexicon
    nouns: titles.Nouns
    unheard: frozenset[str] = frozenset()
    chance: Chance = NONE


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a section's fragments, those that say most of its title first; '' for what shares nothing to name."""

    title: str
    rows: tuple[int, ...]


def named_groups(
    fragments: Sequence[Fragment], vectors: Mapping[str, Vectors], section: SectionKey, language: Language
) -> list[Group]:
    """Every fragment in one group, no title twice."""
    evidence = Evidence(fragments, section, language.lexicon, language.chance)
    by_matter: dict[str, list[int]] = {}
    left = list(range(len(fragments)))

    def take(matters: Iterable[tuple[str, list[int]]]) -> None:
        for matter, rows in matters:
            by_matter.setdefault(_known_as(matter, by_matter, section, language), []).extend(rows)
            left[:] = [i for i in left if i not in rows]

    for demand in (STRICT, LENIENT):
        clusters = [
            [left[i] for i in rows]
            for rows in grouping.topics([fragments[i] for i in left], vectors, language.lexicon, section)
        ]
        known = _with_their_titles(by_matter, section, language)
        matters = evidence.best([[fragments[i] for i in rows] for rows in clusters], demand, known)
        take(_those_speaking(fragments, clusters, matters, evidence))
        take(gather(fragments, left, evidence, _with_their_titles(by_matter, section, language)))
    room = grouping.topics_for(len(fragments)) - len(by_matter)
    take(alone(fragments, left, evidence, _with_their_titles(by_matter, section, language), room))
    found = {language.bank.matters[matter].titles[section]: rows for matter, rows in by_matter.items()}
    left = _join_own(fragments, left, found)
    while title := titles.by_noun([fragments[i] for i in left], language.nouns, language.unheard):
        told = _stories(fragments, left)
        naming_it = [i for story in told if titles.names_it(title, [fragments[j] for j in story]) for i in story]
        found[titles.title([title], language.nouns)] = naming_it
        left = [i for i in left if i not in naming_it]
    if left:
        found[""] = left
    return [Group(title, tuple(rows)) for title, rows in found.items()]


def _with_their_titles(matters: Collection[str], section: SectionKey, language: Language) -> set[str]:
    """Matters, and those that share a title with one of them."""
    used = {language.bank.matters[matter].titles[section] for matter in matters}
    return {matter for matter, what in language.bank.matters.items() if what.titles.get(section) in used}


def _known_as(matter: str, matters: Collection[str], section: SectionKey, language: Language) -> str:
    """The matter under whose title a matter's stories stand already; itself if under none."""
    title = language.bank.matters[matter].titles[section]
    return next((m for m in matters if language.bank.matters[m].titles[section] == title), matter)


def _those_speaking(
    fragments: Sequence[Fragment],
    clusters: Sequence[Sequence[int]],
    matters: Sequence[str | None],
    evidence: Evidence,
) -> Iterator[tuple[str, list[int]]]:
    """Of each cluster with a matter, the stories that surely speak of it: those of several people, or all there is."""
    for matter, rows in zip(matters, clusters, strict=True):
        on_it = _speaking(fragments, rows, evidence, matter) if matter else []
        if matter and on_it and (len(on_it) == len(rows) or len({fragments[i].person for i in on_it}) >= MIN_PEOPLE):
            yield matter, on_it


def gather(
    fragments: Sequence[Fragment], left: Sequence[int], evidence: Evidence, known: Collection[str]
) -> list[tuple[str, list[int]]]:
    """Matters that stories among `left` speak of, with their rows: most spoken of first, each row once.

    A matter of `known` has a group already, which one person can join; another needs several people who name it.
    """
    told = [(rows, [fragments[i] for i in rows]) for rows in _stories(fragments, left)]
    found: list[tuple[str, list[int]]] = []
    while told:
        speaks = [evidence.of(said) for _, said in told]
        carried: dict[str, tuple[bool, float, list[int]]] = {}
        new = sum(matter not in known for matter, _ in found)
        for matter in sorted({m for said in speaks for m in said}):
            on_it = [n for n, said in enumerate(speaks) if evidence.speaks(said, matter)]
            people = {told[n][1][0].person for n in on_it}
            if (matter in known and people) or (len(people) >= MIN_PEOPLE and new < MAX_GATHERED):
                carried[matter] = (matter in known, sum(speaks[n][matter].weight for n in on_it), on_it)
        if not carried:
            break
        best = max(carried, key=lambda m: (*carried[m][:2], m))
        taken = carried[best][2]
        found.append((best, [i for n in taken for i in told[n][0]]))
        told = [story for n, story in enumerate(told) if n not in taken]
    return found


def alone(
    fragments: Sequence[Fragment], left: Sequence[int], evidence: Evidence, known: Collection[str], room: int
) -> list[tuple[str, list[int]]]:
    """At most `room` matters that one story speaks of very surely, with its rows: surest first, each row once."""
    told = [(rows, evidence.of([fragments[i] for i in rows])) for rows in _stories(fragments, left)]
    ranked = sorted(
        (-said.weight, -len(said.words), matter, rows)
        for rows, of in told
        for matter, said in of.items()
        if matter not in known and said.weight >= ALONE and len(said.words) >= MIN_WORDS_ALONE
    )
    found: list[tuple[str, list[int]]] = []
    for _, _, matter, rows in ranked:
        if len(found) < room and not any(matter == m or rows == r for m, r in found):
            found.append((matter, rows))
    return found


def _join_own(fragments: Sequence[Fragment], left: Sequence[int], found: Mapping[str, list[int]]) -> list[int]:
    """Add what a person says further (a headline, an afterthought) to the one group that person is in; the rest."""
    groups_of: defaultdict[str, set[str]] = defaultdict(set)
    for title, rows in found.items():
        for i in rows:
            groups_of[fragments[i].person].add(title)
    remaining = []
    for i in left:
        own = groups_of[fragments[i].person] if fragments[i].speaker else set()
        if len(own) == 1:
            found[min(own)].append(i)
        else:
            remaining.append(i)
    return remaining


def _speaking(fragments: Sequence[Fragment], rows: Sequence[int], evidence: Evidence, matter: str) -> list[int]:
    """The rows whose story surely speaks of a matter, those that themselves say most of it first."""
    on_it = {
        i
        for story in _stories(fragments, rows)
        if evidence.speaks(evidence.of([fragments[i] for i in story]), matter)
        for i in story
    }
    return sorted((i for i in rows if i in on_it), key=lambda i: -evidence.weight([fragments[i]], matter))


def _stories(fragments: Sequence[Fragment], rows: Sequence[int]) -> list[list[int]]:
    return [[rows[i] for i in story] for story in stories([fragments[i] for i in rows])]
