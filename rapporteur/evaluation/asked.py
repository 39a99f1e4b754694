"""What a language model is asked in a draft, as something to score: each question, and what an answer is worth.

An answer counts as the voice counts it: code reads it, and accepts it or says what is wrong. What was accepted also
gets figures, which are no judgement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapporteur.dutch.readability import readability
from rapporteur.dutch.sentences import sentences
from rapporteur.errors import UsageError
from rapporteur.writing.voices.asking import Task
from rapporteur.writing.voices.rules import Invalid
from rapporteur.writing.voices.steps.write_section import Around
from rapporteur.writing.voices.steps.write_topic import WrittenTopic

_OF_PROSE = ("sentences", "words", "ease")
# The figures of each step that writes running text, by the id of its prompt.
FIGURES: Mapping[str, tuple[str, ...]] = {
    "write_topic": (*_OF_PROSE, "quotes"),
    "write_section": _OF_PROSE,
    "red_thread": _OF_PROSE,
}
_CUT = "The answer was cut off: it reached the most tokens an answer may take."


@dataclass(frozen=True, slots=True)
class Question:
    """The first question about one piece of a theme's report."""

    theme: str
    task: Task[Any]

    @property
    def id(self) -> str:
        return f"{self.theme}: {self.task.name}"

    @property
    def step(self) -> str:
        """The id of its prompt."""
        return self.task.prompt.id


@dataclass(frozen=True, slots=True)
class Outcome:
    """`why` is the complaint that the model would be sent, in Dutch; '' where the answer was accepted."""

    accepted: bool
    why: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


def of_step(step: str, questions: Sequence[Question]) -> list[Question]:
    """The questions of one step. Raises: UsageError where there is no such step."""
    if found := [question for question in questions if question.step == step]:
        return found
    known = ", ".join(sorted({question.step for question in questions}))
    raise UsageError(f"A draft has no step '{step}'.", hint=f"Choose from: {known}.")


def outcome(question: Question, answer: str, *, cut: bool = False) -> Outcome:
    """What the voice would make of a first answer. `cut`: the model stopped at its limit, in the middle of it."""
    if cut:
        return Outcome(False, _CUT)
    try:
        return Outcome(True, figures=figures(question.task.read(answer)))
    except Invalid as complaint:
        return Outcome(False, str(complaint))


def figures(written: object) -> dict[str, float]:
    """Those of FIGURES for what a step wrote; none of a choice or a list."""
    match written:
        case WrittenTopic(text, quotes):
            return {**_of_prose(text), "quotes": float(len(quotes))}
        case Around(opening, close):
            return _of_prose(f"{opening} {close}")
        case str():
            return _of_prose(written)
    return {}


def _of_prose(text: str) -> dict[str, float]:
    """How many sentences and words, and Flesch-Douma's reading ease."""
    read_as = readability(text)
    ease = read_as.ease if read_as else float("nan")
    return dict(zip(_OF_PROSE, (float(len(sentences(text))), float(len(text.split())), ease), strict=True))
