"""Which stored topics a paragraph may speak of: those whose title it starts with, or that stands before a bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.proof.checks.examined import Paragraph
from rapporteur.proof.facts import StoredTopic

_MARK = re.compile(r"[\s–—•*+\-\d.)]*")
_AFTER_A_TITLE = re.compile(r"\s*(?:[:(]|\Z)")


def stored_topics(paragraph: Paragraph, at: int, topics: Sequence[StoredTopic]) -> tuple[StoredTopic, ...]:
    """The stored topics a claim at `at` in a paragraph's prose can be about; none if no title stands there or above.

    More than one only where several have the same title.
    """
    prose = paragraph.prose
    mark = _MARK.match(prose)
    bracket = prose.rfind("(", 0, at)
    named = [t for t in topics if _stands_before(t.title, prose, bracket)] if ")" not in prose[bracket:at] else []
    named = named or [t for t in topics if _leads(t.title, prose, mark.end() if mark else 0)]
    named = named or [t for t in topics if t.title.casefold() == paragraph.under.strip(" :").casefold()]
    longest = max((len(t.title) for t in named), default=0)
    return tuple(t for t in named if len(t.title) == longest)


def _leads(title: str, prose: str, start: int) -> bool:
    end = start + len(title)
    return prose[start:end].casefold() == title.casefold() and _AFTER_A_TITLE.match(prose, end) is not None


def _stands_before(title: str, prose: str, bracket: int) -> bool:
    return bracket > 0 and prose[:bracket].rstrip().casefold().endswith(title.casefold())
