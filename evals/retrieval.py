"""Does a search by a topic's title find the fragments that carry it, and do filters keep out what they should?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache, partial
from typing import Any

from click.testing import CliRunner

from evals import material
from rapporteur import wiring
from rapporteur.cli.main import cli
from rapporteur.evaluation.metrics import ndcg, recall
from rapporteur.evaluation.scorers import is_target, judged
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Scored, Task, task
from rapporteur.pipeline import searching
from rapporteur.sources.index.interface import Filter
from rapporteur.sources.index.lexical import LexicalIndex
from rapporteur.sources.index.memory import MemoryIndex
from rapporteur.types import Fragment

_DEPTH = 20
_MANY = 50
_WORD = "kade"  # stands in every turn of our own
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
def rules(given: Given) -> Task:
    """Each index, the search over them and the command find exactly what a filter lets through."""
    corpus = material.searched(given)
    fragments = list(corpus.store.fragments())
    turns = {f.id: f.turn for f in fragments}
    ways = _ways_to_find(corpus, fragments)
    dataset = [
        Sample(f"{line['id']}, by {way}", (ways[way], line), sorted(line["found"]))
        for line in given.lines("search_rules.jsonl")
        for way in line["by"]
    ]
    return Task(
        dataset,
        lambda sample: sorted(turns[i] for i in sample.input[0](sample.input[1])),
        is_target,
        [Metric("rules of filtering", least=1.0)],
    )


def _ways_to_find(
    corpus: material.Corpus, fragments: Sequence[Fragment]
) -> Mapping[str, Callable[[Mapping[str, Any]], list[str]]]:
    """The ids found under a filter, by every way there is: far more may be found than there are."""
    vectors = corpus.embedder.embed([_WORD, *(f.text for f in fragments)])
    memory, words = MemoryIndex(), LexicalIndex()
    memory.upsert(fragments, vectors[1:])
    words.upsert(fragments)

    def chroma(where: Filter) -> list[str]:
        with (
            wiring.workspace_lock(corpus.settings),
            closing(wiring.vector_index(corpus.settings, corpus.store)) as index,
        ):
            return [hit.fragment for hit in index.query(vectors[0], _MANY, where)]

    def both(where: Filter) -> list[str]:
        with wiring.retriever(corpus.settings, corpus.store) as retriever:
            return [c.fragment.id for c in searching.search(_WORD, retriever, _MANY, where)]

    filtered: Mapping[str, Callable[[Filter], list[str]]] = {
        "memory": lambda where: [hit.fragment for hit in memory.query(vectors[0], _MANY, where)],
        "chroma": chroma,
        "words": lambda where: [hit.fragment for hit in words.query(_WORD, _MANY, where)],
        "both": both,
    }
    by_filter = {way: partial(_under, find) for way, find in filtered.items()}
    return {**by_filter, "command": partial(_by_command, corpus)}


def _under(find: Callable[[Filter], list[str]], line: Mapping[str, Any]) -> list[str]:
    return find(Filter(line.get("theme"), line.get("dialogue"), line.get("role")))


def _by_command(corpus: material.Corpus, line: Mapping[str, Any]) -> list[str]:
    """What `rapporteur search` prints with these options."""
    options = [f"--{name}={line[name]}" for name in ("theme", "dialogue", "role", "section") if name in line]
    settings = ["--workspace", str(corpus.settings.root), "--set", f"embedder={corpus.settings.embedder}"]
    printed = CliRunner().invoke(cli, [*settings, "search", _WORD, "--json", "--top", str(_MANY), *options])
    if printed.exception:
        raise printed.exception
    return [found["id"] for found in json.loads(printed.stdout)["fragments"]]


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
