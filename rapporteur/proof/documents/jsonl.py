"""Quotations to check, one JSON object a line: {"id", "quote", "role", "dialogue", "theme", "fragment"}."""

from __future__ import annotations

import re
from pathlib import Path

from rapporteur.dutch.sessions import number_of
from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.attribution import printed
from rapporteur.proof.documents.files import text_of, value_of
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.types import Attribution, Quotation

_NUMBER = re.compile(r"(?:dialoog|dialogue)?\s*(?P<digits>\d+)", re.IGNORECASE)


class JsonLinesReader:
    suffixes = (".jsonl",)

    def read(self, path: Path) -> ReadDocument:
        lines = enumerate(text_of(path).split("\n"), start=1)
        quotations = tuple(_quotation(line, number, path) for number, line in lines if line.strip())
        return ReadDocument(path.name, quotations)


def _quotation(line: str, number: int, path: Path) -> Quotation:
    try:
        entry = value_of(line)
    except (ValueError, RecursionError):
        raise DocumentUnreadable(f"Line {number} of {path.name} is not JSON.", where=str(path)) from None
    if not isinstance(entry, dict) or not isinstance(entry.get("quote"), str):
        what = f'Line {number} of {path.name} has no "quote" with the words to check.'
        raise DocumentUnreadable(what, where=str(path))
    try:
        attribution = attribution_of(entry)
    except ValueError as error:
        raise DocumentUnreadable(f"In line {number} of {path.name} {error}.", where=str(path)) from None
    return Quotation(
        text=entry["quote"],
        place=f"line {number}",
        attribution=attribution,
        fragment=text_or_none(entry.get("fragment")),
        id=text_or_none(entry.get("id")),
    )


def attribution_of(entry: dict[str, object]) -> Attribution | None:
    """The attribution that the keys role, dialogue, theme and fragment state; None if they state nothing.

    Raises: ValueError if what they state cannot be read.
    """
    for key in ("role", "theme"):
        if not isinstance(entry.get(key), str | int | None):
            raise ValueError(f'"{key}" is {entry[key]!r}, which is not a text')
    role, theme = text_or_none(entry.get("role")), text_or_none(entry.get("theme"))
    dialogue = _dialogue(entry.get("dialogue"))
    fragment = text_or_none(entry.get("fragment"))
    if (role, dialogue, theme, fragment) == (None, None, None, None):
        return None
    return Attribution(printed(role, dialogue), role, dialogue, theme, fragment=fragment)


def _dialogue(value: object) -> int | None:
    """The number of a dialogue: 9, 9.0, "9" or "dialoog 9". Raises: ValueError for anything else but nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    match = _NUMBER.fullmatch(str(value).strip())
    if isinstance(value, bool) or match is None:
        raise ValueError(f'"dialogue" is {value!r}, which is not the number of a dialogue')
    return number_of(match["digits"])


def text_or_none(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and str(value).strip() else None
