"""A fragment with what was said before and after it, as a reviewer is shown it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from rapporteur.types import Fragment


@dataclass(frozen=True, slots=True)
class SourceInContext:
    """A fragment that a verdict names, and its neighbours in the record; None at either end of it."""

    fragment: Fragment
    before: Fragment | None
    after: Fragment | None

    @property
    def turns(self) -> tuple[Fragment, ...]:
        return tuple(turn for turn in (self.before, self.fragment, self.after) if turn)

    def changed(self, change: Callable[[Fragment], Fragment]) -> SourceInContext:
        """The same with each turn changed."""
        before, after = self.before and change(self.before), self.after and change(self.after)
        return SourceInContext(change(self.fragment), before, after)


def in_context(wanted: Iterable[str], fragments: Iterable[Fragment]) -> Mapping[str, SourceInContext]:
    """The wanted fragments by id. `fragments` holds every fragment of their records, in any order."""
    ids = frozenset(wanted)
    found: dict[str, SourceInContext] = {}
    ordered = sorted(fragments, key=lambda f: (f.record, f.position))
    for _, record in groupby(ordered, key=lambda f: f.record):
        spoken = list(record)
        for before, fragment, after in zip((None, *spoken[:-1]), spoken, (*spoken[1:], None), strict=True):
            if fragment.id in ids:
                found[fragment.id] = SourceInContext(fragment, before, after)
    return found
