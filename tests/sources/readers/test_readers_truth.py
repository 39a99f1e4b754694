"""The example corpus is read exactly: every turn, every role, every word, all metadata."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rapporteur.sources.readers.registry import read_record

REPOSITORY = Path(__file__).parents[3]
CORPUS = REPOSITORY / "corpus"
TRUTH = REPOSITORY.parent / "shared" / "example" / "truth"
PUBLISHED = REPOSITORY.parent / "shared" / "published" / "records"

EXAMPLE = sorted(path for path in CORPUS.glob("*/dialoog-*") if path.suffix != ".yaml")
by_name = pytest.mark.parametrize("path", EXAMPLE, ids=lambda path: f"{path.parent.name}/{path.name}")


def truth_of(path: Path) -> dict[str, Any]:
    file = TRUTH / path.parent.name / f"{path.stem}.json"
    if not file.is_file():
        pytest.skip("the truth of the example corpus is not here (../shared/example/truth)")
    truth: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return truth


def test_the_example_corpus_has_four_formats_for_each_of_three_themes() -> None:
    assert [path.suffix for path in EXAMPLE] == [".vtt", ".docx", ".md", ".xlsx"] * 3


@by_name
def test_every_turn_of_the_example_has_exactly_its_speaker_role_and_words(path: Path) -> None:
    turns = read_record(path, path.name).record.turns
    expected = [(turn["speaker"], turn["role"], turn["text"]) for turn in truth_of(path)["turns"]]
    assert [(turn.speaker, turn.role, turn.text) for turn in turns] == expected


@by_name
def test_rounds_are_those_of_the_file_and_none_where_the_file_has_none(path: Path) -> None:
    turns = read_record(path, path.name).record.turns
    in_file = path.suffix != ".vtt"
    expected = [turn["round"] if in_file else None for turn in truth_of(path)["turns"]]
    assert [turn.round for turn in turns] == expected


@by_name
def test_all_metadata_of_the_example_is_read(path: Path) -> None:
    record, truth = read_record(path, path.name).record, truth_of(path)
    assert record.id == f"{truth['theme']}/{truth['dialogue']}"
    assert (record.host.role, record.host.municipality) == tuple(truth["host"].values())
    for key in ("programme", "track", "theme", "dialogue", "date", "participants", "language"):
        assert getattr(record, key) == truth[key]


@by_name
def test_nothing_of_the_example_is_left_out_or_warned_about(path: Path) -> None:
    read = read_record(path, path.name)
    assert (read.left_out, read.warnings) == ((), ())


@by_name
def test_every_turn_stands_in_the_text_where_its_span_says(path: Path) -> None:
    record = read_record(path, path.name).record
    assert [record.text[s.start : s.end] for s in record.turn_spans] == [turn.text for turn in record.turns]


@by_name
def test_every_turn_of_the_example_can_be_walked_to(path: Path) -> None:
    locators = [turn.locator for turn in read_record(path, path.name).record.turns]
    assert all(locator and locator.file == path.name for locator in locators)
    assert len({str(locator) for locator in locators}) == len(locators)


def test_a_recording_keeps_the_start_and_the_end_of_every_turn() -> None:
    for path in EXAMPLE:
        if path.suffix == ".vtt":
            turns = read_record(path, path.name).record.turns
            expected = [(turn["start"], turn["end"]) for turn in truth_of(path)["turns"]]
            assert [(turn.start, turn.end) for turn in turns] == expected


def test_all_published_records_are_read_without_a_warning() -> None:
    files = sorted(PUBLISHED.glob("*/*.json"))
    if not files:
        pytest.skip("the published records are not here (../shared/published/records)")
    reads = [read_record(path, path.name) for path in files]
    assert (len(reads), sum(len(read.record.turns) for read in reads)) == (42, 250)
    assert not any(read.warnings or read.left_out for read in reads)
    unknown = {read.record.id for read in reads if read.record.dialogue is None}
    assert unknown == {f"{path.parent.name}/zonder-dialoog" for path in files if path.stem == "zonder-dialoog"}
