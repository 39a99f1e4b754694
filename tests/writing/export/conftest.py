"""A report of two to three pages, as the assembler would hand it over. Every sentence in it is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rapporteur.writing.export.interface import (
    Box,
    Bullets,
    Facts,
    Heading,
    Item,
    Paragraph,
    Quote,
    RenderedReport,
    TopicLead,
)


def make_quote(
    identity: str,
    text: str,
    role: str | None = "deelnemer",
    dialogue: int | None = 1,
    *,
    pull: bool = False,
) -> Quote:
    """A quote as the assembler renders it: attribution made of role and dialogue."""
    parts = [role or "", f"dialoog {dialogue}" if dialogue else ""]
    return Quote(
        id=identity,
        text=text,
        attribution=", ".join(part for part in parts if part),
        fragment=f"groen-in-de-wijk/{dialogue or 'zonder'}#{identity}",
        role=role,
        dialogue=dialogue,
        pull=pull,
    )


AWKWARD_WORDS = (
    "Ze zei: ‘Kom er maar bij zitten’, en toen bleef ik.",
    "‘Wij beslissen mee’, dat is het *enige* wat ik vraag.",
    'Dat heet dan "inspraak", maar _wij_ wisten van niets & niemand.',
    "Bij < 5 mensen gaat het niet door, bij > 20 ook niet.",
    "Het pad was C:\\groen\\plan, zo stond het er: [zie bijlage] `nr 1`.",
    "1. eerst praten, 2. dan pas schoffelen # en ~~niet~~ andersom | toch?",
    "Scheelt $ 5 per m² – ’t is zó gedaan… &amp; klaar!",
)

SUMMARY: tuple[Item, ...] = (
    Heading("Samenvatting op één pagina", 1, "samenvatting"),
    Heading("Knel- en kiemverhalen", 2),
    Bullets(
        (
            "Het groen in de straat verdween onder stenen en auto’s; een bankje in de schaduw was er niet meer.",
            "Wie geen tuin heeft, zat maanden binnen.",
            "Besluiten over bomen vielen zonder dat iemand het hoorde.",
        ),
        id="samenvatting-knel",
    ),
    Bullets(
        (
            "Buren legden samen een geveltuin aan en kenden elkaar daarna bij naam.",
            "Een schoolplein ging na vieren open voor de hele wijk.",
        ),
        mark="+",
        id="samenvatting-kiem",
    ),
    Heading("Dromen", 2),
    Bullets(
        ("Een park op tien minuten lopen voor iedereen.", "Kinderen die weten waar hun eten groeit."),
        id="samenvatting-dromen",
    ),
    Heading("Wie zaten aan tafel?", 2),
    Facts(
        (
            ("Gesprekken", "4 themadialogen tussen 2 en 30 maart 2021"),
            ("Deelnemers", "31 mensen"),
            (
                "Gastheren en gastvrouwen",
                "burgemeesters en wethouders van Molenbroek, Oosterveen en Zandhuizen",
            ),
        ),
        id="feiten",
    ),
    make_quote(
        "pull-1",
        "Een boom plant je niet voor jezelf, die plant je voor wie er nog komt.",
        "opa",
        3,
        pull=True,
    ),
)

INTRODUCTION: tuple[Item, ...] = (
    Heading("Inleiding", 1, "inleiding"),
    Paragraph(
        "In vier gesprekken vertelden 31 mensen over het groen in hun buurt: waar het ging knellen toen "
        "iedereen "
        "thuis zat, en wat er juist opkwam. Dit verslag vat hun verhalen samen. Wat tussen aanhalingstekens "
        "staat, is letterlijk zo gezegd."
    ),
    Box(
        "Het thema: groen in de wijk",
        (
            "Een plantsoen, een volkstuin, een boom voor het raam: groen is voor de een uitzicht en "
            "voor de ander "
            "de enige plek om even alleen te zijn.",
            "Wat is er in de knel gekomen? Wat is er ontkiemd? En wat kunnen we morgen al anders doen?",
        ),
        id="beschrijving",
    ),
)

KNEL: tuple[Item, ...] = (
    Heading("1. Knelpunten en kiemen uit de coronatijd", 1, "knel"),
    Heading("Knelverhalen", 2),
    Paragraph("Als knelverhalen deelden mensen wat zij misten toen de wereld klein werd."),
    TopicLead(
        "Geen plek om buiten te zijn",
        "In drie van de vier dialogen vertelden mensen dat zij zonder tuin of balkon nergens heen "
        "konden. Twee "
        "deelnemers liepen elke avond hetzelfde rondje om het parkeerterrein. Het park lag te ver of "
        "was te vol.",
        id="knel-1",
    ),
    make_quote("knel-1-q1", "Ik heb drie maanden naar dezelfde schutting gekeken.", "student", 1),
    make_quote(
        "knel-1-q2",
        "Mijn moeder is 82 en slecht ter been. Het bankje halverwege was weggehaald, want dan gingen er "
        "jongeren "
        "zitten. Nu komt zij dus niet meer bij het water. Zo simpel is het: geen bankje, geen wandeling.",
        "mantelzorger",
        2,
    ),
    TopicLead(
        "Niemand vroeg ons iets",
        "Enkele deelnemers hoorden pas van de kap toen de zaag al liep. Zij noemen dat niet onwil, maar gewoonte.",
        id="knel-2",
    ),
    make_quote("knel-2-q1", AWKWARD_WORDS[0], "wijkbewoner", 4),
    Heading("Kiemverhalen", 2),
    Paragraph("Als kiemverhalen deelden mensen wat er vanzelf begon te groeien."),
    TopicLead(
        "Stenen eruit, buren erbij",
        "In twee dialogen ging het over geveltuinen. Wie samen schept, zo vertelden zij, praat vanzelf.",
        id="kiem-1",
    ),
    make_quote(
        "kiem-1-q1",
        "Toen die eerste tegel eruit was kwam de hele straat kijken, en aan het eind van de middag "
        "hadden we er "
        "veertig op een stapel.",
        "leerkracht",
        3,
    ),
)

LATER: tuple[Item, ...] = (
    Heading("2. Dromen en wensen voor de toekomst", 1, "dromen"),
    TopicLead(
        "Een park op loopafstand",
        "Een deelnemer koos de foto van een lege stoel onder een boom en vertelde wie daar zou mogen zitten.",
        id="dromen-1",
    ),
    make_quote(
        "dromen-1-q1",
        "Ik droom van een stad die ’s zomers koel is, ook voor wie geen airco kan betalen.",
        None,
        2,
    ),
    Heading("3. Eerste stappen en ideeën", 1, "ideeen"),
    Paragraph("Deelnemers noemden elf ideeën. Deze kwamen in meer dan één gesprek terug:"),
    Bullets(
        (
            "Geef elke straat één vast aanspreekpunt voor groen.",
            "Plant bij elke geboorte een boom in de wijk, met een naambordje dat de kinderen zelf maken "
            "en dat de "
            "school ieder jaar bij de boomfeestdag weer schoonpoetst.",
        ),
        id="ideeen-lijst",
    ),
    Box(
        "Tegel eruit, plant erin (Oosterveen)",
        ("Bewoners halen op één zaterdag tegels uit de stoep. De gemeente haalt de stenen op en brengt aarde.",),
        id="kader-1",
    ),
    Box(
        "De schooltuin na vieren (Zandhuizen)",
        ("Een basisschool zet na schooltijd het hek open; ouderen uit de flat ernaast geven de planten water.",),
        id="kader-2",
    ),
    Paragraph("Wat de ideeën gemeen hebben: zij kosten weinig en vragen iemand die begint."),
    Heading("4. Procesobservaties", 1, "procesobservaties"),
    TopicLead(
        "Luisteren duurt even",
        "Bij de slotronde zei een deelnemer dat de stiltes het gesprek hadden gemaakt.",
        id="proces-1",
    ),
    make_quote("proces-1-q1", "Ik was gekomen om te klagen en ga naar huis met een schep.", "ondernemer", 4),
)


@pytest.fixture
def quote() -> Callable[..., Quote]:
    return make_quote


@pytest.fixture(params=AWKWARD_WORDS)
def awkward(request: pytest.FixtureRequest) -> str:
    """Words with marks that mean something to a file format."""
    words: str = request.param
    return words


@pytest.fixture
def report() -> RenderedReport:
    return RenderedReport(
        title="Groen in de wijk",
        subtitle="Wat inwoners vertelden in vier themadialogen",
        items=SUMMARY + INTRODUCTION + KNEL + LATER,
        theme="groen-in-de-wijk",
        programme="Nederland in gesprek",
        drafted="2021-06-01T09:30:00+02:00",
        colophon=(
            "Dit verslag is op 1 juni 2021 opgesteld door rapporteur, zonder taalmodel (stem: extractive).",
            "Bronnen: dialoog 1 (dialoog-1.vtt), dialoog 2 (dialoog-2.docx), dialoog 3 (dialoog-3.md), "
            "dialoog 4 (dialoog-4.xlsx). Vingerafdruk van het corpus: 3f9c2a71.",
        ),
        properties={
            "voice": "extractive",
            "corpus_fingerprint": "3f9c2a71",
            "report_fingerprint": "b04d55e8",
        },
    )


@pytest.fixture
def with_items(report: RenderedReport) -> Callable[..., RenderedReport]:
    """The report with other items."""

    def make(*items: Item) -> RenderedReport:
        return replace(report, items=items)

    return make
