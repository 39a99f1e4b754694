"""What a person gives in another way than we foresaw: found all the same, or said with what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rapporteur.cli.main import main
from rapporteur.sources.store import Store
from tests.workspaces import STORIES, write_record

SETTINGS = ["--set", "embedder=hashing"]
TALK = "Anna (kok): Wij misten de markt op het plein.\nBert (boer): De soos ging dicht en bleef dicht.\n"
OTHER = [(f"X{speaker}", role, f"{text} Echt waar.") for speaker, role, text in STORIES]


def run(*arguments: str) -> int:
    return main([*SETTINGS, *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "zorg-welzijn").mkdir(parents=True)
    return tmp_path / "corpus" / "zorg-welzijn"


def lines_of(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    return {line["source"].rpartition("/")[2]: line for line in json.loads(capsys.readouterr().out)["files"]}


# ------------------------------------------------------------------------------------- files of other kinds


@pytest.mark.parametrize(
    ("ending", "says"),
    [("rtf", ".docx"), ("pages", ".docx"), ("xls", ".xlsx"), ("mp4", "written out"), ("m4a", "written out")],
)
def test_what_may_hold_a_session_and_is_not_read_is_refused_with_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], ending: str, says: str
) -> None:
    (folder / "dialoog-1.txt").write_text(TALK, "utf-8")
    (folder / f"dialoog-2.{ending}").write_bytes(b"whatever it holds")
    assert run("index", "--json") == 2
    line = lines_of(capsys)[f"dialoog-2.{ending}"]
    assert line["status"] == "refused"
    assert says in str(line["hint"])


def test_a_recording_beside_what_was_written_out_of_it_is_no_refusal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dialoog-1.txt").write_text(TALK, "utf-8")
    (folder / "dialoog-1.mp4").write_bytes(b"whatever it holds")
    assert run("index", "--json") == 0
    assert lines_of(capsys)["dialoog-1.mp4"]["status"] == "skipped"


def test_pictures_are_passed_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "dialoog-1.txt").write_text(TALK, "utf-8")
    (folder / "foto.jpg").write_bytes(b"whatever it holds")
    assert run("index", "--json") == 0
    assert lines_of(capsys)["foto.jpg"]["status"] == "skipped"


def test_one_nul_byte_in_a_short_file_is_dropped_and_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "dialoog-1.txt").write_bytes(b"Anna (kok): Wij misten\0 de markt.\n")
    assert run("index", "--json") == 0
    assert "1 NUL bytes" in str(lines_of(capsys)["dialoog-1.txt"]["warnings"])


@pytest.mark.parametrize("content", [b"rollen: [\n", b"thema: caf\xc3\xa9 caf\xe9\n", b""])
def test_a_refusal_of_a_sidecar_names_the_sidecar(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (folder / "dialoog-1.txt").write_text(TALK, "utf-8")
    (folder / "dialoog-1.yaml").write_bytes(content)
    assert run("index", "--json") == 2
    assert "dialoog-1.yaml" in str(lines_of(capsys)["dialoog-1.txt"]["why"])


# --------------------------------------------------------------------------------------------------- copies


def test_a_copy_under_another_number_is_said_to_count_double(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(tmp_path / "corpus", "groen", 2)
    write_record(tmp_path / "corpus", "groen", 3, OTHER)
    write_record(tmp_path / "corpus", "werken", 1)
    assert run("index", "--json") == 0
    lines = {line["record"]: line["warnings"] for line in json.loads(capsys.readouterr().out)["files"]}
    (warning,) = (w for w in lines["groen/2"] if "word for word" in w)
    assert "corpus/groen/dialoog-1.json" in warning
    assert "corpus/groen/dialoog-2.json" in warning
    assert not any("word for word" in w for name in ("groen/1", "groen/3", "werken/1") for w in lines[name])


def test_a_copy_is_seen_in_a_later_run_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    run("index")
    write_record(tmp_path / "corpus", "groen", 7)
    capsys.readouterr()
    run("index", "--json")
    lines = {line["record"]: line["warnings"] for line in json.loads(capsys.readouterr().out)["files"]}
    assert any("word for word in corpus/groen/dialoog-1.json" in w for w in lines["groen/7"])


# -------------------------------------------------------------------------------------- names people give


def test_one_of_two_files_of_a_dialogue_is_forgotten_under_the_name_of_its_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_record(tmp_path / "corpus", "groen", 3)
    write_record(tmp_path / "corpus", "groen", 3, OTHER, name="notities.json")
    run("index")
    assert run("forget", "groen/3-2") == 0
    assert "notities.json" in capsys.readouterr().out
    run("index", "--json")
    lines = lines_of(capsys)
    assert {name: line["status"] for name, line in lines.items()} == {
        "dialoog-3.json": "unchanged",
        "notities.json": "forgotten",
    }
    with Store.open(f"sqlite:///{tmp_path / '.rapporteur' / 'corpus.db'}") as store:
        assert [record.id for record in store.records("groen")] == ["groen/3"]
    assert run("forget", "groen/3-2", "--undo") == 0
    run("index")
    assert "notities.json: groen, dialogue 3" in capsys.readouterr().out


def test_a_theme_is_found_under_the_spelling_of_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "corpus" / "Zorg & Welzijn"
    folder.mkdir(parents=True)
    turns = [{"speaker": speaker, "role": role, "text": text} for speaker, role, text in STORIES]
    for number in (1, 2):
        (folder / f"dialoog-{number}.json").write_text(json.dumps({"turns": turns[number - 1 :]}), "utf-8")
    assert run("index") == 0
    assert run("fragments", "Zorg & Welzijn") == 0
    assert run("search", "markt", "--theme", "Zorg & Welzijn") == 0
    assert run("draft", "Zorg & Welzijn", "-o", str(tmp_path / "concept.md")) == 0
    assert run("export", "Zorg & Welzijn", "-o", str(tmp_path / "verslag.md")) == 0
    assert run("forget", "Zorg & Welzijn/2") == 0
    assert "Took zorg-welzijn/2 out" in capsys.readouterr().out


# ------------------------------------------------------------------------------------ output nobody reads


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["records"], 0), (["records", "--json"], 0), (["themes"], 0), (["--help"], 0), (["fragments", "nergens"], 2)],
)
def test_a_command_whose_output_nobody_reads_ends_as_it_would_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    write_record(tmp_path / "corpus", "groen", 1, [STORIES[0]] * 2000)
    assert run("index") == 0
    reading, writing = os.pipe()
    os.close(reading)  # what `| head -1` does once it has its line
    code_to_run = "from rapporteur.cli.main import run; run()"
    command = [sys.executable, "-c", code_to_run, *SETTINGS, *arguments]
    ended = subprocess.run(command, cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr
    assert b"Exception ignored" not in ended.stderr
