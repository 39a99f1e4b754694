"""A theme with thousands of fragments, made of sentences of our own: for what only shows in the large."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.workspaces import write_record

TURNS_A_DIALOGUE = 100
_ROLES = (
    "kok kapper boer lerares buschauffeur mantelzorger huisarts student gepensioneerde bakker metselaar tolk "
    "wijkagent bibliothecaris postbode tuinman verpleegkundige muzikant winkelier conciërge"
).split()
_PLACES = (
    "in het buurthuis",
    "op het schoolplein",
    "bij de sportclub",
    "in de flat",
    "op de markt",
    "achter de kerk",
    "in de bus",
    "bij de huisarts",
    "op het werk",
    "in de volkstuin",
    "aan de haven",
    "in de bibliotheek",
    "bij de voedselbank",
    "in het park",
    "op de camping",
    "bij de muziekschool",
    "in de winkelstraat",
    "op de dijk",
)
_MATTERS = (
    "de koffieochtend",
    "het zwembad",
    "de buslijn",
    "de speeltuin",
    "het koor",
    "de moestuin",
    "het repaircafé",
    "de huiswerkklas",
    "de kinderopvang",
    "het loket",
    "de huur",
    "de stage",
    "de mantelzorg",
    "het internet",
    "de eenzaamheid",
    "de taalles",
    "het verkeer",
    "de stilte",
    "de natuur",
    "het geld",
    "de drukte",
    "de zorg",
)
_HAPPENED = (
    "Ik miste {matter} {place}, en na {number} weken wist ik niet meer hoe ik de dagen moest vullen.",
    "Door {matter} leerde ik {place} mensen kennen die ik anders nooit had gesproken, wel {number} in een jaar.",
    "Mijn droom is dat wij over {number} jaar {place} samen zorgen voor {matter}, jong en oud door elkaar.",
    "De gemeente zou {place} een potje van {number} euro kunnen maken voor {matter}, dan regelen wij de rest.",
    "Bijzonder hoe eerlijk wij net spraken over {matter}, terwijl ik {place} {number} keer mijn mond hield.",
    "Toen {matter} wegviel stond ik {place} met {number} anderen voor een dichte deur, en niemand wist waarom.",
    "Wij begonnen {place} met {number} buren een groep voor {matter}, en die is er nu nog steeds.",
    "Ik hoop dat {matter} {place} gewoon blijft, want voor {number} gezinnen in mijn straat is dat het enige.",
)
_FELT = (
    "Dat deed mij meer dan ik had gedacht.",
    "Mijn dochter zei dat ik er een ander mens van werd.",
    "Daar praten wij thuis nog elke week over.",
    "Je merkt dan pas wat je aan elkaar hebt.",
    "Het kostte mij slaap, dat geef ik eerlijk toe.",
    "Ik zou het zo weer doen, ook in de regen.",
    "De buurman lachte erom, maar hij kwam toch.",
    "Wie het bedacht heeft, verdient een bloemetje.",
)


def write_theme(folder: Path, theme: str, fragments: int) -> None:
    """Records with about so many turns, one fragment each, no two the same."""
    random = Random(5)  # noqa: S311
    for dialogue in range(1, fragments // TURNS_A_DIALOGUE + 1):
        people = [(f"Spreker {n}", random.choice(_ROLES)) for n in range(8)]
        said = [(*random.choice(people), _story(random, at)) for at in range(TURNS_A_DIALOGUE)]
        write_record(folder, theme, dialogue, said, participants=len(people))


def _story(random: Random, at: int) -> str:
    happened = random.choice(_HAPPENED).format(
        matter=random.choice(_MATTERS), place=random.choice(_PLACES), number=random.randint(3, 400) + at
    )
    return f"{happened} {random.choice(_FELT)}"
