"""Who is said to speak in running words: the verbs of speaking, and words for a person that name no role.

`ANYONE` is said of whoever took part, also where a report prints a role; `UNSPECIFIC` is what running words call
someone for ease ('een vrouw'). An attribution in these words names nobody, so it contradicts nobody. `role_in` takes
from what is printed of a speaker the words that are no role. Limits: verbs that part ('geeft … aan') are known by
their first half; a table or group ('tafel 2') is no dialogue, so its number is not checked.
"""

from __future__ import annotations

import re

VERBS_OF_SPEAKING = frozenset(
    """
    aldus antwoordde antwoordt beaamde beaamt bedacht bedenkt bekende bekent beklaagde beklaagt benadrukt benadrukte
    benoemde benoemt beschreef beschrijft besluit besloot betoogde betoogt bracht brengt concludeerde concludeert
    constateerde constateert dacht deelde deelt denkt droomde droomt ervaart ervoer fluisterde fluistert formuleerde
    formuleert gaf geeft gelooft geloofde herinnerde herinnert hoopt hoopte klaagde klaagt klinkt klonk laat legde legt
    licht lichtte liet luidt luidde lacht lachte meende meent meldde meldt merkt merkte mijmerde mijmert noemde noemt
    noteerde noteert observeerde observeert omschreef omschrijft oordeelde oordeelt oppert opperde peinst peinsde
    pleit pleitte reageerde reageert riep roept said says schetst schetste schreef schrijft sprak spreekt stelde stelt
    sloot sluit somde somt tekende tekent typeerde typeert verklaarde verklaart vertelde vertelden vertellen vertelt
    verwoordde verwoordt verzucht verzuchtte vindt voegde voegt volgens vond vraagt vroeg vroegen vult vulde vat vatte
    waarschuwde waarschuwt weet wist zag zegt zeggen zei zeiden ziet zucht zuchtte
    """.split()
)

# Verbs that do not mean to speak ('dat herkent een kok' is said of another's words), and what may stand behind them in a
# sentence that only says who speaks next: 'De kok uit dialoog 3 herkent dit. ‘…’'.
VERBS_OF_AGREEING = frozenset(
    """
    bevestigde bevestigt had heeft herkende herkent is kende kent onderschreef onderschrijft voelde voelt was
    """.split()
)
WHAT_IS_AGREED_WITH = frozenset(
    """
    beeld daarin daarmee dat dit eens er ermee ervaring gevoel goed heel helemaal het hierin hiermee ook precies probleem
    verhaal wel zelf zich zo
    """.split()
)

# The same of several people, and of nobody in particular ('werd genoemd').
VERBS_OF_SEVERAL = frozenset(
    """
    aangegeven benadrukken benadrukten benoemd benoemden benoemen beschreven beschrijven dachten deelden delen denken
    dromen droomden ervaren gaven gedeeld geloofden geloven gemeld genoemd geopperd geven gezegd hopen hoopten klaagden
    klagen melden meldden merken merkten noemden noemen opperden opperen pleiten pleitten schetsen schetsten stelden
    stellen verteld vertelden vertellen vinden vonden voorgesteld vragen vroegen wensen wensten zagen zeggen zeiden zien
    """.split()
)

# How people speak of themselves: the writer of a report is never 'ik', and seldom 'wij'.
OF_ONESELF = frozenset("ik ikzelf mij mijn mijzelf me mezelf m'n m’n 'k ’k".split())
OF_US = frozenset("wij we ons onze onszelf".split())

ANYONE = frozenset(
    "anoniem deelneemster deelneemsters deelnemer deelnemers iemand man onbekend participant participants participanten"
    " persoon vrouw".split()
)

UNSPECIFIC = ANYONE | frozenset(
    """
    aanwezige aanwezigen ander andere anderen bewoner bewoners bewoonster burger burgers dame dames gesprekspartner
    groep groepje heer heren hij iedereen iemand inwoner inwoners jongen jongens jongere jongeren man mannen meerdere
    meisje meisjes mens mensen moeder moeders ouder oudere ouderen ouders persoon personen sommige sommigen spreker
    sprekers spreekster stel tafelgenoot tafelgenoten vader vaders velen vrouw vrouwen ze zij
    """.split()
)

# Before the role itself: 'een van de andere deelnemers', 'een jonge kok'.
BEFORE_A_ROLE = frozenset(
    "andere betrokken bezorgde derde eerste ene enkele meeste enthousiaste ervaren jonge oudere tweede van de".split()
)

# What somebody says, as a report calls it: 'de droom van een kok', 'citaat van een kok'.
WHAT_IS_SAID = (
    r"(?:advies|antwoord|bijdrage|citaat|droom|ervaring|gedachte|hoop|idee|inbreng|mening|observatie|oproep|opmerking|quote"
    r"|reactie|tip|uitspraak|verhaal|verlangen|vraag|wens|woorden|zorg)"
)
_ARTICLE = r"(?:een|één|de|deze|het)"
_BEFORE_WHO = re.compile(
    rf"(?:(?:zo|dat|dit)\s+)?(?:{'|'.join(sorted(VERBS_OF_SPEAKING))})\s+(?:ook\s+)?(?={_ARTICLE}\s)"
    rf"|(?:aldus|volgens|van\s+(?={_ARTICLE}\s))\s*|(?:bron|spreker|aan het woord)\s*:\s*"
    rf"|(?:{_ARTICLE}\s+)?{WHAT_IS_SAID}(?:\s*:\s*|\s+(?:van|door)\s+|\s+(?=\w))",
    re.IGNORECASE,
)
_ITEMS = re.compile(r"\s*[,;]\s*|\s+/\s+")
_NO_ROLE = re.compile(
    rf"(?:een\s+)?(?:{'|'.join(sorted(ANYONE))}|m|v)|\d{{1,3}}\s?(?:jaar|jr\.?|j\.)(?:\s+oud)?|zie"
    r"|(?:tafel|groep|groepje|subgroep|deelgroep|ronde)\s+\w{1,3}",
    re.IGNORECASE,
)
_AT_A_PHOTO = re.compile(r"\s+(?:bij|over|met)\s+(?:de\s+)?(?:foto|beeld|afbeelding)\b.*", re.IGNORECASE | re.DOTALL)


def role_in(words: str) -> str:
    """The role in what a report prints of a speaker: 'kok' of 'aldus een kok', 'deelnemer, kok, 45 jaar' or 'bron: kok'.

    Words that hold nothing but such additions are left as they are: they may be all the record has.
    """
    who = _AT_A_PHOTO.sub("", _BEFORE_WHO.sub("", words, count=1) if _BEFORE_WHO.match(words) else words)
    items = _ITEMS.split(who)
    kept = [item for item in items if item and not _NO_ROLE.fullmatch(item)]
    return ", ".join(kept) if kept and len(kept) < len(items) else who
