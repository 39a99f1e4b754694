"""Step 2, the seam: judgements to an outline, topics to sections. Who speaks changes the prose, never the quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from rapporteur.types import Judgement, Section, SectionKey, Topic
from rapporteur.writing.facts import SessionFacts
from rapporteur.writing.outline.plan import Outline, TopicGroup
from rapporteur.writing.outline.template import ReportTemplate


class Planner(Protocol):
    """Makes the outline of judgements; sections that are in `groups` are grouped and named already."""

    def __call__(
        self, judgements: Sequence[Judgement], groups: Mapping[SectionKey, Sequence[TopicGroup]] | None = None
    ) -> Outline: ...


class Voice(Protocol):
    """`name` is what the colophon says of the voice, in Dutch: 'extractief'."""

    @property
    def name(self) -> str: ...

    def outline(
        self, theme: str, judgements: Sequence[Judgement], planner: Planner, sections: Collection[SectionKey]
    ) -> Outline:
        """The outline of these sections, with what this voice thinks of the judgements and of how they group."""
        ...

    def compose(self, outline: Outline, template: ReportTemplate, facts: SessionFacts) -> tuple[Section, ...]:
        """One Section per section of the template, in its order. Quotes are references.

        The outline may hold the topics of some sections only: those the template has, and they alone are written.
        """
        ...


def with_blocks(topics: Sequence[Topic]) -> Iterator[tuple[str, Topic]]:
    """A section's topics with the id of the block each is written as: 'knel-2', or the one it had before."""
    for number, topic in enumerate(topics, 1):
        yield topic.block or f"{topic.section}-{number}", topic


def place_of(block: str) -> int:
    """The number of a topic's block; it decides the turn of its sentences, which so stays as it was. 1 without one."""
    number = re.search(r"\d+$", block)
    return int(number.group()) if number else 1
