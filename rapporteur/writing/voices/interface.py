"""Step 2, the seam: judgements to an outline, topics to sections. Who speaks changes the prose, never the quotes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from rapporteur.types import Judgement, Section, SectionKey
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
        """One Section per section of the template, in its order. Quotes are references."""
        ...
