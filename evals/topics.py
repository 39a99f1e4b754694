"""Do our topics agree with a human's, within a theme and section?

The human's sections are given, so that only the grouping is measured: V-measure per section (1: the same groups), once
with the human's number of topics and once with ours; beside it Ward's linkage on the same vectors, what anyone would
try first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log
from typing import Any

import numpy as np

from evals import material
from rapporteur import config, wiring
from rapporteur.dutch.roles import is_facilitator, is_note_taker
from rapporteur.evaluation.metrics import mean
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Scored, Task, task
from rapporteur.types import Fragment, Span
from rapporteur.writing.outline import grouping
from rapporteur.writing.outline.likeness import Lexicon
from rapporteur.writing.outline.matters import standard_bank

FEWEST = 4  # fragments a section must have to be measured
Said = tuple[str, str, Fragment]  # its section, its topic, and the fragment


@task
def example(given: Given) -> Task:
    section_of = {topic["id"]: topic["section"] for topic in material.example_topics(given)}
    said = [
        (section_of[turn["truth"]["topic"]], turn["truth"]["topic"], _fragment(record, number, turn))
        for record in material.example_records(given)
        for number, turn in enumerate(record["turns"])
        if turn["truth"]["topic"] and not is_facilitator(turn["role"]) and not is_note_taker(turn["role"])
    ]
    return _task(said, given, "example")


@task
def published(given: Given) -> Task:
    said = [
        (quote["section"], quote["topic"], _fragment(quote, number, quote))
        for number, quote in enumerate(material.published_quotes(given))
        if quote["topic"] and quote["section"] != "procesobservaties"
    ]
    return _task(said, given, "published")


def _fragment(record: Mapping[str, Any], number: int, said: Mapping[str, Any]) -> Fragment:
    name, text = f"{record['theme']}/{record['dialogue']}", said["text"]
    return Fragment(
        f"{name}/{number}", name, record["theme"], record["dialogue"], f"{number}", number, Span(0, len(text)), text,
        said.get("speaker"), said["role"],
    )  # fmt: skip


def _task(said: Sequence[Said], given: Given, source: str) -> Task:
    embedder = wiring.embedder(config.load(given.data, {"embedder": given.embedder}))
    rows = embedder.embed([fragment.text for _, _, fragment in said])
    vectors = {fragment.id: row for (_, _, fragment), row in zip(said, rows, strict=True)}
    sections = defaultdict(list)
    for section, topic, fragment in said:
        sections[fragment.theme, section].append((section, topic, fragment))
    lexicons = {
        theme: Lexicon([f.text for _, _, f in said if f.theme == theme], standard_bank()) for theme, _ in sections
    }
    return Task(
        [
            Sample(" ".join(place), members)
            for place, members in sorted(sections.items())
            if len(members) >= FEWEST and len({topic for _, topic, _ in members}) > 1
        ],
        lambda sample: _v_measures(sample.input, vectors, lexicons[sample.input[0][2].theme]),
        lambda sample, v: Score(v["ours"], _beside_each_other(v), f"{len(sample.input)} fragments"),
        [
            Metric(f"{source}: V, human's number of topics", tolerance=0.02),
            Metric(f"{source}: V, our number of topics", value=lambda s: _mean(s, "own"), tolerance=0.02),
            Metric(f"{source}: V of ours beyond Ward's", value=lambda s: mean(s) - _mean(s, "ward"), tolerance=0.02),
        ],
    )


def _beside_each_other(v: Mapping[str, float]) -> str:
    return f"V {v['ours']:.2f}, with our own number of topics {v['own']:.2f}, by Ward {v['ward']:.2f}"


def _mean(scored: Sequence[Scored], method: str) -> float:
    return sum(one.output[method] for one in scored) / len(scored)


def _v_measures(members: Sequence[Said], vectors: Mapping[str, np.ndarray], lexicon: Lexicon) -> dict[str, float]:
    section, truth, fragments = members[0][0], [topic for _, topic, _ in members], [f for _, _, f in members]
    k = len(set(truth))
    groupings = {
        "ours": grouping.topics(fragments, vectors, lexicon, section, k),
        "own": grouping.topics(fragments, vectors, lexicon, section),
        "ward": _ward(np.stack([vectors[f.id] for f in fragments]), k),
    }
    found = {}
    for method, groups in groupings.items():
        group_of = {row: number for number, rows in enumerate(groups) for row in rows}
        found[method] = v_measure(truth, [group_of[row] for row in range(len(members))])
    return found


def v_measure(truth: Sequence[object], found: Sequence[object]) -> float:
    """Rosenberg and Hirschberg (2007): the harmonic mean of homogeneity and completeness."""
    together = _entropy(list(zip(truth, found, strict=True)))
    of_truth, of_found = _entropy(truth), _entropy(found)
    homogeneity = 1 - (together - of_found) / of_truth if of_truth else 1.0
    completeness = 1 - (together - of_truth) / of_found if of_found else 1.0
    return 2 * homogeneity * completeness / (homogeneity + completeness) if homogeneity + completeness else 0.0


def _entropy(labels: Sequence[object]) -> float:
    return -sum(n / len(labels) * log(n / len(labels)) for n in Counter(labels).values())


def _ward(vectors: np.ndarray, k: int) -> list[list[int]]:
    """Ward's linkage on centred unit vectors."""
    points = vectors - vectors.mean(axis=0)
    points = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    return grouping.ward(points @ points.T, [1] * len(points), k)
