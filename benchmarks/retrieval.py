"""How long finding fragments takes, at 1,000, 10,000 and 100,000 of them: `python benchmarks/retrieval.py [SIZE…]`.

Dutch words in a made-up order, in ten themes, and vectors of 512 places: a word is a direction at random and a
fragment the sum of its words, so that fragments which share words are near and embedding costs next to nothing. Each
query goes to bare numpy, our exact index in memory, Chroma, and the whole of our hybrid search (Chroma and BM25, with
the store for the words) in turn: over everything, within a theme, and within a theme by one role, which is as narrow
as a section. Median and p95 are of the clock, CPU is that of a query in all its threads. Recall@10 is measured against
numpy, which is exact. One size per process, numpy on one thread.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby, islice
from math import inf
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported
REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

import numpy as np  # noqa: E402

from benchmarks.quote_checking import made_turns  # noqa: E402
from rapporteur.dutch.stopwords import FUNCTION_WORDS  # noqa: E402
from rapporteur.sources.embedding.interface import Vectors  # noqa: E402
from rapporteur.sources.embedding.rows import unit_rows  # noqa: E402
from rapporteur.sources.index.chroma import ChromaIndex  # noqa: E402
from rapporteur.sources.index.interface import Filter  # noqa: E402
from rapporteur.sources.index.lexical import LexicalIndex, words  # noqa: E402
from rapporteur.sources.index.memory import MemoryIndex  # noqa: E402
from rapporteur.sources.retrieval import Retriever  # noqa: E402
from rapporteur.sources.store import Store  # noqa: E402
from rapporteur.types import Fragment, Record, Span  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
THEMES, ROLES, TURNS = 10, 8, 100  # per record
DIMENSIONS = 512
TOP = 10
SEED = 1953


class WordVectors:
    """An embedder: the sum of a text's words, each a direction at random; a text without any has one of its own."""

    name = f"words-{DIMENSIONS}"

    def __init__(self) -> None:
        self._directions: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        return unit_rows(np.stack([self._sum(text) for text in texts]))

    def _sum(self, text: str) -> Vectors:
        said = [word for word in words(text) if word not in FUNCTION_WORDS] or [""]
        return np.sum([self._direction(word) for word in said], axis=0)

    def _direction(self, word: str) -> Vectors:
        if word not in self._directions:
            dice = np.random.default_rng(zlib.crc32(word.encode()))
            self._directions[word] = dice.standard_normal(DIMENSIONS, dtype=np.float32)
        return self._directions[word]


class Numpy:
    """A matrix, and the rows that a filter leaves of it."""

    def __init__(self, fragments: Sequence[Fragment], vectors: Vectors) -> None:
        self._ids = np.array([f.id for f in fragments])
        self._themes = np.array([f.theme for f in fragments])
        self._roles = np.array([f.role for f in fragments])
        self._vectors = vectors

    def query(self, vector: Vectors, top_k: int, where: Filter) -> list[str]:
        wanted = np.ones(len(self._ids), dtype=bool)
        if where.theme is not None:
            wanted &= self._themes == where.theme
        if where.role is not None:
            wanted &= self._roles == where.role
        rows = np.flatnonzero(wanted)
        scores = (self._vectors if len(rows) == len(wanted) else self._vectors[rows]) @ vector
        best = np.argpartition(-scores, min(top_k, len(scores) - 1))[:top_k]
        return list(self._ids[rows[best[np.argsort(-scores[best])]]])


@dataclass(slots=True)
class Timed:
    """What one way of finding took and found, query by query."""

    name: str
    find: Callable[[str, Vectors, Filter], Sequence[str]]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    found: list[set[str]] = field(default_factory=list)

    def ask(self, text: str, vector: Vectors, where: Filter) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        found = self.find(text, vector, where)
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((time.process_time() - cpu) * 1000)
        self.found.append(set(found))

    def recall(self, exact: Timed) -> float:
        pairs = zip(self.found, exact.found, strict=True)
        return statistics.mean(len(found & true) / len(true) for found, true in pairs if true)


def made_fragments(count: int) -> list[Fragment]:
    dice = random.Random(SEED)  # noqa: S311
    made = []
    for n, text in enumerate(islice(made_turns(inf), count)):
        record = n // TURNS
        theme, role = f"thema-{record % THEMES}", f"rol {dice.randrange(ROLES)}"
        of_record = (f"{theme}/{record}", theme, record, str(n), n % TURNS, Span(0, len(text)))
        made.append(Fragment(f"{theme}/{record}:{n}", *of_record, text, f"spreker {n % 9}", role))
    return made


def made_queries(fragments: Sequence[Fragment], count: int) -> list[tuple[str, str, str]]:
    """(text, theme, role): some words of one fragment and some of another, as a topic's title has them."""
    dice = random.Random(SEED + 1)  # noqa: S311
    queries = []
    for _ in range(count):
        one, other = dice.choice(fragments), dice.choice(fragments)
        said = [w for f in (one, other) for w in f.text.split()[:4]]
        queries.append((" ".join(said), one.theme, one.role or ""))
    return queries


def save(store: Store, fragments: Sequence[Fragment]) -> None:
    for name, of_record in groupby(fragments, key=lambda f: f.record):
        said = list(of_record)
        record = Record(name, f"{name}.json", said[0].theme, said[0].dialogue, (), (), "")
        store.save_record(record, said, "", {})


def measure(size: int, queries: int) -> None:
    fragments, embedder = made_fragments(size), WordVectors()
    vectors = np.concatenate([embedder.embed([f.text for f in fragments[at : at + 500]]) for at in range(0, size, 500)])
    asked = made_queries(fragments, queries)
    with (
        tempfile.TemporaryDirectory() as place,
        Store.open(f"sqlite:///{place}/corpus.db", create=True) as store,
        closing(ChromaIndex(embedder.name, path=Path(place) / "chroma")) as chroma,
        closing(LexicalIndex(Path(place) / "words.db")) as lexical,
    ):
        exact, memory = Numpy(fragments, vectors), MemoryIndex()
        memory.upsert(fragments, vectors)
        save(store, fragments)
        lexical.upsert(fragments)
        cpu = time.process_time()
        chroma.upsert(fragments, vectors)
        print(f"{size:,} fragments: {time.process_time() - cpu:.1f} CPU s to add to Chroma", file=sys.stderr)
        hybrid = Retriever(embedder, chroma, lexical, store)

        def ways() -> list[Timed]:
            return [
                Timed("numpy", lambda _, vector, where: exact.query(vector, TOP, where)),
                Timed("ours in memory", lambda _, v, where: [h.fragment for h in memory.query(v, TOP, where)]),
                Timed("Chroma", lambda _, v, where: [h.fragment for h in chroma.query(v, TOP, where)]),
                Timed("hybrid", lambda text, _, where: [c.fragment.id for c in hybrid.search([text], TOP, where)]),
            ]

        for narrow, where_of in (
            ("none", lambda *_: Filter()),
            ("theme", lambda theme, _: Filter(theme=theme)),
            ("theme, role", lambda theme, role: Filter(theme=theme, role=role)),
        ):
            contenders = ways()
            for contender in ways():  # a first time, which loads what each needs
                contender.ask(asked[0][0], vectors[0], where_of(*asked[0][1:]))
            for text, theme, role in asked:
                vector = embedder.embed([text])[0]
                for contender in contenders:
                    contender.ask(text, vector, where_of(theme, role))
            for contender in contenders:
                print(row(size, narrow, contender, contenders[0]), flush=True)


def row(size: int, narrow: str, way: Timed, exact: Timed) -> str:
    median, p95 = statistics.median(way.wall), statistics.quantiles(way.wall, n=20)[-1]
    recall = "" if way.name == "hybrid" else f"{way.recall(exact):.3f}"  # it ranks by words too
    return (
        f"| {size:,} | {narrow} | {way.name} | {median:.2f} | {p95:.2f} | {statistics.mean(way.cpu):.2f} |"
        f" {median / statistics.median(exact.wall):.1f} | {recall} |"
    )


_COLUMNS = ("fragments", "filter", "found by", "median ms", "p95 ms", "CPU ms", "times numpy", "recall@10")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one, options.queries)
        return
    print(f"| {' | '.join(_COLUMNS)} |\n{'|---' * len(_COLUMNS)}|", flush=True)
    for size in options.sizes:
        arguments = [sys.executable, __file__, "--one", str(size), "--queries", str(options.queries)]
        subprocess.run(arguments, check=True)


if __name__ == "__main__":
    main()
