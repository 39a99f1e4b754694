"""Text as canonical tokens with a way back to its offsets.

Two texts are the same words exactly when their canonical tokens are equal. Folded are: case, the form of
apostrophes, dashes and ellipses, white space, soft hyphens and zero-width characters, doubled full stops,
stress accents, and quotation marks, which are no tokens at all. Letters are never folded away: no accent that
makes another word, no stem, no joined compound.

Source: Onze Taal and Woordenlijst.org, Leidraad 3.5, on accents that mark stress ('níet', 'héél', 'dé').
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, product

from rapporteur.dutch.meaning import ACCENT_CHANGES_THE_WORD, SPELT_WITH_AN_ACUTE

Offsets = tuple[int, ...]

GAP, BRACKETED_GAP, DASH = "…", "[…]", "-"
LOOSE_AT_THE_START = frozenset({GAP, BRACKETED_GAP, DASH})
# Not the question mark: it makes another sentence of the same words.
LOOSE_AT_THE_END = frozenset({GAP, BRACKETED_GAP, DASH, ".", ",", ";", ":", "!"})

_APOSTROPHES = "'’‘‛ʼ`´′＇"
_QUOTES = _APOSTROPHES + '"“”„‟‚«»‹›″＂'
_DASHES = "-‐‑‒–—―−"
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2063\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_COMBINING = "\u0300-\u036f"
_LETTER = "[^\\W_ʼ]"
_DOTS = r"(?:\.(?:\s?\.)+|…)(?:\s?[.…])*"

_TOKEN = re.compile(
    # Most words: no other pattern starts with such a letter, and a word ends before these.
    r"[A-Za-z]++(?=[ .,\n])"
    rf"|[(\[]\s*{_DOTS}\s*[)\]]"
    r"|\d+(?:[.,:]\d+)+(?!\w)"
    rf"|{_LETTER}(?:{_LETTER}|[{_COMBINING}{_INVISIBLE}]|[{_APOSTROPHES}](?={_LETTER}))*"
    rf"|{_DOTS}|\."
    rf"|[{_DASHES}]+"
    rf"|[^\s{_QUOTES}{_INVISIBLE}{_COMBINING}]"
)
# The only tokens with white space in them are dots, and dots in brackets.
_SPANS_SPACE = re.compile(r"[.…(\[]\s+[.…)\]]")
_LINE_END = re.compile(
    rf"(?:(?<={_LETTER})|(?<=[{_INVISIBLE}]))(?P<hyphen>[{_DASHES}\u00ad])[^\S\n]*\n\s*(?={_LETTER})"
)
_MOST_READINGS = 16
_WORDS_REMEMBERED = 1 << 15
_BRACKETED_CAPITAL = re.compile(r"\[(\w)\](?=\w)")
_FOLDED = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), "ĳ": "ij"} | dict.fromkeys(_INVISIBLE, ""))
_ACUTE = "\u0301"
_VOWELS = "aeiouy"
_VOWEL_GROUP = re.compile(f"(?:[{_VOWELS}]{_ACUTE}?)+")
_FILLER = "\u200b"
_SPELT = tuple(unicodedata.normalize("NFD", word) for word in SPELT_WITH_AN_ACUTE)


class Tokens:
    """One reading of a text. `canonical[i]` stands at `text[starts[i]:ends[i]]`, worked out when asked."""

    __slots__ = ("_readable", "_spans", "canonical", "text")

    def __init__(
        self, text: str, canonical: tuple[str, ...], spans: tuple[Offsets, Offsets] | None = None, readable: str = ""
    ) -> None:
        self.text = text
        self.canonical = canonical
        self._spans = spans
        self._readable = readable

    @property
    def starts(self) -> Offsets:
        return self._offsets()[0]

    @property
    def ends(self) -> Offsets:
        return self._offsets()[1]

    def _offsets(self) -> tuple[Offsets, Offsets]:
        if self._spans is None:
            spans = [match.span() for match in _TOKEN.finditer(self._readable)]
            self._spans = tuple([start for start, _ in spans]), tuple([end for _, end in spans])
        return self._spans

    def __len__(self) -> int:
        return len(self.canonical)

    def raw(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def between(self, first: int, last: int) -> str:
        """The text of the tokens `[first, last)`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def part(self, first: int, last: int) -> Tokens:
        return Tokens(self.text, self.canonical[first:last], (self.starts[first:last], self.ends[first:last]))


def readings(text: str) -> Iterator[Tokens]:
    """The ways to read a text: a hyphen at a line end may be the word's own or the typesetter's.

    The typesetter's comes first. A soft hyphen is always the typesetter's; one between digits never is. Of a text
    with very many line ends only two readings are given: none of the hyphens is the word's own, or all are.
    """
    if "\n" not in text:
        yield _tokens(text, ())
        return
    found = _LINE_END.finditer(text)
    breaks = [b for b in found if not (text[b.start() - 1].isdigit() and text[b.end()].isdigit())]
    soft = [b for b in breaks if b["hyphen"] == "\u00ad"]
    hard = [b for b in breaks if b["hyphen"] != "\u00ad"]
    choices: Iterator[tuple[bool, ...]]
    if 2 ** len(hard) <= _MOST_READINGS:
        choices = product((True, False), repeat=len(hard))
    else:
        choices = iter(((True,) * len(hard), (False,) * len(hard)))
    for choice in choices:
        joined = [b for b, join in zip(hard, choice, strict=True) if join]
        yield _tokens(text, (*soft, *joined))


def without_bracketed_capital(text: str) -> str:
    """'[D]at' as 'Dat', of the same length."""
    if "[" not in text:
        return text
    return _BRACKETED_CAPITAL.sub(rf"{_FILLER}\1{_FILLER}", text)


def is_word(canonical: str) -> bool:
    return canonical[0].isalnum()


def _tokens(text: str, joined: tuple[re.Match[str], ...]) -> Tokens:
    readable = text
    for stretch in joined:
        filler = _FILLER * (stretch.end() - stretch.start())
        readable = readable[: stretch.start()] + filler + readable[stretch.end() :]
    if _SPANS_SPACE.search(readable):
        return Tokens(text, tuple(map(_canonical, _TOKEN.findall(readable))), readable=readable)
    return Tokens(text, tuple(chain.from_iterable(map(_in_chunk, readable.split()))), readable=readable)


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _in_chunk(chunk: str) -> tuple[str, ...]:
    """The tokens of text without white space."""
    return tuple(map(_canonical, _TOKEN.findall(chunk)))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _canonical(raw: str) -> str:
    first = raw[0]
    if first.isalnum():
        if raw.isascii():
            return raw.lower().replace("`", "'")
        return _without_stress(unicodedata.normalize("NFC", raw.translate(_FOLDED)).casefold())
    if first in "([" and len(raw) > 1:
        return BRACKETED_GAP
    if first in ".…":
        return GAP if "…" in raw or raw.count(".") > 2 else "."
    if first in _DASHES:
        return DASH
    return raw


def _without_stress(word: str) -> str:
    """The word without accents that only mark stress.

    An acute accent marks stress on any vowel but 'e'; on 'e' in a word's first group of vowels ('échte',
    'héél'), when both are accented ('iederéén'), or before the consonant of a later syllable ('gewéldig'). Where
    a part of the word is spelt with it, it is spelling ('café', 'privéleven').
    """
    letters = unicodedata.normalize("NFD", word)
    if _ACUTE not in letters:
        return word
    kept = [letter for at, letter in enumerate(letters) if letter != _ACUTE or not _marks_stress(letters, at)]
    plain = unicodedata.normalize("NFC", "".join(kept))
    if plain not in ACCENT_CHANGES_THE_WORD:
        return plain
    return unicodedata.normalize("NFC", _VOWEL_GROUP.sub(_accent_last, letters))


def _accent_last(group: re.Match[str]) -> str:
    """A group of vowels with one accent, whichever vowel had it: 'Eén' and 'één' are one word."""
    return group.group().replace(_ACUTE, "") + (_ACUTE if _ACUTE in group.group() else "")


def _marks_stress(letters: str, at: int) -> bool:
    if letters[at - 1] != "e":
        return letters[at - 1] in "aiouyj"
    if letters[at - 3 : at - 1] == f"e{_ACUTE}" or letters[at + 1 : at + 3] == f"e{_ACUTE}":
        return True
    if not any(vowel in letters[: at - 1].replace(_ACUTE, "").rstrip(_VOWELS) for vowel in _VOWELS):
        return not any(word in letters for word in _SPELT)
    stands_inside = letters[at + 1 : at + 2].isalpha() and letters[at + 1 : at + 2] not in "es"
    return stands_inside and not any(word in letters for word in _SPELT)
