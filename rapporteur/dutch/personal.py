"""Personal data in Dutch text: what may never stand in a published quote.

Rules with a check digit where there is one. Names are found from the records' own list of speakers and from
the company a name keeps ('mijn Theo', 'mevrouw De Vries', two capitalised words inside a sentence); a name
that stands alone and belongs to no speaker is not seen. A place of two words can be taken for a name: what
is left out by mistake can be put back by a person, what is printed by mistake cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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


def _telephone(text: str) -> bool:
    """Ten digits, or a country's code and as many as its numbers have; not a date and what follows it.

    Source: ITU-T E.164, at most fifteen digits; Nummerplan telefoon- en ISDN-diensten.
    """
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if text.startswith(("+", "00")):
        return 10 <= len(digits) <= 15
    return len(digits) == 10 and not digits.startswith("00") and not _DATE.match(text)


def _belgian_telephone(text: str) -> bool:
    return len(re.sub(r"\D", "", text)) == 9 and not _DATE.match(text)


# The length of an IBAN by country. Source: SWIFT, IBAN Registry.
_IBAN_LENGTHS = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "GB": 22, "LU": 20, "ES": 24, "IT": 27, "PL": 28, "PT": 25, "AT": 20, "CH": 21,
    "DK": 18, "SE": 24, "NO": 15, "FI": 18, "IE": 22, "TR": 26, "RO": 24, "BG": 22, "HU": 28, "CZ": 24, "GR": 27, "LT": 20,
}  # fmt: skip
_IBAN_STARTS = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?=[\s.-]?[A-Z0-9]{2})", re.IGNORECASE)
_IBAN_SIGNS = re.compile(r"(?:[\s.-]?[A-Z0-9]){11,30}", re.IGNORECASE)
_IBAN_SHORTEST = 15


def _ibans(text: str) -> Iterator[Span]:
    """Account numbers of any country, however they are spaced, by their check digits (ISO 13616, modulo 97)."""
    for start in _IBAN_STARTS.finditer(text):
        rest = _IBAN_SIGNS.match(text, start.end())
        if rest is None:
            continue
        signs = [n for n in range(start.start(), rest.end()) if text[n].isascii() and text[n].isalnum()]
        length = _IBAN_LENGTHS.get(start.group()[:2].upper())
        for long in (length,) if length else range(len(signs), _IBAN_SHORTEST - 1, -1):
            if len(signs) >= long and _mod_97("".join(text[n] for n in signs[:long]).upper()):
                end = signs[long - 1] + 1
                if not text[end : end + 1].isalnum():
                    yield Span(start.start(), end)
                    break


def _mod_97(compact: str) -> bool:
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


# Six characters by sidecode, X a letter and 9 a digit. Source: RDW, 'Overzicht van de sidecodes'.
_SIDECODES = frozenset(
    "XX9999 9999XX 99XX99 XX99XX XXXX99 99XXXX 99XXX9 9XXX99 XX999X X999XX XXX99X X99XXX 9XX999 999XX9".split()
)


def _plate(text: str) -> bool:
    """A Dutch plate by its sidecode, each group between dashes letters or digits only; or a Belgian one ('1-ABC-123')."""
    groups = re.split(r"[\s-]", text)
    compact = "".join(groups)
    form = "".join("9" if c.isdigit() else "X" for c in compact)
    if len(groups) > 1 and not all(group.isalpha() or group.isdigit() for group in groups):
        return False
    return form in _SIDECODES or form == "9XXX999"


def _always(_: str) -> bool:
    return True


_SPOKEN_NUMBER = (
    "nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\\w{2,8}tien|(?:\\w{2,8}[eë]n)?(?:twintig|dertig|veertig|"
    "vijftig|zestig|zeventig|tachtig|negentig)"
)
_DATE = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d(?!\d)")
_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|[a-z]{3}\\."
_DAY = rf"\d{{1,2}}\s?(?:[-./]|\s)\s?(?:\d{{1,2}}|{_MONTH})\s?(?:[-./]|\s)\s?(?:(?:19|20)\d\d|\d\d)(?!\d)"
_BETWEEN_DIGITS = r"[\s.\-–/]{0,3}"
_STREET = (
    "straat|laan|weg|plein|dreef|kade|gracht|hof|pad|singel|dijk|steeg|plantsoen|boulevard|brink|markt|baan|wal|erf|"
    "hoeve|oord|meent|allee"
)
# The groups of letters and digits of a plate, with or without dashes.
_PLATE_ANYHOW = "|".join(
    r"[\s-]?".join(groups)
    for groups in (
        (r"\d{1,3}", "[A-Z]{2,3}", r"\d{1,3}"),
        ("[A-Z]{1,3}", r"\d{2,3}", "[A-Z]{1,3}"),
        (r"\d{2}", r"\d{2}", "[A-Z]{2}"),
        ("[A-Z]{2}", r"\d{2}", r"\d{2}"),
        ("[A-Z]{2}", "[A-Z]{2}", r"\d{2}"),
        (r"\d{2}", "[A-Z]{2}", "[A-Z]{2}"),
    )
)
_DOMAIN = r"[\w-]{1,63}(?:(?:\.|\s\.\s)[\w-]{1,63}){1,8}"
# Every repeat is bounded, so that no text, however it is made, costs more than its length.
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("e-mail address", re.compile(rf"[\w.+-]{{1,64}}\s?@\s?{_DOMAIN}"), _always),
    # 'jan (at) buurt.nl', 'jan apenstaartje buurt punt nl'
    (
        "e-mail address",
        re.compile(
            r"(?<![\w.+-])[\w.+-]{1,64}\s{0,2}(?:[\[({<]\s?(?:at|apenstaart(?:je)?|@)\s?[\])}>]|\sapenstaart(?:je)?\s)\s{0,2}"
            r"[\w-]{1,63}(?:(?:\.|\s?[\[({]\s?(?:dot|punt)\s?[\])}]\s?|\s(?:dot|punt)\s)[\w-]{1,63}){1,5}",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        "e-mail address",
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\sat\s[\w-]{1,63}(?:(?:\.|\s(?:dot|punt)\s)[a-z]{2,20}){1,3}(?!\w)"),
        _always,
    ),
    (
        "telephone number",
        re.compile(
            rf"(?<![\w+])(?:0|\(0\d{{1,3}}\)(?=(?:{_BETWEEN_DIGITS}\d){{6}}))(?:{_BETWEEN_DIGITS}\d){{6,9}}(?!\d)"
        ),
        _telephone,
    ),
    # 'nummers met een komma: 06, 12, 34, 56, 78', or words between: '06 12 34 … 56 78'
    ("telephone number", re.compile(r"(?<!\w)06(?:[\s,.;…\-–/()]{0,6}\d){8}(?!\d)"), _telephone),
    (
        "telephone number",
        re.compile(rf"(?<!\w)(?:\+|00)[1-9]\d{{0,2}}(?:\s?\(0\))?(?:{_BETWEEN_DIGITS}\d){{7,12}}(?!\d)"),
        _telephone,
    ),
    (
        "telephone number",
        re.compile(r"(?<!\w)0\d{1,2}[ /]\d{2,3}[ .]\d{2}[ .]\d{2}(?![ .]?\d)"),
        _belgian_telephone,
    ),
    (
        "telephone number",
        re.compile(rf"(?<!\w)nul(?:[,\s]{{1,3}}(?:{_SPOKEN_NUMBER})){{4,9}}(?!\w)", re.IGNORECASE),
        _always,
    ),
    (
        "telephone number",
        re.compile(
            rf"(?<!\w)nul[,\s]{{1,3}}zes(?:[,\s]{{1,3}}(?:{_SPOKEN_NUMBER}|\d{{1,4}})){{2,8}}(?!\w)", re.IGNORECASE
        ),
        _always,
    ),
    # Nine digits inside a longer word are no number of a person: a fingerprint in a colophon holds them by chance.
    (
        "citizen service number",
        re.compile(
            r"(?:(?<!\w)|(?<=bsn)|(?<=BSN))(?<!€ )(?:\d{4}[\s.]?\d{2}[\s.]?\d{3}|\d{3} \d{3} \d{3}|\d{3}-\d{3}-\d{3}"
            r"|\d{2}[ .]\d{3}[ .]\d{4})(?!\w|[.,]\d|\s?(?:euro|inwoners))"
        ),
        _bsn,
    ),
    (
        "citizen service number",
        re.compile(
            r"(?<!\w)(?:bsn|burgerservicenummer|sofi-?nummer)(?:-?nummer)?[^\d\n.!?]{0,30}(?P<datum>\d(?:[\s.-]?\d){7,8})(?!\d)",
            re.IGNORECASE,
        ),
        _always,
    ),
    ("address", re.compile(r"\b\d{4}\s?[A-Z]{2}\b(?:,?\s{1,3}\d{1,5}\w?)?"), _always),
    (
        "address",
        re.compile(
            rf"\b[A-Z][\w-]{{0,40}}(?:{_STREET})(?:,?\s(?:nummer|nr\.?|huisnummer))?\s{{1,3}}(?!(?:19|20)\d\d\b)\d{{1,5}}(?:\s?-?[a-zA-Z])?\b"
            r"(?:,?\s{1,3}\d{4}\s?[A-Z]{2}\b)?"
        ),
        _always,
    ),
    (
        "address",
        re.compile(
            r"\b(?:Laan|Plein|Weg|Hof|Kade)(?:\s(?:van|de|der|den|het|aan|te|ter|ten|[A-Z][\w-]{0,30})){1,5}\s(?!(?:19|20)\d\d\b)\d{1,4}\b"
        ),
        _always,
    ),
    (
        "licence plate",
        re.compile(
            r"(?<![\w-])(?=[A-Z0-9-]{0,6}\d)(?=[A-Z0-9-]{0,9}[A-Z])[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}(?![\w-])"
        ),
        _plate,
    ),
    (
        "licence plate",
        re.compile(
            r"(?<!\w)(?:kenteken(?:nummer|plaat)?|nummerplaat|nummerbord)(?!\w)(?:\W{1,3}[a-zà-ÿ]{1,12}){0,3}\W{1,3}"
            r"(?P<datum>(?=[\sA-Z0-9-]{0,9}\d)(?:[A-Z0-9]{6}|[A-Z0-9]{1,3}[\s-][A-Z0-9]{2,3}[\s-][A-Z0-9]{1,3}))(?![\w-])",
            re.IGNORECASE,
        ),
        _plate,
    ),
    (
        "date of birth",
        re.compile(
            r"(?<!\w)(?:geb(?:oren|oortedatum|\.)?|geboortedag|verjaardag)(?!\w)(?:\s{0,2}:|\s{1,2}(?:op|is|was)){0,2}\s{0,3}"
            rf"{_DAY}(?!\w)",
            re.IGNORECASE,
        ),
        _always,
    ),
    ("date of birth", re.compile(rf"(?<!\w){_DAY}\s{{1,2}}(?:geboren|jarig)(?!\w)", re.IGNORECASE), _always),
    (
        "year of birth",
        re.compile(
            r"(?<!\w)(?:geb\.|geboortejaar:?|(?:is|ben|werd)\s(?:in\s\w{2,20}\s)?geboren\sin)\s{1,2}"
            r"(?:19\d\d|200\d)(?!\w)|\(\s?(?:19\d\d|200\d)\s?\)(?=\s(?:is|was|woont|werkt))",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        "possible date of birth",
        re.compile(r"(?<![\w./-])\d{1,2}([-/.])\d{1,2}\1(?:19\d\d|200\d|201[0-2])(?![\w/-])"),
        _always,
    ),
)
_PARTICLE = r"(?:(?:van|de|der|den|het|'t|ter|ten|el|al|von|la|le|di)\s+){0,3}"
_UPPER, _LOWER = r"[^\W\d_a-zß-öø-ÿ]", r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_UPPER}{_LOWER}{{1,40}}(?:[-'’]{_UPPER}?{_LOWER}{{1,40}}){{0,4}}"
_PARTICLES = frozenset("van de der den het ter ten el al von la le di".split())
_NAME_PART = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_KIN = (
    "mijn|m'n|onze|mevrouw|meneer|mevr\\.|dhr\\.|dokter|dr\\.|juf|meester|oom|tante|opa|oma|buurman|buurvrouw|zoon|"
    "dochter|man|vrouw|broer|zus|zusje|kleinzoon|kleindochter|vriend|vriendin|collega|neef|nicht|familie|wethouder|"
    "burgemeester|dominee|pastoor|imam|rabbijn|directeur|professor|prof\\.|zuster|coach|trainer"
)
_BESIDE_KIN = re.compile(rf"(?<!\w)(?i:{_KIN})\s+({_PARTICLE}{_NAME}(?:\s+{_PARTICLE}{_NAME})?)")
_PAIR = re.compile(rf"(?<!\w)({_NAME})\s+{_PARTICLE}{_NAME}(?!\w)")


# A fingerprint in a colophon: sixteen or more hexadecimal digits in lower case, with a letter where an IBAN has none.
_DIGEST = re.compile(r"(?<!\w)(?=[0-9a-f]{2,63}[a-f])(?=[0-9a-f]*\d)[0-9a-f]{16,64}(?!\w)")


def find(text: str, speakers: Iterable[str] = ()) -> tuple[PersonalDatum, ...]:
    """Personal data in a text, in order of place; `speakers` are the names the records know."""
    found = [
        PersonalDatum(kind, span)
        for kind, pattern, holds in _RULES
        for span in map(_datum, pattern.finditer(text))
        if holds(text[span.start : span.end])
    ]
    found += [PersonalDatum("IBAN", span) for span in _ibans(text)]
    digests = [match.span() for match in _DIGEST.finditer(text)]
    found = [d for d in found if not any(start <= d.span.start and d.span.end <= end for start, end in digests)]
    found += _names(text, frozenset(speakers))
    return tuple(sorted(set(found), key=lambda d: (d.span.start, d.span.end, d.kind)))


def _datum(match: re.Match[str]) -> Span:
    """Where the datum itself stands, without the word that gives it away."""
    return Span(*match.span("datum" if "datum" in match.re.groupindex else 0))


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
