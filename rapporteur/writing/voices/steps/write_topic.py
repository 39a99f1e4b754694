"""Step 2c: the sentences of one topic and its choice of quotes, asked of a model.

Every sentence names the fragments it rests on, and may claim no more people and dialogues than spoke those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from rapporteur.dutch import support as wording
from rapporteur.dutch.personal import find
from rapporteur.types import Judgement, QuoteRef, Topic
from rapporteur.writing import prompts
from rapporteur.writing.outline.quotability import runs
from rapporteur.writing.voices.asking import Task
from rapporteur.writing.voices.rules import (
    MAX_SENTENCES,
    TEXT,
    Answer,
    Bounds,
    copied,
    list_of,
    object_schema,
    one_of,
    plain,
    prose,
    read,
    refuse,
    wrong_amounts,
    wrong_language,
    wrong_lengths,
    wrong_words,
)
from rapporteur.writing.voices.sections import NAMES
from rapporteur.writing.voices.shown import Mask, Shown, people_behind, show

MAX_QUOTES = 3
_MAY_BE_NULL: Mapping[str, Any] = {"type": ["string", "null"]}


class _Sentence(Answer):
    text: str
    fragments: list[str]


class _Quote(Answer):
    fragment: str
    first: str | None = None
    last: str | None = None


class _Written(Answer):
    sentences: list[_Sentence]
    quotes: list[_Quote]


@dataclass(frozen=True, slots=True)
class WrittenTopic:
    """A topic as a model wrote it and code allows it."""

    text: str
    quotes: tuple[QuoteRef, ...]


def task(
    theme: str,
    block: str,
    topic: Topic,
    judged: Mapping[str, Judgement],
    mask: Mask,
    at_the_table: int | None,
    instruction: str,
) -> Task[WrittenTopic]:
    """What to ask for the topic that stands in this block. `instruction` is an editor's wish, '' for none."""
    prompt = prompts.load("write_topic.v2")
    shown = show((judged[i] for i in topic.fragments), mask)
    messages = prompt.render(
        theme=theme,
        section=NAMES[topic.section],
        title=topic.title,
        support=wording.brief(topic.support),
        fragments=shown.fragments,
        max_sentences=MAX_SENTENCES,
        max_quotes=MAX_QUOTES,
        instruction=instruction,
    )
    return Task(
        block,
        prompt,
        tuple(messages),
        schema(shown),
        partial(topic_in, shown=shown, bounds=Bounds.of(topic.support, mask.names, at_the_table)),
    )


def schema(shown: Shown) -> Mapping[str, Any]:
    """Fragment references are an enum of the numbers that were shown."""
    reference = one_of(each.number for each in shown.fragments)
    quotable = one_of(shown.quotable) if shown.quotable else reference
    return object_schema(
        sentences=list_of(object_schema(text=TEXT, fragments=list_of(reference))),
        quotes=list_of(object_schema(fragment=quotable, first=_MAY_BE_NULL, last=_MAY_BE_NULL)),
    )


def topic_in(answer: str, shown: Shown, bounds: Bounds) -> WrittenTopic:
    """The topic in an answer. Raises: Invalid, with everything that is wrong."""
    written = read(_Written, answer)
    wrong = []
    if not 1 <= len(written.sentences) <= MAX_SENTENCES:
        wrong.append(f"Schrijf een tot {MAX_SENTENCES} zinnen, niet {len(written.sentences)}.")
    for number, sentence in enumerate(written.sentences[: MAX_SENTENCES + 1], 1):
        wrong += [f"Zin {number}: {fault}" for fault in _wrong_sentence(sentence, shown, bounds)]
    quotes, faults = _quotes(written.quotes, shown, bounds)
    text = " ".join(_ended(prose(sentence.text)) for sentence in written.sentences)
    if len({plain(sentence.text) for sentence in written.sentences}) < len(written.sentences):
        wrong.append("Dezelfde zin staat er twee keer.")
    refuse([*wrong, *faults, *wrong_language(text)])
    return WrittenTopic(text, quotes)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


# ----------------------------------------------------------------------------------------- one sentence


def _wrong_sentence(sentence: _Sentence, shown: Shown, bounds: Bounds) -> Iterator[str]:
    known = [number for number in sentence.fragments if number in shown.judgements]
    if unknown := sorted(set(sentence.fragments) - set(known)):
        yield f"de fragmenten {', '.join(unknown)[:60]} bestaan niet."
    if not known:
        yield "noem ten minste één fragment waarop de zin steunt."
    yield from wrong_words(prose(sentence.text), bounds.names)
    yield from wrong_lengths([sentence.text])
    yield from wrong_amounts(sentence.text, _behind(known, shown, bounds))
    yield from copied(sentence.text, (shown.judgements[number].fragment.text for number in shown.judgements))


def _behind(numbers: Sequence[str], shown: Shown, bounds: Bounds) -> Bounds:
    """What a sentence may claim: the people and dialogues of the fragments it names."""
    dialogues = {shown.judgements[number].fragment.dialogue for number in numbers} - {None}
    people = len(people_behind(numbers, shown))
    return Bounds(bounds.names, min(people, bounds.people or people), len(dialogues), bounds.talks, bounds.at_the_table)


# ----------------------------------------------------------------------------------------------- quotes


def _quotes(wanted: Sequence[_Quote], shown: Shown, bounds: Bounds) -> tuple[tuple[QuoteRef, ...], list[str]]:
    faults: list[str] = []
    chosen: dict[str, QuoteRef] = {}
    if len(wanted) > MAX_QUOTES:
        faults.append(f"Kies hoogstens {MAX_QUOTES} citaten.")
    for quote in wanted[:MAX_QUOTES]:
        if quote.fragment not in shown.quotable:
            faults.append(f"{quote.fragment[:12]} kan geen citaat zijn.")
        elif reference := _cut(quote, shown, bounds):
            chosen.setdefault(reference.fragment, reference)
        else:
            faults.append(
                f"De eerste en laatste woorden voor {quote.fragment} staan daar niet zo, of de knip misleidt."
            )
    return tuple(chosen.values()), faults


def _cut(quote: _Quote, shown: Shown, bounds: Bounds) -> QuoteRef | None:
    """The quote as spans: the outline's own cut, or the run of whole sentences that the words point at."""
    judgement = shown.judgements[quote.fragment]
    if not (quote.first or quote.last):
        return QuoteRef(judgement.fragment.id, judgement.quote)
    text = judgement.fragment.text
    for run in runs(text, [datum.span for datum in find(text, bounds.names)]):
        words = plain(text[run.start : run.end])
        if words.startswith(plain(quote.first or "")) and words.endswith(plain(quote.last or "")):
            return QuoteRef(judgement.fragment.id, (run,))
    return None
