"""Expressions with which a speaker goes against what was just said ('ik zie dat niet zo', 'leuk voor jullie').

They mean that only as a reaction to someone: on their own, 'dat werkt niet' may be the very story. Who reads this
looks at what came before.
"""

from __future__ import annotations

import re

OPPOSING = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        (
            r"oneens",
            r"niet mee eens",
            r"niet met (?:je|jou|jullie|u|hem|haar) eens",
            r"zie (?:ik )?(?:dat|het) (?:\w+ )?(?:anders|niet zo)",
            r"denk(?: ik)? daar anders over",
            r"geloof (?:ik )?(?:daar|er) (?:helemaal )?niet",
            r"(?:leuk|fijn|mooi|prima|makkelijk|goed) voor (?:jullie|jou|je|hem|haar|hen|kantoor)",
            r"jullie kunnen (?:kiezen|makkelijk)",
            r"wordt me te",
            r"gaat (?:er |dat |dus )?(?:\w+ ){0,3}(?:nooit|niet) (?:door|werken|lukken|gebeuren)",
            r"werkt (?:bij ons |zo |dus |voor \w+ )*niet",
            r"dat is geen \w+",
            r"en dat was niks",
            r"zeg geen nee",
            r"zou ik niet doen",
            r"moet je niet willen",
            r"zit ik niet op te wachten",
            r"zie ik niet zitten",
            r"(?:daar )?ben ik (?:het )?(?:tegen|niet voor)",
            r"vind ik (?:juist )?(?:niks|geen goed idee|te ver gaan|overdreven)",
            r"bij (?:mij|ons) (?:kan|kun je|gaat|lukt|werkt) (?:dat|het|je|er)?[^.]{0,30}niet",
            r"klopt niet",
            r"wie (?:raapt|betaalt|doet|ruimt|brengt) (?:de|het|dat|er)",
        )
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
