"""Does a search by a topic's title find the fragments that carry it, and do filters keep out what they should?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from evals import material
from rapporteur import wiring
from rapporteur.evaluation.metrics import ndcg, recall
from rapporteur.evaluation.scorers import judged
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Scored, Task, task
from rapporteur.sources.index.interface import Filter
from rapporteur.types import Fragment

_DEPTH = 20
_QUERIES = (
    "een plek om elkaar te ontmoeten",
    "minder regels voor vrijwilligers",
    "groen in de straat",
    "leren op het werk",
)


@task
def example(given: Given) -> Task:
    carriers: dict[str, set[str]] = {}
    for judgement, truth in material.judged_example(given):
        if truth["topic"]:
            carriers.setdefault(truth["topic"], set()).add(judgement.fragment.id)
    dataset = [
        Sample(topic["id"], (topic["title"], topic["theme"]), carriers[topic["id"]])
        for topic in material.example_topics(given)
        if topic["id"] in carriers
    ]
    return _task(dataset, material.example(given), "example")


@task
def published(given: Given) -> Task:
    corpus = material.published(given)
    by_text = {(f.theme, f.text): f.id for f in corpus.store.fragments()}
    carriers: dict[tuple[str, str], set[str]] = {}
    for quote in material.published_quotes(given):
        fragment = by_text.get((quote["theme"], quote["text"]))
        if quote["topic"] and fragment:
            carriers.setdefault((quote["topic"], quote["theme"]), set()).add(fragment)
    dataset = [Sample(" in ".join(topic), topic, found) for topic, found in sorted(carriers.items())]
    return _task(dataset, corpus, "published")


@task
def filters(given: Given) -> Task:
    """Every fragment found is one that may be found, and some are: theme, dialogue and role, alone and together."""
    corpus = material.example(given)
    theme = corpus.themes[0]
    role = next(f.role for f in corpus.store.fragments(theme) if f.dialogue == 2 and f.role)
    wanted = {
        "theme": Filter(theme=theme),
        "dialogue": Filter(dialogue=3),
        "role": Filter(role=role.upper()),
        "theme and dialogue": Filter(theme=theme, dialogue=2),
        "theme, dialogue and role": Filter(theme=theme, dialogue=2, role=role),
    }
    dataset = [Sample(f"{name}: {query}", (query, where)) for name, where in wanted.items() for query in _QUERIES]
    found = _found(corpus, tuple((sample.input[0], sample.input[1]) for sample in dataset))
    return Task(
        dataset,
        lambda sample: found[sample.input],
        lambda sample, fragments: judged(
            bool(fragments) and all(_passes(f, sample.input[1]) for f in fragments) and _once(fragments),
            f"{len(fragments)} fragments",
            "nothing was found, or a fragment that the filter keeps out, or one twice",
        ),
        [Metric("filters hold", least=1.0)],
    )


def _passes(fragment: Fragment, where: Filter) -> bool:
    return (
        where.theme in (None, fragment.theme)
        and where.dialogue in (None, fragment.dialogue)
        and (where.role or fragment.role or "").casefold() == (fragment.role or "").casefold()
    )


def _once(fragments: Sequence[Fragment]) -> bool:
    return len({f.id for f in fragments}) == len(fragments)


def _task(dataset: Sequence[Sample], corpus: material.Corpus, source: str) -> Task:
    found = _found(corpus, tuple((title, Filter(theme=theme)) for title, theme in (s.input for s in dataset)))

    def ranking(sample: Sample) -> list[bool]:
        title, theme = sample.input
        return [fragment.id in sample.target for fragment in found[title, Filter(theme=theme)]]

    return Task(
        dataset,
        ranking,
        lambda sample, hits: Score(
            ndcg(hits, len(sample.target)),
            sample.input[0],
            f"{sum(hits)} of {len(sample.target)} in the first {_DEPTH}",
        ),
        [
            Metric(f"{source}: nDCG@10", tolerance=0.02),
            Metric(f"{source}: recall@20", value=_recall, tolerance=0.02),
        ],
    )


def _recall(scored: Sequence[Scored]) -> float:
    return sum(recall(one.output, len(one.sample.target), _DEPTH) for one in scored) / len(scored)


@lru_cache
def _found(
    corpus: material.Corpus, queries: tuple[tuple[str, Filter], ...]
) -> Mapping[tuple[str, Filter], Sequence[Fragment]]:
    with wiring.retriever(corpus.settings, corpus.store) as retriever:
        return {(text, where): [c.fragment for c in retriever.search([text], _DEPTH, where)] for text, where in queries}
