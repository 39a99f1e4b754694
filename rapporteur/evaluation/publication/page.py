"""Publication -> the page to sign, as words: what docx.py and html.py set in type, so that both say the same.

Plain Dutch, for a reviewer who is no programmer. It says what was checked, what was not, and of which file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from rapporteur.evaluation.publication.result import LeftUnused, Outcome, Point, Publication

TITLE = "Ondertekenblad"
SUBTITLE = "Controle van ‘{}’ voordat het naar buiten gaat"
OUTCOME = "Uitkomst"

_SIGNS: Mapping[Outcome, str] = MappingProxyType({"groen": "✓", "oranje": "!", "rood": "✗"})
_LONGEST = 300
_FOOT_DIGITS = 16

CHECKED = ("Wat is gecontroleerd", ("Onderdeel", "Uitkomst", "Wat dat betekent"))
NOT_CHECKED = (
    "Wat is niet gecontroleerd",
    "Dit kan een computer niet beoordelen. U wel:",
    (
        "Is de keuze van de citaten eerlijk? Komen ook minderheden en tegenstemmen aan bod?",
        "Zeggen de zinnen tussen de citaten goed wat mensen bedoelden? Klopt ‘veel’ waar geen citaat onder staat?",
        "Was een citaat als grap of spottend bedoeld? Dat is aan de woorden niet te zien.",
        "Klopt het gespreksverslag zelf met wat er aan tafel is gezegd?",
        "Is iemand te herkennen aan zijn rol of zijn verhaal, ook zonder naam? En wat laten de plaatjes zien?",
    ),
)
SIGNING = ("Ondertekening", ("Naam en functie", "Datum", "Handtekening"))
SIGNATURES = 2
_DECLARES: Mapping[Outcome, str] = MappingProxyType(
    {
        "groen": "Ik heb dit blad en het verslag gelezen.",
        "oranje": "Ik heb dit blad en het verslag gelezen, en over alle punten achter dit blad beslist.",
        "rood": "Dit blad is niet om te tekenen. Herstel eerst de punten en controleer het verslag opnieuw.",
    }
)
BELONGS = (
    "Bij welk bestand hoort dit blad?",
    "Dit blad geldt alleen voor dit ene bestand. Verandert er iets in het bestand, dan is er een nieuw blad nodig.",
    ("Kenmerk", "Wat het is"),
)

_EASE = ((30, "zeer moeilijk"), (45, "moeilijk"), (60, "vrij moeilijk"), (70, "gewoon"), (80, "vrij makkelijk"))


@dataclass(frozen=True, slots=True)
class PointsTable:
    """Points under one heading. `columns` are the heads: a box to tick, the point, room to write."""

    heading: str
    about: str
    columns: tuple[str, str, str]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page, and the points on the pages after it. `foot` stands below every page, so that none goes astray."""

    subtitle: str
    sign: str
    outcome: str
    says: str
    checked: tuple[tuple[str, str, str], ...]
    belongs: tuple[tuple[str, str], ...]
    declares: str
    to_sign: bool
    tables: tuple[PointsTable, ...]
    foot: str
    author: str
    made: datetime


def page_of(publication: Publication) -> Page:
    """The page of what the gate found."""
    return Page(
        subtitle=SUBTITLE.format(publication.file.name),
        sign=_SIGNS[publication.outcome],
        outcome=f"{OUTCOME}: {publication.outcome.upper()}",
        says=_says(publication),
        checked=tuple(_checked(publication)),
        belongs=tuple(_belongs(publication)),
        declares=_DECLARES[publication.outcome],
        to_sign=publication.outcome != "rood",
        tables=tuple(_tables(publication)),
        foot=f"{publication.file.name}, controlegetal {publication.file.sha256[:_FOOT_DIGITS]}…",
        author=publication.author,
        made=publication.made,
    )


def cited(text: str) -> str:
    """Words of the document as a point cites them: on one line, not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"


def _says(publication: Publication) -> str:
    mend, decide = len(publication.to_mend), len(publication.to_decide)
    if mend:
        also = f" Over nog {_points(decide)} beslist u zelf." if decide else ""
        return (
            f"Dit verslag kan zo niet naar buiten. {_points(mend).capitalize()} moet{'en' if mend > 1 else ''} eerst "
            f"worden hersteld.{also} De punten staan achter dit blad."
        )
    if decide:
        return (
            f"Er is niets dat eerst hersteld moet worden. Over {_points(decide)} beslist u zelf. "
            f"{'De punten staan' if decide > 1 else 'Het punt staat'} achter dit blad."
        )
    return (
        "De controle vond niets dat nog hersteld moet worden of waarover u moet beslissen. Lees het verslag wel "
        "zelf: niet alles is te controleren."
    )


def _points(count: int) -> str:
    return "één punt" if count == 1 else f"{count} punten"


# ----------------------------------------------------------------------------------- what was checked


def _checked(publication: Publication) -> Iterator[tuple[str, str, str]]:
    results = (_quotes, _rest, _placing, _spread, _readability, _unused, _records)
    for (name, means), result in zip(_PARTS, results, strict=True):
        yield name, result(publication), means


_PARTS = (
    (
        "Citaten",
        "Bewezen is: elk woord staat in een gespreksverslag, en is van wie er genoemd wordt. Wat is weggelaten, is te "
        "zien.",
    ),
    (
        "Rest van de tekst",
        "Gekeken is naar namen en andere persoonsgegevens, getallen, woorden als ‘veel’ of ‘de meesten’, en delen van "
        "het bestand die niet te lezen zijn.",
    ),
    (
        "Plaats van de citaten",
        "Een rekenregel las elk citaat en keek in welk deel het past. Dit is een aanwijzing, geen oordeel.",
    ),
    ("Wie is aan het woord?", "Of dit een eerlijke verdeling is, beoordeelt u zelf."),
    (
        "Leesbaarheid",
        "Een aanwijzing op een schaal van 0 (moeilijk) tot 100 (makkelijk). Geteld is hoe lang woorden en zinnen "
        "zijn. Citaten tellen niet mee.",
    ),
    (
        "Niet gebruikt",
        "Zo veel uitspraken konden ook een citaat zijn. Of er iets belangrijks bij zit, staat hier niet.",
    ),
    ("Gespreksverslagen", "Alleen wat is ingelezen, kon worden vergeleken."),
)
_ABOUT_QUOTES = frozenset(
    {"altered", "misleading-cut", "misattributed", "ambiguous", "not-found", "nothing-checked", "section", "balance"}
    | {"other-records", "records"}
)


def _quotes(publication: Publication) -> str:
    seen, proved = publication.quotations, publication.proved
    if not seen:
        return "Geen citaat gevonden: er is niets gecontroleerd"
    if seen == proved:
        return f"{seen} gevonden, alle bewezen" if seen > 1 else "1 gevonden en bewezen"
    return f"{seen} gevonden, {proved} bewezen, {seen - proved} niet"


def _rest(publication: Publication) -> str:
    others = sum(point.check not in _ABOUT_QUOTES for point in publication.points)
    return f"{_points(others).capitalize()} gevonden" if others else "Niets gevonden"


def _placing(publication: Publication) -> str:
    placing = publication.placing
    if not placing.compared:
        return "Niet bekeken"
    elsewhere = f"{placing.elsewhere} {'lijkt' if placing.elsewhere == 1 else 'lijken'} elders te horen"
    unproved = publication.quotations - publication.proved
    missed = (
        f"{_headlines(placing.headlines)} te kort" if placing.headlines else "",
        f"{placing.apart} buiten de hoofdstukken" if placing.apart else "",
        f"{placing.unknown} niet bekeken" if placing.unknown else "",
        f"{unproved} niet bewezen" if unproved else "",
    )
    seen = f"{placing.compared} bekeken, {elsewhere if placing.elsewhere else 'alle passen'}"
    return "; ".join((seen, *filter(None, missed)))


def _headlines(count: int) -> str:
    return "1 krantenkop is" if count == 1 else f"{count} krantenkoppen zijn"


def _spread(publication: Publication) -> str:
    spread = publication.spread
    if not spread.people:
        return "Geen bewezen citaten"
    people = "1 persoon" if spread.people == 1 else f"{spread.people} mensen"
    most = f"hoogstens {spread.most_of_one} {'citaat' if spread.most_of_one == 1 else 'citaten'} van één persoon"
    return f"{people}, uit {spread.dialogues} van de {spread.talks} dialogen; {most}"


def _readability(publication: Publication) -> str:
    found = publication.readability
    if found is None:
        return "Geen eigen zinnen gevonden"
    name = next((name for most, name in _EASE if found.ease < most), "makkelijk")
    return f"{found.ease:.0f}: {name}"


def _unused(publication: Publication) -> str:
    if publication.unused is None:
        return "Niet geteld"
    total = sum(row.fragments for row in publication.unused)
    if not total:
        return "Alles is gebruikt"
    if len({row.theme for row in publication.unused}) > 1:
        return f"{total} uitspraken"
    return f"{total} uitspraken: {', '.join(map(_left_in_talk, publication.unused))}"


def _left_in_talk(row: LeftUnused) -> str:
    where = "een dialoog zonder nummer" if row.dialogue is None else f"dialoog {row.dialogue}"
    return f"{row.fragments} uit {where}"


def _records(publication: Publication) -> str:
    files = sum(state.files for state in publication.corpora)
    read = "1 bestand gelezen" if files == 1 else f"{files} bestanden gelezen"
    wrong = sum(point.check == "records" for point in publication.points)
    return f"{read}, {_points(wrong)} erbij" if wrong else f"{read}, niets overgeslagen"


# ----------------------------------------------------------------------------------------- of what


def _belongs(publication: Publication) -> Iterator[tuple[str, str]]:
    file, origins = publication.file, publication.origins
    yield "Bestand", f"{file.name} ({file.size:,} bytes)".replace(",", ".")
    yield "Controlegetal (SHA-256)", file.sha256
    for state in publication.corpora:
        yield f"Verslagen van {state.theme}", f"vingerafdruk {state.fingerprint}{_agreement(publication)}"
    if origins.report_fingerprint:
        revision = f" (versie {origins.revision} in deze werkmap)" if origins.revision else ""
        yield "Gemaakt uit concept", f"vingerafdruk {origins.report_fingerprint}{revision}"
    who = f"door {publication.author}" if publication.author else "door wie is niet ingevuld"
    yield (
        "Gecontroleerd",
        (
            f"{who}, op {publication.made:%d-%m-%Y} om {publication.made:%H:%M} {publication.made:%Z}, "
            f"met rapporteur {publication.version}"
        ),
    )


def _agreement(publication: Publication) -> str:
    agrees = publication.origins.agrees
    if agrees is None:
        return "; het document noemt geen vingerafdruk"
    if agrees:
        return ", dezelfde als in het document"
    return f"; het document noemt een andere: {publication.origins.corpus_fingerprint}"


def _tables(publication: Publication) -> Iterator[PointsTable]:
    if publication.to_mend:
        yield PointsTable(
            f"Eerst herstellen ({len(publication.to_mend)})",
            "Herstel deze punten in het verslag. Controleer het daarna opnieuw: er hoort een nieuw blad bij.",
            ("Hersteld", "Wat er aan de hand is", "Opmerking"),
            publication.to_mend,
        )
    if publication.to_decide:
        yield PointsTable(
            f"Zelf beslissen ({len(publication.to_decide)})",
            "Kijk elk punt na. Zet een kruisje als het zo goed is, of schrijf op wat er moet gebeuren.",
            ("Akkoord", "Wat er aan de hand is", "Besluit"),
            publication.to_decide,
        )
