"""'Naam (rol): tekst' taken apart, and every other colon left alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from rapporteur.dutch.stopwords import STOP_WORDS
from rapporteur.sources.readers.names import metadata_key
from rapporteur.sources.readers.text import INVISIBLE, clean, visible

# 'Marleen: ' is a speaker, 'Kortom: ' is not, and nothing in their form tells them apart.
_OPEN_A_SENTENCE = """
    afgemeld afmeldingen afwezig bijlage duur locatie notulen plaats tijd tijdstip tijdsduur verslag
    aanvulling actie actiepunt actiepunten acties afspraak afspraken antwoord besluit besluiten bijvoorbeeld citaat
    conclusie conclusies droom dus eerst en foto gevolg idee ja kijk kop kortom krantenkop let maar mijn nadeel namelijk
    nb nee noot nou nu oftewel ondertussen oplossing oké ook opmerking optie ps punt reactie resultaat stap stelling tip
    titel toelichting tot vandaar verder voorbeeld voordeel vraag want
    action also answer but conclusion dream example first headline idea namely no note ok question so summary
    yes
"""
_IN_A_NAME = """
    en van de der den het ten ter te in op 't 's ’t ’s d' l' la le du des di da dos del von zu zum und el al ben
    bin
"""
# People a transcript calls by their part in the talk, in lower case too.
_PART_IN_THE_TALK = """
    begeleider burgemeester deelnemer deelneemster facilitator gastheer gastvrouw gespreksleider host
    interviewer moderator notulist spreker technicus voorzitter wethouder
    alderman chair chairman mayor notetaker participant speaker
"""
# What stands in brackets without naming a speaker: sounds, and what somebody was not to be called.
_SOUND = """
    achtergrondgeluid applaus geklap gelach gepraat geroezemoes geluid hoest kucht lacht lachen muziek
    onverstaanbaar pauze rumoer stilte verstaanbaar zucht applause background crosstalk cough inaudible laughs
    laughter music noise pause silence sighs unintelligible
"""
_PLACEHOLDER = """
    niet bedrijf instelling naam organisatie plaats plaatsnaam school straat wijk name place
"""
# Before a name, in lower case too: 'mevr. De Vries'.
_TITLE = "dhr dhr. dr. drs. ds. ing. ir. meneer mevr mevr. mevrouw mr. mw mw. prof."
# Behind a name in brackets, without saying what somebody does: 'Bert (Gast)', 'Anna (vervolg)'.
_NOT_A_ROLE = """
    chat extern external gast guest host lacht lachend ongeverifieerd online organisator presenter unverified
    vervolg via zucht zij/haar hij/hem die/hen die/diens she/her he/him they/them
"""
# Whom a recorder could not tell, or a note-taker had not heard.
_SOMEBODY = """nn|n.n.|?|??|???|onbekend|onbekende spreker|onbekende deelnemer|spreker onbekend|unknown|
    unknown speaker|speaker_unknown|unidentified speaker"""
_SENTENCE_OPENERS = frozenset(_OPEN_A_SENTENCE.split())
_PARTICLES = frozenset(_IN_A_NAME.split())
_PARTS_IN_THE_TALK = frozenset(_PART_IN_THE_TALK.split())
_SOUNDS = frozenset(_SOUND.split())
_NOBODY = _SOUNDS | frozenset(_PLACEHOLDER.split())
_TITLES = frozenset(_TITLE.split())
_NO_ROLES = frozenset(_NOT_A_ROLE.split())
_UNHEARD = frozenset(line.strip() for line in _SOMEBODY.split("|"))

_MAX_NAME_WORDS = 6
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*(?:\.[\w'’-]+)*\.?|['’][ts]|\d+")
_INITIALS_OR_TITLE = re.compile(r"(?:\w\.)+|\w{2,4}\.")
_LABEL = re.compile(
    r"(?P<name>[^:()\[\]\n]{1,80}?)\s*(?:[(\[](?P<role>[^:\n]{1,200})[)\]]\s*)?:(?=(?P<next>.?))\s*", re.UNICODE
)
_OPENS_WORDS = "\"'‘’“”„«["
_BULLET = re.compile(r"(?:[-–—•*·▪‣➢●○]|o(?=\s+[^\W\d_])|\(?\d{1,3}[.)])\s+")
_VOICE = re.compile(r"(?P<name>[^()]+?)\s*\((?P<aside>[^()]+)\)")
_BRACKETED = re.compile(r"\[(?P<name>[^:\[\]\n]{1,280})\](?:\s*:)?\s*(?=\S)")
_MACHINES = re.compile(r"(?:speaker|spk|s)_?\d{2,3}", re.IGNORECASE)
_LONGEST_LABEL = 400
_SEVERAL = re.compile(r"\s+(?:en|and|&|\+)\s+|\s*/\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """Who speaks, as written before the colon; `length` of the text, in code points, is taken by that.

    `doubtful`: with a comma in it ('Anna, kok: …') it may as well be the start of a sentence; only the rest of
    the record can tell.
    """

    speaker: str
    role: str | None
    length: int
    doubtful: bool = False


def label_of(text: str, *, set_apart: bool = False) -> Label | None:
    """The speaker at the start of a paragraph, None if it has none.

    `set_apart`: the words up to the colon are in bold, so they need not look like a name.
    """
    seen = visible(text[:_LONGEST_LABEL])
    found = _LABEL.match(seen)
    if not found or not _may_follow_a_colon(found["next"]):
        return None
    written = unicodedata.normalize("NFC", found["name"]).strip()
    if not written or _opens_a_sentence(written):
        return None
    name, role = _at_comma(written, (found["role"] or "").strip())
    if not (set_apart or is_unheard(name) or all(map(_looks_like_a_name, name.split(", ")))):
        return None
    return Label(name, _role(role), _length_in(text, found.end()), doubtful="," in written and not set_apart)


def labelled(text: str, *, set_apart: bool = False) -> Label | None:
    """The speaker at the start of a paragraph, behind a bullet or a number or in brackets as well."""
    label = label_of(text, set_apart=set_apart)
    if label:
        return label
    bullet = _BULLET.match(text)
    behind = label_of(text[bullet.end() :], set_apart=set_apart) if bullet else None
    if bullet and behind:
        return replace(behind, length=bullet.end() + behind.length)
    return bracketed_label_of(text)


def voice_of(name: str) -> Label:
    """Who a recorder says speaks: an account with what the program or its owner put behind it.

    'Bert (Gast)' is Bert; 'Anna (kok)' says what she does; 'Jansen, Anna (Gemeente Almelo)' is the whole of a name.
    """
    found = _VOICE.fullmatch(name.strip())
    if not found or (found["aside"][0].isupper() and found["aside"].casefold() not in _NO_ROLES):
        return Label(name.strip(), None, len(name))
    return Label(found["name"], _role(found["aside"]), len(name))


def is_unheard(name: str) -> bool:
    """Whether a name says that nobody knows who spoke: 'Onbekend', 'Unknown Speaker', '?'."""
    return name.strip(" :").casefold() in _UNHEARD


def is_a_machines(name: str) -> bool:
    """Whether a program that tells voices apart gave the name: 'SPEAKER_00'. It gives one to all it can tell."""
    return _MACHINES.fullmatch(name) is not None


def is_a_sound(text: str) -> bool:
    """Whether these words, in brackets, are what was heard and not said: 'pauze', 'gelach in de zaal'."""
    return not _SOUNDS.isdisjoint(text.casefold().split())


def bullet_length(text: str) -> int:
    """How much of a text is taken by a bullet or a number before it, in code points."""
    bullet = _BULLET.match(text)
    return bullet.end() if bullet else 0


def may_be_a_person(name: str, *, in_lower_case: bool = False) -> bool:
    """Whether a name looks like one and is no common word; `in_lower_case`: 'bert' looks like one too."""
    written = name.title() if in_lower_case else name
    common = {word.casefold() for word in name.split()} & (STOP_WORDS - _PARTICLES - _TITLES)
    return _looks_like_a_name(written) and not _opens_a_sentence(name) and not common


def names_several(name: str) -> bool:
    """Whether a name is that of several people: 'Anna en Bert', 'Anna / Bert', not 'De Wit, Anna'."""
    names = _SEVERAL.split(name)
    *first, last = names if len(names) > 1 else ("", "")
    return len(names) > 1 and all(map(may_be_a_person, (*(n for part in first for n in part.split(", ")), last)))


def same_person(name: str) -> str:
    """A name for comparing: spelled alike in a recording and in a list that somebody typed."""
    return " ".join(clean(visible(name)).casefold().split())


def bracketed_label_of(text: str) -> Label | None:
    """The speaker of '[Naam] tekst', as subtitles write it; a sound ('[gelach]') is no speaker."""
    found = _BRACKETED.match(visible(text[:_LONGEST_LABEL]))
    label = label_of(f"{found['name']}:") if found else None
    if not found or not label or _NOBODY.intersection(found["name"].casefold().split()):
        return None
    return Label(label.speaker, label.role, _length_in(text, found.end()))


def _at_comma(written: str, role: str) -> tuple[str, str]:
    """'Anna, kok' is a name with a role, 'Jansen, Anna' the whole of a name."""
    name, comma, aside = written.partition(",")
    aside = aside.strip()
    if comma and not role and aside and aside[0].islower() and len(aside.split()) <= _MAX_NAME_WORDS:
        return name.strip(), aside
    return written, role


def _role(written: str) -> str | None:
    """What somebody does; not that they are a guest, or 54, or a woman ('v')."""
    role = written.strip()
    return role if len(role) > 1 and not role.isdigit() and role.casefold() not in _NO_ROLES else None


def _may_follow_a_colon(sign: str) -> bool:
    """'Anna: ja' and 'Anna:Ja', but not '19:30' and 'https://'."""
    return not sign or sign.isspace() or sign.isupper() or sign in _OPENS_WORDS


def names_a_part(name: str) -> bool:
    """Whether a speaker is called by their part in the talk: 'Gespreksleider', 'deelnemer 3'."""
    return name.split()[0].casefold() in _PARTS_IN_THE_TALK


def _length_in(text: str, seen: int) -> int:
    """How much of a text is taken by its first `seen` visible code points, and what cannot be seen after them."""
    if not INVISIBLE.search(text, 0, _LONGEST_LABEL):
        return seen
    at = 0
    while at < len(text) and (seen or INVISIBLE.match(text, at)):
        seen -= not INVISIBLE.match(text, at)
        at += 1
    return at


def _opens_a_sentence(name: str) -> bool:
    first = name.split()[0].casefold().rstrip(",")
    return first in _SENTENCE_OPENERS or (metadata_key(name) is not None and not names_a_part(name))


def _looks_like_a_name(name: str) -> bool:
    """Whether these words could be a person: capitals, particles, initials, or a part in the talk."""
    words = name.split()
    first = words[0].casefold() if words else ""
    opens = words and (words[0][0].isupper() or first in _PARTS_IN_THE_TALK or (first in _TITLES and len(words) > 1))
    return bool(opens) and len(words) <= _MAX_NAME_WORDS and all(map(_may_stand_in_a_name, words))


def _may_stand_in_a_name(word: str) -> bool:
    if not _NAME_WORD.fullmatch(word) or (word.endswith(".") and not _INITIALS_OR_TITLE.fullmatch(word)):
        return False
    lower = word.casefold()
    return word[0].isupper() or word.isdigit() or lower in (_PARTICLES | _PARTS_IN_THE_TALK | _TITLES)
