"""The one door that every revision goes through, whoever made it: what an editor locked stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rapporteur.errors import PartLocked
from rapporteur.types import Lock, Origin, Report, Revision

if TYPE_CHECKING:
    from rapporteur.sources.history import StoredRevision
    from rapporteur.sources.store import Store
    from rapporteur.writing.voices.interface import Voice


def save(
    theme: str,
    report: Report,
    origin: Origin,
    *,
    store: Store,
    reason: str,
    expected: int | None = None,
    allow: Collection[str] = (),
    now: datetime | None = None,
) -> Revision:
    """Save a report as the theme's next revision, if all that is locked in the last one stands in it unchanged.

    `expected` is the revision it was made from, None where it was made from none; `allow` are the locked parts that it
    may change all the same.
    Raises: PartLocked, and nothing is saved; Conflict, once it is saved, where others saved revisions in between.
    """
    from rapporteur.writing import parts
    from rapporteur.writing.report import from_json, to_json

    def guard(last: StoredRevision, locks: tuple[Lock, ...]) -> None:
        held = [lock for lock in locks if lock.part not in allow]
        _refuse_changed(theme, parts.unchanged(from_json(last.report), report, held))

    created = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    number = store.save_revision(theme, created, reason, to_json(report), origin=origin, expected=expected, guard=guard)
    return Revision(theme, number, created, reason, report, origin)


def require_unlocked(theme: str, store: Store) -> None:
    """Say before a whole report is drafted anew that some of it is locked. Raises: PartLocked."""
    held = tuple(lock.part for lock in store.locks(theme))
    if held:
        raise PartLocked(
            f"Drafting would write all of {theme} anew, and an editor locked {_parts(held)}.",
            where=theme,
            hint=f"Write the other parts anew with `rapporteur redraft {theme} SECTION`, or let go of what is locked "
            f"with `rapporteur unlock {theme} {' '.join(dict.fromkeys(held))}`.",
        )


def with_spent(origin: Origin, voice: Voice) -> Origin:
    """The origin with the language model that a voice wrote with, and the tokens and euros it took."""
    from rapporteur.writing.voices.llm import LLMVoice

    if not isinstance(voice, LLMVoice):
        return origin
    spent = voice.account.spent
    return replace(origin, model=spent.model or voice.answers.model, tokens=spent.tokens, cost=spent.cost)


def _refuse_changed(theme: str, changed: Sequence[str]) -> None:
    if changed:
        raise PartLocked(
            f"Not saved: it would change {_parts(changed)} of {theme}, which an editor locked.",
            where=theme,
            hint=f"Unlock with `rapporteur unlock {theme} {' '.join(dict.fromkeys(changed))}`, or leave it as it is; "
            f"`rapporteur lock {theme} --list` says who locked it and why.",
        )


def _parts(names: Sequence[str]) -> str:
    """'part knel-2', 'parts knel-2 and kiem'."""
    unique = list(dict.fromkeys(names))
    listed = " and ".join(filter(None, (", ".join(unique[:-1]), unique[-1])))
    return f"part{'' if len(unique) == 1 else 's'} {listed}"
