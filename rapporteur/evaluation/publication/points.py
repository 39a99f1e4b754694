"""Findings of the checks -> points on the page to sign, in plain Dutch.

Every finding becomes a point, whatever its severity: an error has to be mended, all else a person decides on. One
error is a person's to decide as well: words that the records hold, but of several people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from rapporteur.evaluation.publication.result import Point
from rapporteur.types import Finding

_VERDICT = re.compile(
    r"(?P<kind>verbatim|edited|misleading-cut|altered|misattributed|ambiguous|not-found): (?P<why>.*)", re.S
)
_TO_DECIDE, _SAYS_IT_ALL = "ambiguous", "not-found"

# Verdict -> what is wrong with the quotation, and what to do about it.
_VERDICTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "altered": (
            "Dit citaat is niet letterlijk.",
            "Zet de woorden van het gespreksverslag terug, of laat met […] of [haken] zien wat er anders is.",
        ),
        "misleading-cut": (
            "Dit citaat is zo ingekort dat het iets anders zegt.",
            "Neem de hele zin over.",
        ),
        "misattributed": (
            "Dit zei iemand anders dan er staat.",
            "Noem de rol en de dialoog van wie het zei.",
        ),
        "ambiguous": (
            "Deze woorden passen bij meer dan één persoon.",
            "Neem meer woorden over, of noem de rol én de dialoog.",
        ),
        "not-found": (
            "Deze woorden staan in geen enkel gespreksverslag.",
            "Neem woorden uit de gespreksverslagen over, of haal de aanhalingstekens weg.",
        ),
    }
)

_NUMBER = r"(\d+)"
_LIST = r"(\d+(?: or \d+)*)"
_COUNTED = r"(dialogues?|participants|person|municipalities of hosts)"

# How words are kept from who reads a document, and what is said of it in Dutch; the number of words follows.
_UNREAD = (
    ("hidden", "Hier zijn woorden verborgen"),
    ("struck out", "Hier zijn woorden doorgestreept"),
    ("in a comment", "Er staan woorden in opmerkingen die niet in het verslag zelf staan"),
    ("white on white", "Hier staan woorden in wit op wit, die niemand ziet"),
    ("too small to see", "Hier staan woorden die te klein zijn om te lezen"),
    ("in a script", "In dit bestand zit een programma (script). Dat kan andere woorden laten zien"),
    ("in a style sheet", "De opmaak van dit bestand kan woorden verbergen, of erbij zetten die niet in de tekst staan"),
    ("inside <", "Hier staan woorden in een onderdeel dat niet gewoon te lezen is, zoals een invulveld"),
)

# Check -> patterns of its reasons in English, each with what it says in Dutch; {0} is the first group, put into Dutch.
_REASONS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "nothing-checked": (
            (r"No quotation was found", "Er is niets gecontroleerd: in dit document is geen enkel citaat gevonden."),
        ),
        "attribution": (
            (
                r"not-found: No record holds",
                "Deze woorden staan tussen aanhalingstekens, maar in geen gespreksverslag. Het kan een titel "
                "zijn, of een uitdrukking van de schrijver.",
            ),
            (r"Nothing is said of who spoke", "Er staat niet bij wie dit zei."),
            (
                r".*nothing shows which words",
                "Er staat wie dit zei, maar niet welke woorden een citaat zijn. Ze zijn dus niet gecontroleerd.",
            ),
            (r".*no quotation goes with it", "Hier staat wie iets zei, maar er staat geen citaat bij."),
            (r"The block says two things", "Het bestand zegt twee verschillende dingen over wie dit zei."),
        ),
        "personal-data": (
            (r"This is perhaps (.*)\.", "Misschien staat hier {0}."),
            (r"This is (.*)\.", "Hier staat {0}."),
        ),
        "dialogue": (
            (rf"There is no dialogue {_NUMBER} in the records; there are (.*)\.", "Dialoog {0} is er niet. Wel: {1}."),
        ),
        "role": (
            (
                rf"Nobody spoke in dialogue {_NUMBER} in the role '(.*)', say",
                "In dialoog {0} sprak volgens de gespreksverslagen niemand met de rol ‘{1}’.",
            ),
            (
                r"Nobody spoke in this theme in the role '(.*)', say",
                "Bij dit thema sprak volgens de gespreksverslagen niemand met de rol ‘{0}’.",
            ),
        ),
        "used-twice": (
            (
                r"The same words are quoted at (.*), and neither",
                "Dit staat ook al bij {0}, en dat is er niet bij gezegd.",
            ),
        ),
        "other-records": (
            (
                r"Het document is opgesteld uit",
                "Het document is gemaakt van andere gespreksverslagen dan er nu zijn. Er is iets veranderd.",
            ),
        ),
        "theme": (
            (
                r"The document names the theme ‘(.*)’, of which",
                "Het document noemt het thema ‘{0}’. Daarvan zijn hier geen gespreksverslagen.",
            ),
        ),
        "count": (
            (
                rf"{_NUMBER} {_COUNTED} are claimed; for dialogue {_NUMBER} the records have {_LIST}",
                "Hier staan {0} {1}. Voor dialoog {2} zijn het er volgens de gespreksverslagen {3}.",
            ),
            (
                rf"{_NUMBER} {_COUNTED} are claimed; the records have {_LIST}",
                "Hier staan {0} {1}. Volgens de gespreksverslagen zijn het er {2}.",
            ),
            (
                rf"It is said that there were {_NUMBER} {_COUNTED}; for dialogue {_NUMBER} the records have {_LIST}",
                "Hier staan {0} {1}. Voor dialoog {2} zijn het er volgens de gespreksverslagen {3}.",
            ),
            (
                rf"It is said that there were {_NUMBER} {_COUNTED}; the records have {_LIST}",
                "Hier staan {0} {1}. Volgens de gespreksverslagen zijn het er {2}.",
            ),
            (
                rf"The records name {_LIST} municipalities, those",
                "De gespreksverslagen noemen {0} gemeenten: die van de gastheren en gastvrouwen.",
            ),
            (
                r"No host in the records is from '(.*)'; they are from (.*)\.",
                "Volgens de gespreksverslagen komt geen gastheer of gastvrouw uit {0}. Wel uit: {1}.",
            ),
            (
                rf"The records name {_NUMBER} in the role '(.*)', not {_NUMBER}",
                "Hier staan {2} {1}. In de gespreksverslagen zijn het er {0}.",
            ),
            (
                r"The document contradicts itself: '(.*)' here, '(.*)' at (.*)\.",
                "Het verslag spreekt zichzelf tegen: hier staat ‘{0}’, en ‘{1}’ bij {2}.",
            ),
            (
                rf"For this topic {_LIST} {_COUNTED} were counted in the records, not {_NUMBER}",
                "Voor dit onderwerp zijn {0} {1} geteld, en niet {2}.",
            ),
            (rf"{_NUMBER} {_COUNTED} are quoted right under", "Hieronder zijn {0} {1} geciteerd: meer dan er staat."),
            (rf"Only {_NUMBER} {_COUNTED} is quoted right", "Hieronder is maar {0} {1} geciteerd."),
            (rf"Only {_NUMBER} {_COUNTED} are quoted right", "Hieronder zijn maar {0} {1} geciteerd."),
        ),
        "quantifier": (
            (
                rf"'(.*)' needs {_NUMBER} people at least; {_NUMBER} were",
                "‘{0}’ past pas bij {1} mensen of meer. Voor dit onderwerp zijn er {2} geteld.",
            ),
            (rf"{_NUMBER} different people are quoted", "Hieronder zijn {0} verschillende mensen geciteerd."),
            (
                rf"Only one person is quoted under it; '(.*)' needs {_NUMBER}",
                "‘{0}’ past pas bij {1} mensen of meer. Hieronder is één persoon geciteerd.",
            ),
            (
                rf"Only {_NUMBER} people are quoted under it; '(.*)' needs {_NUMBER}",
                "‘{1}’ past pas bij {2} mensen of meer. Hieronder zijn er {0} geciteerd.",
            ),
            (
                rf"Nothing in the document bears it; '(.*)' needs {_NUMBER}",
                "‘{0}’ past pas bij {1} mensen of meer. Het verslag laat niet zien dat het er zoveel waren.",
            ),
            (
                rf"Only one dialogue is (?:counted|quoted).*, of the {_NUMBER} in",
                "Dit geldt niet voor alle {0} dialogen: het komt uit één dialoog.",
            ),
            (
                rf"Only {_NUMBER} dialogues are (?:counted|quoted).*, of the {_NUMBER} in",
                "Dit geldt niet voor alle {1} dialogen: het komt uit {0} dialogen.",
            ),
            (rf"The {_NUMBER} people quoted under it all", "De {0} mensen hieronder spraken in dezelfde dialoog."),
        ),
        "balance": (
            (rf"Dialogue {_NUMBER} of (.*) is never quoted", "Uit dialoog {0} van {1} komt geen enkel citaat."),
            (
                r"These are the words of the (.*); ",
                "Dit zijn de woorden van de {0}. Zonder die rol leest het als een uitspraak van een deelnemer.",
            ),
        ),
        "unsupported": (
            (
                r"No quotation stands under this topic",
                "Onder dit onderwerp staat geen citaat: het verslag laat niet zien waar het op steunt.",
            ),
        ),
        "not-read": (
            *(
                (rf"{_NUMBER} words? (?:is|are) {how}", f"{told}. Aantal woorden dat niet is gecontroleerd: {{0}}.")
                for how, told in _UNREAD
            ),
            (r"Another document is embedded", "In dit bestand zit een ander document. Dat is niet gelezen."),
            (r"This page has no text", "Deze bladzijde is niet te lezen. Hij is niet gecontroleerd."),
        ),
        "tracked-changes": (
            (
                rf"The document has tracked changes \({_NUMBER} inserted, {_NUMBER} deleted\)",
                "Er staan nog wijzigingen open ({0} keer iets erbij, {1} keer iets weg). Het verslag is gelezen alsof "
                "ze alle zijn aanvaard.",
            ),
        ),
    }
)

# What to do, where the Dutch reason does not say so itself.
_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "nothing-checked": "Kijk of dit het goede bestand is, en of de citaten tussen aanhalingstekens staan.",
        "attribution": "Zeg erbij wie het zei en in welke dialoog, of schrijf het in eigen woorden.",
        "personal-data": "Haal het weg, of schrijf er X of [een rol] voor in de plaats.",
        "dialogue": "Noem de dialoog waar de woorden uit komen.",
        "role": "Noem de rol zoals het gespreksverslag die noemt.",
        "used-twice": "Kies een ander citaat, of zeg erbij dat het eerder is gebruikt.",
        "other-records": "Zoek uit wat er is veranderd. Maak het verslag zo nodig opnieuw.",
        "theme": "Kijk of de goede gespreksverslagen zijn ingelezen.",
        "count": "Verbeter dit, of zeg erbij wat er is geteld.",
        "quantifier": "Schrijf niet dat het er meer zijn dan de gespreksverslagen laten zien.",
        "balance": "Kijk of dit zo hoort.",
        "unsupported": "Zet er een citaat bij, of zeg waar het op steunt.",
        "not-read": "Maak het zichtbaar als het in het verslag hoort. Haal het anders weg.",
        "tracked-changes": "Aanvaard of verwerp de wijzigingen en controleer opnieuw.",
    }
)

# The same of what may be as it should.
_ADVICE_IN_DOUBT: Mapping[str, str] = MappingProxyType(
    {
        "personal-data": "Kijk of dit er mag staan. Haal het anders weg, of schrijf er X of [een rol] voor.",
    }
)

# English words inside a reason that the Dutch one repeats.
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "dialogues": "dialogen",
        "dialogue": "dialoog",
        "participants": "deelnemers",
        "person": "persoon",
        "municipalities of hosts": "gemeenten van gastheren en gastvrouwen",
        "the name of a participant": "de naam van een deelnemer",
        "the name of a host, facilitator or note-taker": "de naam van een gastheer, gespreksleider of notulist",
        "the name of someone the records speak of": "de naam van iemand over wie is gesproken",
        "an e-mail address": "een e-mailadres",
        "a telephone number": "een telefoonnummer",
        "a citizen service number": "een burgerservicenummer (BSN)",
        "an address": "een adres",
        "a licence plate": "een kenteken",
        "a date of birth": "een geboortedatum",
        "a possible date of birth": "een datum die een geboortedatum kan zijn",
        "a year of birth": "een geboortejaar",
        "an IBAN": "een bankrekeningnummer",
    }
)
_PROPERTIES = MappingProxyType(
    {
        "title": "titel",
        "subject": "onderwerp",
        "author": "auteur",
        "keywords": "trefwoorden",
        "comments": "opmerkingen",
        "category": "categorie",
        "last modified by": "laatst gewijzigd door",
        "printed by": "afgedrukt door",
        "front matter": "de kop van het bestand",
    }
)
_PLACES = (
    ("the whole document", "het hele document"),
    ("note paragraph", "noot, alinea"),
    ("page header paragraph", "koptekst, alinea"),
    ("page footer paragraph", "voettekst, alinea"),
    ("page edge paragraph", "kop- of voettekst, alinea"),
    ("the comments", "de opmerkingen"),
    *((f"document properties: {name}", f"documenteigenschappen: {dutch}") for name, dutch in _PROPERTIES.items()),
    ("document properties", "documenteigenschappen"),
    ("paragraph", "alinea"),
    ("page", "bladzijde"),
    ("line", "regel"),
)
_INSIDE_A_PLACE = (
    (", description of a picture", ", beschrijving van een plaatje"),
    (", under ‘", ", onder ‘"),
    (", line ", ", regel "),
    (", paragraph ", ", alinea "),
    (", at its edge", ", aan de rand"),
)


def points_of(findings: Iterable[Finding]) -> Iterator[Point]:
    """A point for each finding, in order."""
    for finding in findings:
        told = _VERDICT.match(finding.why) if finding.check == "provenance" else None
        yield _of_verdict(finding, told["kind"], told["why"]) if told else _of_reason(finding)


def in_dutch(place: str) -> str:
    """A place in a document: 'paragraph 3, under ‘Dromen’' is 'alinea 3, onder ‘Dromen’'."""
    for english, dutch in _PLACES:
        if place.startswith(english):
            place = dutch + place[len(english) :]
            break
    for english, dutch in _INSIDE_A_PLACE:
        place = place.replace(english, dutch, 1)
    return place


def _of_verdict(finding: Finding, kind: str, why: str) -> Point:
    what, advice = _VERDICTS[kind]
    return Point(
        kind,
        what,
        finding.severity == "error" and kind != _TO_DECIDE,
        "" if kind == _SAYS_IT_ALL else _plain(why),
        finding.text,
        in_dutch(finding.place),
        advice,
    )


def _plain(why: str) -> str:
    """A verdict's reason, in which 'verslag' is the record of a talk, for who calls the report a verslag."""
    why = why.replace('verslag: "', 'in het gespreksverslag staat "').replace(', citaat: "', ', in het citaat "')
    return f"{why[:1].upper()}{why[1:]}" + ("" if why.endswith(".") else ".")


def _of_reason(finding: Finding) -> Point:
    what, advice = _in_dutch(finding), _ADVICE.get(finding.check, "")
    return Point(
        finding.check,
        what or "De controle vond hier iets wat u moet bekijken.",
        finding.severity == "error",
        text=finding.text,
        place=in_dutch(finding.place),
        advice=_ADVICE_IN_DOUBT.get(finding.check, advice) if finding.severity != "error" else advice,
        english="" if what else finding.why,
    )


def _in_dutch(finding: Finding) -> str:
    for pattern, dutch in _REASONS.get(finding.check, ()):
        match = re.match(pattern, finding.why, re.S)
        if match:
            return dutch.format(*(_word(group) for group in match.groups()))
    return ""


def _word(group: str) -> str:
    if group in _WORDS:
        return _WORDS[group]
    if re.fullmatch(r"\d+(?: or \d+)+", group):
        return group.replace(" or ", " of ")
    return in_dutch(group)
