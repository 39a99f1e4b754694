"""The parts of a section that stands: what is before its topics, each topic with what is under it, what closes it.

A topic's blocks are told by their place, so that what an editor added or moved under a topic belongs to it; what closes
a section (its krantenkoppen, kaders, conclusion) by the names its voice gave.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from rapporteur.dutch.sentences import sentences
from rapporteur.errors import PartUnknown
from rapporteur.types import Block, Section, SectionKey, Topic
from rapporteur.writing.parts import stands_under

Run = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """`groups` begin with their topic."""

    head: Run
    groups: tuple[Run, ...]
    tail: Run

    @property
    def blocks(self) -> Run:
        return (*self.head, *(block for group in self.groups for block in group), *self.tail)

    @property
    def by_topic(self) -> Mapping[str, Run]:
        return {group[0].id: group for group in self.groups}


def parts_of(section: Section) -> Parts:
    """A section's blocks by part. What stands between two topics and under neither is in no part."""
    groups = [group_of(section, block.id) for block in section.blocks if block.kind == "topic"]
    if not groups:
        return Parts(section.blocks, (), ())
    start = section.blocks.index(groups[0][0])
    end = section.blocks.index(groups[-1][0]) + len(groups[-1])
    return Parts(section.blocks[:start], tuple(groups), section.blocks[end:])


def group_of(section: Section, topic: str) -> Run:
    """A topic with what stands under it."""
    start = next(n for n, block in enumerate(section.blocks) if block.id == topic)
    under = takewhile(lambda block: stands_under(block, section.key), section.blocks[start + 1 :])
    return (section.blocks[start], *under)


def topic_named(section: Section, name: str) -> str:
    """The block id of the topic with this id or title. Raises: PartUnknown, naming those that are there."""
    topics = [block for block in section.blocks if block.kind == "topic"]
    wanted = " ".join(name.casefold().split())
    for found in ([b for b in topics if b.id == name], [b for b in topics if b.title.casefold() == wanted]):
        if len(found) == 1:
            return found[0].id
    there = "; ".join(f"{block.id} ({block.title})" for block in topics) or "none"
    raise PartUnknown(f"There is no topic '{name}' in {section.key}.", hint=f"Its topics are {there}.")


def topics_in(section: Section, key: SectionKey) -> tuple[Topic, ...]:
    """The topics as they stand, with the quotes under them; those of people who saw it otherwise left out."""
    return tuple(
        Topic(
            title=group[0].title,
            section=key,
            fragments=group[0].fragments,
            support=group[0].support,
            quotes=tuple(b.quote for b in group if b.kind == "quote" and b.quote and not is_other_voice(b)),
            block=group[0].id,
        )
        for group in parts_of(section).groups
        if group[0].support
    )


def is_other_voice(block: Block) -> bool:
    """Whether a quote stands under 'Een deelnemer zag dat anders'."""
    return "-anders-" in block.id


def weave(before: Sequence[Block], now: Iterable[Block], standing: Collection[str]) -> Run:
    """The new blocks with those of before that are to stand as they were: in the place of what has their id, else
    behind what they stood behind."""
    woven = list(now)
    for number, block in enumerate(before):
        if block.id not in standing:
            continue
        places = {each.id: place for place, each in enumerate(woven)}
        if block.id in places:
            woven[places[block.id]] = block
        else:
            behind = next((places[b.id] for b in reversed(before[:number]) if b.id in places), -1)
            woven.insert(behind + 1, block)
    return tuple(woven)


def with_sentences(block: Block, before: Block, words: Iterable[str]) -> Block:
    """A block's new text with the sentences of the old one that are to stand, each at the number it had."""
    text = block.text
    stood = [before.text[s.start : s.end] for s in sentences(before.text)]
    for sentence in words:
        now = [text[s.start : s.end] for s in sentences(text)]
        if sentence in now:
            continue
        at = next((n for n, old in enumerate(stood) if sentence == old), len(now))
        now.insert(at, sentence)
        text = " ".join(now)
    return replace(block, text=text)


def renamed(group: Run, before: Run, taken: Collection[str]) -> Run:
    """A topic's new blocks, in which a quote that stood there already keeps its id and a new one gets an unused one."""
    stood = {b.quote.fragment: b.id for b in before if b.kind == "quote" and b.quote}
    used = {b.id for b in before} | set(taken)
    free = (name for n in range(1, 10_000) if (name := f"{group[0].id}-c{n}") not in used)
    blocks = []
    for block in group:
        if block.kind == "quote" and block.quote and not is_other_voice(block):
            block = replace(block, id=stood.get(block.quote.fragment) or next(free))
        blocks.append(block)
    return tuple(blocks)


def same_topic(topics: Sequence[Topic], before: Sequence[Topic]) -> dict[int, str]:
    """Which of the topics is one that was there before, as most of what it rests on is the same: number to block id."""
    alike = []
    for number, topic in enumerate(topics):
        for old in before:
            ours, theirs = set(topic.fragments), set(old.fragments)
            share = len(ours & theirs) / max(1, len(ours | theirs))
            if share >= 0.5 or (share > 0 and topic.title == old.title):
                alike.append((share + (topic.title == old.title), -number, old.block))
    found: dict[int, str] = {number: topic.block for number, topic in enumerate(topics) if topic.block}
    for _, number, block in sorted(alike, reverse=True):
        if -number not in found and block not in found.values():
            found[-number] = block
    return found
