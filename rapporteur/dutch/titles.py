"""Nouns that a title, a name or a question stands behind: 'het boek ‘…’', 'de vraag ‘…?’', 'onder de noemer ‘…’'.

What a participant may be said to have put in words ('krantenkop', 'droom', 'idee') is not among them.
"""

from __future__ import annotations

import re

_NOUNS = (
    "aflevering artikel bijlage boek boekje brochure campagne column cursus documentaire film folder gedicht gezegde"
    " handboek handreiking hoofdstuk initiatief kader lied liedje lezing methode motto musical naam noemer nota notitie"
    " onderdeel onderzoek paragraaf podcast programma project publicatie rapport reeks roman rubriek sectie serie slogan"
    " song spreekwoord spreuk stelling tentoonstelling thema titel toneelstuk traject uitzending visie voorstelling vraag"
    " vragen werkgroep werkvorm website workshop"
).split()
_NAMED = "genaamd geheten getiteld heet heette heten".split()
_TITLED = re.compile(
    rf"(?:\w*(?:{'|'.join(_NOUNS)})|(?<!\w)(?:{'|'.join(_NAMED)}))(?:\s+(?:was|is|luidt|luidde|als|die|genaamd|getiteld|van\s+[^\W\d_]+))?\s*[:：]?\s*\Z",
    re.IGNORECASE,
)  # fmt: skip


def announces_a_title(lead: str) -> bool:
    """Whether what stands right behind these words is a title, a name or a question."""
    return _TITLED.search(lead) is not None
