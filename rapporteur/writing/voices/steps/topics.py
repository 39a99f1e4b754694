"""Step 2b: the topics of a section, asked of a model: proposed portion by portion, merged, and named together.

The model says which fragments belong together; support, quotes and who saw it otherwise are counted and chosen by
the same code as without a model. What it leaves out stays in the section's last group, so that nobody is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from rapporteur.dutch import support as wording
from rapporteur.types import Judgement, SectionKey, Topic
from rapporteur.writing import prompts
from rapporteur.writing.outline.plan import REST_TITLES, TopicGroup
from rapporteur.writing.voices.asking import Account, Asking, Task
from rapporteur.writing.voices.rules import (
    TEXT,
    Answer,
    copied,
    list_of,
    object_schema,
    one_of,
    prose,
    read,
    refuse,
    wrong_language,
    wrong_title,
)
from rapporteur.writing.voices.sections import NAMES
from rapporteur.writing.voices.shown import Mask, Shown, in_portions

MAX_TOPICS = 12  # of one portion; a published section has three to nine
FEW = 8  # topics a section may have without a round of merging
SMALL = 6  # a section with fewer fragments may have topics of one
_SAMPLES, _SAMPLE_CHARACTERS = 5, 300
_PLACED = 0.5  # of what was shown, how much an answer must place


Names = frozenset[str]


class _Proposed(Answer):
    title: str
    fragments: list[str]


class _Proposals(Answer):
    topics: list[_Proposed]


class _Merged(Answer):
    title: str
    parts: list[str]


class _Merges(Answer):
    topics: list[_Merged]


class _Name(Answer):
    topic: str
    title: str


class _Names(Answer):
    titles: list[_Name]


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic as a model sees it when it merges or names: its number, title, and some of what was said."""

    number: str
    title: str
    support: str
    samples: tuple[str, ...]


def groups(
    theme: str,
    section: SectionKey,
    members: Sequence[Judgement],
    mask: Mask,
    asking: Asking,
    account: Account,
) -> tuple[TopicGroup, ...]:
    """The topics of a section as the model groups its fragments; () where it does not get that right."""
    portions = in_portions(members, mask)
    asking.begin(account, section, len(portions))
    proposed = asking.side_by_side(
        lambda numbered: asking.piece(propose(theme, section, *numbered, mask.names), account, section),
        list(enumerate(portions, 1)),
    )
    found = [group for portion in proposed if portion for group in portion]
    if not all(proposed) or not found:
        return ()
    if len(portions) > 1 or len(found) > FEW:
        found = asking.piece(merge(theme, section, found, members, mask), account, section) or found
    return _with_rest(section, found, members)


def propose(theme: str, section: SectionKey, number: int, shown: Shown, names: Names) -> Task[list[TopicGroup]]:
    prompt = prompts.load("propose_topics.v1")
    return Task(
        f"{section}: topics, part {number}",
        prompt,
        tuple(prompt.render(theme=theme, section=NAMES[section], fragments=shown.fragments, most=MAX_TOPICS)),
        proposal_schema(shown),
        partial(proposals_in, shown=shown, section=section, names=names),
    )


def proposal_schema(shown: Shown) -> Mapping[str, Any]:
    fragments = list_of(one_of(each.number for each in shown.fragments))
    return object_schema(topics=list_of(object_schema(title=TEXT, fragments=fragments)))


def proposals_in(answer: str, shown: Shown, section: SectionKey, names: Names) -> list[TopicGroup]:
    """The groups in an answer: a fragment belongs to the first that names it. Raises: Invalid."""
    topics = read(_Proposals, answer).topics
    wrong = []
    if not 1 <= len(topics) <= MAX_TOPICS:
        wrong.append(f"Maak een tot {MAX_TOPICS} onderwerpen.")
    placed: dict[str, None] = {}
    found = []
    for topic in topics[:MAX_TOPICS]:
        title = _title(topic.title)
        wrong += _wrong_title(title, section, names, (each.text for each in shown.fragments))
        if unknown := [number for number in topic.fragments if number not in shown.judgements]:
            wrong.append(f"de fragmenten {', '.join(unknown)[:60]} bestaan niet.")
        own = [n for n in dict.fromkeys(topic.fragments) if n in shown.judgements and n not in placed]
        placed.update(dict.fromkeys(own))
        if own:
            found.append(TopicGroup(title, tuple(shown.judgements[n].fragment.id for n in own)))
    if len(placed) < _PLACED * len(shown.fragments):
        wrong.append("Deel meer fragmenten in bij een onderwerp.")
    refuse(wrong)
    return found


def merge(
    theme: str, section: SectionKey, proposed: Sequence[TopicGroup], members: Sequence[Judgement], mask: Mask
) -> Task[list[TopicGroup]]:
    prompt = prompts.load("merge_topics.v1")
    by_id = {judgement.fragment.id: judgement for judgement in members}
    shown = {
        f"T{number}": (group, _shown(f"T{number}", group.title, "", [by_id[i] for i in group.fragments], mask))
        for number, group in enumerate(proposed, 1)
    }
    return Task(
        f"{section}: topics merged",
        prompt,
        tuple(prompt.render(theme=theme, section=NAMES[section], topics=[each for _, each in shown.values()])),
        object_schema(topics=list_of(object_schema(title=TEXT, parts=list_of(one_of(shown))))),
        partial(
            merged_in,
            shown={n: each for n, (_, each) in shown.items()},
            groups=proposed,
            section=section,
            names=mask.names,
        ),
    )


def merged_in(
    answer: str, shown: Mapping[str, ShownTopic], groups: Sequence[TopicGroup], section: SectionKey, names: Names
) -> list[TopicGroup]:
    """The groups in an answer put together; those it does not name stay as they are. Raises: Invalid."""
    wrong = []
    left = dict(zip(shown, groups, strict=True))
    found = []
    for topic in read(_Merges, answer).topics:
        title = _title(topic.title)
        wrong += _wrong_title(title, section, names, (said for each in shown.values() for said in each.samples))
        if unknown := [number for number in topic.parts if number not in shown]:
            wrong.append(f"de onderwerpen {', '.join(unknown)[:60]} bestaan niet.")
        parts = [left.pop(number) for number in dict.fromkeys(topic.parts) if number in left]
        if parts:
            found.append(TopicGroup(title, tuple(fragment for part in parts for fragment in part.fragments)))
    refuse(wrong)
    return [*found, *left.values()]


def name(
    theme: str, section: SectionKey, topics: Sequence[Topic], judged: Mapping[str, Judgement], mask: Mask
) -> _Naming:
    """Ask for the titles of a section's topics together, so that no two are alike."""
    prompt = prompts.load("name_topics.v1")
    shown = [
        _shown(f"T{n}", topic.title, wording.brief(topic.support), [judged[i] for i in topic.fragments], mask)
        for n, topic in enumerate(topics, 1)
    ]
    return Task(
        f"{section}: titles",
        prompt,
        tuple(prompt.render(theme=theme, section=NAMES[section], topics=shown)),
        object_schema(titles=list_of(object_schema(topic=one_of(each.number for each in shown), title=TEXT))),
        partial(names_in, shown={each.number: each for each in shown}, names=mask.names, section=section),
    )


def names_in(answer: str, shown: Mapping[str, ShownTopic], names: Names, section: SectionKey) -> list[str]:
    """The titles in order of the topics. Raises: Invalid."""
    found: dict[str, str] = {}
    wrong = []
    for given in read(_Names, answer).titles:
        title = _title(given.title)
        if given.topic in shown:
            faults = _wrong_title(title, section, names, shown[given.topic].samples)
            wrong += [f"{given.topic}: {fault}" for fault in faults]
            found.setdefault(given.topic, title)
    if missing := [number for number in shown if number not in found]:
        wrong.append(f"Geef ook een titel aan {', '.join(missing)}.")
    if len({title.casefold() for title in found.values()}) < len(found):
        wrong.append("Geef elk onderwerp een eigen titel.")
    refuse(wrong)
    return [found[number] for number in shown]


def _with_rest(
    section: SectionKey, found: Sequence[TopicGroup], members: Sequence[Judgement]
) -> tuple[TopicGroup, ...]:
    """The groups, and one of what no group or only a group of one person has; groups of one title are one."""
    together: dict[str, list[str]] = {}
    for group in found:
        if len(group.fragments) > 1 or len(members) < SMALL:
            together.setdefault(group.title, []).extend(group.fragments)
    placed = {fragment for fragments in together.values() for fragment in fragments}
    rest = [j.fragment.id for j in members if j.fragment.id not in placed]
    if rest:
        together.setdefault(REST_TITLES[section], []).extend(rest)
    return tuple(TopicGroup(title, tuple(fragments)) for title, fragments in together.items())


def _shown(number: str, title: str, support: str, said: Sequence[Judgement], mask: Mask) -> ShownTopic:
    samples = (" ".join(mask(j.fragment.text).split())[:_SAMPLE_CHARACTERS] for j in said[:_SAMPLES])
    return ShownTopic(number, title, support, tuple(samples))


def _title(text: str) -> str:
    title = prose(text).rstrip(".:; ")
    return title[:1].upper() + title[1:]


def _wrong_title(title: str, section: SectionKey, names: Names, said: Iterable[str]) -> list[str]:
    wrong = [*wrong_title(title, names), *wrong_language(title), *copied(title, said)]
    if title == REST_TITLES[section]:
        wrong.append(f"'{title}' zegt niet waar het over gaat.")
    return wrong


_Naming = Task[list[str]]
