"""Where something stands in a record's file, in Dutch."""

from __future__ import annotations

from rapporteur.types import Locator


def in_dutch(locator: Locator | None) -> str:
    """'dialoog-3.docx, alinea 12'; 'plaats onbekend' for none."""
    if locator is None:
        return "plaats onbekend"
    return ", ".join(part for part in (locator.file, within_file(locator)) if part)


def within_file(locator: Locator) -> str:
    """'alinea 12', 'blad verslag, rij 71'; '' where only the file is known."""
    parts = (
        ("bladzijde", locator.page),
        ("alinea", locator.paragraph),
        ("blad", locator.sheet),
        ("rij", locator.row),
        ("regel", locator.line),
        ("tijd", locator.timestamp),
    )
    return ", ".join(f"{name} {value}" for name, value in parts if value)
