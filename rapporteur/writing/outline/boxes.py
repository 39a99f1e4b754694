"""Step 1g: what could stand in a kader: a concrete initiative, or an idea that someone worked out.

What is concrete has something countable, a fixed moment, a place of one's own, hands that do it; what is proposed
counts as well as what is done already. It stands in the section of ideas, as the kaders of the published reports do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapporteur.types import Judgement

MAX_BOXES = 3
MIN_WORDS = 30
_NUMBER = (
    r"\d+|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|vijftien|twintig|dertig|veertig|vijftig|tachtig|honderd"
    r"|\w+(?:entwintig|endertig|enveertig|envijftig)|(?:één|een) (?:keer|middag|avond|ochtend|dag|uur)"
)
_MOMENT = (
    r"(?:elke|iedere|op|de) (?:dag|week|maand|ochtend|avond|(?:maan|dins|woens|donder|vrij|zater|zon)dag)\w*"
    r"|(?:per|in de|om de) (?:dag|week|maand|jaar)|sindsdien|om \w+ uur|\w+dagmiddag|\w+dagavond"
)
_PLACE = (
    r"bij ons|(?:in|aan|op) (?:mijn|onze|de|het|elke|iedere) (?:\w+ )?(?:straat|wijk|dorp|buurt|school|schoolplein|flat"
    r"|plein|kantine|bibliotheek|kerk|park|buurthuis|dorpshuis|portiek|vereniging|stoep|hal|zaal|tuin|gymzaal|markt)"
)
_HANDS = (
    r"begonnen|gestart|opgezet|opgericht|georganiseerd|ingericht|aangelegd|geplant|bedacht|geregeld|gemaakt|maak|zet|regel|geef|leg"
    r"|hang|open|ruil|deel|kook|bak|bouw|plant|breng|leen|koppel|nodig"
)
_SIGNS = tuple(re.compile(rf"(?<!\w)(?:{signs})(?!\w)", re.IGNORECASE) for signs in (_NUMBER, _MOMENT, _PLACE, _HANDS))
_MIN_SIGNS = 2
_LEANS_ON_WHAT_WAS_SAID = re.compile(
    r"(?:als|want|maar|dan|dus|die|dat|daar|of|precies|ja|nee|klopt)(?!\w)", re.IGNORECASE
)


def worked_out(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The ideas and initiatives that are concrete, one per person, the most concrete first; at most MAX_BOXES."""
    found = []
    for judgement in judgements:
        if judgement.section != "ideeen" or judgement.left_out is not None:
            continue
        text = " ".join(judgement.fragment.text[s.start : s.end] for s in judgement.quote)
        signs = sum(bool(sign.search(text)) for sign in _SIGNS)
        stands_alone = not (_LEANS_ON_WHAT_WAS_SAID.match(text) or text.rstrip().endswith("?"))
        if signs >= _MIN_SIGNS and len(text.split()) >= MIN_WORDS and stands_alone:
            found.append((signs, judgement.quotability, judgement.fragment.id, judgement))
    best: dict[str, Judgement] = {}
    for *_, judgement in sorted(found, key=lambda row: row[:3], reverse=True):
        best.setdefault(judgement.fragment.person, judgement)
    return tuple(best.values())[:MAX_BOXES]
