"""Words for how many people said something, and how many that is at least.

The rules are those of the report's own voice (`dutch/support.py`) stretched to what writers do: 'veel' is more than
a handful, 'de meeste' more than half, 'alle' is all, 'driekwart' and '75%' are that share. Source: domain.md, 'never
a claim of more support than the records bear'. Limits: a claim is seen only where a noun for the people at the table
stands beside it ('veel deelnemers'), or where it can be nobody else ('velen', 'iedereen aan tafel'); irony and scope
are not seen.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from rapporteur.dutch.numbers import value_of

Amount = Literal["all", "most", "share", "dozens", "many", "several", "some", "one"]

# The fewest people that bear the word; of all, most and a share it depends on how many sat at the table.
AT_LEAST: dict[Amount, int] = {
    "all": 3, "most": 3, "share": 3, "dozens": 20, "many": 4, "several": 2, "some": 2, "one": 1,
}  # fmt: skip

_PEOPLE = r"(?:deelnemers|deelneemsters|mensen|personen|bewoners|inwoners|buurtbewoners|burgers|aanwezigen|gesprekspartners|sprekers)"
# People of whom a writer speaks as of all there are, and of whom a few sat at the table.
_GROUP = (
    r"(?:ondernemers|boeren|jongeren|ouderen|studenten|leerlingen|scholieren|ouders|moeders|vaders|leraren|docenten"
    r"|vrijwilligers|mantelzorgers|werknemers|werkgevers|zorgmedewerkers|verpleegkundigen|vrouwen|mannen|buren)"
)
_BETWEEN = r"(?:\s+(?:van\s+de|andere|betrokken|aanwezige))?\s+"
_OF_THEM = rf"\s+van\s+(?:de|alle|onze)\s+(?:{_PEOPLE}|{_GROUP})"
_FEELS = (
    r"(?:was|is|werd|waren|zijn)\s+(?:(?:erg|heel|zeer|ook|er)\s+)?(?:blij|tevreden|trots|boos|bang|bezorgd|verdrietig|eenzaam"
    r"|dankbaar|enthousiast|onzeker|teleurgesteld|opgelucht|moe|voorstander|tegenstander|voor|tegen|ontevreden|gelukkig)"
)
_HOLDS = (
    r"(?:vond|vindt|vertelde|vertelt|noemde|noemt|deelde|herkende|herkent|miste|mist|wilde|wil|zei|zegt|hoopt|hoopte|droomt|droomde"
    r"|ervaart|ervoer)"
)
_FORMS: tuple[tuple[Amount, str], ...] = (
    ("all", rf"(?:alle|al\s+de){_BETWEEN}(?:{_PEOPLE}|{_GROUP})|(?:iedere|elke)\s+deelnemer|iedereen(?=\s+(?:was|is)\s+het\s+(?:er\s?over\s+|daar\s?over\s+)?eens|\s+(?:{_HOLDS}|{_FEELS})(?!\w))|iedereen\s+(?:aan\s+tafel|in\s+de\s+(?:dialoog|dialogen|gesprekken)|die\s+meedeed)|unaniem|(?:niemand|geen)\s+van\s+de\s+{_PEOPLE}|geen\s+enkele\s+deelnemer|niemand(?=\s+{_HOLDS}(?!\w))"),
    ("most", rf"(?:verreweg\s+|veruit\s+)?de\s+meeste{_BETWEEN}{_PEOPLE}|(?:vrijwel|bijna|nagenoeg|zo\s+goed\s+als)\s+(?:iedereen|alle{_BETWEEN}{_PEOPLE}|(?:iedere|elke)\s+deelnemer)|(?:het\s+merendeel|(?:de|een)(?:\s+(?:ruime|grote|overgrote))?\s+meerderheid|het\s+(?:overgrote|grootste)\s+deel|(?:meer\s+dan|ruim)\s+de\s+helft){_OF_THEM}|(?:het\s+merendeel|(?:de|een)(?:\s+(?:ruime|grote|overgrote))?\s+meerderheid)(?=\s+{_HOLDS}(?!\w))"),
    ("share", rf"(?:(?:bijna|minstens|ongeveer)\s+)?(?:(?:de\s+|een\s+)?helft|driekwart|drie\s+kwart|twee\s?derde|(?:een|[eé]én)\s+(?:derde|kwart|vijfde)|\d{{1,3}}(?:,\d)?\s?(?:%|procent)){_OF_THEM}|(?:een|[eé]én|twee|drie|vier|\d{{1,2}})\s+op\s+(?:de|elke)\s+(?:twee|drie|vier|vijf|zes|tien|\d{{1,2}})\s+(?:{_PEOPLE}|{_GROUP})"),
    ("dozens", rf"(?:enkele\s+)?(?:tientallen|honderden){_BETWEEN}{_PEOPLE}"),
    ("many", rf"(?:heel\s+|zeer\s+|erg\s+)?ve(?:el|le){_BETWEEN}{_PEOPLE}|velen|tal\s+van\s+{_PEOPLE}|talrijke\s+{_PEOPLE}|een\s+(?:groot|flink|fors)\s+aantal\s+{_PEOPLE}|een\s+grote\s+groep\s+{_PEOPLE}|een\s+groot\s+deel\s+van\s+de\s+{_PEOPLE}"),
    ("several", rf"(?:verschillende|diverse|meerdere|verscheidene|een\s+aantal){_BETWEEN}{_PEOPLE}"),
    ("some", rf"(?:enkele|sommige|een\s+paar){_BETWEEN}{_PEOPLE}|sommigen|enkelen"),
    ("one", r"(?:een|[eé]én|slechts\s+[eé]én|maar\s+[eé]én|een\s+enkele)\s+(?:deelnemer|deelneemster|bewoner|inwoner|bewoonster)|(?:een|[eé]én)\s+van\s+de\s+(?:deelnemers|bewoners)"),
)  # fmt: skip
_PATTERN = re.compile("|".join(rf"(?P<{amount}>(?<!\w)(?:{form})(?!\w))" for amount, form in _FORMS), re.IGNORECASE)
# 'niet alle deelnemers' claims nothing of all; 'voor veel mensen' and 'aan alle deelnemers' say whom it was for.
_TURNED = re.compile(r"(?:niet|geen|voor|aan|met|van|bij|onder|naar|tegen|zonder|over|tussen)\s+\Z", re.IGNORECASE)
_OPINION_OF = re.compile(r"(?:ervaring|mening|wens|indruk|gevoel|droom|overtuiging)\s+van\s+\Z", re.IGNORECASE)
_LONGEST_BEFORE = 40  # code points that are looked at before a claim
_FRACTIONS = {"helft": 1 / 2, "driekwart": 3 / 4, "kwart": 1 / 4, "derde": 1 / 3, "vijfde": 1 / 5}
_OF_EVERY = re.compile(r"(\w{1,20})\s{1,3}op\s{1,3}(?:de|elke)\s{1,3}(\w{1,20})", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3})(?:,(\d))?\s?(?:%|procent)", re.IGNORECASE)
# What befalls all at a table: no claim of what they said or went through.
_ORDER_OF_THE_DAY = re.compile(
    r"\s+(?:kregen|kreeg|krijgt|krijgen|kon|konden|mocht|mochten|koos|kozen|zat|zaten|kwam|kwamen|deed|deden|stelden?|ging|gingen"
    r"|schoof|schoven|werden?\s+(?:gevraagd|uitgenodigd|verdeeld|verwelkomd|bedankt))(?!\w)",
    re.IGNORECASE,
)
# What people at a table do: without one of these a sentence may be about people at large.
_SAYING = re.compile(
    r"(?<!\w)(?:ver(?:telde|telt|tellen|langde|langt|langen)n?|(?:be)?noem(?:t|en|de|den)|zei(?:den)?|zeggen|zegt|gaf|gaven"
    r"|vond(?:en)?|vindt|vinden|wil(?:len|de|den)?|wilde[ns]?|wens(?:t|en|te|ten)|hoop(?:t|te|ten)|hopen|droom(?:t|de|den)|dromen"
    r"|mis(?:t|ten|te|sen)|deel(?:t|de|den)|delen|ervaar(?:t|de|den)|ervaren|ervoer(?:en)?|herken(?:t|de|den|nen)|eens"
    r"|sprak(?:en)?|spreken|spreekt|dacht(?:en)?|denkt|denken|pleit(?:te|ten|ten)?|zorgen|voel(?:t|de|den|en)|zag(?:en)?|ziet|zien"
    r"|unaniem|maakte(?:n)?|vroeg(?:en)?|vragen|opper(?:t|de|den|en)|stel(?:t|de|den|len)\s+voor|noteerden?|kende[n]?|had(?:den)?\s+het\s+over)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip


_PEOPLE_AT_LARGE = re.compile(
    rf"(?:mensen|personen|bewoners|inwoners|buurtbewoners|burgers|velen|sommigen|enkelen|alle\s+{_GROUP})\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A word for an amount of people, as it stands at `[start, end)` of a text.

    `share` is the part of those at the table that it claims, where it names one ('driekwart', '75%').
    """

    amount: Amount
    text: str
    start: int
    end: int
    share: float | None = None


def says_something(sentence: str) -> bool:
    """Whether a sentence has a word for saying, wanting or experiencing something."""
    return _SAYING.search(sentence) is not None


def claims_in(sentence: str) -> list[Claim]:
    """What a sentence claims of how many people said or went through something, in order."""
    return [
        Claim(_amount_of(match), match.group(), match.start(), match.end(), _share_of(match))
        for match in _PATTERN.finditer(sentence)
        if not _is_turned(sentence[max(match.start() - _LONGEST_BEFORE, 0) : match.start()])
        and _says_it(sentence, match)
    ]


def _is_turned(before: str) -> bool:
    return _TURNED.search(before) is not None and _OPINION_OF.search(before) is None


def _says_it(sentence: str, match: re.Match[str]) -> bool:
    """Whether the people meant are those who spoke: 'veel mensen' only right beside the word for saying it.

    Who speaks of all, most or a share of the participants claims it of what befell them, too.
    """
    if _PEOPLE_AT_LARGE.search(match.group()):
        before = " ".join(sentence[: match.start()].split()[-1:])
        after = " ".join(sentence[match.end() :].split()[:2])
        return says_something(before) or says_something(after)
    if match.lastgroup in ("all", "many") and _ORDER_OF_THE_DAY.match(sentence, match.end()):
        return False
    return match.lastgroup in ("all", "most", "share", "dozens", "many") or says_something(sentence)


def fewest(amount: Amount, at_the_table: int | None, share: float | None = None) -> int:
    """How many people there must be at least, of those at the table, for the word to be true."""
    if at_the_table is None:
        return AT_LEAST[amount]
    if amount == "all":
        return at_the_table
    if amount == "most":
        return at_the_table // 2 + 1
    if share is not None:
        return math.ceil(at_the_table * share)
    return AT_LEAST[amount]


def _amount_of(match: re.Match[str]) -> Amount:
    found: Amount = match.lastgroup  # type: ignore[assignment]
    return found


def _share_of(match: re.Match[str]) -> float | None:
    text = match.group().casefold()
    if match.lastgroup != "share":
        return None
    if percent := _PERCENT.search(text):
        return min(float(f"{percent[1]}.{percent[2] or 0}") / 100, 1.0)
    if of_every := _OF_EVERY.search(text):
        some, every = value_of(of_every[1]), value_of(of_every[2])
        return min((some or 1) / (every or 1), 1.0)
    if re.match(r"twee\s?derde", text):
        return 2 / 3
    return next((share for word, share in _FRACTIONS.items() if word in text), 3 / 4)


# 'In alle dialogen kwam dat terug'.
_CAME_UP = re.compile(
    r"\s+(?:komt|komen|kwam|kwamen)\s[^.!?]{0,120}?(?<!\w)"
    r"(?:terug|naar\s+(?:voren|boven)|ter\s+sprake|aan\s+(?:bod|de\s+orde)|op\s+tafel|langs|voorbij)(?!\w)",
    re.IGNORECASE,
)
_DIALOGUES = r"(?:(?:thema)?dialogen|gesprekken|tafels)(?!\w)"
_ALL_DIALOGUES = re.compile(
    rf"(?<!\w)(?:in|uit|tijdens|bij|aan)\s+(?:alle\s+(?:\w{{1,20}}\s+)?(?:de\s+)?{_DIALOGUES}"
    r"|(?:elke|iedere)\s+(?:(?:thema)?dialoog|tafel)(?!\w)|(?:elk|ieder)\s+gesprek(?!\w))",
    re.IGNORECASE,
)


def all_dialogues_in(sentence: str) -> list[Claim]:
    """Where a sentence says that something came up in every dialogue; not what was done in each ('zaten aan tafel')."""
    return [
        Claim("all", match.group(), match.start(), match.end())
        for match in _ALL_DIALOGUES.finditer(sentence)
        if not _ORDER_OF_THE_DAY.match(sentence, match.end()) or _CAME_UP.match(sentence, match.end())
    ]
