"""How many people took part in the sessions of a theme: one rule, for lists and for reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapporteur.dutch.roles import is_participant
from rapporteur.types import Record


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one record says of a dialogue: the number it states, and how many participants speak in it."""

    dialogue: int | None
    stated: int | None
    speaking: int

    @property
    def credible(self) -> int | None:
        """The stated number; none where it is smaller than the number of people who speak: it cannot be true."""
        return self.stated if self.stated is not None and self.stated >= max(1, self.speaking) else None


def attendance_of(record: Record) -> Attendance:
    people = ((turn.speaker, turn.role) for turn in record.turns)
    return Attendance(record.dialogue, record.participants, speaking(people, record.host.role))


def speaking(people: Iterable[tuple[str | None, str | None]], host_role: str | None) -> int:
    """How many of these people, by name and role, are known participants."""
    return len({name for name, role in people if name and is_participant(role, host_role)})


def participants(records: Iterable[Attendance]) -> dict[int, int | None]:
    """By dialogue number, how many took part. Two records of one dialogue count once: with the larger number."""
    by_dialogue: dict[int, int | None] = {}
    for record in records:
        if record.dialogue is not None:
            known = [n for n in (by_dialogue.get(record.dialogue), record.credible) if n is not None]
            by_dialogue[record.dialogue] = max(known) if known else None
    return by_dialogue
