"""A participant withdraws consent: their session is out of everything that rapporteur keeps."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from rapporteur.pipeline import drafting, editing, revisions
from rapporteur.types import Block, Comment, Origin
from tests.workspaces import STORIES, settings_for, write_record

SETTINGS = ["--set", "embedder=hashing"]
SECRET = "Ik bewaarde dertig jaar lang een koperen trompet onder het bed en speelde er nooit meer op."


def run(*arguments: str) -> int:
    return main([*SETTINGS, *arguments])


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(tmp_path / "corpus", "groen", 2, [("Cor Blaas", "muzikant", SECRET), *STORIES[:1]])
    assert run("index") == 0
    assert run("draft", "groen", "-o", "groen.md") == 0
    assert "trompet" in Path("groen.md").read_text("utf-8")
    capsys.readouterr()
    return tmp_path


def kept_in(workspace: Path, *words: str) -> dict[str, list[str]]:
    """The files that rapporteur keeps, by which of these words: those that no file holds are left out."""
    files = [file for file in sorted((workspace / ".rapporteur").rglob("*")) if file.is_file()]
    found = {w: [str(f.relative_to(workspace)) for f in files if w.encode() in f.read_bytes()] for w in words}
    return {word: names for word, names in found.items() if names}


def test_no_byte_of_a_forgotten_session_is_kept(workspace: Path) -> None:
    assert ".rapporteur/corpus.db" in kept_in(workspace, "koperen trompet")["koperen trompet"]
    assert run("forget", "groen/2") == 0
    assert kept_in(workspace, "trompet", "Blaas", "muzikant") == {}
    assert kept_in(workspace, "dagopvang")


def test_what_editors_wrote_of_it_goes_from_reports_comments_origins_and_locks(workspace: Path) -> None:
    """Typed quotes and comments come back with an edited Word file; the store keeps them with the revision."""
    with wiring.store(settings_for(workspace)) as store:
        last = drafting.last_revision("groen", store)
        words = f"Cor Blaas, muzikant, zei: {SECRET.partition(' en ')[0]}."
        quoted = next(
            b for s in last.report.sections for b in s.blocks if b.quote and b.quote.fragment.startswith("groen/2")
        )
        typed = replace(quoted, text="koperen trompet […] speelde", title="muzikant")
        written = Block(
            "redactie", "paragraph", f"Iemand vertelde dit. {words} Wat van anderen is, de dagopvang, blijft."
        )
        sections = tuple(
            replace(s, blocks=(*(typed if b is quoted else b for b in s.blocks), written)) for s in last.report.sections
        )
        report = replace(
            last.report, sections=sections, comments=(Comment("redactie", "Bo", "", f"Klopt dit? {words}"),)
        )
        origin = Origin("redraft", "Bo", last.number, instruction=f"meer over {SECRET}")
        editing.save("groen", report, origin, store=store, reason=f"om wat Cor Blaas zei: {SECRET}")
        revisions.lock("groen", ["redactie:2"], store=store, why="gelezen met Cor Blaas")
        assert "trompet" in store.locks("groen")[0].words
    assert run("forget", "groen/2") == 0
    assert kept_in(workspace, "trompet", "Blaas", "muzikant") == {}
    with wiring.store(settings_for(workspace)) as store:
        changed = drafting.last_revision("groen", store)
        assert changed.report.comments[0].text == "Klopt dit? [naam], deelnemer, zei: […]."
        assert changed.report.sections[-1].blocks[-1].text == (
            "Iemand vertelde dit. [naam], deelnemer, zei: […]. Wat van anderen is, de dagopvang, blijft."
        )
        assert changed.reason == "om wat [naam] zei: […]." and changed.origin.instruction == "meer over […]."
        assert store.locks("groen")[0].why == "gelezen met [naam]"


def test_while_another_program_reads_the_store_that_is_said_and_when_it_ends_the_words_are_gone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = sqlite3.connect(workspace / ".rapporteur" / "corpus.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fragments").fetchall()
    assert run("forget", "groen/2") == 0
    assert "Another program is reading the store" in capsys.readouterr().err
    reader.close()
    assert run("themes") == 0
    assert kept_in(workspace, "trompet", "Blaas", "muzikant") == {}


def test_the_reports_that_quote_it_are_listed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forget", "groen/2", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == ["corpus/groen/dialoog-2.json"]
    assert [quoted[:2] for quoted in said["quoted_in"]] == [["groen", 1]]


def test_it_is_not_found_counted_or_quoted_any_more(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("forget", "groen/2")
    capsys.readouterr()
    assert run("search", "trompet", "--json") == 0
    assert "trompet" not in capsys.readouterr().out
    assert run("check", "groen.md") == 1
    assert run("draft", "groen", "-o", "nieuw.md") == 0
    assert "trompet" not in Path("nieuw.md").read_text("utf-8")
    assert run("doctor") == 0


def test_its_file_is_not_read_again_until_that_is_undone(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("forget", "groen/2")
    capsys.readouterr()
    assert run("index") == 0
    assert "forgotten  corpus/groen/dialoog-2.json: taken out on" in capsys.readouterr().out
    assert run("forget", "groen/2", "--undo") == 0
    assert run("index") == 0
    assert "read       corpus/groen/dialoog-2.json" in capsys.readouterr().out


def test_nothing_is_embedded_again_for_what_stays(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("forget", "groen/2")
    capsys.readouterr()
    run("index")
    assert "0 embedded now" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("session", "says"),
    [("groen/7", "no dialogue '7'. It has: 1, 2."), ("rood/1", "no theme 'rood'"), ("groen", "THEME/DIALOGUE")],
)
def test_a_session_that_is_not_there_is_said(
    session: str, says: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("forget", session) == 2
    assert says in capsys.readouterr().err


def test_its_file_is_not_read_again_under_another_number(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forget", "groen/2") == 0
    file = workspace / "corpus" / "groen" / "dialoog-2.json"
    file.rename(file.with_name("dialoog-7.json"))
    capsys.readouterr()
    run("index", "--json")
    lines = {line["source"]: line["status"] for line in json.loads(capsys.readouterr().out)["files"]}
    assert lines["corpus/groen/dialoog-7.json"] == "forgotten"
