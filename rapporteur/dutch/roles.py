"""Who leads, hosts or notes down a dialogue, told from the role as the record prints it."""

from __future__ import annotations

FACILITATOR = frozenset(
    "gespreksleider gespreksbegeleider dialoogbegeleider dialoogleider begeleider facilitator moderator"
    " dagvoorzitter tafelleider tafelbegeleider procesbegeleider".split()
)
NOTE_TAKER = frozenset("notulist notuliste verslaglegger verslaggever schrijver-notulist".split())
HOST = frozenset("burgemeester wethouder locoburgemeester loco-burgemeester gastheer gastvrouw host".split())


def is_facilitator(role: str | None) -> bool:
    return _head(role) in FACILITATOR


def is_note_taker(role: str | None) -> bool:
    return _head(role) in NOTE_TAKER


def is_host(role: str | None, host_role: str | None = None) -> bool:
    """Whether the role is that of the host: an administrator's, or the one the record names as its host."""
    if role is None:
        return False
    return _head(role) in HOST or (host_role is not None and role.casefold() == host_role.casefold())


def is_participant(role: str | None, host_role: str | None = None) -> bool:
    """Whether someone counts as one of the residents at the table. An unknown role does."""
    return not (is_facilitator(role) or is_note_taker(role) or is_host(role, host_role))


def _head(role: str | None) -> str:
    return (role or "").split(",")[0].split("(")[0].strip().casefold()
