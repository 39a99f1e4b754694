"""rapporteur export on a command line: the house style, the reviewer's comments, and what check says of both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from tests.workspaces import settings_for
from tests.writing.export.house_styles import FOOT, house_style

THEME = "ontmoeten-in-de-buurt"


def run(*arguments: str) -> int:
    return main(["--set", "embedder=hashing", *arguments])


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Path:
    root = tmp_path_factory.mktemp("werkmap")
    shutil.copytree(corpus_folder / THEME, root / "corpus" / THEME)
    here = ["--workspace", str(root)]
    assert run(*here, "index", str(root / "corpus")) == 0
    assert run(*here, "draft", THEME, "-o", str(root / "eerste.docx")) == 0
    return root


@pytest.fixture
def workspace(drafted: Path, tmp_path: Path) -> Path:
    """A copy to work in, which is the current folder."""
    shutil.copytree(drafted, tmp_path, dirs_exist_ok=True)
    return tmp_path


def checked(file: str, capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    assert run("check", file, "--format", "json") == 0
    return json.loads(capsys.readouterr().out)


def without_comments(told: Any) -> Any:
    """What check says, but for the name of the file and that it set comments aside."""
    findings = [f for f in told["findings"] if f["place"] != "the comments"]
    return {"quotations": told["quotations"], "findings": findings}


def test_check_says_the_same_of_a_report_in_a_house_style(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house_style(workspace / "huisstijl.docx")
    assert run("export", THEME, "-o", "huis.docx", "--template", "huisstijl.docx") == 0
    ours, theirs = checked("eerste.docx", capsys), checked("huis.docx", capsys)
    assert theirs["quotations"] == ours["quotations"] != []
    assert theirs["findings"] == ours["findings"] == []


def test_the_setting_gives_drafts_and_exports_the_house_style_and_other_formats_none(
    workspace: Path, tmp_path: Path
) -> None:
    house_style(workspace / "huisstijl.docx")
    (workspace / "rapporteur.toml").write_text('house_style = "huisstijl.docx"\n', "utf-8")
    assert run("draft", THEME, "-o", "a.docx") == 0
    assert run("export", THEME, "-o", "b.docx") == 0
    assert run("export", THEME, "-o", "c.html") == 0
    for name in ("a.docx", "b.docx"):
        assert docx.Document(str(workspace / name)).sections[0].footer.paragraphs[0].text == FOOT


def test_a_house_style_that_cannot_be_used_stops_before_anything_is_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "huisstijl.docx").write_text("geen Word", "utf-8")
    assert run("export", THEME, "-o", "huis.docx", "--template", "huisstijl.docx") == 2
    assert "huisstijl.docx cannot be used as a house style" in capsys.readouterr().err
    assert run("--set", "house_style=weg.docx", "draft", THEME, "-o", "huis.docx") == 2
    assert not (workspace / "huis.docx").exists()
    with wiring.store(settings_for(workspace)) as store:
        saved = store.revision(THEME)
    assert saved is not None and saved[0] == 1


@pytest.mark.parametrize("flag", [["--template", "eerste.docx"], ["--reviewer"]])
def test_what_only_word_can_show_is_refused_for_other_formats(workspace: Path, flag: list[str]) -> None:
    assert run("export", THEME, "-o", "verslag.html", *flag) == 2
    assert not (workspace / "verslag.html").exists()


def test_a_reviewer_finds_verdict_source_and_context_beside_each_quote(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", THEME, "-o", "nakijken.docx", "--reviewer") == 0
    comments = list(docx.Document(str(workspace / "nakijken.docx")).comments)
    quotations = checked("eerste.docx", capsys)["quotations"]
    assert len(comments) == len(quotations) > 20
    texts = [[p.text for p in comment.paragraphs] for comment in comments]
    assert {lines[0] for lines in texts} == {"✓ Letterlijk"}
    told = sorted(line.removeprefix("Fragment: ") for lines in texts for line in lines if line.startswith("Fragment"))
    assert told == sorted(quotation["fragment"] for quotation in quotations)
    for lines in texts:
        heads = [line.partition(":")[0].partition(" (")[0] for line in lines]
        assert {"Gezegd door", "Plaats"} <= {*heads}
        assert {*heads} & {"Eerder", "Ervoor", "Erna", "Daarna"}
    assert {comment.author for comment in comments} == {"rapporteur"}


def test_comments_name_nobody(workspace: Path) -> None:
    assert run("export", THEME, "-o", "nakijken.docx", "--reviewer") == 0
    text = "\n".join(comment.text for comment in docx.Document(str(workspace / "nakijken.docx")).comments)
    with wiring.store(settings_for(workspace)) as store:
        names = [name for name in store.speakers() if " " in name]
    assert names
    assert [name for name in names if name in text] == []
    for planted in ("06 00", "@", "Wilgenpad", "Meidoornlaan"):
        assert planted not in text


def test_comments_change_nothing_that_check_sees(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", THEME, "-o", "nakijken.docx", "--reviewer") == 0
    assert run("export", THEME, "-o", "schoon.docx") == 0
    with_comments, without = checked("nakijken.docx", capsys), checked("schoon.docx", capsys)
    assert without_comments(with_comments) == without_comments(without)
    (said,) = [f for f in with_comments["findings"] if f["place"] == "the comments"]
    assert said["severity"] == "info"


def test_two_exports_for_a_reviewer_are_the_same_bytes(workspace: Path) -> None:
    for name in ("a.docx", "b.docx"):
        assert run("export", THEME, "-o", name, "--reviewer") == 0
    assert (workspace / "a.docx").read_bytes() == (workspace / "b.docx").read_bytes()
