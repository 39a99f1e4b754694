"""Which stored topic a paragraph speaks of: the one whose title it starts with, or that stands before a bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.proof.facts import StoredTopic

_MARK = re.compile(r"[\s–—•*+\-\d.)]*")
_AFTER_A_TITLE = re.compile(r"\s*(?:[:(]|\Z)")


def stored_topic(prose: str, at: int, topics: Sequence[StoredTopic]) -> StoredTopic | None:
    """The stored topic that a claim at `at` in a paragraph's prose is about; None if its title does not stand there.

    Of two topics with one title neither is meant.
    """
    mark = _MARK.match(prose)
    bracket = prose.rfind("(", 0, at)
    named = [t for t in topics if _stands_before(t.title, prose, bracket)] if ")" not in prose[bracket:at] else []
    named = named or [t for t in topics if _leads(t.title, prose, mark.end() if mark else 0)]
    longest = max((len(t.title) for t in named), default=0)
    found = [t for t in named if len(t.title) == longest]
    return found[0] if len(found) == 1 else None


def _leads(title: str, prose: str, start: int) -> bool:
    end = start + len(title)
    return prose[start:end].casefold() == title.casefold() and _AFTER_A_TITLE.match(prose, end) is not None


def _stands_before(title: str, prose: str, bracket: int) -> bool:
    return bracket > 0 and prose[:bracket].rstrip().casefold().endswith(title.casefold())
