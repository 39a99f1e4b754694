"""Step 2: the language model's voice, over the same outline as the extractive one.

The extractive voice composes the report; a model then rewrites its pieces: each topic's title, sentences and choice of
quotes, and each section's opening. A piece that the model does not get right, twice, stays as it was and is marked. So
a report has the same shape in both voices, and no answer can keep a section from being written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rapporteur.dutch import support as wording
from rapporteur.errors import AuthenticationFailed, BudgetExceeded, ServiceFailed
from rapporteur.progress import SILENT, Progress
from rapporteur.types import Block, Section, SectionKey, Topic
from rapporteur.writing import prompts
from rapporteur.writing.facts import SessionFacts, theme_name
from rapporteur.writing.llm.interface import Message
from rapporteur.writing.outline.plan import Outline
from rapporteur.writing.outline.template import ReportTemplate
from rapporteur.writing.voices.answers import Answers, estimated_tokens
from rapporteur.writing.voices.extractive import ExtractiveVoice
from rapporteur.writing.voices.shown import Shown, show
from rapporteur.writing.voices.validation import (
    MAX_QUOTES,
    MAX_SENTENCES,
    Invalid,
    WrittenTopic,
    text_in,
    text_schema,
    topic_in,
    topic_schema,
)

TRIES = 3  # an answer, and two corrections
UNWRITTEN = "Dit onderwerp is zonder taalmodel geschreven."
_ANSWER_TOKENS = 500  # of one topic, for an estimate beforehand
_FAILURES_IN_A_ROW = 3  # with no answer at all: then the service is at fault, not a piece
_NAMES: Mapping[SectionKey, str] = {
    "knel": "knelverhalen, over wat in de knel kwam",
    "kiem": "kiemverhalen, over wat juist opkwam",
    "dromen": "dromen en wensen voor de toekomst",
    "ideeen": "eerste stappen en ideeën",
    "procesobservaties": "procesobservaties, over het gesprek zelf",
}
_Written = TypeVar("_Written")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a draft would ask: calls still to be made and found in the store, and tokens of those to be made."""

    calls: int
    kept: int
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class _Task:
    """One piece for the model: which block, what is asked, and what an answer must be."""

    block: str
    prompt: prompts.Prompt
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    read: Callable[[str], WrittenTopic | str]


class LLMVoice:
    """`names` are people's, never shown and never printed. `fallbacks` are the blocks the model did not get right."""

    def __init__(
        self, answers: Answers, names: Sequence[str], *, concurrency: int = 4, progress: Progress = SILENT
    ) -> None:
        self.answers = answers
        self.fallbacks: dict[str, str] = {}
        self._names = tuple(names)
        self._concurrency = max(1, concurrency)
        self._progress = progress
        self._base = ExtractiveVoice()
        self._correction = prompts.load("correct.v1")

    @property
    def name(self) -> str:
        return f"taalmodel {self.answers.model.partition(':')[2]}"

    def compose(self, outline: Outline, template: ReportTemplate, facts: SessionFacts) -> tuple[Section, ...]:
        """One Section per section of the template, in its order.

        Raises: AuthenticationFailed and BudgetExceeded at once, another ServiceFailed when nothing at all was
        answered. What was answered is kept.
        """
        sections = self._base.compose(outline, template, facts)
        written = self._written(self._topic_tasks(outline, facts))
        sections = tuple(_with_topics(section, written, self.fallbacks) for section in sections)
        openings = self._written(self._opening_tasks(sections, outline, facts))
        return tuple(_with_texts(section, openings) for section in sections)

    def estimate(self, outline: Outline, facts: SessionFacts) -> Estimate:
        """What `compose` would ask of the model for the topics, and for one opening a section."""
        tasks = self._topic_tasks(outline, facts)
        waiting = [t for t in tasks if not self.answers.is_kept(t.prompt, t.messages, t.schema)]
        openings = sum(bool(topics) for topics in outline.topics.values())
        tokens = sum(estimated_tokens(task.messages) for task in waiting)
        return Estimate(
            calls=len(waiting) + openings,
            kept=len(tasks) - len(waiting),
            prompt_tokens=tokens + openings * _ANSWER_TOKENS * 2,
            completion_tokens=(len(waiting) + openings) * _ANSWER_TOKENS,
        )

    # ---------------------------------------------------------------------------------------------- asking

    def _written(self, tasks: Sequence[_Task]) -> dict[str, WrittenTopic | str]:
        """What the model wrote, by block; without those it did not get right. Order of answers does not matter."""
        written: dict[str, WrittenTopic | str] = {}
        failed: list[ServiceFailed] = []
        self._progress.start("writing", len(tasks))
        with ThreadPoolExecutor(self._concurrency) as pool:
            futures = [(task, pool.submit(self._attempt, task)) for task in tasks]
            try:
                for task, future in futures:
                    try:
                        written[task.block] = future.result()
                    except Invalid as complaint:
                        self.fallbacks[task.block] = str(complaint)
                    except (AuthenticationFailed, BudgetExceeded):
                        raise
                    except ServiceFailed as error:
                        failed.append(error)
                        self.fallbacks[task.block] = error.what
                        if not written and len(failed) >= min(_FAILURES_IN_A_ROW, len(tasks)):
                            raise failed[0] from None
                    self._progress.advance()
            finally:
                for _, future in futures:
                    future.cancel()
        self._progress.finish()
        return written

    def _attempt(self, task: _Task) -> WrittenTopic | str:
        """Ask, and say what is wrong at most twice. Raises: Invalid, with the last complaint; ServiceFailed."""
        messages: tuple[Message, ...] = task.messages
        for left in reversed(range(TRIES)):
            answer = self.answers.ask(task.prompt, messages, task.schema)
            try:
                return task.read(answer)
            except Invalid as complaint:
                if not left:
                    raise
                said = Message("assistant", answer[:4000])
                messages = (*task.messages, said, *self._correction.render(complaint=str(complaint)))
        raise AssertionError("the last try returns or raises")

    # --------------------------------------------------------------------------------------------- pieces

    def _topic_tasks(self, outline: Outline, facts: SessionFacts) -> list[_Task]:
        prompt = prompts.load("write_topic.v1")
        return [
            self._topic_task(prompt, f"{key}-{number}", topic, outline, facts)
            for key, topics in outline.topics.items()
            for number, topic in enumerate(topics, 1)
        ]

    def _topic_task(
        self, prompt: prompts.Prompt, block: str, topic: Topic, outline: Outline, facts: SessionFacts
    ) -> _Task:
        by_id = outline.by_id
        shown: Shown = show((by_id[i] for i in topic.fragments), self._names)
        messages = prompt.render(
            theme=theme_name(outline.theme),
            section=_NAMES[topic.section],
            title=topic.title,
            support=wording.brief(topic.support),
            fragments=shown.fragments,
            max_sentences=MAX_SENTENCES,
            max_quotes=MAX_QUOTES,
        )
        return _Task(
            block,
            prompt,
            tuple(messages),
            topic_schema(shown),
            lambda answer: topic_in(answer, shown, self._names, facts.participants),
        )

    def _opening_tasks(self, sections: Sequence[Section], outline: Outline, facts: SessionFacts) -> list[_Task]:
        prompt = prompts.load("write_section.v1")
        tasks = []
        for section in sections:
            topics = [block for block in section.blocks if block.kind == "topic" and block.support]
            if len(topics) < 2:
                continue
            total = outline.totals[section.key].support  # type: ignore[index]
            messages = prompt.render(
                theme=theme_name(outline.theme),
                section=_NAMES[section.key],  # type: ignore[index]
                part="de opening van dit deel",
                support=wording.brief(total),
                topics=[
                    {"title": b.title, "support": wording.brief(b.support), "text": b.text} for b in topics if b.support
                ],
            )
            tasks.append(
                _Task(
                    f"{section.key}-rode-draad",
                    prompt,
                    tuple(messages),
                    text_schema(),
                    lambda answer, people=total.people: text_in(answer, self._names, people, facts.participants),  # type: ignore[misc]
                )
            )
        return tasks


def _with_topics(section: Section, written: Mapping[str, WrittenTopic | str], fallbacks: Mapping[str, str]) -> Section:
    """The section with the model's topics in place of the extractive ones; what it did not get right is marked."""
    blocks: list[Block] = []
    topic: WrittenTopic | None = None
    for block in section.blocks:
        found = written.get(block.id)
        if block.kind == "topic":
            topic = found if isinstance(found, WrittenTopic) else None
            text = f"{block.text} {UNWRITTEN}" if block.id in fallbacks else block.text
            blocks.append(replace(block, title=topic.title, text=topic.text) if topic else replace(block, text=text))
            if topic:
                blocks += [
                    Block(f"{block.id}-c{number}", "quote", quote=quote) for number, quote in enumerate(topic.quotes, 1)
                ]
        elif not (topic and block.kind == "quote"):
            topic = None
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def _with_texts(section: Section, written: Mapping[str, WrittenTopic | str]) -> Section:
    """The section with the model's opening below the counted one."""
    text = written.get(f"{section.key}-rode-draad")
    if not isinstance(text, str):
        return section
    at = next((n for n, block in enumerate(section.blocks) if block.id == f"{section.key}-opening"), -1) + 1
    block = Block(f"{section.key}-rode-draad", "paragraph", text)
    return replace(section, blocks=(*section.blocks[:at], block, *section.blocks[at:]))
