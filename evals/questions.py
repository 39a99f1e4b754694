"""What the language model's voice asks in drafts of the example: the first question about every piece.

No suite, since it takes a model to answer them: `rapporteur.evaluation.inspect.asked` gives them to one of Inspect's.
"""

from __future__ import annotations

from typing import TypeVar

from evals.material import Corpus, example
from rapporteur import wiring
from rapporteur.evaluation.asked import Question
from rapporteur.evaluation.task import Given
from rapporteur.pipeline.drafting import plan_theme
from rapporteur.writing.llm.scripted import ScriptedLLM
from rapporteur.writing.llm.structured import StructuredLLM
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.answers import Answers
from rapporteur.writing.voices.asking import Account, Asking, Task
from rapporteur.writing.voices.llm import LLMVoice

_Written = TypeVar("_Written")


class _Noting(Asking):
    """Notes what it is to ask and asks nothing, so that every piece stays as it is without a model."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        self.noted: list[Question] = []

    def piece(self, task: Task[_Written], account: Account, stage: str) -> _Written | None:
        self.noted.append(Question(account.report, task))
        return None


def questions(given: Given) -> list[Question]:
    """Those of all themes, the same ones on every run, in order of their ids."""
    corpus = example(given)
    found = [question for theme in corpus.themes for question in _of_draft(theme, corpus)]
    return sorted(found, key=lambda question: question.id)


def _of_draft(theme: str, corpus: Corpus) -> list[Question]:
    """As a draft asks them, but nothing is saved: suites may look at the same corpus."""
    outline, facts = plan_theme(theme, store=corpus.store, embedder=corpus.embedder, template=CITIZENS)
    asking = _Noting(Answers(StructuredLLM(ScriptedLLM()), corpus.store, settings={}))
    voice = LLMVoice(asking, wiring.mask(corpus.settings, corpus.store, theme), theme)
    voice.outline(theme, corpus.judged(theme), lambda *_: outline)
    voice.compose(outline, CITIZENS, facts)
    return asking.noted
