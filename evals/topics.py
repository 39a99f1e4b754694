"""Do our topics agree with a human's, within a theme and section? Are support counts right?

The example's topics (`../shared/example`) and those of the published reports (`../shared/published/gold`): the human's
sections are given, so that only the grouping is measured. V-measure per section (1: the same groups), with a 95 %
bootstrap interval over sections of the mean, once with the human's number of topics and once with ours; beside it
plain clusterers on the same vectors: Ward, and average linkage. Support is counted over the human's topics.

Usage: python evals/topics.py [EMBEDDER]
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

import numpy as np  # noqa: E402

from rapporteur import config, wiring  # noqa: E402
from rapporteur.dutch.roles import is_facilitator, is_note_taker  # noqa: E402
from rapporteur.types import Fragment, SectionKey, Span  # noqa: E402
from rapporteur.writing.outline import grouping  # noqa: E402
from rapporteur.writing.outline.likeness import Lexicon  # noqa: E402
from rapporteur.writing.outline.matters import standard_bank  # noqa: E402
from rapporteur.writing.outline.support import support  # noqa: E402

SHARED = REPOSITORY.parent / "shared"
FEWEST = 4  # fragments a section must have to be measured
WORST = 5
Vectors = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Sample:
    """A fragment and the topic a human gave it; `source` is 'example' or 'published'."""

    source: str
    fragment: Fragment
    section: SectionKey
    topic: str
    against: bool = False


def example() -> list[Sample]:
    """The turns of participants that belong to a topic of the example."""
    topics = _example_topics()
    found = []
    for path in sorted((SHARED / "example" / "truth").glob("*/*.json")):
        record = json.loads(path.read_text("utf-8"))
        for number, turn in enumerate(record["turns"]):
            topic = turn["truth"]["topic"]
            if topic and not is_facilitator(turn["role"]) and not is_note_taker(turn["role"]):
                fragment = _fragment(record["theme"], record["dialogue"], number, turn)
                against = turn["truth"]["stance"] == "tegen"
                found.append(Sample("example", fragment, topics[topic]["section"], topic, against))
    return found


def published() -> list[Sample]:
    """The published quotes that stand under a topic."""
    lines = (SHARED / "published" / "gold" / "quotes.jsonl").read_text("utf-8").splitlines()
    return [
        Sample("published", _fragment(q["theme"], q["dialogue"], n, q), q["section"], q["topic"])
        for n, q in enumerate(map(json.loads, lines))
        if q["topic"] and q["section"] != "procesobservaties"
    ]


def _example_topics() -> dict[str, dict[str, Any]]:
    by_theme = json.loads((SHARED / "example" / "topics.json").read_text("utf-8"))
    return {topic["id"]: topic for topics in by_theme.values() for topic in topics}


def _fragment(theme: str, dialogue: int | None, number: int, said: Mapping[str, Any]) -> Fragment:
    record = f"{theme}/{dialogue}"
    text = said["text"]
    return Fragment(
        f"{record}/{number}", record, theme, dialogue, f"{number}", number, Span(0, len(text)), text,
        said.get("speaker"), said["role"],
    )  # fmt: skip


def v_measure(truth: Sequence[object], found: Sequence[object]) -> float:
    """Rosenberg and Hirschberg (2007): the harmonic mean of homogeneity and completeness."""
    together = _entropy(list(zip(truth, found, strict=True)))
    of_truth, of_found = _entropy(truth), _entropy(found)
    homogeneity = 1 - (together - of_found) / of_truth if of_truth else 1.0
    completeness = 1 - (together - of_truth) / of_found if of_found else 1.0
    return 2 * homogeneity * completeness / (homogeneity + completeness) if homogeneity + completeness else 0.0


def _entropy(labels: Sequence[object]) -> float:
    return -sum(n / len(labels) * log(n / len(labels)) for n in Counter(labels).values())


def plain(vectors: np.ndarray, k: int, linkage: str) -> list[list[int]]:
    """Ward's or average linkage on centred unit vectors: what anyone would try first."""
    points = vectors - vectors.mean(axis=0)
    points = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    if linkage == "ward":
        return grouping.ward(points @ points.T, [1] * len(points), k)
    alike, groups = points @ points.T, [[i] for i in range(len(points))]
    while len(groups) > k:
        pairs = [
            (float(alike[np.ix_(a, b)].mean()), i, j) for i, a in enumerate(groups) for j, b in enumerate(groups[:i])
        ]
        _, i, j = max(pairs)
        groups[j] += groups.pop(i)
    return groups


def measure(samples: Sequence[Sample], vectors: Vectors) -> dict[str, dict[tuple[str, str, str], float]]:
    """V per method and section (source, theme, section)."""
    sections = defaultdict(list)
    for sample in samples:
        sections[sample.source, sample.fragment.theme, sample.section].append(sample)
    scores: dict[str, dict[tuple[str, str, str], float]] = defaultdict(dict)
    for place, members in sorted(sections.items()):
        truth = [s.topic for s in members]
        k = len(set(truth))
        if k < 2 or len(members) < FEWEST:
            continue
        fragments = [s.fragment for s in members]
        texts = [s.fragment.text for s in samples if (s.source, s.fragment.theme) == place[:2]]
        lexicon = Lexicon(texts, standard_bank())
        matrix = np.stack([vectors[f.id] for f in fragments])
        own = grouping.topics_for(len(members))
        for name, groups in {
            "ours, k known": grouping.topics(fragments, vectors, lexicon, members[0].section, k),
            "ward, k known": plain(matrix, k, "ward"),
            "average, k known": plain(matrix, k, "average"),
            "ours, own k": grouping.topics(fragments, vectors, lexicon, members[0].section),
            "ward, own k": plain(matrix, own, "ward"),
            "average, own k": plain(matrix, own, "average"),
        }.items():
            group_of = {row: number for number, rows in enumerate(groups) for row in rows}
            scores[name][place] = v_measure(truth, [group_of[row] for row in range(len(members))])
    return scores


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % bootstrap interval of the mean, over sections."""
    drawn = np.random.default_rng(0).choice(np.array(values), (2000, len(values))).mean(axis=1)
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


def support_errors(samples: Sequence[Sample]) -> list[int]:
    """Our count of the people who carry a topic of the example, minus the human's."""
    hosts = {}
    for path in sorted((SHARED / "example" / "truth").glob("*/*.json")):
        record = json.loads(path.read_text("utf-8"))
        hosts[f"{record['theme']}/{record['dialogue']}"] = record["host"]["role"]
    carriers = defaultdict(list)
    for sample in samples:
        if not sample.against:
            carriers[sample.topic].append(sample.fragment)
    return [support(carriers[i], hosts, 4).people - topic["people"] for i, topic in _example_topics().items()]


def _print(scores: Mapping[str, Mapping[tuple[str, str, str], float]]) -> None:
    for source in ("example", "published"):
        for name, by_place in scores.items():
            values = [v for place, v in by_place.items() if place[0] == source]
            if values:
                low, high = interval(values)
                mean = sum(values) / len(values)
                print(f"{source:<10} {name:<17} V {mean:.3f}  [{low:.3f}, {high:.3f}]  n = {len(values)} sections")
    known = scores["ours, k known"]
    print("per section (ours, k known; best plain):")
    for place in known:
        best = max(scores["ward, k known"][place], scores["average, k known"][place])
        print(f"  {' '.join(place):<52} {known[place]:.3f}  {best:.3f}")
    print("worst:", "; ".join(" ".join(p) for p in sorted(known, key=lambda p: known[p])[:WORST]))


def main() -> int:
    if not (SHARED / "example").is_dir() or not (SHARED / "published" / "gold").is_dir():
        print("../shared/example and ../shared/published are not here: nothing was evaluated.", file=sys.stderr)
        return 2
    samples = [*example(), *published()]
    embedder = wiring.embedder(config.load(REPOSITORY, {"embedder": sys.argv[1] if len(sys.argv) > 1 else "auto"}))
    rows = embedder.embed([s.fragment.text for s in samples])
    vectors = {s.fragment.id: row for s, row in zip(samples, rows, strict=True)}
    print(f"embedder {embedder.name}, {len(samples)} fragments")
    _print(measure(samples, vectors))
    errors = support_errors(samples)
    print(f"support within 1 person: {sum(abs(e) <= 1 for e in errors)} of {len(errors)} topics of the example")
    return 0


if __name__ == "__main__":
    sys.exit(main())
