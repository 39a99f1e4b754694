"""Headings and columns that name a round of the dialogue, as data. Given a text, gives a Round or None."""

from __future__ import annotations

import re
import unicodedata

from rapporteur.types import Round

_NAMES: dict[Round, tuple[str, ...]] = {
    "opening": (
        "opening",
        "opening kennismaking",
        "kennismaking",
        "welkom",
        "welkom kennismaking",
        "inleiding",
        "introductie",
        "voorstelronde",
        "introduction",
        "welcome",
    ),
    "knel-kiem": (
        "knel kiem",
        "knel",
        "kiem",
        "knelpunten",
        "kiemen",
        "knelpunten kiemen",
        "knel kiemverhalen",
        "knelverhalen",
        "kiemverhalen",
        "knelverhalen kiemverhalen",
        "knelpunten kiemen uit coronatijd",
        "verhalen",
        "stories",
    ),
    "dromen": (
        "dromen",
        "droom",
        "dromen wensen",
        "dromen wensen voor toekomst",
        "dreams",
    ),
    "ideeen": (
        "ideeen",
        "idee",
        "ideeen eerste stappen",
        "eerste stappen",
        "eerste stappen ideeen",
        "ideas",
        "ideas first steps",
        "first steps",
        "first steps ideas",
    ),
    "afsluiting": (
        "afsluiting",
        "afronding",
        "slot",
        "slotronde",
        "slotwoord",
        "closing",
        "closing round",
    ),
}
_ROUND_OF: dict[str, Round] = {name: key for key, names in _NAMES.items() for name in names}

_ORDINAL = r"(?:\d+(?:e|de|ste)?|een|twee|drie|vier|vijf|eerste|tweede|derde|vierde|vijfde|first|second|third)"
_NUMBERING = re.compile(rf"(?:(?:ronde|round|deel|part) {_ORDINAL}|{_ORDINAL} (?:ronde|round|deel|part)|\d+) ")
_LONGEST = 100  # no title is longer, and a line may hold a whole book
_SMALL_WORDS = frozenset({"en", "and", "de", "het", "the"})


def round_of(text: str | None) -> Round | None:
    """The round that this text names in full, numbering ('Ronde 2: Dromen') aside; None for other text."""
    words = _plain(text).split() if text and len(text) < _LONGEST else []
    plain = _NUMBERING.sub("", " ".join(words) + " ", count=1) if words else ""
    return _ROUND_OF.get(" ".join(word for word in plain.split() if word not in _SMALL_WORDS))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(c if c.isalnum() else " " for c in letters if unicodedata.category(c) != "Mn")
