"""'Naam (rol): tekst' taken apart, and every other colon left alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rapporteur.sources.readers.names import metadata_key
from rapporteur.sources.readers.text import INVISIBLE, visible

# 'Marleen: ' is a speaker, 'Kortom: ' is not, and nothing in their form tells them apart.
_OPEN_A_SENTENCE = """
    aanvulling actie antwoord besluit bijvoorbeeld citaat conclusie droom dus eerst en foto gevolg idee ja
    kijk kop kortom krantenkop let maar mijn namelijk nb nee noot nou nu oftewel ondertussen oplossing oké ook
    opmerking ps reactie resultaat stelling tip titel toelichting tot vandaar verder voorbeeld vraag want
    action also answer but conclusion dream example first headline idea namely no note ok question so summary
    yes
"""
_IN_A_NAME = """
    van de der den het ten ter te in op 't 's ’t ’s d' l' la le du des di da dos del von zu zum und el al ben
    bin
"""
# People a transcript calls by their part in the talk, in lower case too.
_PART_IN_THE_TALK = """
    begeleider burgemeester deelnemer deelneemster facilitator gastheer gastvrouw gespreksleider host
    interviewer moderator notulist spreker technicus voorzitter wethouder
    alderman chair chairman mayor notetaker participant speaker
"""
# What stands in brackets without naming a speaker: sounds, and what somebody was not to be called.
_NOT_A_SPEAKER = """
    achtergrondgeluid applaus geklap gelach gepraat geroezemoes geluid hoest kucht lacht lachen muziek niet
    onverstaanbaar pauze rumoer stilte verstaanbaar zucht applause background crosstalk cough inaudible laughs
    laughter music noise pause silence sighs unintelligible bedrijf instelling naam organisatie plaats
    plaatsnaam school straat wijk name place
"""
_SENTENCE_OPENERS = frozenset(_OPEN_A_SENTENCE.split())
_PARTICLES = frozenset(_IN_A_NAME.split())
_PARTS_IN_THE_TALK = frozenset(_PART_IN_THE_TALK.split())
_NOBODY = frozenset(_NOT_A_SPEAKER.split())

_MAX_NAME_WORDS = 6
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*(?:\.[\w'’-]+)*\.?|['’][ts]|\d+")
_INITIALS_OR_TITLE = re.compile(r"(?:\w\.)+|\w{2,4}\.")
_LABEL = re.compile(r"(?P<name>[^:()\n]{1,80}?)\s*(?:\((?P<role>[^:\n]{1,200})\)\s*)?:(?=\s|$)\s*", re.UNICODE)
_BRACKETED = re.compile(r"\[(?P<name>[^:\[\]\n]{1,280})\](?:\s*:)?\s*(?=\S)")
_LONGEST_LABEL = 400


@dataclass(frozen=True, slots=True)
class Label:
    """Who speaks, as written before the colon; `length` of the text, in code points, is taken by that."""

    speaker: str
    role: str | None
    length: int


def label_of(text: str, *, set_apart: bool = False) -> Label | None:
    """The speaker at the start of a paragraph, None if it has none.

    `set_apart`: the words up to the colon are in bold, so they need not look like a name.
    """
    seen = visible(text[:_LONGEST_LABEL])
    found = _LABEL.match(seen)
    if not found:
        return None
    name = unicodedata.normalize("NFC", found["name"]).strip()
    if not name or _opens_a_sentence(name) or not (set_apart or _looks_like_a_name(name)):
        return None
    role = (found["role"] or "").strip()
    return Label(name, role or None, _length_in(text, found.end()))


def bracketed_label_of(text: str) -> Label | None:
    """The speaker of '[Naam] tekst', as subtitles write it; a sound ('[gelach]') is no speaker."""
    found = _BRACKETED.match(visible(text[:_LONGEST_LABEL]))
    label = label_of(f"{found['name']}:") if found else None
    if not found or not label or _NOBODY.intersection(found["name"].casefold().split()):
        return None
    return Label(label.speaker, label.role, _length_in(text, found.end()))


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
    first = name.split()[0].casefold()
    return first in _SENTENCE_OPENERS or (metadata_key(name) is not None and not names_a_part(name))


def _looks_like_a_name(name: str) -> bool:
    """Whether these words could be a person: capitals, particles, initials, or a part in the talk."""
    words = name.split()
    opens = words[0][0].isupper() or words[0].casefold() in _PARTS_IN_THE_TALK
    return opens and len(words) <= _MAX_NAME_WORDS and all(map(_may_stand_in_a_name, words))


def _may_stand_in_a_name(word: str) -> bool:
    if not _NAME_WORD.fullmatch(word) or (word.endswith(".") and not _INITIALS_OR_TITLE.fullmatch(word)):
        return False
    lower = word.casefold()
    return word[0].isupper() or word.isdigit() or lower in _PARTICLES or lower in _PARTS_IN_THE_TALK
