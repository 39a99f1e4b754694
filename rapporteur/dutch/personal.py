"""Personal data in Dutch text: what may never stand in a published quote.

Rules with a check digit where there is one. Names are found from the records' own list of speakers and from
the company a name keeps ('mijn Theo', 'mevrouw De Vries', two capitalised words inside a sentence); a name
that stands alone and belongs to no speaker is not seen. A place of two words can be taken for a name: what
is left out by mistake can be put back by a person, what is printed by mistake cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapporteur.dutch.sentences import sentences
from rapporteur.dutch.stopwords import FUNCTION_WORDS, STOP_WORDS
from rapporteur.types import Span


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """`kind` is English and names no one."""

    kind: str
    span: Span


def _bsn(digits: str) -> bool:
    """The 'elfproef' of the Dutch citizen service number. Source: Logisch Ontwerp BSN, 9·8·7·6·5·4·3·2·-1."""
    numbers = [int(d) for d in digits if d.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(numbers) == 9 and any(numbers) and sum(w * n for w, n in zip(weights, numbers, strict=True)) % 11 == 0


def _iban(text: str) -> bool:
    """ISO 13616, modulo 97."""
    compact = re.sub(r"\s", "", text).upper()
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def _telephone(text: str) -> bool:
    """Ten digits, or nine behind the country's code."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return len(digits) == 10 if digits.startswith("0") and not digits.startswith("00") else len(digits) in (11, 13)


def _plate(text: str) -> bool:
    """Six characters, each group letters or digits only. Source: RDW, 'Overzicht van de sidecodes'."""
    groups = text.split("-")
    return sum(map(len, groups)) == 6 and all(group.isalpha() or group.isdigit() for group in groups)


def _always(_: str) -> bool:
    return True


_SPOKEN_NUMBER = (
    "nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\\w+tien|(?:\\w+en)?(?:twintig|dertig|veertig|"
    "vijftig|zestig|zeventig|tachtig|negentig)"
)
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("e-mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), _always),
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"), _iban),
    (
        "telephone number",
        re.compile(
            r"(?<!\w)(?:\+31\s?(?:\(0\))?|0031|0|\(0\d{1,3}\)(?=(?:[\s.-]?\d){6}))[\s.-]?(?:\d[\s.-]?){5,8}\d(?!\d)"
        ),
        _telephone,
    ),
    (
        "telephone number",
        re.compile(rf"(?<!\w)nul(?:[,\s]+(?:{_SPOKEN_NUMBER})){{4,}}(?!\w)", re.IGNORECASE),
        _always,
    ),
    # Nine digits inside a longer word are no number of a person: a fingerprint in a colophon holds them by chance.
    (
        "citizen service number",
        re.compile(r"(?:(?<!\w)|(?<=bsn)|(?<=BSN))\d{4}[\s.]?\d{2}[\s.]?\d{3}(?!\w)"),
        _bsn,
    ),
    ("address", re.compile(r"\b\d{4}\s?[A-Z]{2}\b(?:,?\s+\d+\w?)?"), _always),
    (
        "address",
        re.compile(r"\b[A-Z][\w-]*(?:straat|laan|weg|plein|dreef|kade|gracht|hof|pad|singel|dijk|steeg)\s+\d+\w?\b"),
        _always,
    ),
    (
        "licence plate",
        re.compile(r"\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}\b"),
        _plate,
    ),
    (
        "date of birth",
        re.compile(
            r"\bgebo(?:ren|ortedatum)\s*:?\s+(?:op\s+|is\s+)?\d{1,2}[\s-](?:\w+|\d{1,2})[\s-]\d{2,4}\b", re.IGNORECASE
        ),
        _always,
    ),
)
_PARTICLE = r"(?:(?:van|de|der|den|het|'t|ter|ten|el|al|von|la|le|di)\s+){0,3}"
_UPPER, _LOWER = r"[^\W\d_a-zß-öø-ÿ]", r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_UPPER}{_LOWER}+(?:[-'’]{_UPPER}?{_LOWER}+)*"
_PARTICLES = frozenset("van de der den het ter ten el al von la le di".split())
_NAME_PART = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_KIN = (
    "mijn|m'n|onze|mevrouw|meneer|mevr\\.|dhr\\.|dokter|dr\\.|juf|meester|oom|tante|opa|oma|buurman|buurvrouw|zoon|"
    "dochter|man|vrouw|broer|zus|zusje|kleinzoon|kleindochter|vriend|vriendin|collega|neef|nicht|familie|wethouder|"
    "burgemeester|dominee|pastoor|imam|rabbijn|directeur|professor|prof\\.|zuster|coach|trainer"
)
_BESIDE_KIN = re.compile(rf"(?<!\w)(?i:{_KIN})\s+({_PARTICLE}{_NAME}(?:\s+{_PARTICLE}{_NAME})?)")
_PAIR = re.compile(rf"(?<!\w)({_NAME})\s+{_PARTICLE}{_NAME}(?!\w)")


def find(text: str, speakers: Iterable[str] = ()) -> tuple[PersonalDatum, ...]:
    """Personal data in a text, in order of place; `speakers` are the names the records know."""
    found = [
        PersonalDatum(kind, Span(*match.span()))
        for kind, pattern, holds in _RULES
        for match in pattern.finditer(text)
        if holds(match.group())
    ]
    found += _names(text, frozenset(speakers))
    return tuple(sorted(found, key=lambda d: (d.span.start, d.span.end, d.kind)))


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Names that some text gives away ('mijn Theo'), so that they are known wherever else they stand."""
    return frozenset(m.group(1) for text in texts for m in _BESIDE_KIN.finditer(text))


def _names(text: str, speakers: frozenset[str]) -> list[PersonalDatum]:
    starts = {s.start for s in sentences(text)}

    def is_plain_word(word: str, start: int) -> bool:
        return start in starts and word.lower() in FUNCTION_WORDS

    known = _known_names(speakers)
    found = [
        PersonalDatum("name", Span(*m.span()))
        for m in (known.finditer(text) if known else ())
        if not is_plain_word(m.group(), m.start())
    ]
    found += [PersonalDatum("name", Span(*m.span(1))) for m in _BESIDE_KIN.finditer(text)]
    found += [
        PersonalDatum("possible name", Span(*m.span()))
        for m in _PAIR.finditer(text)
        if m.start() not in starts and m.group(1).lower() not in FUNCTION_WORDS
    ]
    return found


@lru_cache(maxsize=8)
def _known_names(speakers: frozenset[str]) -> re.Pattern[str] | None:
    """The parts of people's names, as written with a capital or in capitals; a first name also in lower case.

    A family name in lower case is left alone: 'boer', 'bakker' and 'vink' are words of Dutch too.
    """
    forms: set[str] = set()
    for name in speakers:
        parts = [part for part in _NAME_PART.findall(name) if len(part) > 1 and part.lower() not in _PARTICLES]
        forms.update(form for part in parts for form in (part.title(), part.upper()))
        if len(parts) > 1 and parts[0].lower() not in STOP_WORDS and len(parts[0]) > 3:
            forms.add(parts[0].lower())
    if not forms:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, forms), key=lambda p: (-len(p), p)))})(?!\w)")
