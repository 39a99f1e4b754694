"""Step 1e: a title for a topic: the matter of the bank that runs through it, else a noun that its people share.

There is no Dutch tagger in any package index (facts.md), so a noun is what the corpus itself uses as one: a
word that stands after a determiner and before something that is not a noun.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log

from rapporteur.dutch.stopwords import STOP_WORDS
from rapporteur.types import Fragment
from rapporteur.writing.outline.matters import tokens

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[.,;:!?…]")
_DETERMINERS = frozenset("de het een 't mijn m'n onze ons jouw jullie hun haar geen elke elk iedere ieder".split())
_PRONOUNS = frozenset("ik jij je hij zij ze wij we jullie u men te".split())
_ARTICLES = {"de": "de", "het": "het", "'t": "het"}
_PARTICIPLE = re.compile(r"(?:ge|be|ver|ont|her)\w+[dt]$")
MAX_NOUNS = 5
MIN_NOUN_TEXTS = 3  # in how many texts of the theme a noun stands that may name a topic
MIN_NOUN_PEOPLE = 3
MIN_NOUN_LETTERS = 7  # shorter nouns ('deur', 'helft', 'steun') say too little to be a title
GENERAL = frozenset(  # people and bodies of whom all speak, and words for anything: they say who or where, not what
    """kinderen mensen ouderen jongeren ouders bewoners inwoners burgers deelnemers gezinnen vrouwen mannen gemeente
    gemeenten overheid provincie organisatie organisaties instanties afdeling samenleving maatschappij toekomst situatie
    probleem problemen voorbeeld manieren moment momenten mogelijkheid mogelijkheden verandering""".split()
)
MIN_SHARE = 0.3  # of a noun's occurrences, how many follow a determiner; 'het gehoord' is one in many


@dataclass(frozen=True, slots=True)
class Nouns:
    """The nouns of a corpus, lower case: their article ('de', 'het' or ''), and in how many texts each word stands.

    No proper names: what is written with a capital inside a sentence could be a person.
    """

    article: Mapping[str, str]
    document_frequency: Mapping[str, int]
    texts: int


def learn_nouns(texts: Sequence[str]) -> Nouns:
    """Learn from all texts of a theme which words are nouns."""
    as_noun: Counter[str] = Counter()
    as_other: Counter[str] = Counter()
    articles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    frequency: Counter[str] = Counter()
    occurrences: Counter[str] = Counter()
    for text in texts:
        tokens = [t.replace("’", "'") for t in _TOKEN.findall(text)]
        frequency.update({t.lower() for t in tokens})
        for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], "."], strict=False):
            word, left = token.lower(), before.lower()
            if word in STOP_WORDS or len(word) < 4:
                continue
            occurrences[word] += 1
            if before and before not in ".!?…:":
                spellings[word][token] += 1
            ends = not after[0].isalpha() or after.lower() in STOP_WORDS
            if left in _DETERMINERS:
                (as_noun if ends else as_other)[word] += 1
                if ends and left in _ARTICLES:
                    articles[word][_ARTICLES[left]] += 1
            elif left in _PRONOUNS:
                as_other[word] += 1
    nouns = [w for w in as_noun if as_noun[w] > as_other[w] and as_noun[w] >= MIN_SHARE * occurrences[w]]
    nouns = [w for w in nouns if not _is_name(spellings[w]) and (as_noun[w] > 1 or not _PARTICIPLE.match(w))]
    return Nouns(
        article={w: articles[w].most_common(1)[0][0] if articles[w] else "" for w in nouns},
        document_frequency=frequency,
        texts=len(texts),
    )


def telling_nouns(texts: Sequence[str], nouns: Nouns, used: frozenset[str] = frozenset()) -> list[str]:
    """The nouns that tell these texts from the rest of the theme, best first, lower case.

    A noun that several of the texts share and that lives in the theme comes before one that fell once, one with a
    known article before one without. `used` are already given to another title of the section.
    """
    inside: Counter[str] = Counter()
    for text in texts:
        inside.update({t.replace("’", "'").lower() for t in _TOKEN.findall(text)})

    def telling(word: str) -> tuple[float, ...]:
        shared = (inside[word] > 1) + (nouns.document_frequency[word] > 2)
        return (shared, bool(nouns.article[word]), _weight(word, inside, nouns))

    found = [w for w in sorted(nouns.article) if inside[w] and w not in used]
    best = sorted(found, key=telling, reverse=True)
    return _without_relatives(best)[:MAX_NOUNS]


def by_noun(group: Sequence[Fragment], nouns: Nouns, unheard: Collection[str] = ()) -> str:
    """The noun, lower case, that most people of a group name and that few others do; '' for none.

    Only one that says something by itself, as a compound does ('de volkstuin', not 'de helft'). `unheard` are what
    is seen in photos, not dreamt of.
    """
    people: defaultdict[str, set[str]] = defaultdict(set)
    for fragment in group:
        for word in tokens(fragment.text):
            people[word].add(fragment.person)
    heard = [
        word
        for word in people
        if len(people[word]) >= MIN_NOUN_PEOPLE
        and len(word) >= MIN_NOUN_LETTERS
        and word not in unheard
        and word not in GENERAL
        and nouns.article.get(word)
        and nouns.document_frequency[word] >= MIN_NOUN_TEXTS
        and _at_home(word, group, nouns)
    ]
    return max(heard, key=lambda word: (len(people[word]), len(word), word), default="")


def names_it(noun: str, story: Sequence[Fragment]) -> bool:
    """Whether a noun stands in a story."""
    return any(noun in tokens(fragment.text) for fragment in story)


def _at_home(noun: str, group: Sequence[Fragment], nouns: Nouns) -> bool:
    """Whether a good part of the theme's texts with a noun stand in the group; else it is background."""
    return 3 * sum(noun in tokens(f.text) for f in group) >= nouns.document_frequency[noun]


def further_nouns(group: Sequence[Fragment], title: str, nouns: Nouns) -> tuple[str, ...]:
    """Other matters a group speaks of, as to be printed: nouns that several of its people use, not in the title."""
    told = title.casefold()
    return tuple(printed(w, nouns) for w in _shared_nouns(group, nouns) if w[:5] not in told)[: MAX_NOUNS - 2]


def _shared_nouns(group: Sequence[Fragment], nouns: Nouns) -> list[str]:
    """The nouns with a known article that at least two people of a group use, those of most people first."""
    people: defaultdict[str, set[str]] = defaultdict(set)
    for fragment in group:
        for word in tokens(fragment.text):
            if nouns.article.get(word) and nouns.document_frequency[word] >= MIN_NOUN_TEXTS:
                people[word].add(fragment.person)
    telling = [w for w in telling_nouns([f.text for f in group], nouns) if len(people[w]) > 1]
    return sorted(telling, key=lambda w: -len(people[w]))


def title(telling: Sequence[str], nouns: Nouns) -> str:
    """'Het buurthuis en de vrijwilligers': the two most telling nouns; '' for none."""
    named = " en ".join(printed(noun, nouns) for noun in telling[:2])
    return named[:1].upper() + named[1:]


def _weight(noun: str, inside: Counter[str], nouns: Nouns) -> float:
    """Being said often here counts for more than being rare elsewhere: a title names what many spoke of."""
    return inside[noun] ** 2 * log((nouns.texts + 1) / nouns.document_frequency[noun])


def printed(noun: str, nouns: Nouns) -> str:
    """'het buurthuis', 'vrijwilligers'."""
    article = nouns.article.get(noun, "")
    return f"{article} {noun}" if article else noun


def _is_name(spellings: Counter[str]) -> bool:
    return any(spelling[0].isupper() for spelling in spellings)


def _without_relatives(words: Sequence[str]) -> list[str]:
    """Leave out a word that is a form or a part of a better one ('vrijwilliger', 'vrijwilligers')."""
    kept: list[str] = []
    for word in words:
        if not any(word[:5] == other[:5] or word in other or other in word for other in kept):
            kept.append(word)
    return kept
