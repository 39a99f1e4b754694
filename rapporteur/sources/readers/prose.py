"""Metadata in a line without names: 'Dialoog 3, 30 maart 2021, gastheer wethouder te Almelo'."""

from __future__ import annotations

import re

from rapporteur.sources.readers.people import host_in
from rapporteur.sources.readers.times import iso_date

_LONGEST = 200
_BETWEEN = re.compile(r"\s*(?:,(?=\s)|\s[-–|•·]\s|;)\s*")
_DIALOGUE = re.compile(
    r"(?:(?:verslag|notulen|transcript)\s+(?:van\s+)?(?:de\s+)?)?(?:thema|verkennings)?(?:dialoog|dialogue)\s+"
    r"(?:nr\.?\s*)?(?P<number>[1-9]\d{0,5})",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?P<count>\d{1,4})\s+(?:deelnemers|participants)", re.IGNORECASE)
_THEME = re.compile(r"thema\s+(?P<theme>\S.{0,80})", re.IGNORECASE)
_HOST = re.compile(r"(?:gespreks)?(?:gastheer|gastvrouw|host)\s+(?P<host>\S.*)", re.IGNORECASE)


def said_in(line: str) -> dict[str, str]:
    """What a line says, by our names; nothing unless all of it is understood, and some of it for sure."""
    parts = _BETWEEN.split(line.strip()) if 0 < len(line) < _LONGEST else []
    if iso_date(line):
        return {"datum": line}
    said: dict[str, str] = {}
    for part in parts:
        meaning = _meaning(part)
        if not meaning:
            return {}
        said |= meaning
    return said if "dialoog" in said or "datum" in said else {}


def _meaning(part: str) -> dict[str, str]:
    if found := _DIALOGUE.fullmatch(part):
        return {"dialoog": found["number"]}
    if iso_date(part):
        return {"datum": part}
    if found := _COUNT.fullmatch(part):
        return {"deelnemers": found["count"]}
    if found := _THEME.fullmatch(part):
        return {"thema": found["theme"]}
    found = _HOST.fullmatch(part)
    return {"host": found["host"]} if found and host_in(found["host"]) else {}
