"""How the sections of a report are called when speaking to a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapporteur.types import SectionKey

NONE = "geen"  # what a model says of a fragment that belongs in no section

NAMES: Mapping[SectionKey, str] = {
    "knel": "knelverhalen, over wat in de knel kwam",
    "kiem": "kiemverhalen, over wat juist opkwam",
    "dromen": "dromen en wensen voor de toekomst",
    "ideeen": "eerste stappen en ideeën",
    "procesobservaties": "procesobservaties, over het gesprek zelf",
}
_SIGNS: Mapping[SectionKey, str] = {
    "knel": "iemand vertelt wat misging, wegviel, pijn deed of nog altijd schuurt",
    "kiem": "iemand vertelt wat er juist ontstond, lukte of goed deed, en dat wil houden",
    "dromen": "iemand zegt wat hij of zij hoopt, wenst of voor zich ziet, zonder te zeggen hoe",
    "ideeen": "iemand zegt wat er gedaan moet worden, door wie, of geeft een voorbeeld van een aanpak",
    "procesobservaties": "iemand zegt iets over dit gesprek zelf, of over wat er met de inbreng gebeurt",
}


@dataclass(frozen=True, slots=True)
class Described:
    key: str
    name: str
    sign: str


def described(keys: Iterable[SectionKey]) -> list[Described]:
    """The sections a model may choose from, with what belongs in each."""
    return [Described(key, NAMES[key], _SIGNS[key]) for key in keys]
