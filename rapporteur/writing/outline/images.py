"""Step 1f: the images (beelden) of the dream round: which photo several people chose.

In that round each participant picks a photo and tells the dream behind it (domain.md). No record says which photos
lay on the table, so an image is what people name when they begin: 'Ik kies de brug', 'Nummer vier, de brug in de mist'.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rapporteur.dutch.roles import is_participant
from rapporteur.dutch.stopwords import FUNCTION_WORDS
from rapporteur.types import Judgement

MIN_CHOOSERS = 3  # so many people say that they choose something: then there was something to choose from
MIN_PEOPLE = 2
_OPENING_WORDS = 9
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[.,;:!?…]")
_CHOOSES = re.compile(
    r"\b(?:ik (?:kies|koos|pak|pakte|neem|nam|ga voor)|mijn keuze"
    r"|(?:foto|plaatje|beeld|kaart|nummer) (?:is|was|van|\w+[,.]))",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"de", "het"})
# Words that follow 'de' or 'het' at the start of a dream without being what is seen in a photo.
_NO_IMAGE = frozenset("droom wens idee gevoel foto beeld plaatje kaart nummer hoop toekomst keuze meeste beste".split())


@dataclass(frozen=True, slots=True)
class Image:
    """What is seen in a photo ('de brug'), and how many people began their dream with it."""

    name: str
    people: int


def images(judgements: Iterable[Judgement]) -> tuple[Image, ...]:
    """The images that at least MIN_PEOPLE participants chose, most chosen first; none where nobody says to choose."""
    dreams = [j.fragment for j in judgements if j.section == "dromen" and is_participant(j.fragment.role)]
    openings = [(f.person, f.text[: _end_of_opening(f.text)]) for f in dreams]
    if len({person for person, opening in openings if _CHOOSES.search(opening)}) < MIN_CHOOSERS:
        return ()
    articles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, opening in openings:
        for article, noun in _seen(_words(opening)):
            articles[noun][article] += 1
    choosers = {
        noun: {person for person, opening in openings if noun in _words(opening)}
        for noun in articles
        if noun not in _NO_IMAGE
    }
    found = [
        Image(f"{articles[noun].most_common(1)[0][0]} {noun}", len(people))
        for noun, people in choosers.items()
        if len(people) >= MIN_PEOPLE and not _part_of_another(noun, choosers)
    ]
    return tuple(sorted(found, key=lambda image: (-image.people, image.name)))


def _end_of_opening(text: str) -> int:
    words = list(_WORD.finditer(text))[:_OPENING_WORDS]
    return words[-1].end() if words else 0


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _seen(words: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Each article with the noun it belongs to: the last word before a function word or a mark."""
    for start, word in enumerate(words):
        if word not in _ARTICLES:
            continue
        run = list(takewhile(lambda w: w[0].isalpha() and w not in FUNCTION_WORDS, words[start + 1 : start + 4]))
        after = words[start + 1 + len(run) : start + 2 + len(run)]
        if run and len(run[-1]) > 2 and not (run[-1].endswith("e") and after == ["en"]):  # 'de oude en de jonge hand'
            yield word, run[-1]


def _part_of_another(noun: str, choosers: dict[str, set[str]]) -> bool:
    """Whether a noun is only ever named beside one that more people name: 'mist' in 'de brug in de mist'."""
    people = choosers[noun]
    return any(people < others or (people == others and other < noun) for other, others in choosers.items())
