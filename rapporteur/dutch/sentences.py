"""Sentence ends in Dutch, as offsets.

A sentence ends at '.', '!', '?' or '…' (with closing quotes or brackets after it), before white space and
something that can start a sentence. Limits: an abbreviation that ends a sentence is taken for the middle
of one, so two sentences may stay together; a sentence is never cut in two at a known abbreviation.
"""

from __future__ import annotations

import re

from rapporteur.types import Span

ABBREVIATIONS = frozenset(
    "a.u.b aug b.v bijv blz bv ca d.w.z dec dhr dr drs e.d e.a enz evt excl feb fig gem i.o i.p.v i.v.m incl ing"
    " ir jan jl jr m.a.w m.b.t m.n max mej mevr mgr min mln mr mrd mw n.a.v n.v.t nov nr o.a o.l.v okt p.s prof"
    " red resp s.v.p sept sr st t.a.v t.o.v t/m tel v.a v.d vgl vnl vs z.g zgn".split()
)
# Only from the first of a run of signs, and no step back: a line of dots is looked at once.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'’”»)\]]*+(?=\s)")
_STARTER = re.compile(r"\s+[\"'‘’“„«(\[]*(?:['’`][a-z]\b\s*)?[A-ZÀ-ÖØ-Þ0-9]")
_LAST_WORD = re.compile(r"([\w./]+?)\.$")
_LONGER_THAN_ANY = 20  # code points: no abbreviation is


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order: spans without surrounding white space that cover every word."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, start, match):
            spans.append(_trimmed(text, start, match.end()))
            start = match.end()
    if text[start:].strip():
        spans.append(_trimmed(text, start, len(text)))
    return tuple(spans)


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if not _STARTER.match(text, match.end()):
        return False
    if match.group().rstrip("\"'’”»)]") != ".":
        return True
    word = _LAST_WORD.search(text, max(start, match.start() - _LONGER_THAN_ANY), match.start() + 1)
    return not (word and _abbreviates(word.group(1)))


def _abbreviates(word: str) -> bool:
    return word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isupper())


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))
