"""Numbers in prose that count talks, people or municipalities: 'zes themadialogen', '33 mensen', 'drie van de vier'.

In: a sentence. Out: what it counts, how many, and whether it means all of them or some. Limits: only numbers with
their noun in the same sentence; a noun for people at large ('mensen') counts as the people at the table only beside
a word for taking part or for saying something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapporteur.dutch.numbers import value_of
from rapporteur.dutch.quantifiers import says_something

Counted = Literal["talks", "people", "municipalities"]
Scope = Literal["all", "some", "open"]

_NOUNS: dict[str, Counted] = {
    **dict.fromkeys(
        (
            "dialogen themadialogen dialoogtafels themagesprekken dialoogsessies dialooggesprekken"
            " gesprekken bijeenkomsten sessies gespreksrondes"
        ).split(),
        "talks",
    ),
    **dict.fromkeys("deelnemers deelneemsters mensen personen inwoners bewoners burgers".split(), "people"),
    **dict.fromkeys("gemeenten gemeentes".split(), "municipalities"),
}
# Nouns that can mean something else than what the report counts.
_VAGUE = frozenset("gesprekken bijeenkomsten sessies gespreksrondes mensen personen inwoners bewoners burgers".split())
_WORD = re.compile(r"\d+(?:\.\d{3})*|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Words that may stand between a number and its noun are adjectives; these are not.
_NO_ADJECTIVE = frozenset(
    "van de het een en of in op uit aan bij met voor tot à a die dat keer jaar uur procent is zijn was waren er wel".split()
)
_MOST_ADJECTIVES = 2

_TAKING_PART = re.compile(
    r"(?<!\w)(?:ge)?organiseerd?e?n?(?!\w)|(?<!\w)von(?:d|den)\b.{0,200}?\bplaats|plaatsgevonden|gehouden|gevoerd|voerden"
    r"|(?<!\w)[wd]aaraan(?=\s+(?:\S+\s+){0,6}?(?:mee\w*|deelna\w+|deelgen\w+|de(?:ed|den)|doen|n[ae]m\w*)\b)|(?<!\w)in totaal|(?<!\w)totaal|\bde(?:ed|den)\b.{0,200}?\bmee\b|\bdoen\b.{0,200}?\bmee\b|mee(?:ge|de)da?a?[an]n?|meededen|meedoen"
    r"|deelgenomen|deelnamen|dit verslag|deze rapportage|dit rapport|verslag van|over (?:dit|het) thema|bijeen|\bkwamen\b.{0,200}?\bsamen\b|\bn(?:a|e)men\b.{0,200}?\bdeel\b|\bnam\b.{0,200}?\bdeel\b|aan tafel|gebaseerd op|schoven\b.{0,200}?\baan|spraken (?:we|wij) met|(?:we|wij) spraken met|aan het woord|\bspraken\b.{0,200}?\bmet elkaar\b|\bgingen\b.{0,200}?\bin gesprek\b",
    re.IGNORECASE,
)
_HOSTS = re.compile(
    r"\b(?:hosts?|gast(?:heer|heren|vrouw|vrouwen)|burgemeesters?|wethouders?|kwamen uit|afkomstig)\b", re.I
)
_PER_TALK = re.compile(r"\b(?:per|elke?|iedere?|ieder|gemiddeld|telkens|steeds)\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:^|\W)(?:in|uit|tijdens|bij|tussen|over|na)\s+(?:ten minste\s+|minstens\s+|maar\s+|slechts\s+)?\Z",
    re.IGNORECASE,
)
_ALL_OF = re.compile(r"(?:^|\W)(?:alle|al de|van de|van deze|van onze)\s+\Z", re.IGNORECASE)
_OF_WHICH = re.compile(r"\s{1,3}van\s{1,3}(?:de|deze|onze|alle)\s{1,3}")
_LOOSE = re.compile(
    r"(?:^|\W)(?:ruim|circa|ca\.|ongeveer|zo['’]n|bijna|meer dan|ten minste|minstens|minimaal|maximaal|hooguit|rond de|een kleine|tot|à|–|-|ruim een|plus)\s*\Z",
    re.IGNORECASE,
)
_RANGE_AFTER = re.compile(r"\A\s*(?:[-–/à]|tot|of|a)\s*\d|\A\s+(?:tot|à|of)\s+\w+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINALS = dict(
    zip("eerste tweede derde vierde vijfde zesde zevende achtste negende tiende".split(), range(1, 11), strict=True)
)
_OF_ONE_DIALOGUE = re.compile(
    rf"(?<!\w)(?:(?<!de )(?<!deze )(?<!een )(?:thema)?dialoog\s+(?P<number>\d{{1,3}}(?!\d)|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)"
    rf"|(?P<ordinal>{'|'.join(_ORDINALS)}|laatste|deze|die|één)\s+(?:thema)?(?:dialoog|gesprek))(?!\w)",
    re.IGNORECASE,
)
_OF_OTHER_TALKS = re.compile(r"verkenn(?:ings|end)|(?<!\w)(?:eerdere?|vooraf|andere programma)", re.IGNORECASE)
_ANY_NOUN = "|".join(sorted(_NOUNS, key=len, reverse=True))
_LABEL_AND_NUMBER = re.compile(
    rf"\W{{0,9}}(?:aantal\s(?P<counted>{_ANY_NOUN})\s?:?|(?P<label>{_ANY_NOUN})\s?:)\s{{0,3}}(?P<number>\w{{1,30}})\s?[.;,]?\s{{0,3}}\Z",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"(?<!\w)(?:voor|aan|met|van|bij|onder|naar|tegen|over|tussen)\s+\Z", re.IGNORECASE)
_SPEAKERS = re.compile(
    r"(?<!\w)(?P<number>[^\W_]{1,24}) (?P<plural>[^\W\d_]{3,40}(?:s|en)) (?P<verb>[^\W\d_]{2,20})(?!\w)"
)
_CLAUSE_END = re.compile(r"[,;:(]|\sen\s|\sdie\s")
_WORDS_TO_THE_VERB = 6
_ROW_WORDS = 4
_LONGEST_BEFORE, _LONGEST_AFTER = 40, 200  # code points that are looked at beside a number
_LONGEST_ROW = 500  # code points


@dataclass(frozen=True, slots=True)
class Count:
    """A number and what it counts, as it stands at `[start, end)` of the sentence.

    `scope` is 'all' where it means all there were, 'some' where it means a part of them, else 'open'.
    `loose` is a number that is said to be about or at least so many. `dialogue`: the sentence is about that one.
    `says`: beside it stands a word for saying or experiencing something.
    """

    what: Counted
    number: int
    text: str
    start: int
    end: int
    scope: Scope
    loose: bool = False
    dialogue: int | None = None
    says: bool = False


def counts_in(sentence: str) -> list[Count]:
    """What a sentence counts, in order. Where it speaks of each talk on its own ('per dialoog') nothing is counted."""
    if _PER_TALK.search(sentence) or _OF_OTHER_TALKS.search(sentence):
        return []
    row = _LABEL_AND_NUMBER.match(sentence)
    if row and (number := value_of(row["number"])) is not None and not _YEAR.fullmatch(row["number"]):
        what = _NOUNS[(row["counted"] or row["label"]).lower()]
        return [Count(what, number, sentence.strip(), row.start(), row.end("number"), "all")]
    words = list(_WORD.finditer(sentence))
    found: list[Count] = []
    for i, word in enumerate(words):
        number = _number(sentence, word)
        noun = _noun_of(sentence, words, i) if number is not None else None
        if number is None or noun is None:
            continue
        what = _NOUNS[noun.group().lower()]
        if _is_meant(sentence, what, word, noun):
            found.append(_count(sentence, what, number, word, noun))
    return found


@lru_cache(maxsize=32)
def is_row(passage: str) -> bool:
    """Whether a passage is a heading or a row of facts: 'Zes themadialogen', 'Gesprekken: zes gesprekken, 45 deelnemers'."""
    text = passage.strip()
    if len(text) > _LONGEST_ROW or text.endswith((".", "!", "?", ";", ":")):
        return False
    rest = text.partition(":")[2] or text
    words = [w.group().lower() for w in _WORD.finditer(rest)]
    counted = any(w in _NOUNS for w in words) and bool(words) and value_of(words[0]) is not None
    counted = counted and (words[0] != "een" or words[1] in _NOUNS)  # 'Een levend dorp (acht deelnemers)'
    others = [w for w in words if w not in _NOUNS and value_of(w) is None]
    return counted and len(others) <= _ROW_WORDS and not says_something(rest)


def _number(sentence: str, word: re.Match[str]) -> int | None:
    """A number that stands by itself: no decimal, percentage, range, year or article."""
    value = value_of(word.group())
    before = sentence[max(word.start() - _LONGEST_BEFORE, 0) : word.start()]
    after = sentence[word.end() : word.end() + _LONGEST_BEFORE]
    if value is None or word.group().lower() == "een" or _YEAR.fullmatch(word.group()) or _RANGE_AFTER.match(after):
        return None
    if re.search(r"[\d][.,:/-]\s*\Z", before) or re.match(r"[.,:/]\d|%|\s*(?:%|procent)", after):
        return None
    return value


def _noun_of(sentence: str, words: list[re.Match[str]], at: int) -> re.Match[str] | None:
    """The noun a number counts: 'zes [online] dialogen', 'drie van de vier dialogen', 'alle vier de dialogen'."""
    start = at + 1
    of_which = _OF_WHICH.match(sentence, words[at].end()) if start < len(words) else None
    if of_which:
        start = next((k for k, w in enumerate(words) if w.start() >= of_which.end()), len(words))
        if start < len(words) and value_of(words[start].group()) is not None:
            start += 1
    elif (
        _ALL_OF.search(sentence[max(words[at].start() - _LONGEST_BEFORE, 0) : words[at].start()])
        and start < len(words)
        and words[start].group() == "de"
    ):
        start += 1
    for k in range(start, min(start + _MOST_ADJECTIVES + 1, len(words))):
        if sentence[words[k - 1].end() : words[k].start()].strip():
            return None
        word = words[k].group().lower()
        if word in _NOUNS:
            return words[k]
        if word in _NO_ADJECTIVE or value_of(word) is not None:
            return None
    return None


def _is_meant(sentence: str, what: Counted, number: re.Match[str], noun: re.Match[str]) -> bool:
    """Whether it counts what the report is about: a noun that can mean something else needs a word that tells."""
    if what == "municipalities":
        others = (w.group().lower() for w in _WORD.finditer(sentence))
        beside = any(_NOUNS.get(word, what) != what for word in others)
        return _HOSTS.search(sentence) is not None or (beside and _counts_who_was_there(sentence))
    if noun.group().lower() not in _VAGUE or is_row(sentence) or _is_on_taking_part(sentence):
        return True
    return what == "people" and _says(sentence, number.start(), noun.end())


def _says(sentence: str, start: int, end: int) -> bool:
    """Whether those who are counted are who says something: the word stands right before, or after in the same clause."""
    before = sentence[max(start - _LONGEST_BEFORE, 0) : start]
    if _FOR_WHOM.search(before):
        return False
    before = " ".join(_LOOSE.sub("", before).split()[-1:])
    after = " ".join(_CLAUSE_END.split(sentence[end : end + _LONGEST_AFTER])[0].split()[:_WORDS_TO_THE_VERB])
    return says_something(before) or says_something(after)


def _count(sentence: str, what: Counted, number: int, word: re.Match[str], noun: re.Match[str]) -> Count:
    before = sentence[max(word.start() - _LONGEST_BEFORE, 0) : word.start()]
    about = _one_dialogue_in(sentence)
    dialogue = dialogue_of(about) if about and what == "people" else None
    scope = _scope(sentence, before, sentence[word.end() :])
    if what == "municipalities":
        scope = "all" if _HOSTS.search(sentence) else "open"
    if about and dialogue is None and what == "people":
        scope = "some"  # 'deze dialoog', 'het laatste gesprek'
    return Count(
        what,
        number,
        sentence[word.start() : noun.end()],
        word.start(),
        noun.end(),
        scope,
        loose=_LOOSE.search(before) is not None,
        dialogue=dialogue,
        says=_says(sentence, word.start(), noun.end()),
    )


@lru_cache(maxsize=32)
def _is_on_taking_part(sentence: str) -> bool:
    return _TAKING_PART.search(sentence) is not None


@lru_cache(maxsize=32)
def _one_dialogue_in(sentence: str) -> re.Match[str] | None:
    return _OF_ONE_DIALOGUE.search(sentence)


def _counts_who_was_there(sentence: str) -> bool:
    return is_row(sentence.rstrip(" .")) or _is_on_taking_part(sentence)


def counted_speakers_in(text: str) -> list[tuple[Count, str]]:
    """'Drie imkers vertelden': a number of at least two, a plural that may be a role, and a word for saying something."""
    return [
        (Count("people", number, f"{match['number']} {match['plural']}", *match.span(), "open"), match["plural"])
        for match in _SPEAKERS.finditer(text)
        if (number := value_of(match["number"]))
        and number > 1
        and match["plural"].lower() not in _NOUNS
        and says_something(match["verb"])
    ]


def _counts_talks_and_people(sentence: str) -> bool:
    """'In vier dialogen spraken 33 mensen over dit thema' counts all of both."""
    nouns = {_NOUNS.get(word.group().lower()) for word in _WORD.finditer(sentence)}
    return _is_on_taking_part(sentence) and {"talks", "people"} <= nouns


def _scope(sentence: str, before: str, after: str) -> Scope:
    if _OF_WHICH.match(after):
        return "some"
    if _ALL_OF.search(before):
        return "all"
    if _PART_OF.search(before) and not _counts_talks_and_people(sentence):
        return "some"
    return "all" if is_row(sentence) or _is_on_taking_part(sentence) else "open"


@dataclass(frozen=True, slots=True)
class Named:
    """A dialogue as a sentence names it: by its number ('dialoog zes'), or by its place in the row ('de vijfde dialoog')."""

    number: int
    text: str
    by_place: bool


def dialogues_in(sentence: str) -> list[Named]:
    """The dialogues a sentence names in words or digits, in order."""
    return [
        Named(number, match.group(), match["ordinal"] is not None)
        for match in _OF_ONE_DIALOGUE.finditer(sentence)
        if (number := dialogue_of(match)) is not None
    ]


def dialogue_of(match: re.Match[str]) -> int | None:
    return _ORDINALS.get(match["ordinal"].lower()) if match["ordinal"] else value_of(match["number"])
