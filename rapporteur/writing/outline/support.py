"""Step 1e: how many people, in which dialogues, carry a group of fragments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapporteur.dutch.roles import is_participant
from rapporteur.types import Fragment, Support


def carriers(fragments: Iterable[Fragment], host_roles: Mapping[str, str | None]) -> list[Fragment]:
    """The fragments that count as support: said by people at the table, not by those who led, hosted or noted.

    `host_roles` maps a record to its host's role. A record without speakers (published quotes) has only people
    who were quoted; there everyone counts.
    """
    return [f for f in fragments if not f.speaker or is_participant(f.role, host_roles.get(f.record))]


def support(fragments: Iterable[Fragment], host_roles: Mapping[str, str | None], talks: int) -> Support:
    """Count distinct people and dialogues, out of `talks` numbered dialogues."""
    carrying = carriers(fragments, host_roles)
    return Support(
        people=len({f.person for f in carrying}),
        dialogues=tuple(sorted({f.dialogue for f in carrying if f.dialogue is not None})),
        talks=talks,
        unnumbered=len({f.person for f in carrying if f.dialogue is None}),
    )
