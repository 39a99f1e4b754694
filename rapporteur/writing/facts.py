"""What the records themselves say of their sessions: talks, participants, hosts, dates. Counted, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapporteur.sources.attendance import attendance_of
from rapporteur.sources.attendance import participants as attended
from rapporteur.types import Record

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """The sessions of a theme.

    `talks` counts distinct known dialogue numbers; `counted_talks` those whose number of participants is
    known, `participants` their sum (None where none is). `has_unnumbered`: some records name no dialogue.
    `municipalities` and `host_roles` are sorted; dates are ISO 8601.
    """

    programme: str
    talks: int
    dialogues: tuple[int, ...]
    participants: int | None
    counted_talks: int
    municipalities: tuple[str, ...]
    host_roles: tuple[str, ...]
    first: str | None
    last: str | None
    has_unnumbered: bool


def gather(records: Sequence[Record], programme: str = "") -> SessionFacts:
    """The facts of a theme's records."""
    by_dialogue = attended(map(attendance_of, records))
    counted = [n for n in by_dialogue.values() if n is not None]
    dates = sorted(r.date for r in records if r.date)
    return SessionFacts(
        programme=programme or next((r.programme for r in records if r.programme), ""),
        talks=len(by_dialogue),
        dialogues=tuple(sorted(by_dialogue)),
        participants=sum(counted) if counted else None,
        counted_talks=len(counted),
        municipalities=tuple(sorted({r.host.municipality for r in records if r.host.municipality})),
        host_roles=tuple(sorted({r.host.role for r in records if r.host.role})),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        has_unnumbered=any(r.dialogue is None for r in records),
    )


def in_dutch(iso: str) -> str:
    """'2022-03-22' as '22 maart 2022'; anything else as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def theme_name(slug: str) -> str:
    """'ontmoeten-in-de-buurt' as 'ontmoeten in de buurt'."""
    return slug.replace("-", " ").replace("_", " ").strip()
