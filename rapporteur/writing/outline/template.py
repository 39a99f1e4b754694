"""The report of a citizens' track: its sections, in order, and the guiding questions of each.

Source: the published theme reports of 'Nederland na de crisis' (2021); see domain.md. The questions are what
the retrieval asks for, each a way in which people at the table say such a thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapporteur.errors import ConfigInvalid
from rapporteur.types import SectionKey


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """`questions` say in several ways what belongs here; `lead` opens the topics in the report."""

    key: SectionKey
    heading: str
    lead: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """A track's report: its id and sections in order."""

    id: str
    sections: tuple[SectionTemplate, ...]

    @property
    def questions(self) -> Mapping[SectionKey, tuple[str, ...]]:
        return {section.key: section.questions for section in self.sections}


CITIZENS = ReportTemplate(
    id="burger.v1",
    sections=(
        SectionTemplate(
            key="knel",
            heading="1. Knelpunten en kiemen",
            lead="Als knelverhalen deelden mensen ervaringen over:",
            questions=(
                "Dit is in de knel gekomen, het ging niet meer, het viel weg en dat was moeilijk.",
                "Ik miste het contact, ik was eenzaam en verdrietig, het deed pijn.",
                "Het was zwaar en oneerlijk, ik maak me zorgen, het lukte niet meer.",
                "Het ging dicht en het is nooit meer teruggekomen.",
            ),
        ),
        SectionTemplate(
            key="kiem",
            heading="",
            lead="Als kiemverhalen, over wat er juist opkwam, deelden mensen ervaringen over:",
            questions=(
                "Dit is ontkiemd, er ontstond iets nieuws en dat was mooi.",
                "Door corona leerde ik mijn buren kennen en gingen mensen elkaar helpen.",
                "Ik kreeg meer rust en tijd, dat beviel goed en dat houd ik erin.",
                "We zijn toen iets begonnen en dat doen we nog steeds.",
            ),
        ),
        SectionTemplate(
            key="dromen",
            heading="2. Dromen en wensen voor de toekomst",
            lead="Als dromen en wensen voor de toekomst noemden mensen:",
            questions=(
                "Ik droom van een toekomst waarin mensen er voor elkaar zijn.",
                "Mijn wens is dat het straks anders is, ik hoop dat we dat krijgen.",
                "Ik kies deze foto, ik zie voor me hoe het zou kunnen zijn.",
                "Ik verlang naar een samenleving waarin iedereen zichzelf mag zijn.",
            ),
        ),
        SectionTemplate(
            key="ideeen",
            heading="3. Eerste stappen en ideeën",
            lead="Als eerste stappen en ideeën brachten mensen in:",
            questions=(
                "Mijn idee is om iets te organiseren, laten we daarmee beginnen.",
                "De gemeente zou dit moeten regelen, je kunt het zo aanpakken.",
                "Maak er een vaste plek voor, geef bewoners een budget en zet er iemand neer.",
                "Een eerste stap is dat we het gewoon gaan doen, het bestaat al in een andere plaats.",
            ),
        ),
        SectionTemplate(
            key="procesobservaties",
            heading="4. Procesobservaties",
            lead="Daarbij ging het over:",
            questions=(
                "Ik vond het een goed gesprek, iedereen kwam aan het woord.",
                "Ik neem uit deze dialoog mee dat we naar elkaar geluisterd hebben.",
                "Mij viel op dat mensen elkaar vragen stelden aan deze tafel.",
                "Ik hoop dat er iets met onze inbreng gebeurt en dat we er iets van terughoren.",
            ),
        ),
    ),
)

TEMPLATES: Mapping[str, ReportTemplate] = {"burger": CITIZENS}


def for_track(track: str) -> ReportTemplate:
    """The template of a track. Raises: ConfigInvalid, naming the tracks that have one."""
    if track not in TEMPLATES:
        raise ConfigInvalid(
            f"There is no report template for the track '{track}'.", hint=f"Set `track` to {', '.join(TEMPLATES)}."
        )
    return TEMPLATES[track]
