"""Lines of print joined again, with a hyphen at a line end undone only where it is one of the line end.

The rule, in this order, for 'voor-' above 'naam':
1. where no word goes on ('ja -', 'nee, -'), nothing is undone; a soft hyphen is always undone;
2. 'knel-' above 'en kiem' is a word left to complete: hyphen and space stay;
3. a word that stands elsewhere in the document, with or without hyphen (or with the trema that a line end
   takes away: 'idee-en' is 'ideeën'), is that word;
4. a hyphen that belongs to the word stays: before a capital or a number, behind 'ex-', 'oud-', 'niet-', 'zzp-'
   and their like, behind capitals, in doubled words ('blauw-blauw'), in 'kant-en-klaar', between vowels that clash
   ('auto-ongeluk');
5. any other hyphen is undone.

Limits: a compound that people write with a hyphen for clarity only ('jongeren-gesprek') is joined where it
stands broken and nowhere else; a trema comes back only where the word stands elsewhere.
Source: Woordenlijst Nederlandse Taal, Leidraad, on the hyphen, the trema and the breaking of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_HYPHEN = "-\u2010\u2011"
_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011'’][^\W\d_]+)*")
_START = re.compile(r"[^\W_][\w'’]*")
_COMPLETES = frozenset("en of and or tot noch als maar dan respectievelijk versus".split())
_KEEP_BEHIND = frozenset(
    """
    adjunct anti aspirant bijna chef collega co eco ex interim kandidaat leerling meester niet non oud
    privé pro quasi semi sint sub top vice
    aow avg azc btw bv cao cv dna ggd ggz havo hbo hiv ic ict ipad lhbti mbo mkb mr mri nt ov pabo pc pgb pvb
    sms tbs tv uwv vmbo vve vwo wlz wmo wia wo ww wajong zzp
    """.split()
)
_INNER = frozenset("en of in op van tot aan bij voor na met de het der den ten ter te al".split())
_CLASHES = frozenset("aa ae ai au ee ei eu ie ij oe oi oo ou ui uu".split())
_TREMA = "\u0308"


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words that stand whole in these lines, in lower case."""
    found: set[str] = set()
    broken = False
    for line in lines:
        words = [word.casefold() for word in _WORD.findall(line)]
        breaks = line.endswith((*_HYPHEN, _SOFT))
        found.update(words[broken : len(words) - breaks])
        broken = breaks
    return frozenset(found)


def join_lines(lines: Iterable[str], known: frozenset[str]) -> str:
    """Lines of one paragraph as running text; `known` is the vocabulary of its document."""
    words: list[str] = []
    for line in lines:
        following = line.split()
        if words and following and (joined := _joined(words[-1], following[0], known)):
            words[-1] = joined
            del following[0]
        words += following
    return " ".join(words)


def _joined(broken: str, rest: str, known: frozenset[str]) -> str | None:
    """The last word of a line and the first of the next as one word; None if they are two."""
    head, end, start = broken[:-1], broken[-1], _START.match(rest)
    if end not in (*_HYPHEN, _SOFT) or not start or not head or not head[-1].isalnum():
        return None
    if end == _SOFT:
        return head + rest
    tail = start[0]
    if tail.casefold() in _COMPLETES:
        return None
    opening = re.match(r"[^\w]*", head)
    before = opening[0] if opening else ""
    return before + _word(head[len(before) :], end, tail, known) + rest[len(tail) :]


def _word(head: str, hyphen: str, tail: str, known: frozenset[str]) -> str:
    with_trema = unicodedata.normalize("NFC", head + tail[0] + _TREMA + tail[1:])
    for candidate in (head + hyphen + tail, head + tail, with_trema):
        if candidate.casefold() in known:
            return candidate
    return head + hyphen + tail if _belongs(head, tail) else head + tail


def _belongs(head: str, tail: str) -> bool:
    """Whether the hyphen is part of the word, wherever its line ends."""
    last = re.split(f"[{_HYPHEN}]", head)[-1]
    plain = last.casefold()
    return (
        not tail[0].islower()
        or not last.isalpha()
        or len(last) == 1
        or last.isupper()
        or plain in _KEEP_BEHIND
        or plain == tail.casefold()
        or (last != head and plain in _INNER)
        or _base(plain[-1]) + _base(tail[0]) in _CLASHES
    )


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
