"""How a Dutch report names a session: 'dialoog 2', 'dialogen 2 en 3', 'D2', 'sessie twee', 'dialoog II', 'de tweede dialoog'.

A place in the row is taken for the number it mostly is. Limits: nothing above twelve in words or Roman numerals, and
a 'D' with a number counts only where no word in lower case stands right before it ('vitamine D3').
"""

from __future__ import annotations

import re

_NUMBER_WORDS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PLACES = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()
)  # fmt: skip
_VALUES = (
    {word: number for number, word in enumerate(_NUMBER_WORDS)}
    | {numeral.lower(): number for number, numeral in enumerate(_ROMAN, start=1)}
    | {word: number for number, word in enumerate(_PLACES, start=1)}
)
# A longer number names no session, but is one all the same.
_MOST_DIGITS = 9

SESSION = (
    r"(?:(?:thema|verkennings|burger)?(?:dialoog(?:tafel|sessie|gesprek)?|dialogen|dialogues?|gesprek(?:ken)?)"
    r"|sessies?|bijeenkomst(?:en)?)"
)
_ROMAN_NUMERAL = rf"(?-i:{'|'.join(sorted(_ROMAN, key=len, reverse=True))})"
_NUMBER = rf"(?:\d+|{'|'.join(_NUMBER_WORDS)}|{_ROMAN_NUMERAL})"
_PLACE = rf"(?:{'|'.join(_PLACES)}|\d+(?:e|de|ste))"
_BEFORE_A_NUMBER = rf"(?:(?:{SESSION}|(?<!\w)dial\.?)(?:\s+(?:nr\.?|nummers?))?\s*[:-]?\s*#?|(?<!(?-i:[a-zà-ÿ])\s)(?<!\w)(?-i:D)(?=\d))"
_AND = r"\s*(?:[,/&+]|\ben\b|\bof\b)\s*"
_AND_ANOTHER = rf"{_AND}(?:{SESSION}\s*|dial\.?\s*|(?-i:D)(?=\d))?#?"
# One session or more. Group `numbers`: for `sessions_in`.
DIALOGUE = (
    rf"(?:(?P<named>{_BEFORE_A_NUMBER})|(?:(?:de|het)\s+)?(?={_PLACE}(?:{_AND}(?:de\s+)?{_PLACE})*\s+{SESSION}(?!\w)))"
    rf"(?P<numbers>(?(named){_NUMBER}(?!\w)(?:{_AND_ANOTHER}{_NUMBER}(?!\w))*"
    rf"|{_PLACE}(?:{_AND}(?:de\s+)?{_PLACE})*))(?(named)|\s+{SESSION}(?!\w))"
)
# Before the name of a session in a sentence: 'uit de', 'in de derde'.
TO_A_SESSION = rf"(?:in|van|bij|op|uit|tijdens)\s+(?:de\s+|het\s+)?(?:{_PLACE}\s+)?(?:{SESSION}|dial\.|(?-i:D)\d)"
MAY_NAME_A_SESSION = re.compile(r"dialo|dial\.|gesprek|sessie|bijeenkomst|(?-i:D)\d", re.IGNORECASE)
_ONE_NUMBER = re.compile(rf"(?:(?<!\w)|(?<=(?<!\w)(?-i:D)))(?:{_PLACE}|{_NUMBER})(?!\w)", re.IGNORECASE)


def sessions_in(numbers: str) -> tuple[int, ...]:
    """'2 en 3' -> (2, 3), as often as they differ."""
    return tuple(dict.fromkeys(number_of(match.group()) for match in _ONE_NUMBER.finditer(numbers)))


def number_of(word: str) -> int:
    """The number of a session, of '3', 'drie', 'III', 'derde' or '3e'; of one that is far too long its first digits."""
    known = _VALUES.get(word.lower())
    return known if known is not None else int(word.lower().rstrip("edst")[:_MOST_DIGITS])
