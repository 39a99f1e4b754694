"""From files to store and indexes: what changed, what did not, and what is told to whom."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from rapporteur.config import Settings
from rapporteur.errors import EmbedderMismatch, IndexMissing, WorkspaceBusy
from rapporteur.sources.embedding.cached import worth_embedding
from rapporteur.sources.indexing import IndexRun
from rapporteur.sources.store import Store
from tests.workspaces import STORIES, index, indexed, settings_for, write_record


def statuses(run: IndexRun) -> dict[str, str]:
    return {line.source: line.status for line in run.lines}


def vectors_in(settings: Settings, store: Store) -> int:
    with closing(wiring.vector_index(settings, store)) as vectors:
        return vectors.count()


def words_in(settings: Settings) -> int:
    with closing(wiring.word_index(settings)) as words:
        return words.count()


def test_a_record_is_read_once_and_then_left_alone(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    first, again = index(settings, file), index(settings, file)
    assert statuses(first) == {"corpus/groen/dialoog-1.json": "read"}
    assert statuses(again) == {"corpus/groen/dialoog-1.json": "unchanged"}
    assert first.embedded == 5  # 'Ja, precies.' says too little
    assert again.embedded == 0
    assert again.lines[0].turns == len(STORIES)


def test_the_line_counts_every_word(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    (line,) = index(settings_for(tmp_path), file).lines
    assert line.words == sum(len(text.split()) for _, _, text in STORIES)
    assert line.fragments == len(STORIES)


def test_a_changed_file_is_read_again_and_only_new_text_is_embedded(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    index(settings, file)
    with wiring.store(settings) as store:
        before = {f.text: f.id for f in store.fragments()}
    write_record(tmp_path / "corpus", "groen", 1, [*STORIES, ("Bo Vink", "kapper", "Wij zongen elke avond op straat.")])
    run = index(settings, file)
    assert statuses(run) == {"corpus/groen/dialoog-1.json": "read"}
    assert run.embedded == 1
    with wiring.store(settings) as store:
        after = {f.text: f.id for f in store.fragments()}
    assert before.items() <= after.items()


def test_a_turn_taken_out_of_the_file_is_out_of_store_and_indexes(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    index(settings, file)
    write_record(tmp_path / "corpus", "groen", 1, STORIES[:2])
    index(settings, file)
    with wiring.store(settings) as store:
        assert len(store.fragments()) == 2
        assert vectors_in(settings, store) == 2
        assert words_in(settings) == 2
        assert store.index_work() == {}


def test_store_and_indexes_hold_the_same_fragments(tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(tmp_path / "corpus", "werken", 2)
    with indexed(tmp_path, tmp_path / "corpus") as (settings, store):
        fragments = store.fragments()
        assert vectors_in(settings, store) == sum(worth_embedding(f.text) for f in fragments)
        assert words_in(settings) == len(fragments)


def test_an_index_that_was_deleted_is_made_anew_without_embedding_again(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    index(settings, file)
    shutil.rmtree(settings.index_dir)
    run = index(settings, file)
    assert statuses(run) == {"corpus/groen/dialoog-1.json": "unchanged"}
    assert run.embedded == 0
    with wiring.store(settings) as store:
        assert vectors_in(settings, store) == 5


def test_a_run_that_was_killed_before_the_indexes_knew_is_finished_by_the_next(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    index(settings, file)
    with wiring.store(settings) as store:
        with closing(wiring.vector_index(settings, store)) as vectors:
            vectors.delete([f.id for f in store.fragments()])
        store.queue_everything()  # as the store is left when a process dies between its two steps
    index(settings, file)
    with wiring.store(settings) as store:
        assert vectors_in(settings, store) == 5
        assert store.index_work() == {}


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    (tmp_path / "corpus" / "groen" / "dialoog-2.json").write_text("{", "utf-8")
    write_record(tmp_path / "corpus", "groen", 3)
    run = index(settings_for(tmp_path), tmp_path / "corpus")
    assert sorted(statuses(run).values()) == ["read", "read", "refused"]
    assert next(line.why for line in run.lines if line.status == "refused")


def test_a_file_that_became_unreadable_takes_its_record_with_it(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    index(settings, file)
    file.write_text("{", "utf-8")
    assert statuses(index(settings, file)) == {"corpus/groen/dialoog-1.json": "refused"}
    with wiring.store(settings) as store, pytest.raises(IndexMissing):
        store.require_theme("groen")


def test_a_renamed_file_keeps_its_record(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    index(settings, file)
    file.rename(file.with_name("verslag.json"))
    run = index(settings, file.with_name("verslag.json"))
    assert statuses(run) == {"corpus/groen/verslag.json": "moved"}
    with wiring.store(settings) as store:
        assert set(store.record_ids().values()) == {"corpus/groen/verslag.json"}


def test_a_file_whose_number_stood_in_its_name_only_is_renumbered_by_renaming_it(tmp_path: Path) -> None:
    file = tmp_path / "corpus" / "groen" / "dialoog-1.txt"
    file.parent.mkdir(parents=True)
    file.write_text("Anna (kok): Wij misten de markt op het plein.\n", "utf-8")
    settings = settings_for(tmp_path)
    index(settings, file)
    renamed = file.rename(file.with_name("dialoog-9.txt"))
    assert statuses(index(settings, renamed)) == {"corpus/groen/dialoog-9.txt": "moved"}
    (line,) = index(settings, renamed).lines
    assert (line.source, line.status, line.dialogue) == ("corpus/groen/dialoog-9.txt", "unchanged", 9)
    with wiring.store(settings) as store:
        assert [record.id for record in store.records("groen")] == ["groen/9"]


def test_a_file_that_is_gone_is_named_and_its_record_kept(tmp_path: Path) -> None:
    gone = write_record(tmp_path / "corpus", "groen", 1)
    other = write_record(tmp_path / "corpus", "groen", 2)
    settings = settings_for(tmp_path)
    index(settings, gone, other)
    gone.unlink()
    run = index(settings, other)
    assert statuses(run) == {"corpus/groen/dialoog-2.json": "unchanged", "corpus/groen/dialoog-1.json": "missing"}
    with wiring.store(settings) as store:
        assert len(store.records("groen")) == 2


def test_two_records_of_one_dialogue_are_both_kept_and_that_is_said(tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(tmp_path / "corpus", "groen", 1, name="notities.json")
    run = index(settings_for(tmp_path), tmp_path / "corpus")
    assert {line.record for line in run.lines} == {"groen/1", "groen/1-2"}
    (warning,) = run.lines[1].warnings
    assert "corpus/groen/dialoog-1.json" in warning and "both are kept" in warning


def test_another_embedder_is_refused_until_a_rebuild(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    index(settings_for(tmp_path), file)
    other = settings_for(tmp_path, embedder="use")
    with pytest.raises(EmbedderMismatch, match="was made with the embedder 'hashing"):
        index(other, file)
    assert index(other, file, rebuild=True).embedded == 5
    assert index(other, file).embedded == 0


def test_a_second_process_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path, lock_timeout=0.1)
    with wiring.workspace_lock(settings), pytest.raises(WorkspaceBusy):
        index(settings, file)


def test_a_changed_sidecar_is_a_changed_record(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "groen"
    folder.mkdir(parents=True)
    (folder / "dialoog-1.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Bo Vink>Wij misten het zwembad allemaal.</v>\n", "utf-8"
    )
    sidecar = folder / "dialoog-1.yaml"
    sidecar.write_text("thema: groen\ndialoog: 1\nsprekers:\n- {naam: Bo Vink, rol: kapper}\n", "utf-8")
    settings = settings_for(tmp_path)
    index(settings, tmp_path / "corpus")
    sidecar.write_text("thema: groen\ndialoog: 1\nsprekers:\n- {naam: Bo Vink, rol: visser}\n", "utf-8")
    assert set(statuses(index(settings, tmp_path / "corpus")).values()) == {"read"}
    with wiring.store(settings) as store:
        assert {f.role for f in store.fragments()} == {"visser"}


def test_names_of_speakers_are_in_the_store_only(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    run = index(settings, file)
    assert "Vink" not in json.dumps([str(line) for line in run.lines])
    with wiring.store(settings) as store:
        assert store.speakers() == {"Gea Plak", "Bo Vink", "Ans Roos"}
    derived = b"".join(f.read_bytes() for f in settings.index_dir.rglob("*") if f.is_file())
    assert b"Vink" not in derived


def test_the_users_own_names_for_columns_are_understood(tmp_path: Path) -> None:
    (tmp_path / "rapporteur.toml").write_text('[names]\nspeaker = ["wie"]\ntext = ["gezegd"]\n', "utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["wie", "rol", "gezegd"])
    sheet.append(["Bo Vink", "kapper", "Wij misten het zwembad allemaal."])
    (tmp_path / "corpus" / "groen").mkdir(parents=True)
    book.save(tmp_path / "corpus" / "groen" / "dialoog-1.xlsx")
    (line,) = index(settings_for(tmp_path), tmp_path / "corpus").lines
    assert (line.status, line.turns) == ("read", 1)


def test_more_speakers_than_stated_participants_is_a_warning(tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1, participants=1)
    (line,) = index(settings_for(tmp_path), file).lines
    assert line.warnings == ("It states 1 participants, but 2 people speak in its turns.",)


def test_words_read_are_words_in_fragments_and_words_left_out(tmp_path: Path, corpus_folder: Path) -> None:
    run = index(settings_for(tmp_path), corpus_folder)
    totals = run.totals
    assert (totals.words_in_file, totals.words, totals.words_left_out) == (23666, 19544, 4122)
    assert totals.words_left_out == sum(totals.read_as.values())
    with wiring.store(settings_for(tmp_path)) as store:
        assert sum(len(f.text.split()) for f in store.fragments()) == 19550


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links and names")
def test_links_in_a_circle_and_names_that_cannot_be_printed_stop_no_other_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    (file.parent / "zelf.json").symlink_to("zelf.json")
    Path(os.fsdecode(os.fsencode(file.parent) + b"/\xff.json")).write_bytes(file.read_bytes())
    (file.parent / "twee\nregels.json").write_bytes(file.read_bytes())
    assert main(["--set", "embedder=hashing", "index"]) == 2
    shown = capsys.readouterr().out
    assert "read       corpus/groen/dialoog-1.json" in shown
    assert shown.count("refused") == 2 and "rename it" in shown
    assert len(shown.splitlines()) == 4


@pytest.mark.parametrize("field", ["dialogue", "participants"])
def test_a_number_beyond_reason_is_refused_in_its_own_file(field: str, tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    file = write_record(tmp_path / "corpus", "groen", 2)
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {field: 10**20}), "utf-8")
    assert sorted(statuses(index(settings_for(tmp_path), tmp_path / "corpus")).values()) == ["read", "refused"]


@pytest.mark.parametrize("lost", ["chroma", "words.db"])
def test_a_part_of_the_index_that_is_gone_is_said_by_search_and_mended_by_index(lost: str, tmp_path: Path) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    index(settings, file)
    place = settings.index_dir / lost
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    with (
        wiring.store(settings) as store,
        pytest.raises(IndexMissing, match="not there, or not whole"),
        wiring.retriever(settings, store),
    ):
        pass
    index(settings, file)
    with wiring.store(settings) as store:
        assert (vectors_in(settings, store), words_in(settings)) == (5, 6)


def test_a_damaged_store_is_said_by_every_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_record(tmp_path / "corpus", "groen", 1)
    settings = settings_for(tmp_path)
    index(settings, file)
    database = settings.state / "corpus.db"
    content = bytearray(database.read_bytes())
    content[4096:-4096] = b"\xa5" * (len(content) - 8192)
    database.write_bytes(content)
    for command in (["themes"], ["index"], ["draft", "groen"], ["search", "koffie"], ["fragments", "groen"]):
        assert main(["--set", "embedder=hashing", *command]) == 2
        assert "The store cannot be used" in capsys.readouterr().err
