"""Who leads, hosts or notes down a dialogue, told from the role as the record prints it."""

from __future__ import annotations

import re
from functools import lru_cache

FACILITATOR = frozenset(
    "gespreksleider gespreksbegeleider dialoogbegeleider dialoogleider begeleider facilitator moderator"
    " dagvoorzitter tafelleider tafelbegeleider procesbegeleider".split()
)
NOTE_TAKER = frozenset("notulist notuliste verslaglegger verslaggever schrijver-notulist".split())
HOST = frozenset("burgemeester wethouder locoburgemeester loco-burgemeester gastheer gastvrouw host".split())


def is_facilitator(role: str | None) -> bool:
    return _head(role) in FACILITATOR


def is_note_taker(role: str | None) -> bool:
    return _head(role) in NOTE_TAKER


def is_host(role: str | None, host_role: str | None = None) -> bool:
    """Whether the role is that of the host: an administrator's, or the one the record names as its host."""
    if role is None:
        return False
    return _head(role) in HOST or (host_role is not None and role.casefold() == host_role.casefold())


def is_participant(role: str | None, host_role: str | None = None) -> bool:
    """Whether someone counts as one of the residents at the table. An unknown role does."""
    return not (is_facilitator(role) or is_note_taker(role) or is_host(role, host_role))


def _head(role: str | None) -> str:
    return (role or "").split(",")[0].split("(")[0].strip().casefold()


# ----------------------------------------------------------------------------- one role, otherwise printed

# Before the name of a trade; it may be left out ('gepensioneerd boerin'), as 'oud-' and 'voormalig' may not.
_ADDED_IN_FRONT = frozenset(
    """
    administratief administratieve freelance gepensioneerd gepensioneerde maatschappelijk maatschappelijke medisch
    pedagogisch pedagogische technisch technische zelfstandig zelfstandige
    """.split()
)
_STANDS_ALONE = frozenset({"gepensioneerd", "gepensioneerde", "zelfstandige"})
_NO_ROLE_ALONE = _ADDED_IN_FRONT - _STANDS_ALONE | {"oud", "voormalig", "voormalige", "ex"}
# What any resident at the table may be called, and no host.
_EVERYBODY = frozenset("deelnemer deelneemster participant bewoner bewoonster inwoner inwoonster burger".split())
_NO_PART_OF_A_ROLE = frozenset({"de", "het", "een", "bij", "van"})
_SEPARATORS = re.compile(r"\s*[,;/&]\s*|\s+en\s+")
_DOUBLED = re.compile(r"(.)\1")
# Endings of the plural and of women's names of a trade, and what the one man's name has instead.
_ENDINGS = (
    ("s", ""), ("'s", ""), ("en", ""), ("n", ""), ("e", ""), ("es", ""), ("zen", "s"), ("ven", "f"), ("mannen", "man"),
    ("ster", "er"), ("sters", "er"), ("ares", "aar"), ("aressen", "aar"), ("aren", "aar"), ("rice", "eur"),
    ("rices", "eur"), ("euse", "eur"), ("euses", "eur"), ("esse", "is"), ("essen", "is"), ("in", ""), ("innen", ""),
    ("vrouw", "man"), ("vrouwen", "man"),
)  # fmt: skip
_SHORTEST_STEM = 3
_WORDS_REMEMBERED = 1 << 12


def is_same_role(claimed: str, role: str) -> bool:
    """Whether two names, in lower case and without hyphens, are of one role: in the plural, of a woman, with an article, in another order."""
    ours, theirs = _items(claimed), _items(role)
    return len(ours) == len(theirs) and all(any(_is_same_item(a, b) for b in theirs) for a in ours)


def is_part_of_role(claimed: str, role: str) -> bool:
    """Whether a name is a role made shorter: 'kok' of 'kok, imker', 'scholier' of 'scholier havo 4', 'boerin' of
    'gepensioneerd boerin'; 'deelnemer' or 'bewoner' of any who is not a host. It is true of its holder, and may be of others."""
    ours, theirs = _items(claimed), _items(role)
    if len(ours) == 1 and any(_is_same_item(ours[0], [everybody]) for everybody in _EVERYBODY):
        return is_participant(role)
    return bool(ours) and all(any(_is_same_item(a, b) or _is_shorter(a, b) for b in theirs) for a in ours)


def _items(name: str) -> list[list[str]]:
    """The roles in a name, each as its words."""
    items = (item.split() for item in _SEPARATORS.split(name))
    return [[w for w in item if w not in _NO_PART_OF_A_ROLE] or item for item in items if item]


def _is_same_item(ours: list[str], theirs: list[str]) -> bool:
    if "".join(ours) == "".join(theirs):
        return True
    return len(ours) == len(theirs) and all(_forms(a) & _forms(b) for a, b in zip(ours, theirs, strict=True))


def _is_shorter(ours: list[str], theirs: list[str]) -> bool:
    """Whether words are left out: of what follows the trade, in front of it, or the trade behind 'gepensioneerd'."""
    if len(ours) == 1 and theirs[0] in _STANDS_ALONE and _is_same_item(ours, theirs[:1]):
        return True
    if _NO_ROLE_ALONE.issuperset(ours):
        return False
    while len(theirs) > 1 and theirs[0] in _ADDED_IN_FRONT and not _is_same_item(ours[:1], theirs[:1]):
        theirs = theirs[1:]
    rest = iter(theirs[1:])
    return _is_same_item(ours[:1], theirs[:1]) and all(
        any(_is_same_item([word], [other]) for other in rest) for word in ours[1:]
    )


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _forms(word: str) -> frozenset[str]:
    """The word, and what it may be the plural or the woman's name of; doubled letters count once."""
    stems = (
        word.removesuffix(ending) + instead
        for ending, instead in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM
    )
    return frozenset(_DOUBLED.sub(r"\1", form) for form in (word, *stems))
