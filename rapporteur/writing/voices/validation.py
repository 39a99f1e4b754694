"""What a model may write: rules in code, each of which says in Dutch what is wrong, so that it can be said back.

An answer is data. It is read into plain values, nothing in it is ever a template, a setting or a path, and no word of
it can become a quote: quotes are numbers of fragments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from rapporteur.dutch.languages import language_of
from rapporteur.dutch.numbers import value_of
from rapporteur.dutch.personal import find
from rapporteur.dutch.quantifiers import claims_in, fewest
from rapporteur.types import QuoteRef
from rapporteur.writing.llm.structured import json_in
from rapporteur.writing.outline.quotability import runs
from rapporteur.writing.voices.shown import Shown, people_behind

MAX_SENTENCES, MAX_SENTENCE_WORDS, MAX_TITLE_WORDS, MAX_QUOTES = 5, 40, 12, 3
_QUOTE_MARKS = re.compile(r"[\"“”„«»‘‚‹›<>]|(?<!\w)['’](?=\w)|(?<=\w)['’](?!\w)")
_REFERENCE = re.compile(r"\[?\bF\d+\b\]?")
_MARKUP = re.compile(r"[*_#`{}\[\]|\\]|https?://|\n")
_PEOPLE = re.compile(
    r"(?<!\w)(\w+)\s+(?:deelnemers?|mensen|personen|bewoners|inwoners|jongeren|ouderen)(?!\w)", re.IGNORECASE
)
_Answer = TypeVar("_Answer", bound=BaseModel)
_WORD = re.compile(r"[^\W\d_]+")


class Invalid(ValueError):
    """An answer that cannot be used; str() is the complaint, in Dutch, for the model."""


class _Sentence(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    text: str
    fragments: list[str]


class _Quote(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    fragment: str
    first: str | None = None
    last: str | None = None


class _TopicAnswer(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    title: str
    sentences: list[_Sentence]
    quotes: list[_Quote]


class _Text(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    text: str


@dataclass(frozen=True, slots=True)
class WrittenTopic:
    """A topic as a model wrote it and code allows it."""

    title: str
    text: str
    quotes: tuple[QuoteRef, ...]


def topic_schema(shown: Shown) -> Mapping[str, Any]:
    """The JSON schema of a topic: fragment references are an enum of the numbers that were shown."""
    reference = {"type": "string", "enum": [each.number for each in shown.fragments]}
    quotable = {"type": "string", "enum": list(shown.quotable)} if shown.quotable else reference
    words = {"type": ["string", "null"]}
    return _object(
        title={"type": "string"},
        sentences={
            "type": "array",
            "items": _object(text={"type": "string"}, fragments={"type": "array", "items": reference}),
        },
        quotes={"type": "array", "items": _object(fragment=quotable, first=words, last=words)},
    )


def text_schema() -> Mapping[str, Any]:
    return _object(text={"type": "string"})


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def topic_in(answer: str, shown: Shown, names: Sequence[str], at_the_table: int | None) -> WrittenTopic:
    """The topic in a model's answer. Raises: Invalid, with everything that is wrong."""
    read = _read(_TopicAnswer, answer)
    title = read.title.strip().rstrip(".:")
    wrong = [*_wrong_words(title, names), *_wrong_title(title)]
    if not 1 <= len(read.sentences) <= MAX_SENTENCES:
        wrong.append(f"Schrijf een tot {MAX_SENTENCES} zinnen, niet {len(read.sentences)}.")
    for number, sentence in enumerate(read.sentences, 1):
        wrong += [f"Zin {number}: {fault}" for fault in _wrong_sentence(sentence, shown, names, at_the_table)]
    quotes, faults = _quotes(read.quotes, shown, names)
    wrong += faults
    written = " ".join(sentence.text.strip() for sentence in read.sentences)
    if len({_plain(sentence.text) for sentence in read.sentences}) < len(read.sentences):
        wrong.append("Dezelfde zin staat er twee keer.")
    if _language_is_wrong(f"{title} {written}"):
        wrong.append("Schrijf in het Nederlands.")
    if wrong:
        raise Invalid(" ".join(wrong))
    return WrittenTopic(title, written, quotes)


def text_in(answer: str, names: Sequence[str], people: int, at_the_table: int | None) -> str:
    """The running text in a model's answer. Raises: Invalid."""
    text = " ".join(_read(_Text, answer).text.split())
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", text) if part]
    wrong = list(_wrong_words(text, names))
    if not 1 <= len(sentences) <= MAX_SENTENCES:
        wrong.append(f"Schrijf een tot {MAX_SENTENCES} zinnen.")
    wrong += _wrong_lengths(sentences)
    for sentence in sentences:
        wrong += _wrong_amounts(sentence, people, at_the_table)
    if _language_is_wrong(text):
        wrong.append("Schrijf in het Nederlands.")
    if wrong:
        raise Invalid(" ".join(wrong))
    return text


def _read(kind: type[_Answer], answer: str) -> _Answer:
    try:
        return kind.model_validate(json_in(answer))
    except ValidationError as error:
        places = "; ".join(".".join(map(str, fault["loc"])) or "het geheel" for fault in error.errors()[:5])
        raise Invalid(f"Het antwoord heeft niet de gevraagde vorm, kijk naar: {places}.") from None
    except ValueError:
        raise Invalid("Het antwoord is geen JSON. Geef alleen het JSON-object, zonder uitleg.") from None


# ----------------------------------------------------------------------------------------- one sentence


def _wrong_sentence(sentence: _Sentence, shown: Shown, names: Sequence[str], at_the_table: int | None) -> Iterator[str]:
    known = [number for number in sentence.fragments if number in shown.judgements]
    if unknown := sorted(set(sentence.fragments) - set(known)):
        yield f"de fragmenten {', '.join(unknown)[:60]} bestaan niet."
    if not known:
        yield "noem ten minste één fragment waarop de zin steunt."
    yield from _wrong_words(sentence.text, names)
    yield from _wrong_lengths([sentence.text])
    yield from _wrong_amounts(sentence.text, len(people_behind(known, shown)), at_the_table)


def _wrong_words(text: str, names: Sequence[str]) -> Iterator[str]:
    if _QUOTE_MARKS.search(text):
        yield "gebruik geen aanhalingstekens: citaten kies je met hun nummer."
    if _REFERENCE.search(text):
        yield "zet geen fragmentnummers in de tekst zelf."
    if _MARKUP.search(text):
        yield "gebruik geen opmaak, haken, links of witregels."
    if find(text, names):
        yield "noem geen namen of andere persoonsgegevens."


def _wrong_title(title: str) -> Iterator[str]:
    if not 1 <= len(title.split()) <= MAX_TITLE_WORDS:
        yield f"De titel heeft een tot {MAX_TITLE_WORDS} woorden."


def _wrong_lengths(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        words = len(_WORD.findall(sentence))
        if not 3 <= words <= MAX_SENTENCE_WORDS:
            yield f"een zin heeft 3 tot {MAX_SENTENCE_WORDS} woorden, niet {words}."


def _wrong_amounts(sentence: str, people: int, at_the_table: int | None) -> Iterator[str]:
    for claim in claims_in(sentence):
        if people < fewest(claim.amount, at_the_table):
            yield f"'{claim.text}' is te veel gezegd: de zin steunt op {people} mensen."
    for match in _PEOPLE.finditer(sentence):
        stated = value_of(match.group(1))
        if stated is not None and stated > people:
            yield f"'{match.group()}' is te veel gezegd: de zin steunt op {people} mensen."


def _language_is_wrong(text: str) -> bool:
    return language_of([word.lower() for word in _WORD.findall(text)]) not in (None, "Nederlands")


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


# ----------------------------------------------------------------------------------------------- quotes


def _quotes(wanted: Sequence[_Quote], shown: Shown, names: Sequence[str]) -> tuple[tuple[QuoteRef, ...], list[str]]:
    faults: list[str] = []
    chosen: dict[str, QuoteRef] = {}
    if len(wanted) > MAX_QUOTES:
        faults.append(f"Kies hoogstens {MAX_QUOTES} citaten.")
    for quote in wanted[:MAX_QUOTES]:
        if quote.fragment not in shown.quotable:
            faults.append(f"{quote.fragment[:12]} kan geen citaat zijn.")
        elif reference := _cut(quote, shown, names):
            chosen.setdefault(reference.fragment, reference)
        else:
            faults.append(
                f"De eerste en laatste woorden voor {quote.fragment} staan daar niet zo, of de knip misleidt."
            )
    return tuple(chosen.values()), faults


def _cut(quote: _Quote, shown: Shown, names: Sequence[str]) -> QuoteRef | None:
    """The quote as spans: the outline's own cut, or the run of whole sentences that the words point at."""
    judgement = shown.judgements[quote.fragment]
    if not (quote.first or quote.last):
        return QuoteRef(judgement.fragment.id, judgement.quote)
    text = judgement.fragment.text
    for run in runs(text, [datum.span for datum in find(text, names)]):
        words = _plain(text[run.start : run.end])
        if words.startswith(_plain(quote.first or "")) and words.endswith(_plain(quote.last or "")):
            return QuoteRef(judgement.fragment.id, (run,))
    return None
