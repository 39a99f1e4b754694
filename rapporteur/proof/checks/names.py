"""Names of people that the records know, and where they stand in a document.

A name accuses only where it cannot well be anything else. A word of a name counts with a capital; at the start of a
sentence not if the records or the document use it as an ordinary word; never if it is the name of a municipality
of the records, or stands as a place ('in Houten'). Limits: a first name in lower case is not seen, nor is a person
whom the records name only once and without 'mijn', 'mevrouw' or a second name beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapporteur.dutch import personal
from rapporteur.dutch.sentences import sentences
from rapporteur.dutch.stopwords import STOP_WORDS
from rapporteur.proof.facts import CorpusFacts, leaders
from rapporteur.types import Span

Whose = Literal["participant", "leader", "third party"]

_PARTICLES = frozenset("van de der den het 't ter ten el al von la le di".split())
_PART = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]+")
_PLACE_BEFORE = re.compile(
    r"(?:^|\W)(?:in|uit|te|naar|nabij|rond|rondom|richting|buiten|gemeente|provincie|stad|dorp|wijk|station)\s+\Z", re.I
)
_ARTICLE_BEFORE = re.compile(r"(?:^|\W)(?:de|het|een|’t|'t|in|op|naar|uit|te)\s+\Z", re.IGNORECASE)
# What has a name of its own in two words: 'ministerie van Sociale Zaken', 'stichting Groen Licht'.
_ORGANISATION_BEFORE = re.compile(
    r"(?:ministerie|stichting|vereniging|universiteit|hogeschool|project|programma|bedrijf|firma|club|fonds)(?:\s+van)?\s+\Z",
    re.I,
)
# 'mijn Nederlands' gives no one's name away.
_LANGUAGES = frozenset(
    "nederlands engels duits frans fries spaans turks arabisch pools oekraïens russisch italiaans portugees chinees"
    " drents gronings limburgs twents brabants zeeuws vlaams papiaments berbers grieks hebreeuws latijn".split()
)
_SHORTEST = 2
_LONGEST_BEFORE = 60  # code points
_SHORTEST_WITH_S = 4


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name at `span` of a text. `sure` where both parts of it stand there, or it is a first or family name alone."""

    span: Span
    whose: Whose
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Known:
    whose: Whose
    is_first: bool
    sure: bool = True


class KnownNames:
    """The names of the records that may stand in some texts.

    Only what the texts spell with a capital is looked up in the records, so that long records cost little.
    """

    def __init__(self, facts: CorpusFacts, document: Iterable[str]) -> None:
        document = list(document)
        self._places = {word.casefold() for place in facts.places for word in _PART.findall(place)}
        self._said = [fragment.text for fragment in facts.said]
        self._texts = [*self._said, *document]
        self._ordinary: dict[str, bool] = {}
        capitals = {word for text in document for word in _CAPITALISED.findall(text) if word.lower() not in STOP_WORDS}
        texts = [text for text in self._said if not capitals.isdisjoint(_CAPITALISED.findall(text))]
        self._parts: dict[str, _Known] = {}
        self._wholes: dict[str, _Known] = {}
        self._speakers: dict[str, Whose] = {}
        for name, leads in leaders(facts).items():
            whose: Whose = "leader" if leads else "participant"
            self._learn(name, whose)
            self._speakers[_flat(name)] = whose
        for name in _given_away(texts):
            self._learn(name, "third party")
        for name in _pairs(texts):
            self._wholes.setdefault(name.casefold(), _Known("third party", is_first=False, sure=False))
        self._pattern = _any_of(self._parts.keys(), _SHORTEST_WITH_S)
        self._whole_pattern = _any_of(self._wholes.keys(), None)

    def whole(self, text: str) -> Whose | None:
        """Whose name a text is from its first word to its last, of who speaks; the family name may go before."""
        family, comma, first = text.partition(",")
        return self._speakers.get(_flat(text)) or (self._speakers.get(_flat(f"{first} {family}")) if comma else None)

    def find(self, text: str) -> Iterator[NameFound]:
        """The names in a text, in order; a whole name once, not its parts."""
        found = []
        taken: set[int] = set()
        for match in self._whole_pattern.finditer(text) if self._whole_pattern else ():
            known = self._wholes[" ".join(match.group().casefold().split())]
            if match.group()[:1].isupper() or not known.sure:
                found.append(NameFound(Span(*match.span()), known.whose, known.sure))
                taken.update(range(*match.span()))
        starts = {span.start for span in sentences(text)}
        for match in self._pattern.finditer(text) if self._pattern else ():
            part = self._parts.get(match["part"].casefold())
            if part and match.start() not in taken and self._is_a_name(match, part, text, starts):
                found.append(NameFound(Span(*match.span()), part.whose))
        return iter(sorted(found, key=lambda one: one.span.start))

    def _learn(self, name: str, whose: Whose) -> None:
        parts = [p for p in _PART.findall(name) if p.casefold() not in _PARTICLES and len(p) >= _SHORTEST]
        if len(parts) > 1:
            self._wholes.setdefault(" ".join(name.casefold().split()), _Known(whose, is_first=False))
        for number, part in enumerate(parts):
            self._parts.setdefault(part.casefold(), _Known(whose, is_first=number == 0))

    def _is_a_name(self, match: re.Match[str], known: _Known, text: str, starts: set[int]) -> bool:
        word = match["part"]
        if not word[:1].isupper() or word.casefold() in self._places:
            return False
        before = _before(text, match.start())
        if not known.is_first and _PLACE_BEFORE.search(before):
            return False
        opens = match.start() in starts or before.rstrip()[-1:] in tuple(":–—-•*‘“\"'(")
        return not (opens and self._is_ordinary(word.casefold()))

    def _is_ordinary(self, word: str) -> bool:
        """Whether it is a word of Dutch, too: it stands somewhere in lower case."""
        if word not in self._ordinary:
            pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
            said = word in STOP_WORDS or any(word in text and pattern.search(text) for text in self._texts)
            self._ordinary[word] = bool(said)
        return self._ordinary[word]


def _flat(name: str) -> str:
    return " ".join(name.casefold().split())


def _given_away(texts: list[str]) -> list[str]:
    """Names that a kinship or title gives away, unless they stand after an article elsewhere ('het Nederlands')."""
    names = (name for name in sorted(personal.names_in(texts)) if name.casefold() not in _LANGUAGES)
    return [name for name in names if not _stands_after_an_article(name, texts)]


def _pairs(texts: list[str]) -> list[str]:
    """Two words with capitals inside a sentence that no article or preposition of place makes a thing or a place."""
    found = {
        text[d.span.start : d.span.end]
        for text in texts
        for d in personal.find(text)
        if d.kind == "possible name" and not _is_a_thing(_before(text, d.span.start))
    }
    return [
        n for n in sorted(found) if n.split()[0].casefold() not in _PARTICLES and not _stands_after_an_article(n, texts)
    ]


def _stands_after_an_article(name: str, texts: list[str]) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return any(_is_a_thing(_before(t, m.start())) for t in texts if name in t for m in pattern.finditer(t))


def _before(text: str, start: int) -> str:
    """The last words before a name: no word for a place or an organisation is longer."""
    return text[max(start - _LONGEST_BEFORE, 0) : start]


def _is_a_thing(before: str) -> bool:
    """Whether what follows is a place or an organisation, by the words before it."""
    return _ARTICLE_BEFORE.search(before) is not None or _ORGANISATION_BEFORE.search(before) is not None


def _any_of(names: Iterable[str], with_s: int | None) -> re.Pattern[str] | None:
    """One pattern for names in any case; those of some letters also with the s of a genitive ('Sannes verhaal')."""
    longest = sorted(names, key=lambda name: (-len(name), name))
    if not longest:
        return None
    plain = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    if with_s is None:
        return re.compile(rf"(?<!\w)(?:{plain})(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?P<part>{plain})(?:s|['’]s)?(?!\w)", re.IGNORECASE)
