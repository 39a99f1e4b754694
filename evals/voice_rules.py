"""Does code refuse what a language model may not write, and is what we ask it the prompt that was accepted?

No model is asked: the answers are written here, one for each rule. A prompt file that was changed is not the one under
which reports were made: it gets a new version, and its digest a line in data/prompts.jsonl. One that nobody accepted
is red, for any step may already use it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evals import material
from rapporteur.evaluation.scorers import is_target, judged
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Task, task
from rapporteur.types import Fragment, Judgement, Span
from rapporteur.writing import prompts
from rapporteur.writing.cutting import cut
from rapporteur.writing.voices.rules import Bounds, Invalid, refuse, wrong_prose, wrong_title
from rapporteur.writing.voices.shown import Mask, Shown, in_portions, show
from rapporteur.writing.voices.steps.write_topic import WrittenTopic, schema, topic_in

_SHOWN = ("t02", "t03", "t19", "t01")  # the last may not be quoted
_TALKS, _AT_THE_TABLE = 4, 12
_LONG, _WORDS = 6, 1200  # so many turns of so many words
_SENTENCES = 2  # of an opening
_ACCEPT = "given a line in data/prompts.jsonl, when it is accepted"


def _seen(given: Given, names: frozenset[str]) -> Shown:
    said = {fragment.id: fragment for fragment in material.talk(given)}
    may_be_quoted = [_judged(said[i], None) for i in _SHOWN[:-1]]
    return show([*may_be_quoted, _judged(said[_SHOWN[-1]], "not said by a participant")], Mask(names))


def _names(given: Given) -> frozenset[str]:
    return frozenset(fragment.speaker for fragment in material.talk(given) if fragment.speaker)


@task
def shown(given: Given) -> Task:
    """What a model sees of fragments, and the form in which it has to answer: numbers it was shown, and no others."""
    seen = _seen(given, _names(given))
    portions = in_portions([_judged(_long(n), None) for n in range(_LONG)], Mask(frozenset()))
    looked_at = {
        "fragments": [[each.number, each.who, each.text, each.quotable] for each in seen.fragments],
        "form of an answer": schema(seen),
        "form where nothing may be quoted": schema(show([_judged(_long(0), "by the host")], Mask(frozenset()))),
        "fragments in a portion": [len(portion.fragments) for portion in portions],
    }
    return Task(
        [Sample(line["id"], line["id"], line["shown"]) for line in given.lines("voice_shown.jsonl")],
        lambda sample: looked_at[sample.input],
        is_target,
        [Metric("what a model is shown and may send", least=1.0)],
    )


def _long(number: int) -> Fragment:
    """One of many long turns, of which a context holds no more than a few."""
    return material.fragment({"id": f"long-{number}", "role": None, "dialogue": None, "text": "kade " * _WORDS})


@task
def answers(given: Given) -> Task:
    names = _names(given)
    seen = _seen(given, names)
    bounds = Bounds(names, people=3, dialogues=2, talks=_TALKS, at_the_table=_AT_THE_TABLE)
    return Task(
        [Sample(n["id"], n, n["right"], f"{n['right']}") for n in material.rules(given, "voice_answers.jsonl")],
        lambda sample: _complaint(sample.input, seen, bounds),
        _refused_for_what_is_wrong,
        [
            Metric("answers against a rule refused", ("False",), least=1.0),
            Metric("good answers accepted", ("True",), least=1.0),
        ],
    )


def _judged(fragment: Fragment, left_out: str | None) -> Judgement:
    return Judgement(fragment, {}, "knel", 0.5, left_out, (Span(0, len(fragment.text)),))


def _refused_for_what_is_wrong(sample: Sample, complaint: str) -> Score:
    """Right where it is accepted, or refused by the very rule it is against: no other may hide that one is gone."""
    right = complaint == "" if sample.target else bool(complaint) and sample.input["why"] in complaint
    return judged(right, complaint or "accepted", f"it was {sample.input}")


def _complaint(line: Mapping[str, Any], seen: Shown, bounds: Bounds) -> str:
    """Why a topic, a title or the opening of a section is refused; '' where it is not, and is printed as it should."""
    try:
        if "title" in line:
            refuse(wrong_title(line["title"], bounds.names))
        elif "prose" in line:
            refuse(wrong_prose(line["prose"], bounds, _SENTENCES))
        else:
            sent = line["answer"] if isinstance(line["answer"], str) else json.dumps(line["answer"], ensure_ascii=False)
            printed = _printed(topic_in(sent, seen, bounds), seen)
            if line.get("printed", printed) != printed:
                return f"it is printed as {printed}"
    except Invalid as complaint:
        return str(complaint)
    return ""


def _printed(topic: WrittenTopic, seen: Shown) -> list[str]:
    """The topic's text and the words of its quotes."""
    said = {judgement.fragment.id: judgement.fragment for judgement in seen.judgements.values()}
    return [topic.text, *(cut(said[quote.fragment], quote.spans) for quote in topic.quotes)]


@task
def prompt_files(given: Given) -> Task:
    """Every prompt file is one that was accepted, to the letter, and all of those are there."""
    accepted = {line["prompt"]: line["sha256"] for line in given.lines("prompts.jsonl")}
    there = prompts.names()
    return Task(
        [Sample(name, name, accepted.get(name, _ACCEPT)) for name in sorted({*there, *accepted})],
        lambda sample: prompts.load(sample.input).sha256 if sample.input in there else "the file is gone",
        is_target,
        [Metric("prompt files as accepted", least=1.0)],
    )
