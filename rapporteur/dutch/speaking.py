"""Who is said to speak in running words: the verbs of speaking, and words for a person that name no role.

`ANYONE` is said of whoever took part, also where a report prints a role; `UNSPECIFIC` is what running words call
someone for ease ('een vrouw'). An attribution in these words names nobody, so it contradicts nobody. Limits: verbs that part ('geeft … aan') are known by their first half.
"""

from __future__ import annotations

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
    "anoniem deelneemster deelneemsters deelnemer deelnemers onbekend participant participants participanten".split()
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
