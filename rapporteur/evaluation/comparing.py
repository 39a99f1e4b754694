"""Models and prompts side by side: the same outline, written by each, with what it took and what came of it.

What code can tell, code tells: how many pieces were right at once, after a correction, or not; how long sentences are
and how hard to read; calls, tokens, euros, seconds. A judge, another model, may add how well the prose tells what was
said. It is never needed, and says nothing of provenance.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapporteur.dutch.readability import readability
from rapporteur.errors import ServiceFailed
from rapporteur.writing import prompts
from rapporteur.writing.voices.asking import Account, Asking, Task
from rapporteur.writing.voices.rules import TEXT, Answer, Invalid, object_schema, read
from rapporteur.writing.voices.shown import Mask, show

if TYPE_CHECKING:
    from rapporteur.types import Judgement, Section
    from rapporteur.writing.facts import SessionFacts
    from rapporteur.writing.outline.plan import Outline
    from rapporteur.writing.outline.template import ReportTemplate
    from rapporteur.writing.voices.llm import LLMVoice

SCALE = (1, 2, 3, 4, 5)


class _Judged(Answer):
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A theme as every model gets it: its outline without a model, and what the records say of the sessions."""

    theme: str
    outline: Outline
    facts: SessionFacts


@dataclass(frozen=True, slots=True)
class Compared:
    """One model over all the themes. `pieces` are what it was to write: `corrected` of these were sent back at least
    once, `fallbacks` stayed wrong. `ease` is Flesch-Douma, `words` a sentence. Answers `kept` from before took no
    `tokens`, `cost` (euros, None without a price) or `seconds` now. `judged` is the judge's mean of 1 to 5 over the
    `marked` topics, None without a judge or where it gave no usable answer. `address` is where the model was asked.
    """

    model: str
    pieces: int
    corrected: int
    fallbacks: int
    topics: int
    calls: int
    kept: int
    tokens: int
    cost: float | None
    seconds: float
    words: float
    ease: float
    marked: int = 0
    judged: float | None = None
    address: str = ""


Judge = Callable[[Planned, "Sequence[Section]"], Sequence[int]]


def compare(
    model: str,
    planned: Sequence[Planned],
    voice_of: Callable[[str], LLMVoice],
    template: ReportTemplate,
    judge: Judge | None = None,
    address: str = "",
) -> Compared:
    """Have one model write all the themes.

    Raises: ServiceFailed, as a draft does; never for a judge, which gives no marks where it fails.
    """
    started = time.monotonic()
    accounts: list[Account] = []
    written: list[tuple[Planned, tuple[Section, ...]]] = []
    for plan in planned:
        voice = voice_of(plan.theme)
        written.append((plan, voice.compose(plan.outline, template, plan.facts)))
        accounts.append(voice.account)
    seconds = time.monotonic() - started
    texts = [text for _, sections in written for _, text in _topics(sections)]
    read_as = readability(" ".join(texts))
    marks = [mark for plan, sections in written if judge for mark in judge(plan, sections)]
    costs = [account.spent.cost for account in accounts]
    return Compared(
        model=model,
        pieces=sum(account.pieces for account in accounts),
        corrected=sum(account.corrected for account in accounts),
        fallbacks=sum(len(account.fallbacks) for account in accounts),
        topics=len(texts),
        calls=sum(account.spent.calls for account in accounts),
        kept=sum(account.spent.kept for account in accounts),
        tokens=sum(account.spent.tokens for account in accounts),
        cost=None if None in costs else sum(cost for cost in costs if cost is not None),
        seconds=round(seconds, 1),
        words=round(read_as.words, 1) if read_as else 0.0,
        ease=round(read_as.ease, 1) if read_as else 0.0,
        marked=len(marks),
        judged=round(sum(marks) / len(marks), 2) if marks else None,
        address=address,
    )


def judged_by(asking: Asking, mask: Mask, on_failure: Callable[[ServiceFailed], None]) -> Judge:
    """The marks that a judge gives the topics of a theme; of a theme on which it fails, which is told, none."""

    def judge(plan: Planned, sections: Sequence[Section]) -> Sequence[int]:
        judged = plan.outline.by_id
        account = Account(plan.theme)
        tasks = list(_tasks(plan, sections, judged, mask))
        try:
            marks = asking.side_by_side(lambda task: asking.piece(task, account, "judging"), tasks)
        except ServiceFailed as error:
            on_failure(error)
            return ()
        return [mark for mark in marks if mark is not None]

    return judge


def _tasks(
    plan: Planned, sections: Sequence[Section], judged: Mapping[str, Judgement], mask: Mask
) -> Iterator[Task[int]]:
    prompt = prompts.load("judge_topic.v1")
    for block in (block for section in sections for block in section.blocks if block.kind == "topic"):
        shown = show((judged[i] for i in block.fragments if i in judged), mask)
        messages = prompt.render(theme=plan.theme, title=block.title, text=block.text, fragments=shown.fragments)
        schema: dict[str, Any] = object_schema(score={"type": "integer", "enum": list(SCALE)}, why=TEXT)
        yield Task(block.id, prompt, tuple(messages), schema, mark_in)


def mark_in(answer: str) -> int:
    """The mark in a judge's answer. Raises: Invalid."""
    score = read(_Judged, answer).score
    if score not in SCALE:
        raise Invalid("Geef een heel getal van 1 tot en met 5.")
    return score


def _topics(sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    for section in sections:
        yield from ((block.title, block.text) for block in section.blocks if block.kind == "topic")
