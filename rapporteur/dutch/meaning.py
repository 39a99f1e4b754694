"""Dutch words that turn, bind or weaken what is said: leaving one out can make an honest quote lie.

For judging what a cut hides, never for comparing quotes. Entries are in lower case, as tokens joined by one
space. Source: Algemene Nederlandse Spraakkunst (e-ans), the chapters on negation, conjunctions and modal adverbs;
then read against session records.

Limits. The lists know words, not grammar: 'maar' is a contrast in 'mooi, maar duur' and 'only' in 'maar drie', 'gin'
a Brabant 'no' and a drink. Both readings count, so an honest cut may be called misleading, and a person looks; only
'als' is read with the words beside it (`compares`). Irony, and a turn made without any of these words ('ik weiger'), is
not seen; of the regions' spellings only the commonest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NEGATIONS = frozenset(
    """
    niet niets niks nooit nimmer niemand nergens geen geeneen geenszins noch zonder nauwelijks amper evenmin
    allesbehalve nee neen onmogelijk zelden allerminst ternauwernood
    nie ni niemes nix nikske nieks nerges nooits noit gin gene ginne gien giene
    gjin gjinien nimmen neat nearne nea noait nait neet nich nicht nit niks nums nemes
    not no never nobody nothing nowhere none neither nor without hardly barely rarely seldom cannot
    dont doesnt didnt cant wont isnt arent wasnt wouldnt
    kein keine keinen nichts niemals
    """.split()
) | {
    *("don't doesn't didn't can't won't isn't aren't wasn't wouldn't weren't couldn't shouldn't haven't hasn't hadn't"
      " mustn't needn't ain't").split(),
    "verre van", "bij lange na", "laat staan", "no one", "far from",
}  # fmt: skip

# A negation in Frisian, 'just' in Dutch: it counts where the words around it are Frisian.
FRISIAN_NEGATION = "net"

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

# Of these, what stands before a clause bears on all of it: 'Behalve op zondag ging dat goed', 'Pas na een jaar ...'.
EXCEPTIONS = frozenset(
    {"behalve", "uitgezonderd", "except", "met uitzondering van", "afgezien van", "in plaats van", "pas"}
)

HEDGES = frozenset(
    """
    misschien wellicht soms vermoedelijk waarschijnlijk eventueel zogenaamd zogenaamde zogezegd schijnbaar
    maybe perhaps sometimes
    """.split()
) | {"volgens mij", "volgens hem", "volgens haar", "volgens hen", "naar verluidt", "bij wijze van spreken"}

# 'Eén' is how both spellings stand as a token: an accented group of vowels has its accent last.
NUMBERS = frozenset(
    """
    nul één éen eén twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
    achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen
    miljard half halve anderhalf anderhalve dubbel dubbele helft kwart derde tweede driekwart procent tientallen
    honderden duizenden miljoenen miljarden dozijn
    """.split()
)

# How many and how much. 'Altijd', 'vaak' and 'allemaal' are not here: a cut without them says much the same.
QUANTIFIERS = frozenset(
    """
    weinig weinige weinigen minder minst minste veel vele velen meer meest meeste meesten
    iedereen ieder iedere elk elke elkeen alle allen alles sommige sommigen enkele enkelen
    meerdere verscheidene talloze talrijke genoeg voldoende onvoldoende vrijwel merendeel meerderheid minderheid
    paar beide beiden meestal doorgaans
    many much few fewer less more most all every everyone everybody some several each both often usually
    """.split()
) | {"een deel", "een aantal", "zo goed als"}

# 'Elke dag' says when, not how many.
EACH = frozenset("elk elke ieder iedere".split())
MOMENTS = frozenset(
    """
    dag ochtend morgen middag avond nacht week weekend maand jaar keer uur minuut zomer winter lente herfst seizoen
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    """.split()
)

# Beside these, what may not be slipped in by hand, though an ellipsis or a bracket may hide it.
UNIVERSALS = frozenset("altijd vaak allemaal overal steeds telkens always everywhere".split())

# Words of the lists that an editor needs to say when, beside what or as what: '[toen]', '[als docent]'.
PLAIN_IN_A_BRACKET = frozenset("als wanneer zodra terwijl tegenover".split())

_UNIT = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
_TENS = "tien|elf|twaalf|(?:der|veer|vijf|zes|zeven|acht|negen)tien|(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig"
_COUNTS = rf"(?:{_TENS}|{_UNIT}|honderd|duizend|miljoen|miljard|en|ën)+"
_ENDING = "(?:de|ste|tal|tallen|maal|voud|voudig|duizenden|half|halve)?"
# A number in one word, also as an ordinal or a multitude: 'drieëntwintig', 'achtste', 'tiental', 'driemaal'.
_NUMBER_IN_LETTERS = re.compile(
    rf"(?!(?:een|en|ën)*{_ENDING}\Z)(?!.*(?:{_UNIT}|{_TENS})en\Z){_COUNTS}{_ENDING}|(?:twee|drie)ën"
)

# 'Zo groot als', 'net als', 'hetzelfde als': what follows is likened, unless a clause follows.
_LIKENS = frozenset("zo even net evenveel evenzeer zoveel hetzelfde dezelfde zowel zozeer".split())
_OPENS_A_CLAUSE = frozenset("ik je jij u hij ze zij we wij jullie het er men dat dit iemand iedereen niemand".split())
_WORDS_LIKENED = 3
# One of these without an article is what somebody is, never the subject of a clause.
_CAPACITIES = frozenset(
    """
    kind mens ouder bewoner bewoonster burger inwoner docent leraar lerares student studente moeder vader vrouw man
    jongere oudere ondernemer onderneemster vrijwilliger vrijwilligster buur buurman buurvrouw wethouder
    burgemeester gemeente samenleving maatschappij team groep gezin school buurt land stad dorp bedrijf organisatie
    voorbeeld geheel zodanig volgt eerste laatste gewoonlijk vanouds
    """.split()
)

# Words, and first parts of compounds, that are spelt with an é; elsewhere inside a word it marks stress.
SPELT_WITH_AN_ACUTE = frozenset(
    "café privé logé comité cliché coupé rosé paté carré defilé procedé resumé soufflé exposé communiqué".split()
)

# Without its accent each of these is another word, or the same letters said otherwise.
ACCENT_CHANGES_THE_WORD = frozenset({"een", "voor", "voorkomen", "he"})


def is_number(word: str) -> bool:
    """Whether a word in lower case tells a number: '1,5', '½', 'drieëntwintig', 'helft'; 'een' does not."""
    return word in NUMBERS or any(map(str.isnumeric, word)) or _NUMBER_IN_LETTERS.fullmatch(word) is not None


def compares(words: Sequence[str], at: int, capacity: str | None = None) -> bool:
    """Whether the 'als' at `words[at]` likens ('zo groot als een huis') or says as what ('als docent').

    `capacity` is the role of who speaks: 'als kok' is no condition when a cook says it. Where both readings are
    possible ('zo mooi als het regent') it is a condition.
    """
    if tuple(words[max(at - 2, 0) : at]) == ("zo", "goed"):  # 'zo goed als': almost
        return False
    following = words[at + 1] if at + 1 < len(words) else ""
    if following in _CAPACITIES or (capacity and following in capacity.casefold().split()):
        return True
    if tuple(words[at + 1 : at + 3]) == ("het", "ware"):
        return True
    return following not in _OPENS_A_CLAUSE and any(word in _LIKENS for word in _before_in_clause(words, at))


def _before_in_clause(words: Sequence[str], at: int) -> Sequence[str]:
    """The few words before a place, back to the last sign."""
    first = max(at - _WORDS_LIKENED, 0)
    signs = [i for i in range(first, at) if not words[i][0].isalnum()]
    return words[signs[-1] + 1 if signs else first : at]
