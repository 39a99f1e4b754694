"""Each command as people and programs use it, on a small corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rapporteur.cli.main import main
from tests.workspaces import STORIES, write_record

SETTINGS = ["--set", "embedder=hashing"]


def run(*arguments: str) -> int:
    return main([*SETTINGS, *arguments])


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace, the current folder, with two themes indexed."""
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(tmp_path / "corpus", "groen", 2, [(f"X{s}", r, f"{t} Echt waar.") for s, r, t in STORIES])
    write_record(tmp_path / "corpus", "werken", 1)
    assert run("index") == 0
    capsys.readouterr()
    return tmp_path


def json_of(capsys: pytest.CaptureFixture[str]) -> object:
    return json.loads(capsys.readouterr().out)


def test_index_prints_a_line_per_file_on_stdout_and_totals_on_stderr(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("index") == 0
    shown = capsys.readouterr()
    assert "unchanged  corpus/groen/dialoog-1.json: groen, dialogue 1: 6 turns" in shown.out
    assert "3 files: 3 unchanged." in shown.err


def test_index_ends_with_2_when_a_file_was_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "corpus" / "groen" / "dialoog-9.docx").write_bytes(b"PK not a Word file")
    assert run("index") == 2
    shown = capsys.readouterr()
    assert "refused    corpus/groen/dialoog-9.docx: " in shown.out
    assert "1 refused" in shown.err


def test_records_lists_what_was_read_and_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "corpus" / "groen" / "dialoog-9.docx").write_bytes(b"PK not a Word file")
    run("index")
    capsys.readouterr()
    assert run("records", "--json") == 0
    listed = json_of(capsys)
    assert isinstance(listed, dict)
    assert {r["status"] for r in listed["records"]} == {"read", "refused"}
    assert run("records") == 0
    assert "dialoog-9.docx" in capsys.readouterr().out


def test_themes_lists_the_themes(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("themes", "--json") == 0
    listed = json_of(capsys)
    assert isinstance(listed, dict)
    assert [(t["theme"], t["dialogues"], t["participants"]) for t in listed["themes"]] == [
        ("groen", [1, 2], 4),
        ("werken", [1], 2),
    ]


def test_fragments_gives_every_fragment_with_its_judgement(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fragments", "groen", "--json") == 0
    listed = json_of(capsys)
    assert isinstance(listed, dict)
    assert len(listed["fragments"]) == 2 * len(STORIES)
    keys = {"id", "text", "role", "dialogue", "round", "section", "sections", "quotability", "left_out"}
    assert all(keys <= set(f) for f in listed["fragments"])
    first = listed["fragments"][0]
    assert first["section"] is None and "guidance" in first["left_out"]
    assert set(first["sections"]) == {"knel", "kiem", "dromen", "ideeen", "procesobservaties"}
    assert "Vink" not in json.dumps(listed)


def test_fragments_can_be_read_and_explained(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fragments", "groen", "--section", "none", "--explain") == 0
    shown = capsys.readouterr().out
    assert "left out: belongs in no section: guidance" in shown and "stands in: corpus/groen/dialoog-1.json" in shown


def test_search_finds_with_filters(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "dagopvang", "--theme", "groen", "--dialogue", "1", "--json") == 0
    found = json_of(capsys)
    assert isinstance(found, dict)
    assert "dagopvang" in found["fragments"][0]["text"]
    assert {(f["theme"], f["dialogue"]) for f in found["fragments"]} == {("groen", 1)}
    assert run("search", "dagopvang", "--role", "kapper") == 0
    assert "mantelzorger" not in capsys.readouterr().out


def test_search_can_keep_to_a_section(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "buurthuis", "--section", "dromen", "--json") == 0
    found = json_of(capsys)
    assert isinstance(found, dict)
    assert found["fragments"] and all("droom" in f["text"] for f in found["fragments"])
    assert run("search", "buurthuis", "--section", "dromerij") == 2


def test_draft_writes_a_word_file_that_check_proves(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("draft", "groen") == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("section")
    assert "Saved as revision 1 of groen; written to groen.docx." in shown.err
    assert run("check", "groen.docx") == 0
    assert "0 findings" in capsys.readouterr().err


def test_draft_json_says_what_was_chosen(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("draft", "groen", "-o", "g.md", "--json") == 0
    drafted = json_of(capsys)
    assert isinstance(drafted, dict)
    assert drafted["revision"] == 1 and drafted["voice"] == "extractief"
    assert set(drafted["sections"]) == {"knel", "kiem", "dromen", "ideeen", "procesobservaties"}


@pytest.mark.parametrize("suffix", ["docx", "md", "html", "json"])
def test_export_writes_the_saved_report(workspace: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("draft", "groen", "-o", "eerste.docx")
    assert run("export", "groen", "-o", f"uit.{suffix}") == 0
    capsys.readouterr()
    assert run("check", f"uit.{suffix}", "--format", "json") == 0
    checked = json_of(capsys)
    assert isinstance(checked, dict)
    assert checked["summary"]["quotations"] > 0 and checked["findings"] == []


def test_check_finds_an_altered_quote_and_ends_with_1(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("draft", "groen", "-o", "g.md")
    text = Path("g.md").read_text("utf-8")
    Path("g.md").write_text(text.replace("dat was zwaar", "dat was licht"), "utf-8")
    capsys.readouterr()
    assert run("check", "g.md") == 1
    assert "licht" in capsys.readouterr().out


def test_check_answers_json_lines_with_json_lines(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = STORIES[3][2]
    asked = [
        {"id": "goed", "quote": said, "role": "mantelzorger", "dialogue": 1, "theme": "groen", "fragment": None},
        {"id": "fout", "quote": said.replace("zwaar", "licht"), "role": None, "dialogue": None, "theme": None},
        {"id": "ander", "quote": said, "role": "kapper", "dialogue": 1, "theme": "groen"},
    ]
    Path("v.jsonl").write_text("\n".join(json.dumps(a) for a in asked), "utf-8")
    assert run("check", "v.jsonl", "--format", "jsonl") == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [a["id"] for a in answers] == ["goed", "fout", "ander"]
    assert answers[0]["verdict"] == "verbatim" and answers[0]["fragment"].startswith("groen/1/")
    assert answers[1]["verdict"] in ("altered", "not-found")
    assert answers[2]["verdict"] == "misattributed"
    assert set(answers[0]) == {"id", "verdict", "fragment", "span", "marks", "difference", "why"}


def test_several_documents_give_a_list(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("draft", "groen", "-o", "g.md")
    run("draft", "werken", "-o", "w.md")
    capsys.readouterr()
    assert run("check", "g.md", "w.md", "--format", "json") == 0
    checked = json_of(capsys)
    assert isinstance(checked, list) and [c["document"] for c in checked] == ["g.md", "w.md"]


def test_a_document_without_quotations_is_not_green(workspace: Path) -> None:
    Path("leeg.md").write_text("# Niets\n\nHier staat geen citaat.\n", "utf-8")
    assert run("check", "leeg.md") == 1


def test_doctor_is_content_with_a_good_workspace(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor", "--json") == 0
    found = json_of(capsys)
    assert isinstance(found, dict)
    assert {c["subject"]: c["state"] for c in found["checks"]} == {
        "installation": "ok", "workspace": "ok", "embedder": "ok", "corpus": "ok", "index": "ok", "model": "ok",
    }  # fmt: skip


def test_schema_describes_record_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema", "record") == 0
    described = json_of(capsys)
    assert isinstance(described, dict) and "turns" in described["properties"]


def test_a_run_leaves_a_record_of_what_it_used(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("RAPPORTEUR_BASE_URL", "http://me:hunter2@localhost:1/v1")
    run("draft", "groen")
    (log,) = (workspace / ".rapporteur" / "runs").glob("*/run.json")
    text = log.read_text("utf-8")
    assert json.loads(text)["used"]["theme"] == "groen"
    assert "secret" not in text and "hunter2" not in text


def test_init_makes_a_workspace_and_never_overwrites_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init", "w", "--example") == 0
    assert len(list(Path("w/corpus").glob("*/dialoog-*"))) == 15
    Path("w/rapporteur.toml").write_text('programme = "Mijn programma"\n', "utf-8")
    assert run("init", "w", "--example") == 0
    assert Path("w/rapporteur.toml").read_text("utf-8") == 'programme = "Mijn programma"\n'
    assert "12 fictional" in capsys.readouterr().out
