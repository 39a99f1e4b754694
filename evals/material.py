"""What several suites look at: our own small talk, whole corpora as the product has them, and what humans say of them.

Everything is made once per process, in a temporary folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rapporteur import config, wiring
from rapporteur.evaluation.task import DataMissing, Given
from rapporteur.pipeline import drafting, judging
from rapporteur.progress import SILENT
from rapporteur.sources.finding import find_records
from rapporteur.sources.fragments import cut
from rapporteur.sources.readers.registry import READERS, read_record
from rapporteur.sources.store import Store
from rapporteur.types import Fragment, Judgement, Record, Span
from rapporteur.workspace import example_corpus
from rapporteur.writing.export.interface import RenderedReport
from rapporteur.writing.outline import plan
from rapporteur.writing.outline.section_head import head_for
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice

TALKS_THEME = "wonen-aan-de-vaart"
# Statements that no section head has learned from.
UNSEEN = ("statements-3.jsonl", "statements-4.jsonl")
DRAFTED = datetime(2022, 6, 1, tzinfo=UTC)
_STATEMENTS = 400


def records_in(folder: Path) -> list[Record]:
    paths = sorted(p for p in folder.glob("*/*") if p.suffix in READERS)
    return [read_record(p, p.relative_to(folder).as_posix()).record for p in paths]


@lru_cache
def fragments_in(folder: Path) -> tuple[Fragment, ...]:
    return tuple(fragment for record in records_in(folder) for fragment in cut(record))


def rules(given: Given, name: str) -> list[dict[str, Any]]:
    """The lines of a data file. One with `words` stands for as many lines: each word in turn where it says '{}'.

    A word 'a/b' fills '{0}' and '{1}'. So what a rule lists is held one by one, and none can be lost in silence.
    """
    return [one for line in given.lines(name) for one in _spread(line)]


def _spread(line: dict[str, Any]) -> Iterator[dict[str, Any]]:
    words = line.pop("words", None)
    if words is None:
        yield line
        return
    for word in words:
        yield {**_filled(line, word), "id": f"{line['id']}: {word}"}


def _filled(value: Any, word: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, word) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, word) for each in value]
    if not isinstance(value, str):
        return value
    for place, part in enumerate(word.split("/")):
        value = value.replace(f"{{{place}}}", part)
    return value.replace("{}", word)


def talk(given: Given) -> list[Fragment]:
    """The turns of our own small talk, four dialogues of one theme, as fragments; their ids are those of the file."""
    return [fragment(turn, TALKS_THEME, number) for number, turn in enumerate(given.lines("talks.jsonl"))]


def fragment(said: Mapping[str, Any], theme: str = TALKS_THEME, number: int = 0) -> Fragment:
    """What someone said, as a fragment that is a whole turn."""
    record = f"{theme}/{said.get('dialogue', 1)}"
    text = said["text"]
    return Fragment(
        said["id"], record, theme, said.get("dialogue", 1), said["id"], number, Span(0, len(text)), text,
        said.get("speaker"), said["role"],
    )  # fmt: skip


def example_truth(given: Given) -> dict[tuple[str, int, str], dict[str, Any]]:
    """What a human says of each turn of the example, by theme, dialogue and text. Raises: DataMissing."""
    return {(r["theme"], r["dialogue"], t["text"]): t for r in example_records(given) for t in r["turns"]}


def example_records(given: Given) -> list[dict[str, Any]]:
    """The example's sessions as record JSON with `truth` in each turn. Raises: DataMissing."""
    files = sorted(given.from_shared("example/truth").glob("*/*.json"))
    return [json.loads(file.read_text("utf-8")) for file in files]


def example_topics(given: Given) -> list[dict[str, Any]]:
    """The human's topics of the example, each with its theme. Raises: DataMissing."""
    by_theme = json.loads(given.from_shared("example/topics.json").read_text("utf-8"))
    return [{"theme": theme, **topic} for theme, topics in by_theme.items() for topic in topics]


def published_quotes(given: Given) -> list[dict[str, Any]]:
    """The published quotes with the section and topic people put them in. Raises: DataMissing."""
    lines = given.from_shared("published/gold/quotes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


# ------------------------------------------------------------------------------- corpora as the product has them


class Corpus:
    """Record files, indexed in a workspace of their own; what is asked of it is computed once."""

    def __init__(self, folder: Path, embedder: str) -> None:
        self._place = TemporaryDirectory()
        self.settings = config.load(Path(self._place.name), {"embedder": embedder})
        self.store: Store = wiring.store(self.settings, create=True)
        self._indexer = wiring.indexer(self.settings, self.store, theme=None, dialogue=None, progress=SILENT)
        self._indexer.run(find_records(self.settings.root, [folder]).files)
        self.embedder = self._indexer.embedder

    @property
    def themes(self) -> Sequence[str]:
        return self.store.theme_names()

    @cached_property
    def judgements(self) -> Sequence[Judgement]:
        return [judgement for theme in self.themes for judgement in self.judged(theme)]

    def judged(self, theme: str, head: Any = None) -> Sequence[Judgement]:
        corpus = judging.load_theme(theme, self.store, self.embedder)
        return judging.judge_theme(corpus, CITIZENS, self.store, self.embedder, head)

    @cached_property
    def drafts(self) -> Mapping[str, drafting.Draft]:
        """A draft of every theme in the extractive voice."""
        return {
            theme: drafting.draft_report(
                theme,
                store=self.store,
                embedder=self.embedder,
                template=CITIZENS,
                voice=ExtractiveVoice(),
                now=DRAFTED,
            )
            for theme in self.themes
        }

    @cached_property
    def rendered(self) -> Mapping[str, RenderedReport]:
        return {theme: drafting.render_report(draft.revision, self.store) for theme, draft in self.drafts.items()}


@lru_cache
def _corpus(folder: Path, embedder: str) -> Corpus:
    return Corpus(folder, embedder)


def example(given: Given) -> Corpus:
    """The twelve fictional records."""
    return _corpus(example_corpus(), given.embedder)


def published(given: Given) -> Corpus:
    """The published quotes, as records. Raises: DataMissing."""
    return _corpus(given.from_shared("published/records"), given.embedder)


@lru_cache
def searched(given: Given) -> Corpus:
    """A few turns of two themes, written to be found or kept out by a filter."""
    sessions: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for turn in given.lines("searched.jsonl"):
        sessions.setdefault((turn["theme"], turn["dialogue"]), []).append(turn)
    with TemporaryDirectory() as place:
        for (theme, dialogue), turns in sessions.items():
            file = Path(place) / theme / f"dialoog-{dialogue}.json"
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.dumps({"theme": theme, "dialogue": dialogue, "turns": turns}), "utf-8")
        return Corpus(Path(place), given.embedder)


def judged_example(given: Given) -> list[tuple[Judgement, dict[str, Any]]]:
    """Each turn of the example as we judge it, beside what a human says. Raises: DataMissing."""
    truth = example_truth(given)
    said = [(j, (j.fragment.theme, j.fragment.dialogue, j.fragment.text)) for j in example(given).judgements]
    matched = [(judgement, truth[place]["truth"]) for judgement, place in said if place in truth]
    if not matched:
        raise DataMissing("../shared/example/truth is of other records than corpus/")
    return matched


@lru_cache
def judged_statements(given: Given) -> list[tuple[Judgement, dict[str, Any]]]:
    """Statements that no head has learned from, as we judge them, beside what their writer meant them for."""
    lines = [line for name in UNSEEN for line in given.lines(name) if line["kind"] != "headline"]
    lines = given.some(lines, _STATEMENTS, lambda line: line["id"])
    fragments = [fragment({**line, "dialogue": n}, line["theme"], n) for n, line in enumerate(lines)]
    embedder = wiring.embedder(config.load(given.data, {"embedder": given.embedder}))
    rows = embedder.embed([f.text for f in fragments])
    vectors = {f.id: row for f, row in zip(fragments, rows, strict=True)}
    judged = plan.judge(fragments, {}, {}, (), vectors, head_for(embedder.name))
    return list(zip(judged, lines, strict=True))


def own_texts(report: Any) -> Iterator[str]:
    """The prose of a report that no one said: paragraphs, and what stands behind the titles of topics."""
    return (block.text for section in report.sections for block in section.blocks if block.text)
