"""Whatever goes wrong: three lines that say what, where and what next, the right exit code, nothing half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rapporteur.cli.main import main
from tests.workspaces import write_record

SETTINGS = ["--set", "embedder=hashing"]


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    write_record(tmp_path / "corpus", "groen", 1)
    assert main([*SETTINGS, "index"]) == 0
    capsys.readouterr()
    return tmp_path


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """The three lines, checked for their form."""
    shown = capsys.readouterr()
    lines = shown.err.strip().splitlines()
    assert [line.split()[0] for line in lines] == ["Error:", "Where:", "Next:"], shown.err
    assert all(len(line.split()) > 1 for line in lines)
    return shown.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["index", "nergens"], "no file or folder nergens"),
        (["index"], "no file or folder"),
        (["themes"], "Nothing has been indexed yet"),
        (["fragments", "groen"], "Nothing has been indexed yet"),
        (["search", "koffie"], "Nothing has been indexed yet"),
        (["draft", "groen"], "Nothing has been indexed yet"),
        (["check", "rapport.docx"], "Nothing has been indexed yet"),
        (["export", "groen", "-o", "x.docx"], "Nothing has been indexed yet"),
        (["--set", "embeder=use", "themes"], "no setting 'embeder'. Did you mean 'embedder'?"),
        (["--set", "seed=veel", "themes"], "must be a whole number, not 'veel'"),
        (["--workspace", "nergens", "themes"], "workspace nergens does not exist"),
    ],
)
def test_without_a_corpus(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(arguments) == 2
    assert says in complaint(capsys)
    assert not (tmp_path / ".rapporteur").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["draft", "rood"], "There is no theme 'rood' in this corpus. It has: groen."),
        (["fragments", "rood"], "There is no theme 'rood' in this corpus. It has: groen."),
        (["search", "x", "--theme", "rood"], "There is no theme 'rood' in this corpus. It has: groen."),
        (["export", "groen", "-o", "x.docx"], "There is no draft of the theme 'groen' yet."),
        (["draft", "groen", "-o", "nergens/x.docx"], "The folder nergens does not exist."),
        (["draft", "groen", "-o", "x.pages"], ".pages"),
        (["check", "nergens.docx"], "nergens.docx"),
        (["check", "x.pages"], ".pages"),
        (["--set", "embedder=use", "index"], "made with the embedder 'hashing"),
        (["--set", "embedder=gpt", "draft", "groen"], "There is no embedder 'gpt'."),
    ],
)
def test_with_a_corpus(arguments: list[str], says: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "x.pages").write_bytes(b"x")
    before = {p for p in workspace.rglob("*") if p.suffix in (".docx", ".pages", ".md")}
    assert main([*SETTINGS, *arguments]) == 2
    assert says in complaint(capsys)
    assert {p for p in workspace.rglob("*") if p.suffix in (".docx", ".pages", ".md")} == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"not a Word file"])
def test_a_corrupt_document_is_said_to_be_so(
    content: bytes, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "rapport.docx").write_bytes(content)
    assert main(["check", "rapport.docx"]) == 2
    assert "rapport.docx" in complaint(capsys)


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "corpus").mkdir()
    assert main(["index"]) == 2
    assert "No session records were found" in complaint(capsys)


def test_an_index_of_another_embedder_is_refused_in_a_draft_too(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--set", "embedder=use", "draft", "groen"]) == 2
    assert "made with the embedder 'hashing" in complaint(capsys)
    assert not (workspace / "groen.docx").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_output_is_said_before_the_work_starts(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "dicht").mkdir(mode=0o500)
    assert main([*SETTINGS, "draft", "groen", "-o", "dicht/x.docx"]) == 2
    assert "may not be written to" in complaint(capsys)


def test_an_output_that_is_a_folder_is_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "map.docx").mkdir()
    assert main([*SETTINGS, "draft", "groen", "-o", "map.docx"]) == 2
    assert "is a folder" in complaint(capsys)


@pytest.mark.parametrize(
    "command",
    [
        ["draft", "groen", "-o"],
        ["export", "groen", "-o"],
        ["redraft", "groen", "knel", "--seed", "2", "-o"],
        ["diff", "groen", "1", "1", "-o"],
        ["check", "verslag.md", "-o"],
    ],
)
def test_nothing_is_ever_written_in_the_place_of_a_record(
    command: list[str], workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SETTINGS, "draft", "groen", "-o", "verslag.md"]) == 0
    (record, *_) = (path for path in (workspace / "corpus").rglob("*") if path.is_file())
    before = record.read_bytes()
    for place in (record.with_suffix(".docx"), workspace / "corpus" / "nieuw.docx", record):
        capsys.readouterr()
        assert main([*SETTINGS, *command, str(place)]) == 2
    assert record.read_bytes() == before and not (workspace / "corpus" / "nieuw.docx").exists()


def test_a_settings_file_that_is_no_toml_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rapporteur.toml").write_text("programme = Niet tussen aanhalingstekens", "utf-8")
    assert main(["themes"]) == 2
    assert "rapporteur.toml is not valid TOML" in complaint(capsys)


def test_our_own_mistake_leaves_a_bug_report(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rapporteur.wiring.store", lambda settings: 1 / 0)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(workspace))
    assert main(["themes"]) == 70
    assert "mistake of rapporteur itself: ZeroDivisionError" in complaint(capsys)
    (report,) = workspace.glob("rapporteur-bug-*.txt")
    assert "ZeroDivisionError" in report.read_text("utf-8")


def test_an_interrupt_ends_with_130(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rapporteur.wiring.store", interrupted)
    assert main(["themes"]) == 130


@pytest.mark.parametrize("arguments", [["draft"], ["index", "--nonsense"], ["nonsense"], ["schema", "x"]])
def test_a_misspelled_command_is_a_usage_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Error" in capsys.readouterr().err
