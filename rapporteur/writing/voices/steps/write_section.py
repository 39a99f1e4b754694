"""Step 2d: what stands around the topics of a section: its opening and close, its rode draad, its lines in the summary.

All three are written over the topics as they were written, never over the records: what was proved of a topic holds
for what is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rapporteur.dutch import support as wording
from rapporteur.types import SectionKey, Support
from rapporteur.writing import prompts
from rapporteur.writing.voices.asking import Task
from rapporteur.writing.voices.rules import (
    TEXT,
    Answer,
    Bounds,
    list_of,
    object_schema,
    one_of,
    prose,
    read,
    refuse,
    wrong_amounts,
    wrong_language,
    wrong_prose,
    wrong_words,
)
from rapporteur.writing.voices.sections import NAMES

MAX_AROUND, MAX_THREAD = 2, 3  # sentences of an opening or close, and of a rode draad
MAX_LINE_WORDS = 18


class _Around(Answer):
    opening: str
    close: str


class _Thread(Answer):
    text: str
    topics: list[str]


class _Line(Answer):
    topic: str
    line: str


class _Summary(Answer):
    lines: list[_Line]


@dataclass(frozen=True, slots=True)
class Around:
    opening: str
    close: str


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A topic as it stands in the section: its block, and the people and dialogues behind it by name and number."""

    block: str
    title: str
    text: str
    support: Support
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A written topic as a model sees it."""

    number: str
    title: str
    support: str
    text: str


def _numbered(topics: Sequence[WrittenBlock]) -> dict[str, WrittenBlock]:
    """The topics by the number that a model calls them by."""
    return {f"T{number}": topic for number, topic in enumerate(topics, 1)}


def _shown(numbered: Mapping[str, WrittenBlock]) -> list[Shown]:
    return [Shown(number, t.title, wording.brief(t.support), t.text) for number, t in numbered.items()]


# -------------------------------------------------------------------------------------- opening and close


def around(
    theme: str, section: SectionKey, topics: Sequence[WrittenBlock], total: Support, bounds: Bounds, instruction: str
) -> Task[Around]:
    prompt = prompts.load("write_section.v2")
    messages = prompt.render(
        theme=theme,
        section=NAMES[section],
        support=wording.brief(total),
        topics=_shown(_numbered(topics)),
        instruction=instruction,
    )
    return Task(
        f"{section}: opening and close",
        prompt,
        tuple(messages),
        object_schema(opening=TEXT, close=TEXT),
        partial(around_in, bounds=bounds),
    )


def around_in(answer: str, bounds: Bounds) -> Around:
    """Raises: Invalid."""
    written = read(_Around, answer)
    opening, close = prose(written.opening), prose(written.close)
    wrong = [f"De opening: {fault}" for fault in wrong_prose(opening, bounds, MAX_AROUND)]
    wrong += [f"Het slot: {fault}" for fault in wrong_prose(close, bounds, MAX_AROUND)]
    if opening == close:
        wrong.append("De opening en het slot zijn dezelfde.")
    refuse(wrong)
    return Around(opening, close)


# ----------------------------------------------------------------------------------------------- rode draad


def thread(
    theme: str, section: SectionKey, topics: Sequence[WrittenBlock], bounds: Bounds, instruction: str
) -> Task[str]:
    prompt = prompts.load("red_thread.v1")
    numbered = _numbered(topics)
    messages = prompt.render(theme=theme, section=NAMES[section], topics=_shown(numbered), instruction=instruction)
    return Task(
        f"{section}: rode draad",
        prompt,
        tuple(messages),
        object_schema(text=TEXT, topics=list_of(one_of(numbered))),
        partial(thread_in, topics=numbered, bounds=bounds),
    )


def thread_in(answer: str, topics: Mapping[str, WrittenBlock], bounds: Bounds) -> str:
    """The rode draad, which rests on at least two topics. Raises: Invalid."""
    written = read(_Thread, answer)
    named = [topics[number] for number in dict.fromkeys(written.topics) if number in topics]
    people = frozenset[str]().union(*(topic.people for topic in named))
    dialogues = {number for topic in named for number in topic.support.dialogues}
    carried = Bounds(bounds.names, len(people), len(dialogues), bounds.talks, bounds.at_the_table)
    text = prose(written.text)
    wrong = [*wrong_prose(text, carried, MAX_THREAD)]
    if len(named) < 2 or len(named) < len(set(written.topics)):
        wrong.append("Noem ten minste twee onderwerpen die er zijn, waar de rode draad door loopt.")
    refuse(wrong)
    return text


# -------------------------------------------------------------------------------------------------- summary


def summary(theme: str, section: SectionKey, topics: Sequence[WrittenBlock], bounds: Bounds) -> Task[dict[str, str]]:
    prompt = prompts.load("write_summary.v1")
    numbered = _numbered(topics)
    return Task(
        f"{section}: summary",
        prompt,
        tuple(prompt.render(theme=theme, section=NAMES[section], topics=_shown(numbered), most_words=MAX_LINE_WORDS)),
        object_schema(lines=list_of(object_schema(topic=one_of(numbered), line=TEXT))),
        partial(lines_in, topics=numbered, bounds=bounds),
    )


def lines_in(answer: str, topics: Mapping[str, WrittenBlock], bounds: Bounds) -> dict[str, str]:
    """The line of each topic, by its block. Raises: Invalid."""
    found: dict[str, str] = {}
    wrong = []
    for given in read(_Summary, answer).lines:
        topic = topics.get(given.topic)
        if topic is None:
            wrong.append(f"het onderwerp {given.topic[:12]} bestaat niet.")
            continue
        line = prose(given.line).rstrip(".;: ")
        own = Bounds.of(topic.support, bounds.names, bounds.at_the_table)
        faults = [*wrong_words(line, bounds.names), *wrong_amounts(line, own), *wrong_language(line)]
        if not 2 <= len(line.split()) <= MAX_LINE_WORDS:
            faults.append(f"een regel heeft 2 tot {MAX_LINE_WORDS} woorden.")
        wrong += [f"{given.topic}: {fault}" for fault in faults]
        found.setdefault(topic.block, line[:1].upper() + line[1:])
    if missing := [number for number, topic in topics.items() if topic.block not in found]:
        wrong.append(f"Schrijf ook een regel voor {', '.join(missing)}.")
    if len({line.casefold() for line in found.values()}) < len(found):
        wrong.append("Geef elk onderwerp een eigen regel.")
    refuse(wrong)
    return found
