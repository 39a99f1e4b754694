"""What a model may write: rules in code, each of which says in Dutch what is wrong, so that it can be said back.

An answer is data. It is read into plain values, nothing in it is ever a template, a setting or a path, and no word of
it can become a quote: quotes are numbers of fragments. Whatever passes here also passes the checks of `proof`; where
these rules and those differ, these are the stricter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from rapporteur.dutch.languages import language_of
from rapporteur.dutch.numbers import value_of
from rapporteur.dutch.personal import find
from rapporteur.dutch.quantifiers import all_dialogues_in, claims_in, fewest
from rapporteur.dutch.speaking import OF_ONESELF, OF_US
from rapporteur.types import Support
from rapporteur.writing.llm.structured import json_in

MAX_SENTENCES, MAX_SENTENCE_WORDS, MAX_TITLE_WORDS = 5, 40, 12
MAX_COPIED_WORDS = 5  # of a record, running, in a sentence that is not a quotation
# An apostrophe stands within a word, or before the letter that is left of one: 's avonds, 't, 'n.
_QUOTE_MARKS = re.compile(r"[\"“”„‘«»‹›]|(?<!\w)['’](?![stnkm](?!\w))|(?<=\w)['’](?!\w)", re.IGNORECASE)
# What prose is made of; quotation marks of other scripts, and what cannot be seen, are none of it.
_NOT_PROSE = re.compile(r"[^A-Za-zÀ-ÖØ-öø-ÿĀ-ž0-9\s.,;:!?()'’\-–—…%€&/+°²³½¼]")
_REFERENCE = re.compile(r"\[?\b[FT]\d+\b\]?")
_MARKUP = re.compile(r"[*_#{}\[\]|\\~^]|https?://|www\.|\n")
_FIRST_PERSON = frozenset(word for word in OF_ONESELF | OF_US if word.isalpha())
_PEOPLE = re.compile(
    r"(?<!\w)(\w+)\s+(?:andere\s+)?(?:deelnemers?|deelneemsters?|mensen|personen|bewoners|inwoners|jongeren|ouderen)(?!\w)",
    re.IGNORECASE,
)
_DIALOGUES = re.compile(
    r"(?<!\w)(\w+)\s+(?:van\s+de\s+\w+\s+|verschillende\s+|andere\s+)?(?:thema)?(?:dialogen|gesprekken|tafels)(?!\w)",
    re.IGNORECASE,
)
_DIALOGUE_NUMBER = re.compile(r"(?<!\w)(?:dialoog|gesprek|tafel)\s+(?:nummer\s+)?\w*\d", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_WORD = re.compile(r"[^\W\d_]+")
_Answer = TypeVar("_Answer", bound=BaseModel)


class Invalid(ValueError):
    """An answer that cannot be used; str() is the complaint, in Dutch, for the model."""


class Answer(BaseModel):
    """What an answer is read into: no type is bent, and what was not asked for is left aside."""

    model_config = ConfigDict(extra="ignore", strict=True)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a text may claim at most: how many people and dialogues stand behind it, of those there were.

    `at_the_table` is the number of participants, None where it is not known. `names` are people's.
    """

    names: frozenset[str]
    people: int
    dialogues: int
    talks: int
    at_the_table: int | None

    @classmethod
    def of(cls, support: Support, names: frozenset[str], at_the_table: int | None) -> Bounds:
        return cls(names, support.people, len(support.dialogues), support.talks, at_the_table)


# -------------------------------------------------------------------------------------------------- reading


def object_schema(**properties: Any) -> dict[str, Any]:
    """The schema of an object that has all these properties and no other: what all endpoints know."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def one_of(values: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


TEXT: Mapping[str, Any] = {"type": "string"}


def read(kind: type[_Answer], answer: str) -> _Answer:
    """The answer as values. Raises: Invalid."""
    try:
        return kind.model_validate(json_in(answer))
    except ValidationError as error:
        places = "; ".join(".".join(map(str, fault["loc"])) or "het geheel" for fault in error.errors()[:5])
        raise Invalid(f"Het antwoord heeft niet de gevraagde vorm, kijk naar: {places}.") from None
    except ValueError:
        raise Invalid("Het antwoord is geen JSON. Geef alleen het JSON-object, zonder uitleg.") from None


def refuse(wrong: Iterable[str]) -> None:
    """Raises: Invalid, with everything that is wrong, if anything is."""
    faults = list(dict.fromkeys(wrong))
    if faults:
        raise Invalid(" ".join(faults))


def prose(text: str) -> str:
    """A text as it will be printed: white space is one space."""
    return " ".join(text.split())


# ---------------------------------------------------------------------------------------------------- rules


def wrong_prose(text: str, bounds: Bounds, most_sentences: int) -> Iterator[str]:
    """What is wrong with a running text of a few sentences."""
    sentences = [part for part in _SENTENCE_END.split(text) if part]
    yield from wrong_words(text, bounds.names)
    if not 1 <= len(sentences) <= most_sentences:
        yield f"Schrijf een tot {most_sentences} zinnen."
    yield from wrong_lengths(sentences)
    for sentence in sentences:
        yield from wrong_amounts(sentence, bounds)
    yield from wrong_language(text)


def wrong_words(text: str, names: Iterable[str]) -> Iterator[str]:
    if _QUOTE_MARKS.search(text):
        yield "gebruik geen aanhalingstekens: citaten kies je met hun nummer."
    if _REFERENCE.search(text) or _DIALOGUE_NUMBER.search(text):
        yield "zet geen nummers van fragmenten, onderwerpen of dialogen in de tekst zelf."
    if {word.lower() for word in _WORD.findall(text)} & _FIRST_PERSON:
        yield "schrijf niet in de ik- of wij-vorm: het verslag vertelt wat deelnemers zeiden."
    if _MARKUP.search(text) or _NOT_PROSE.search(text):
        yield "gebruik geen opmaak, haken, links, witregels of tekens die niet in gewone tekst horen."
    if find(text, names):
        yield "noem geen namen of andere persoonsgegevens."


def wrong_title(title: str, names: Iterable[str]) -> Iterator[str]:
    yield from wrong_words(title, names)
    if not 1 <= len(title.split()) <= MAX_TITLE_WORDS or not _WORD.search(title) or len(title) > 120:
        yield f"Een titel heeft een tot {MAX_TITLE_WORDS} woorden."
    if claims_in(title) or any(value_of(match[1]) is not None for match in _PEOPLE.finditer(title)):
        yield "Noem geen aantallen mensen in een titel."
    if title.rstrip().endswith(("!", "?")) or ":" in title:
        yield "Een titel is geen vraag of uitroep en heeft geen dubbele punt."


def wrong_lengths(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        words = len(_WORD.findall(sentence))
        if not 3 <= words <= MAX_SENTENCE_WORDS:
            yield f"een zin heeft 3 tot {MAX_SENTENCE_WORDS} woorden, niet {words}."


def wrong_amounts(sentence: str, bounds: Bounds) -> Iterator[str]:
    """Where a sentence claims more people or dialogues than stand behind it."""
    for claim in claims_in(sentence):
        if bounds.people < fewest(claim.amount, bounds.at_the_table, claim.share):
            yield f"'{claim.text}' is te veel gezegd: de zin steunt op {bounds.people} mensen."
    for match in _PEOPLE.finditer(sentence):
        stated = value_of(match.group(1))
        if stated is not None and stated > bounds.people:
            yield f"'{match.group()}' is te veel gezegd: de zin steunt op {bounds.people} mensen."
    if bounds.dialogues < bounds.talks:
        for claim in all_dialogues_in(sentence):
            yield f"'{claim.text}' is te veel gezegd: het zijn {bounds.dialogues} van de {bounds.talks} dialogen."
    for match in _DIALOGUES.finditer(sentence):
        stated = value_of(match.group(1))
        if stated is not None and stated > max(bounds.dialogues, 1):
            yield f"'{match.group()}' is te veel gezegd: de zin steunt op {bounds.dialogues} dialogen."


def wrong_language(text: str) -> Iterator[str]:
    if language_of([word.lower() for word in _WORD.findall(text)]) not in (None, "Nederlands"):
        yield "Schrijf in het Nederlands."


def copied(text: str, sources: Iterable[str]) -> Iterator[str]:
    """Words that stand in a record as they stand in the text: a quotation that nobody can see."""
    words = plain(text).split()
    length = MAX_COPIED_WORDS + 1
    runs = {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}
    for source in sources:
        said = f" {plain(source)} "
        for run in sorted(runs):
            if f" {run} " in said:
                yield f"'{run}' staat letterlijk zo in een uitspraak: schrijf in eigen woorden."
                return


def plain(text: str) -> str:
    """The words of a text in lower case, one space between."""
    return " ".join(_WORD.findall(text.lower()))
