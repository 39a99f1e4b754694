"""How an editor asks for another choice in a report: 'minder over reizen, meer van jongeren, kortere citaten'.

Expressions as data, lower case; longer ones come first, so that 'niet alleen' is no 'niet'. What they mean together is
worked out in writing/outline/steering.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Direction = Literal["more", "less", "without", "only"]

CUES: tuple[tuple[Direction, str], ...] = (
    ("less", r"niet alleen(?: maar)?|niet te veel|niet zo veel|niet zoveel|niet vooral|minder|weinig|beperk"),
    ("without", r"niet meer|niet langer|helemaal niet|niets|niet|nooit|geen enkele?|geen|zonder|schrap|verwijder|weglaten|laat weg|sla over"),
    ("only", r"alleen maar|alleen nog|alleen|enkel|uitsluitend|slechts"),
    ("more", r"(?:(?:veel|wat|iets) )?(?:meer|extra) (?:aandacht|ruimte|nadruk|accent) (?:voor|aan|op)|(?:veel|wat|iets) meer|meer|vaker|extra"
             r"|vooral|liever|met name|benadruk|(?:de )?(?:nadruk|focus) op|aandacht voor|voeg toe|noem ook|ook|wel(?= (?:iets |wat )?(?:over|van|uit)\b)"),
)  # fmt: skip
# 'Laat de reizen weg', 'haal de reizen eruit', 'voeg jongeren toe': the verb's other half stands behind.
SPLIT_VERBS: tuple[tuple[Direction, str], ...] = (
    ("without", r"laat (?P<subject>.+?) (?:weg|achterwege|vallen|eruit)"),
    ("without", r"haal (?P<subject>.+?) (?:weg|eruit|er uit)"),
    ("without", r"sla (?P<subject>.+?) over"),
    ("more", r"voeg (?P<subject>.+?) toe"),
    ("more", r"leg (?:de |meer )?nadruk op (?P<subject>.+)"),
)
INSTEAD = r"dan|in plaats van|i\.p\.v\.|ten koste van"  # what follows it there should be less of
BEFORE_A_CUE = frozenset(
    """
    en maar dan graag wel wat iets veel nog ook liefst gebruik geef kies neem schrijf zet doe maak noem laat citeer ik wil zou
    willen liever vooral mag er het de een a.u.b aub s.v.p svp s.v.p. alsjeblieft alstublieft hier hierin daarbij verder
    """.split()
)
FILLING = frozenset(
    "de het een die dat deze dit alle al ook nog maar wel zo veel te graag wat iets hier er alles lezen horen weten zien passages stukken onderwerp onderwerpen mensen".split()
)
ABOUT = frozenset("over rond rondom omtrent aan voor met betreffende op".split())
BY = frozenset("van door uit".split())

QUOTES = frozenset("citaat citaten quote quotes".split())
# What is asked for, where a subject follows: 'meer verhalen over de kerk'.
PIECES = QUOTES | frozenset(
    "uitspraak uitspraken stem stemmen verhaal verhalen voorbeeld voorbeelden reactie reacties".split()
)
SHORTER = r"korter|kortere|kort|korte|bondiger|beknopter|compacter"
LONGER = r"langer|langere|lange|uitgebreider|uitvoeriger"
# What is asked of the sentences between the quotes, which only a language model writes anew.
OF_PROSE = r"(?:\w*zinnen|zin|toon|stijl|taal|b1|eenvoudig\w*|makkelijk\w*|zakelijk\w*|formeler|formele|warmer|vloeiend\w*|levendig\w*|actie(?:f|ve|ver)|neutraal|neutraler|tekst|proza|schrijfstijl|leesba\w+)"

# People as one speaks of them, and the roles they have in records.
PEOPLE: Mapping[str, str] = {
    "jongeren": r"jong\w*|scholier\w*|student\w*|leerling\w*|stagiair\w*|tiener\w*|mbo\w*|havo\w*|vwo\w*",
    "ouderen": r"oud-\w+|gepensioneerd\w*|senior\w*|bejaard\w*|aow\w*|weduwe|weduwnaar|oma|opa|ouderen",
    "ouders": r"ouder|ouders|moeder\w*|vader\w*",
    "ondernemers": r"ondernemer\w*|zzp\w*|zelfstandig\w*|winkelier\w*|\w*eigenaar|\w*eigenaresse|kapper|kapster|bakker|horeca\w*|boer|boerin",
    "vrijwilligers": r"vrijwillig\w*|mantelzorg\w*",
    "zorgmedewerkers": r"\w*verpleegkundig\w*|verzorgende\w*|\w*zorgmedewerk\w*|huisarts\w*|arts|dokter|thuiszorg\w*|fysiotherapeut\w*",
    "leraren": r"le?raar|leraren|lerares|docent\w*|juf|meester|leerkracht\w*|onderwijzer\w*",
    "studenten": r"student\w*",
    "scholieren": r"scholier\w*|leerling\w*",
    "werkzoekenden": r"werkzoekend\w*|werkloos|werkloze",
    "boeren": r"boer|boerin|\w*veehouder|akkerbouwer|tuinder",
}  # fmt: skip
