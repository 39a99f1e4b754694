"""Words for how many people said something, and how many that is at least.

The rules are those of the report's own voice (`dutch/support.py`) stretched to what writers do: 'veel' is more than
a handful, 'de meeste' more than half, 'alle' is all. Source: domain.md, 'never a claim of more support than the
records bear'. Limits: a claim is seen only where a noun for the people at the table stands beside it ('veel
deelnemers'), or where it can be nobody else ('velen', 'iedereen aan tafel'); irony and scope are not seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Amount = Literal["all", "most", "many", "several", "some", "one"]

# The fewest people that bear the word; of all and most it depends on how many sat at the table.
AT_LEAST: dict[Amount, int] = {"all": 3, "most": 3, "many": 4, "several": 2, "some": 2, "one": 1}

_PEOPLE = r"(?:deelnemers|deelneemsters|mensen|personen|bewoners|inwoners|buurtbewoners|burgers|aanwezigen|gesprekspartners|sprekers)"
_BETWEEN = r"(?:\s+(?:van\s+de|andere|betrokken|aanwezige))?\s+"
_FORMS: tuple[tuple[Amount, str], ...] = (
    ("all", rf"(?:alle|al\s+de){_BETWEEN}{_PEOPLE}|(?:iedere|elke)\s+deelnemer|iedereen(?=\s+(?:was|is)\s+het\s+(?:er\s?over\s+|daar\s?over\s+)?eens|\s+(?:vond|vindt|vertelde|noemde|deelde|herkende|miste|mist|wilde|wil|zei)(?!\w))|iedereen\s+(?:aan\s+tafel|in\s+de\s+(?:dialoog|dialogen|gesprekken)|die\s+meedeed)|alle\s+aanwezigen|unaniem|(?:niemand|geen)\s+van\s+de\s+{_PEOPLE}|(?:geen\s+enkele\s+deelnemer)"),
    ("most", rf"(?:verreweg\s+|veruit\s+)?de\s+meeste{_BETWEEN}{_PEOPLE}|(?:meer\s+dan|ruim)\s+de\s+helft\s+van\s+de\s+{_PEOPLE}|(?:vrijwel|bijna|zo\s+goed\s+als)\s+(?:iedereen|alle{_BETWEEN}{_PEOPLE})|(?:het\s+merendeel|de\s+meerderheid|een\s+meerderheid|het\s+overgrote\s+deel|het\s+grootste\s+deel)\s+van\s+de\s+{_PEOPLE}"),
    ("many", rf"(?:heel\s+|zeer\s+|erg\s+)?ve(?:el|le){_BETWEEN}{_PEOPLE}|velen|tal\s+van\s+{_PEOPLE}|talrijke\s+{_PEOPLE}|een\s+(?:groot|flink|fors)\s+aantal\s+{_PEOPLE}|een\s+grote\s+groep\s+{_PEOPLE}|een\s+groot\s+deel\s+van\s+de\s+{_PEOPLE}"),
    ("several", rf"(?:verschillende|diverse|meerdere|verscheidene|een\s+aantal){_BETWEEN}{_PEOPLE}"),
    ("some", rf"(?:enkele|sommige|een\s+paar){_BETWEEN}{_PEOPLE}|sommigen|enkelen"),
    ("one", r"(?:een|één|slechts\s+één|maar\s+één|een\s+enkele)\s+(?:deelnemer|deelneemster|bewoner|inwoner|bewoonster)|(?:een|één)\s+van\s+de\s+(?:deelnemers|bewoners)"),
)  # fmt: skip
_PATTERN = re.compile("|".join(rf"(?P<{amount}>(?<!\w)(?:{form})(?!\w))" for amount, form in _FORMS), re.IGNORECASE)
# 'niet alle deelnemers' claims nothing of all; 'voor veel mensen' and 'aan alle deelnemers' say whom it was for.
_TURNED = re.compile(r"(?:niet|geen|voor|aan|met|van|bij|onder|naar|tegen|zonder|over|tussen)\s+\Z", re.IGNORECASE)
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
    r"(?:mensen|personen|bewoners|inwoners|buurtbewoners|burgers|velen|sommigen|enkelen)\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A word for an amount of people, as it stands at `[start, end)` of a text."""

    amount: Amount
    text: str
    start: int
    end: int


def says_something(sentence: str) -> bool:
    """Whether a sentence has a word for saying, wanting or experiencing something."""
    return _SAYING.search(sentence) is not None


def claims_in(sentence: str) -> list[Claim]:
    """What a sentence claims of how many people said something, in order."""
    if not says_something(sentence):
        return []
    return [
        Claim(_amount_of(match), match.group(), match.start(), match.end())
        for match in _PATTERN.finditer(sentence)
        if not _TURNED.search(sentence[: match.start()]) and _says_it(sentence, match)
    ]


def _says_it(sentence: str, match: re.Match[str]) -> bool:
    """Whether the people meant are those who spoke: 'veel mensen' only right beside the word for saying it."""
    if not _PEOPLE_AT_LARGE.search(match.group()):
        return True
    before = " ".join(sentence[: match.start()].split()[-1:])
    after = " ".join(sentence[match.end() :].split()[:2])
    return says_something(before) or says_something(after)


def fewest(amount: Amount, at_the_table: int | None) -> int:
    """How many people there must be at least, of those at the table, for the word to be true."""
    if at_the_table is None:
        return AT_LEAST[amount]
    if amount == "all":
        return at_the_table
    if amount == "most":
        return at_the_table // 2 + 1
    return AT_LEAST[amount]


def _amount_of(match: re.Match[str]) -> Amount:
    found: Amount = match.lastgroup  # type: ignore[assignment]
    return found
