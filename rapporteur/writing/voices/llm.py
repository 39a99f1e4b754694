"""Step 2: the language model's voice, over the same outline as the extractive one.

A model looks again at the section of doubtful fragments, groups and names the topics, and writes: each topic's
sentences and choice of quotes, what stands around the topics, and the lines of the summary. Each of these is a step
of its own, over the objects that the extractive voice works with. A piece that the model does not get right, twice,
stays as it was without a model and is marked. So a report has the same shape in both voices, and no answer can keep a
section from being written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rapporteur.dutch.numbers import enumerated
from rapporteur.types import SECTION_KEYS, Block, Judgement, Section, SectionKey, Support, Topic
from rapporteur.writing.facts import SessionFacts, theme_name
from rapporteur.writing.outline.plan import REST_TITLES, Outline, TopicGroup
from rapporteur.writing.outline.template import ReportTemplate
from rapporteur.writing.report import SUMMARY_LINES
from rapporteur.writing.voices.answers import Answers, Spent, estimated_tokens
from rapporteur.writing.voices.asking import Account, Asking, Task
from rapporteur.writing.voices.extractive import ExtractiveVoice, who_spoke
from rapporteur.writing.voices.interface import Planner, place_of, with_blocks
from rapporteur.writing.voices.rules import Bounds
from rapporteur.writing.voices.shown import Mask, in_portions
from rapporteur.writing.voices.steps import label, topics, write_section, write_topic
from rapporteur.writing.voices.steps.write_section import Around, WrittenBlock
from rapporteur.writing.voices.steps.write_topic import WrittenTopic

UNWRITTEN = "Dit onderwerp is zonder taalmodel geschreven."
_ANSWER_TOKENS = 500  # of one piece, for an estimate beforehand
_AROUND_TOKENS = 1_500  # of a question about a whole section
# What a fallback of a section is called for the reader of the report.
_PIECES = {
    "topics": "de indeling in onderwerpen",
    "titles": "de titels",
    "opening and close": "de opening en het slot",
    "rode draad": "de rode draad",
    "summary": "de regels in de samenvatting",
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
class _Around:
    """What the model wrote around the topics of a section; None or nothing where it did not."""

    around: Around | None = None
    thread: str | None = None
    lines: Mapping[str, str] | None = None


class LLMVoice:
    """Writes one theme. `mask` keeps names and other personal data from the model; `instruction` is an editor's wish,
    shown on one line and masked as everything is.

    `account` tells what the report took, and which pieces the model did not get right.
    """

    def __init__(self, asking: Asking, mask: Mask, theme: str, *, instruction: str = "") -> None:
        self.account = Account(theme, spent=Spent(asking.answers.spent.prices))
        self._asking = asking
        self._mask = mask
        self._instruction = " ".join(mask(instruction).split())
        self._base = ExtractiveVoice()

    @property
    def fallbacks(self) -> Mapping[str, str]:
        return self.account.fallbacks

    @property
    def answers(self) -> Answers:
        return self._asking.answers

    @property
    def name(self) -> str:
        return f"taalmodel {self.answers.model.partition(':')[2]}"

    # -------------------------------------------------------------------------------------------- outline

    def outline(
        self,
        theme: str,
        judgements: Sequence[Judgement],
        planner: Planner,
        sections: Collection[SectionKey] = SECTION_KEYS,
    ) -> Outline:
        """The outline, with the model's view of doubtful fragments and of what belongs together.

        Raises: ServiceFailed, at once where it is final, another when nothing at all was answered. What was answered
        is kept.
        """
        name = theme_name(theme)
        tasks = label.tasks(name, judgements, self._mask, sections)
        for labels in self._pieces("doubtful fragments", tasks):
            judgements = label.applied(judgements, labels or {})
        members = {key: _members(judgements, key) for key in SECTION_KEYS if key in sections}
        grouped = dict(
            zip(
                members,
                self._asking.side_by_side(lambda key: self._groups(name, key, members[key]), members),
                strict=True,
            )
        )
        outline = planner(judgements, {key: groups for key, groups in grouped.items() if groups})
        return self._named(name, outline)

    def _groups(self, theme: str, key: SectionKey, members: Sequence[Judgement]) -> Sequence[TopicGroup]:
        if len(members) < 2:
            return ()
        return topics.groups(theme, key, members, self._mask, self._asking, self.account)

    def _named(self, theme: str, outline: Outline) -> Outline:
        """The outline with the titles of each section's topics chosen together."""
        judged = outline.by_id
        named = {key: _with_a_title_of_their_own(found) for key, found in outline.topics.items()}
        keys = [key for key, found in named.items() if found]
        titles = self._pieces("titles", [topics.name(theme, key, named[key], judged, self._mask) for key in keys])
        new = {
            topic: replace(topic, title=title)
            for key, given in zip(keys, titles, strict=True)
            for topic, title in zip(named[key], given or (), strict=False)
        }
        return replace(
            outline, topics={key: tuple(new.get(t, t) for t in found) for key, found in outline.topics.items()}
        )

    # -------------------------------------------------------------------------------------------- sections

    def compose(self, outline: Outline, template: ReportTemplate, facts: SessionFacts) -> tuple[Section, ...]:
        """One Section per section of the template, in its order. Raises: as `outline`."""
        sections = self._base.compose(outline, template, facts)
        judged = outline.by_id
        return tuple(
            self._asking.side_by_side(lambda section: self._section(section, outline, judged, facts), sections)
        )

    def _section(
        self, section: Section, outline: Outline, judged: Mapping[str, Judgement], facts: SessionFacts
    ) -> Section:
        """The topics first, side by side; then what stands around them, over the topics as they were written."""
        key: SectionKey = section.key  # type: ignore[assignment]
        theme = theme_name(outline.theme)
        tasks = [
            write_topic.task(theme, block, topic, judged, self._mask, facts.participants, self._instruction)
            for block, topic in with_blocks(outline.topics[key])
        ]
        written = self._pieces(f"writing {key}", tasks)
        counted = [who_spoke(topic, place_of(block)) for block, topic in with_blocks(outline.topics[key])]
        found = {
            task.name: replace(topic, text=f"{topic.text} {who}.")
            for task, topic, who in zip(tasks, written, counted, strict=True)
            if topic
        }
        section = _with_topics(section, found, self.fallbacks)
        around = self._around(theme, key, _written_blocks(section, judged), outline, facts)
        return _marked(_with_around(section, around), key, self.fallbacks)

    def _around(
        self, theme: str, key: SectionKey, written: Sequence[WrittenBlock], outline: Outline, facts: SessionFacts
    ) -> _Around:
        named = [topic for topic in written if topic.title != REST_TITLES[key]]
        if len(named) < 2:
            return _Around()
        total = outline.totals[key].support
        bounds = Bounds.of(total, self._mask.names, facts.participants)
        summed_up = named[: SUMMARY_LINES[key].most]
        tasks: list[Task[Any]] = [
            write_section.around(theme, key, written, total, bounds, self._instruction),
            write_section.thread(theme, key, named, bounds, self._instruction),
            write_section.summary(theme, key, summed_up, bounds),
        ]
        return _Around(*self._pieces(f"closing {key}", tasks))

    def _pieces(self, stage: str, tasks: Sequence[Task[_Written]]) -> list[_Written | None]:
        """What the model wrote of each, side by side; None for what it did not get right."""
        self._asking.begin(self.account, stage, len(tasks))
        return self._asking.side_by_side(lambda task: self._asking.piece(task, self.account, stage), tasks)

    # ------------------------------------------------------------------------------------------- beforehand

    def estimate(self, theme: str, judgements: Sequence[Judgement], planner: Planner, facts: SessionFacts) -> Estimate:
        """What a draft would ask of the model: exact for what can be known before the first answer, else a guess."""
        name = theme_name(theme)
        outline = planner(judgements)
        known: list[Task[Any]] = [*label.tasks(name, judgements, self._mask, SECTION_KEYS)]
        later = 0
        for key in SECTION_KEYS:
            members = _members(judgements, key)
            portions = in_portions(members, self._mask) if len(members) > 1 else []
            known += [topics.propose(name, key, n, shown, self._mask.names) for n, shown in enumerate(portions, 1)]
            named = _with_a_title_of_their_own(outline.topics[key])
            later += int(len(portions) > 1) + int(bool(named)) + (3 if len(named) > 1 else 0)
        judged = outline.by_id
        writing = [
            write_topic.task(name, block, topic, judged, self._mask, facts.participants, "")
            for found in outline.topics.values()
            for block, topic in with_blocks(found)
        ]
        waiting = [task for task in known if not self._asking.is_kept(task)]
        tokens = sum(estimated_tokens(task.messages) for task in (*waiting, *writing))
        calls = len(waiting) + len(writing) + later
        return Estimate(calls, len(known) - len(waiting), tokens + later * _AROUND_TOKENS, calls * _ANSWER_TOKENS)


def _members(judgements: Sequence[Judgement], key: SectionKey) -> list[Judgement]:
    """The fragments of a section that topics are made of, as spoken."""
    members = [j for j in judgements if j.section == key and j.use != "observation"]
    return sorted(members, key=lambda j: (j.fragment.record, j.fragment.position, j.fragment.id))


def _with_a_title_of_their_own(found: Sequence[Topic]) -> list[Topic]:
    return [topic for topic in found if topic.title != REST_TITLES[topic.section]]


def _written_blocks(section: Section, judged: Mapping[str, Judgement]) -> list[WrittenBlock]:
    return [
        WrittenBlock(
            block.id,
            block.title,
            block.text,
            block.support,
            frozenset(judged[i].fragment.person for i in block.fragments),
        )
        for block in section.blocks
        if block.kind == "topic" and isinstance(block.support, Support)
    ]


def _with_topics(section: Section, written: Mapping[str, WrittenTopic], fallbacks: Mapping[str, str]) -> Section:
    """The section with the model's topics in place of the extractive ones; what it did not get right is marked.

    What is quoted elsewhere in the section, in a kader for instance, is not quoted again.
    """
    own = {f"{block.id}-c" for block in section.blocks if block.kind == "topic"}
    elsewhere = {b.quote.fragment for b in section.blocks if b.quote and b.id.rstrip("0123456789") not in own}
    blocks: list[Block] = []
    topic: WrittenTopic | None = None
    for block in section.blocks:
        if block.kind == "topic":
            topic = written.get(block.id)
            text = f"{block.text} {UNWRITTEN}" if block.id in fallbacks else block.text
            blocks.append(replace(block, text=topic.text if topic else text))
            quotes = [quote for quote in topic.quotes if quote.fragment not in elsewhere] if topic else []
            blocks += [Block(f"{block.id}-c{number}", "quote", quote=quote) for number, quote in enumerate(quotes, 1)]
        elif not (topic and block.kind == "quote" and block.id.rstrip("0123456789") in own):
            topic = None
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def _with_around(section: Section, written: _Around) -> Section:
    """The section with the model's opening below the counted one, its rode draad and close at the end.

    The line of a topic in the summary goes with the topic.
    """
    lines = written.lines or {}
    blocks = [replace(b, items=(lines[b.id],)) if b.id in lines else b for b in section.blocks]
    if written.around:
        at = next((n for n, block in enumerate(blocks) if block.id == f"{section.key}-opening"), -1) + 1
        blocks.insert(at, Block(f"{section.key}-inleiding", "paragraph", written.around.opening))
    if written.thread:
        blocks.append(Block(f"{section.key}-rode-draad", "paragraph", written.thread))
    if written.around:
        blocks.append(Block(f"{section.key}-afsluiting", "paragraph", written.around.close))
    return replace(section, blocks=tuple(blocks))


def _marked(section: Section, key: SectionKey, fallbacks: Mapping[str, str]) -> Section:
    """The section with a line that says which of its pieces were made without the model."""
    pieces = list(_made_without(key, sorted(fallbacks)))
    if not pieces:
        return section
    text = f"Zonder taalmodel gemaakt: {enumerated(pieces)}."
    return replace(section, blocks=(*section.blocks, Block(f"{key}-zonder-taalmodel", "paragraph", text)))


def _made_without(key: SectionKey, fallbacks: Sequence[str]) -> Iterator[str]:
    for piece, said in _PIECES.items():
        if any(name.startswith(f"{key}: {piece}") for name in fallbacks):
            yield said
    if any(name.startswith("label ") and key in name.split()[1].split("/") for name in fallbacks):
        yield "de keuze waar een deel van de uitspraken hoort"
