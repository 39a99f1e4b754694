"""Does code refuse what a language model may not write, and is what we ask it the prompt that was accepted?

No model is asked: the answers are written here, one for each rule. A prompt file that was changed is not the one under
which reports were made: it gets a new version, and its digest a line in data/prompts.jsonl.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evals import material
from rapporteur.evaluation.scorers import is_target, judged, unscored
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Task, task
from rapporteur.types import Fragment, Judgement, Span
from rapporteur.writing import prompts
from rapporteur.writing.voices.rules import Bounds, Invalid, refuse, wrong_title
from rapporteur.writing.voices.shown import Mask, Shown, show
from rapporteur.writing.voices.steps.write_topic import topic_in

_SHOWN = ("t02", "t03", "t19", "t01")  # the last may not be quoted
_TALKS, _AT_THE_TABLE = 4, 12


@task
def answers(given: Given) -> Task:
    said = {fragment.id: fragment for fragment in material.talk(given)}
    names = frozenset(fragment.speaker for fragment in said.values() if fragment.speaker)
    may_be_quoted = [_judged(said[i], None) for i in _SHOWN[:-1]]
    seen = show([*may_be_quoted, _judged(said[_SHOWN[-1]], "not said by a participant")], Mask(names))
    bounds = Bounds(names, people=3, dialogues=2, talks=_TALKS, at_the_table=_AT_THE_TABLE)
    return Task(
        [Sample(line["id"], line, line["right"], f"{line['right']}") for line in given.lines("voice_answers.jsonl")],
        lambda sample: _complaint(sample.input, seen, bounds),
        lambda sample, why: judged((why == "") == sample.target, why or "accepted", f"it was {sample.input}"),
        [
            Metric("answers against a rule refused", ("False",), least=1.0),
            Metric("good answers accepted", ("True",), least=1.0),
        ],
    )


def _judged(fragment: Fragment, left_out: str | None) -> Judgement:
    return Judgement(fragment, {}, "knel", 0.5, left_out, (Span(0, len(fragment.text)),))


def _complaint(line: Mapping[str, Any], seen: Shown, bounds: Bounds) -> str:
    """Why a topic or a title is refused; '' where it is not."""
    try:
        if "title" in line:
            refuse(wrong_title(line["title"], bounds.names))
        else:
            topic_in(json.dumps(line["answer"], ensure_ascii=False), seen, bounds)
    except Invalid as complaint:
        return str(complaint)
    return ""


@task
def prompt_files(given: Given) -> Task:
    accepted = {line["prompt"]: line["sha256"] for line in given.lines("prompts.jsonl")}
    names = sorted({*prompts.names(), *accepted})

    def score(sample: Sample, digest: str) -> Score:
        if sample.target is None:
            return unscored("new: give its digest a line in data/prompts.jsonl when it is accepted", digest)
        return is_target(sample, digest)

    return Task(
        [Sample(name, name, accepted.get(name)) for name in names],
        lambda sample: prompts.load(sample.input).sha256,
        score,
        [Metric("prompt files as accepted", least=1.0)],
    )
