"""Dutch words that turn, bind or weaken what is said: leaving one out can make an honest quote lie.

For judging what a cut hides, never for comparing quotes. Entries are in lower case, as tokens joined by one
space. Source: Algemene Nederlandse Spraakkunst (e-ans), the chapters on negation, conjunctions and modal adverbs;
then read against session records.

Limits. The lists know words, not grammar: 'als' is a condition in 'als het regent' and a comparison in 'als docent',
'maar' a contrast in 'mooi, maar duur' and 'only' in 'maar drie'. Both readings count, so an honest cut may be
called misleading, and a person looks. Irony, and a turn made without any of these words, is not seen.
"""

from __future__ import annotations

NEGATIONS = frozenset(
    """
    niet niets niks nooit nimmer niemand nergens geen geeneen geenszins noch zonder nauwelijks amper evenmin
    allesbehalve nee neen onmogelijk zelden noait
    not no never nobody nothing without cannot
    """.split()
) | {"don't", "doesn't", "didn't", "can't", "won't", "isn't", "aren't", "wasn't", "wouldn't"}

CONDITIONS = frozenset(
    """
    als indien mits tenzij zolang wanneer zodra alleen slechts enkel uitsluitend hooguit hoogstens bijna
    if unless only
    """.split()
) | {"pas als", "alleen als", "op voorwaarde dat", "in het geval dat", "zo lang", "stel dat", "voor zover", "zo niet"}

CONTRASTS = frozenset(
    """
    maar behalve echter hoewel ofschoon toch terwijl daarentegen integendeel desondanks ondanks alhoewel
    tenminste althans niettemin desalniettemin nochtans evenwel uitgezonderd
    but although however except
    """.split()
) | {"ook al", "al is", "in plaats van", "tegenover", "met uitzondering van", "afgezien van"}

HEDGES = frozenset(
    """
    misschien wellicht soms vermoedelijk waarschijnlijk eventueel zogenaamd zogenaamde zogezegd schijnbaar
    maybe perhaps sometimes
    """.split()
) | {"volgens mij", "volgens hem", "volgens haar", "volgens hen", "naar verluidt", "bij wijze van spreken"}

NUMBERS = frozenset(
    """
    nul één éen twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
    achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen
    miljard half halve anderhalf anderhalve dubbel dubbele helft kwart derde tweede driekwart procent tientallen
    honderden duizenden dozijn
    """.split()
)

# Words, and first parts of compounds, that are spelt with an é; elsewhere inside a word it marks stress.
SPELT_WITH_AN_ACUTE = frozenset(
    "café privé logé comité cliché coupé rosé paté carré defilé procedé resumé soufflé exposé communiqué".split()
)

# Without its accent each of these is another word, or the same letters said otherwise.
ACCENT_CHANGES_THE_WORD = frozenset({"een", "voor", "voorkomen", "he"})
