"""Step 2, the seam: topics to sections. Who speaks changes the prose, never the quotes."""

from __future__ import annotations

from typing import Protocol

from rapporteur.types import Section
from rapporteur.writing.facts import SessionFacts
from rapporteur.writing.outline.plan import Outline
from rapporteur.writing.outline.template import ReportTemplate


class Voice(Protocol):
    """`name` is what the colophon says of the voice, in Dutch: 'extractief'."""

    @property
    def name(self) -> str: ...

    def compose(self, outline: Outline, template: ReportTemplate, facts: SessionFacts) -> tuple[Section, ...]:
        """One Section per section of the template, in its order. Quotes are references."""
        ...
