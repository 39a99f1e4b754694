"""rapporteur check on a command line: formats, files, exit codes, mending."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from rapporteur.cli.check_table import tables
from rapporteur.cli.main import main
from rapporteur.types import Attribution, CheckedDocument, Finding, Quotation, Verdict
from tests.workspaces import STORIES, write_record

GOOD = f"‘{STORIES[3][2]}’ (mantelzorger, dialoog 1)\n"
BAD = GOOD.replace("dat was zwaar", "dat was licht")


def run(*arguments: str) -> int:
    return main(["--set", "embedder=hashing", *arguments])


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    write_record(tmp_path / "corpus", "groen", 1)
    assert run("index") == 0
    for name, text in (("goed.md", GOOD), ("fout.md", BAD), ("leeg.md", "Geen citaat.\n"), ("dubbel.md", GOOD * 2)):
        (tmp_path / name).write_text(text.replace(")\n‘", ")\n\nEn dan:\n\n‘"), "utf-8")
    capsys.readouterr()
    return tmp_path


def test_the_table_shows_place_verdict_difference_and_source(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "fout.md") == 1
    shown = capsys.readouterr()
    for part in ("line 1", "altered", "record: was zwaar en", "quoted: was licht en", "mantelzorger, dialogue 1"):
        assert part in shown.out
    assert "corpus/groen/dialoog-1.json" in "".join(shown.out.split())
    assert "fout.md: 1 quotation, 0 proved, 1 finding." in shown.err


def test_one_document_without_a_quotation_makes_the_run_fail(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "goed.md") == 0
    assert run("check", "goed.md", "leeg.md") == 1
    assert "No quotation was found" in " ".join(capsys.readouterr().out.split())


def test_warnings_count_with_strict(workspace: Path) -> None:
    assert run("check", "dubbel.md") == 0
    assert run("check", "dubbel.md", "--strict") == 1


def test_a_document_that_cannot_be_read_ends_with_2_after_the_others(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "goed.md", "weg.md", "--format", "json") == 2
    shown = capsys.readouterr()
    assert [d["document"] for d in json.loads(shown.out)] == ["goed.md"]
    assert "weg.md" in shown.err


def test_one_document_gives_one_json_object_and_several_a_list(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("check", "goed.md", "--format", "json")
    assert json.loads(capsys.readouterr().out)["document"] == "goed.md"
    run("check", "goed.md", "fout.md", "--format", "json")
    assert [d["document"] for d in json.loads(capsys.readouterr().out)] == ["goed.md", "fout.md"]


@pytest.mark.parametrize("style", ["table", "json", "jsonl", "junit", "html"])
def test_every_format_can_go_to_a_file(style: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "fout.md", "--format", style, "-o", "uit.txt") == 1
    assert "altered" in Path("uit.txt").read_text("utf-8") or "Gewijzigd" in Path("uit.txt").read_text("utf-8")
    assert capsys.readouterr().out == ""


def test_a_document_cannot_steer_the_terminal(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("stout.md").write_text("‘Dit zei \x1b[2Jniemand [red]hier[/red] ooit tegen mij.’ (kok, dialoog 1)", "utf-8")
    run("check", "stout.md")
    shown = capsys.readouterr()
    assert "\x1b[2J" not in shown.out and "[red]hier[/red]" in shown.out


def test_fix_tells_what_it_changed_and_the_copy_is_clean(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "fout.md", "--fix", "hersteld.md") == 1
    shown = capsys.readouterr()
    assert "1 quotation mended in hersteld.md, in place: Markdown has no tracked changes." in shown.err
    assert "dat was licht" in shown.err and "dat was zwaar" in shown.err
    assert run("check", "hersteld.md") == 0
    assert Path("fout.md").read_text("utf-8") == BAD


def test_fix_takes_one_document_and_never_writes_over_it(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "fout.md", "goed.md", "--fix", "x.md") == 2
    assert run("check", "fout.md", "--fix", "fout.md") == 2
    assert Path("fout.md").read_text("utf-8") == BAD


def test_the_table_fits_a_screen_of_eighty_columns_without_breaking_its_words() -> None:
    quotation = Quotation("Wij waren met zes.", "paragraph 12, under ‘Knelpunten’", Attribution("kok, dialoog 1"))
    checks = ("tracked-changes", "personal-data", "nothing-checked")
    findings = tuple(Finding(check, "warning", "woorden", "paragraph 3", "It is so.") for check in checks)
    document = CheckedDocument(
        "verslag.docx", ((quotation, Verdict("misleading-cut", why="Er staat meer.")),), findings
    )
    page = StringIO()
    tables([document], str, Console(file=page, width=80, color_system=None))
    lines = page.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    for word in ("paragraph", "misleading-cut", *checks):
        assert any(word in line for line in lines), word
