"""Does a fragment land in the section where a careful human puts it?

Statements that no head has learned from, and every turn of the example, which the shipped head has seen: there the
figure guards against a change, and says nothing of a new theme. `--full` learns a head anew for every theme of the
example and of the published quotes without that theme, as a theme never seen before is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals import material
from evals.training import statements as data
from evals.training.features import Known, embed
from evals.training.section_heads import learn_head
from rapporteur.evaluation.metrics import f1
from rapporteur.evaluation.scorers import judged
from rapporteur.evaluation.task import Given, Metric, OnlyInFull, Sample, Score, Scored, Task, task
from rapporteur.types import SECTION_KEYS, Judgement

_TOLERANCE = 0.02


@task
def statements_unseen(given: Given) -> Task:
    found = [(j, _sections(line)) for j, line in material.judged_statements(given) if line["section"]]
    return _task([(j.fragment.id, _best(j), true) for j, true in found], "unseen statements")


@task
def example(given: Given) -> Task:
    found = [(j, truth["sections"]) for j, truth in material.judged_example(given) if truth["sections"]]
    return _task([(j.fragment.id, j.section, true) for j, true in found], "example, seen in training")


@task
def themes_unseen(given: Given) -> Task:
    if not given.full:
        raise OnlyInFull("heads are only learned without a theme under --full, which takes minutes")
    given.from_shared("published/gold/quotes.jsonl")
    everything = data.for_a_section([*data.published(), *data.fictional(), *data.example()])
    known = embed(given.embedder, everything)
    found = [row for source in ("published", "example") for row in _without_their_theme(known, source)]
    return _task(found, "unseen themes")


def _without_their_theme(known: Known, source: str) -> list[tuple[str, str, Sequence[str]]]:
    """Every statement of a source as the head names it that was learned without its theme, by its words alone."""
    themes = [s.theme if s.source == source else "" for s in known.statements]
    found = []
    for theme in sorted(set(themes) - {""}):
        head = learn_head(known, [i for i, s in enumerate(known.statements) if s.theme != theme])
        rows = [i for i, of in enumerate(themes) if of == theme]
        named = head.log_scores([known.statements[i].text for i in rows], known.vectors[rows]).argmax(axis=1)
        for row, best in zip(rows, named, strict=True):
            found.append((f"{theme} #{row}", SECTION_KEYS[best], known.statements[row].sections))
    return found


def _task(found: Sequence[tuple[str, str | None, Sequence[str]]], source: str) -> Task:
    dataset = [Sample(name, section, tuple(true)) for name, section, true in found]
    return Task(
        dataset,
        lambda sample: sample.input,
        _score,
        [
            Metric(f"{source}: macro-F1", value=_macro_f1, tolerance=_TOLERANCE),
            *(
                Metric(f"{source}: F1 of {key}", value=lambda s, key=key: _f1(s, key), tolerance=2 * _TOLERANCE)
                for key in SECTION_KEYS
                if any(key in sample.target for sample in dataset)
            ),
        ],
    )


def _macro_f1(scored: Sequence[Scored]) -> float:
    """The mean over the sections that a human used at all."""
    keys = [key for key in SECTION_KEYS if any(key in one.sample.target for one in scored)]
    return sum(_f1(scored, key) for key in keys) / len(keys)


def _score(sample: Sample, section: str | None) -> Score:
    return judged(section in sample.target, section, f"a human says {' or '.join(sample.target)}")


def _f1(scored: Sequence[Scored], key: str) -> float:
    """F1 of a section; either of two true ones is right."""
    named = [one.output for one in scored]
    true = [n if n in one.sample.target else one.sample.target[0] for n, one in zip(named, scored, strict=True)]
    return f1(named, true, key)


def _best(judgement: Judgement) -> str:
    """The section that fits best, also of what is too short to keep: noise has a suite of its own."""
    return max(SECTION_KEYS, key=lambda key: judgement.sections[key])


def _sections(line: dict[str, Any]) -> list[str]:
    return [line["section"], *line["also"]]
