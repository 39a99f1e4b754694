"""What an editor asks of a section, resolved against the report: which blocks and quotes are meant, what is locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapporteur.errors import PartLocked, PartUnknown
from rapporteur.types import SECTION_KEYS, Lock, Report, Revision, Section

if TYPE_CHECKING:
    from rapporteur.sources.store import Store
    from rapporteur.types import Fragment, SectionKey
    from rapporteur.writing.outline.sections import SectionFit
    from rapporteur.writing.outline.steering import Steering
    from rapporteur.writing.quote_names import Named

MAY_SERVE_BOTH = 0.2  # score from which a fragment of another section may be drawn into one that asks for more of it


@dataclass(frozen=True, slots=True)
class Asked:
    """What an editor asks of a section.

    `topic` is a block's id or a title; `keep` and `drop` are quotes by block id, bookmark or fragment id; another
    `seed` makes another choice among what is nearly equal.
    """

    topic: str = ""
    instruction: str = ""
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, resolved against the report: which section, which topic, which quotes, what is locked."""

    base: Revision
    key: SectionKey
    section: Section
    topic: str
    asked: Asked
    steering: Steering
    keep: tuple[Named, ...]
    drop: tuple[Named, ...]
    dropped: tuple[str, ...]
    locked: frozenset[str]
    sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, base: Revision, name: str, asked: Asked, store: Store) -> Request:
        """Raises: PartUnknown; PartLocked."""
        from rapporteur.writing import quote_names
        from rapporteur.writing.anatomy import topic_named
        from rapporteur.writing.outline import steering

        key, section = _section(base.report, name)
        topic = topic_named(section, asked.topic) if asked.topic else ""
        locks = store.locks(base.theme)
        keep = quote_names.named(base.report, section, asked.keep, topic)
        drop = quote_names.named(base.report, section, asked.drop, topic)
        quote_names.require_apart(keep, drop)
        _require_unlocked(base.theme, [section.key, topic, *(quote.block for quote in drop)], locks)
        unwanted = {quote.fragment for quote in drop if quote.fragment}
        wanted = {quote.fragment for quote in keep}
        dropped = tuple(i for i in dict.fromkeys((*base.report.dropped, *sorted(unwanted))) if i not in wanted)
        sentences: dict[str, tuple[str, ...]] = {}
        for lock in locks:
            if lock.words:
                block = lock.part.rpartition(":")[0]
                sentences[block] = (*sentences.get(block, ()), lock.words)
        locked = frozenset(lock.part for lock in locks if not lock.words)
        read = steering.read(asked.instruction)
        return cls(base, key, section, topic, asked, read, keep, drop, dropped, locked, sentences)

    def is_wanted(self, fragment: Fragment, fitted: SectionFit) -> bool:
        """Whether it has to be known if a fragment can be quoted: work grows with the section, not with the report."""
        from rapporteur.writing import report
        from rapporteur.writing.outline.sections import is_headline
        from rapporteur.writing.unused import SECTION_KEY
        from rapporteur.writing.voices.extractive import STORIES

        if any(section.key == SECTION_KEY for section in self.base.report.sections):
            return True
        near = fitted.scores[self.key] >= MAY_SERVE_BOTH and any(w.direction == "more" for w in self.steering.wishes)
        of_both = self.key in STORIES and fitted.section in STORIES and is_headline(fragment)
        quoted = report.fragments_of(self.base.report) | {quote.fragment for quote in self.keep}
        return fitted.section == self.key or near or of_both or fragment.id in quoted

    @property
    def others(self) -> tuple[Section, ...]:
        return tuple(s for s in self.base.report.sections if s.key != self.section.key)


def _section(report: Report, name: str) -> tuple[SectionKey, Section]:
    keys = [s.key for s in report.sections if s.key in SECTION_KEYS]
    for key in SECTION_KEYS:
        for section in report.sections:
            if name == section.key == key:
                return key, section
    why = f"There is no section '{name}' to redraft."
    if any(section.key == name for section in report.sections):
        why = f"The section '{name}' says what the others say: redraft those."
    raise PartUnknown(why, where=report.theme, hint=f"The sections are {', '.join(keys)}.")


def _require_unlocked(theme: str, parts: Sequence[str], locks: Sequence[Lock]) -> None:
    for part in filter(None, parts):
        if any(lock.part == part and not lock.words for lock in locks):
            raise PartLocked(
                f"'{part}' is locked: it stays as it is.",
                where=theme,
                hint=f"Unlock it with `rapporteur unlock {theme} {part}`, or redraft another part.",
            )
