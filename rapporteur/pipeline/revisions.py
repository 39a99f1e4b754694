"""What editors do with the revisions of a report: see them, put one back, compare two, lock parts of the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rapporteur.errors import PartUnknown
from rapporteur.pipeline.drafting import last_revision, render_report
from rapporteur.pipeline.editing import save
from rapporteur.types import Lock, Origin, Revision

if TYPE_CHECKING:
    from rapporteur.sources.history import HistoryLine
    from rapporteur.sources.store import Store
    from rapporteur.writing.comparing import Line


def restore(theme: str, number: int, *, store: Store, author: str = "", now: datetime | None = None) -> Revision | None:
    """A new revision that is equal to an earlier one; None where the last one is that already, and nothing is saved.

    Raises: ThemeUnknown; NothingToReport if there is no such revision; PartLocked; Conflict.
    """
    wanted, last = last_revision(theme, store, number), last_revision(theme, store)
    if wanted.report == last.report:
        return None
    return save(
        theme,
        wanted.report,
        Origin("restore", author, number),
        store=store,
        reason=f"revision {number} again",
        expected=last.number,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions and the lines of both, with what differs."""

    before: Revision
    after: Revision
    lines: tuple[Line, ...]

    @property
    def changes(self) -> tuple[Line, ...]:
        """The lines that differ, what moved once only."""
        return tuple(line for line in self.lines if line.state not in ("same", "moved away"))


def compare(theme: str, before: int, after: int | None, store: Store) -> Comparison:
    """Two revisions as they are printed, the words of their quotes too; `after` is by default the last.

    Raises: ThemeUnknown; NothingToReport if there is no such revision, or one quotes what is no longer in the corpus.
    """
    from rapporteur.writing import comparing

    one, other = last_revision(theme, store, before), last_revision(theme, store, after)
    return Comparison(one, other, comparing.compare(render_report(one, store), render_report(other, store)))


def lock(
    theme: str, wanted: Sequence[str], *, store: Store, author: str = "", why: str = "", now: datetime | None = None
) -> tuple[Lock, ...]:
    """Lock parts of the last revision as they are in it; all of them or none. A title stands for what it is above.

    Raises: ThemeUnknown; NothingToReport without a draft; PartUnknown, naming those that come near.
    """
    from rapporteur.writing import parts

    created = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    while True:
        last = last_revision(theme, store)
        locks = []
        for part in dict.fromkeys(part for name in wanted for part in parts.called(last.report, name)):
            parts.blocks_of(last.report, part)
            locks.append(Lock(part, author, created, why, parts.sentence(last.report, part)))
        if store.lock(theme, locks, last.number):
            return tuple(locks)


def unlock(theme: str, wanted: Sequence[str], *, store: Store) -> tuple[str, ...]:
    """Let parts be changed again, which are returned; all of them or none. Raises: PartUnknown if one is not locked."""
    from rapporteur.writing import parts

    store.require_theme(theme)
    held = tuple(lock.part for lock in store.locks(theme))
    unlocked: dict[str, None] = {}
    for name in wanted:
        meant = (name,) if name in held else parts.called(last_revision(theme, store).report, name)
        unlocked |= dict.fromkeys([part for part in meant if part in held] or meant)
    for part in unlocked:
        if part not in held:
            raise PartUnknown(
                f"'{part}' of {theme} is not locked; {'nothing' if not held else ', '.join(dict.fromkeys(held))} is.",
                where=theme,
                hint=f"`rapporteur lock {theme} --list` says what is locked, by whom and why.",
            )
    store.unlock(theme, tuple(unlocked))
    return tuple(unlocked)


def history(theme: str, store: Store) -> list[HistoryLine]:
    """The revisions of a theme, the first first. Raises: ThemeUnknown; NothingToReport if there are none."""
    lines = store.history(theme)
    if not lines:
        last_revision(theme, store)  # says why: there is no such theme, or no draft of it
    return lines
