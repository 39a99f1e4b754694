"""The editor's commands over the history of a report, in a real workspace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from rapporteur.errors import Conflict, PartLocked
from rapporteur.pipeline import drafting, editing, revisions
from rapporteur.sources.store import Store
from rapporteur.types import Block, Origin, Report, Revision
from rapporteur.writing import parts
from tests.conftest import REPOSITORY
from tests.workspaces import settings_for, write_record

SETTINGS = ["--set", "embedder=hashing", "--set", "author=Eef"]
COMMAND = [sys.executable, "-c", "from rapporteur.cli.main import run; run()", *SETTINGS]
ADDED = "Deze zin schreef een redacteur erbij."


def run(*arguments: str) -> int:
    return main([*SETTINGS, *arguments])


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(
        tmp_path / "corpus", "groen", 2, [("Cor", "visser", "Ik miste het zwembad, ook op zondag was het dicht.")]
    )
    assert run("index") == 0
    assert run("draft", "groen", "-o", "groen.md") == 0
    capsys.readouterr()
    return tmp_path


def added_to(report: Report, block: str, words: str = ADDED) -> Report:
    """The report with a sentence added to a block."""

    def one(old: Block) -> Block:
        return replace(old, text=f"{old.text} {words}".strip()) if old.id == block else old

    return replace(report, sections=tuple(replace(s, blocks=tuple(map(one, s.blocks))) for s in report.sections))


def edit(store: Store, block: str, words: str = ADDED, **more: object) -> Revision:
    last = drafting.last_revision("groen", store)
    report = added_to(last.report, block, words)
    origin = Origin("import", "Bo", last.number)
    given = {"store": store, "reason": "bewerkt", "expected": last.number, **more}
    return editing.save("groen", report, origin, **given)  # type: ignore[arg-type]


def edited(workspace: Path, block: str, words: str = ADDED) -> int:
    with wiring.store(settings_for(workspace)) as store:
        return edit(store, block, words).number


def printed(workspace: Path, number: int) -> str:
    assert run("export", "groen", "--revision", str(number), "-o", "uit.md") == 0
    return (workspace / "uit.md").read_text("utf-8")


def said_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    capsys.readouterr()
    assert run(*arguments, "--json") == 0
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    return said


# ----------------------------------------------------------------------------------------- history, restore


def test_the_history_says_who_did_what_and_when_newest_last(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(workspace, "inleiding-thema")
    assert run("restore", "groen", "1") == 0
    assert run("lock", "groen", "inleiding") == 0
    capsys.readouterr()
    assert run("history", "groen") == 0
    out = capsys.readouterr().out
    rows = [line.split() for line in out.splitlines()]
    assert [row[0] for row in rows[1:4]] == ["1", "2", "3"]
    assert [row[3:5] for row in rows[1:4]] == [["Eef", "draft"], ["Bo", "import"], ["Eef", "restore"]]
    assert "extractief" in out and "1 part is locked: inleiding." in out
    said = said_json(capsys, "history", "groen")
    assert [one["origin"]["parent"] for one in said["revisions"]] == [None, 1, 1]  # type: ignore[attr-defined]
    assert [one["part"] for one in said["locks"]] == ["inleiding"]  # type: ignore[attr-defined]


def test_every_number_can_be_restored_and_prints_what_it_printed(workspace: Path) -> None:
    edited(workspace, "inleiding-thema")
    edited(workspace, "inleiding-gesprekken", "En nog een.")
    before = {number: printed(workspace, number) for number in (1, 2, 3)}
    for last, number in enumerate((1, 3, 2, 1), start=4):
        assert run("restore", "groen", str(number)) == 0
        assert printed(workspace, last) == before[number].replace(f"revision: '{number}'", f"revision: '{last}'")
    assert {number: printed(workspace, number) for number in (1, 2, 3)} == before


def test_a_revision_that_the_last_one_equals_is_not_saved_once_more(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(workspace, "inleiding-thema")
    for number in ("2", "1", "1", "3"):  # the second makes revision 3, equal to the first
        assert run("restore", "groen", number) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "groen" in line]
    assert "Revision 1 of groen is the last again, as revision 3." in said
    assert sum("already, so nothing was saved" in line for line in said) == 3
    assert said_json(capsys, "restore", "groen", "1") == {"theme": "groen", "revision": None}
    with wiring.store(settings_for(workspace)) as store:
        assert len(store.history("groen")) == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["history", "rood"], "no theme 'rood'"),
        (["restore", "groen", "9"], "no revision 9"),
        (["diff", "groen", "1", "9"], "no revision 9"),
        (["lock", "groen", "kneel"], "no part 'kneel'. Near it come: knel"),
        (["lock", "groen"], "Give the parts to lock, or --list."),
        (["lock", "groen", "knel", "--list"], "Give the parts to lock, or --list."),
        (["unlock", "groen", "knel"], "'knel' of groen is not locked; nothing is."),
        (["unlock", "rood", "knel"], "no theme 'rood'"),
        (["diff", "groen", "1", "1", "-o", "x.pdf"], "ends in .docx"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_changes(
    arguments: list[str], says: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert says in capsys.readouterr().err
    with wiring.store(settings_for(workspace)) as store:
        assert len(store.history("groen")) == 1 and store.locks("groen") == ()


def test_a_theme_that_was_never_drafted_has_no_history(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_record(workspace / "corpus", "blauw", 1)
    run("index")
    capsys.readouterr()
    for arguments in (["history", "blauw"], ["lock", "blauw", "knel"], ["restore", "blauw", "1"]):
        assert run(*arguments) == 2
        assert "rapporteur draft blauw" in capsys.readouterr().err


# ---------------------------------------------------------------------------------------------------- locks


def test_a_locked_part_is_not_changed_by_a_draft_a_restore_or_an_editor(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(workspace, "inleiding-thema")
    assert run("lock", "groen", "inleiding", "--why", "akkoord") == 0
    for arguments, says in (
        (["draft", "groen", "-o", "x.md"], "an editor locked part inleiding"),
        (["restore", "groen", "1"], "it would change part inleiding of groen"),
    ):
        assert run(*arguments) == 2
        errors = capsys.readouterr().err
        assert says in errors and "rapporteur unlock groen inleiding" in errors
    with wiring.store(settings_for(workspace)) as store:
        with pytest.raises(PartLocked):
            edit(store, "inleiding-gesprekken")
        assert len(store.history("groen")) == 2
        edit(store, "samenvatting-tafel")  # what is not locked may change
        edit(store, "inleiding-gesprekken", allow={"inleiding"})
    assert not Path("x.md").exists()
    assert run("unlock", "groen", "inleiding") == 0
    assert run("restore", "groen", "1") == 0


def test_a_locked_sentence_stays_while_the_rest_of_its_paragraph_changes(workspace: Path) -> None:
    assert run("lock", "groen", "inleiding-leeswijzer:2") == 0
    with wiring.store(settings_for(workspace)) as store:
        last = drafting.last_revision("groen", store).report
        words = parts.sentence(last, "inleiding-leeswijzer:2")
        assert [lock.words for lock in store.locks("groen")] == [words]
        edit(store, "inleiding-leeswijzer")
        with pytest.raises(PartLocked, match="inleiding-leeswijzer:2"):
            changed = added_to(last, "inleiding-leeswijzer")
            without = replace(
                changed,
                sections=tuple(
                    replace(s, blocks=tuple(replace(b, text=b.text.replace(words, "Weg.")) for b in s.blocks))
                    for s in changed.sections
                ),
            )
            editing.save("groen", without, Origin("redraft"), store=store, reason="x")


def test_the_list_of_parts_shows_what_is_locked_by_whom_and_why(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("lock", "groen", "inleiding-thema", "inleiding-leeswijzer:1", "--why", "akkoord") == 0
    capsys.readouterr()
    assert run("lock", "groen", "--list") == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "Eef" in lines["inleiding-thema"] and "akkoord" in lines["inleiding-thema"]
    assert "sentence" in lines["inleiding-leeswijzer:1"] and "akkoord" in lines["inleiding-leeswijzer:1"]
    assert "Eef" not in lines["inleiding"] and "knel" in lines
    assert len(said_json(capsys, "lock", "groen", "--list")["locks"]) == 2  # type: ignore[arg-type]
    said = said_json(capsys, "unlock", "groen", "inleiding-thema")
    assert [one["part"] for one in said["locks"]] == ["inleiding-leeswijzer:1"]  # type: ignore[attr-defined]


def test_a_chapter_a_topic_or_a_kader_is_locked_by_the_title_that_an_editor_sees(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("lock", "groen", "Inleiding", "knelpunten en kiemen") == 0
    assert "Locked inleiding, knel, kiem of groen" in capsys.readouterr().out
    assert run("unlock", "groen", "1. Knelpunten en kiemen") == 0
    assert "Unlocked knel, kiem of groen; 1 part is locked." in capsys.readouterr().out
    assert run("unlock", "groen", "Dromen en wensen voor de toekomst") == 2
    assert "'dromen' of groen is not locked; inleiding is." in capsys.readouterr().err


def test_two_editors_who_start_from_the_same_revision_both_keep_their_work_and_the_second_is_told(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with wiring.store(settings_for(workspace)) as store:
        edit(store, "inleiding-thema", "Van Bo.")
        with pytest.raises(Conflict) as told:
            edit(store, "inleiding-thema", "Van Eef.", expected=1)
        assert told.value.number == 3 and told.value.exit_code == 2
        assert revisions.compare("groen", 2, 3, store).changes
    assert "Van Bo." in printed(workspace, 2) and "Van Eef." in printed(workspace, 3)
    assert run("restore", "groen", "2") == 0
    assert "Van Bo." in printed(workspace, 4)


def test_processes_that_restore_and_lock_at_once_leave_a_history_without_a_gap(workspace: Path) -> None:
    """Each is saved or says in so many words that it would have changed what another had just locked."""
    edited(workspace, "inleiding-thema")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    asked: Sequence[list[str]] = [["restore", "groen", "1"], ["restore", "groen", "2"], ["lock", "groen", "inleiding"]]
    processes = [
        subprocess.Popen(
            [*COMMAND, *one], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, text=True
        )
        for one in asked
    ]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0 or "locked" in errors or "is saved, but" in errors, errors
    with wiring.store(settings_for(workspace)) as store:
        numbers = [line.number for line in store.history("groen")]
        assert numbers == list(range(1, len(numbers) + 1))
        assert [lock.part for lock in store.locks("groen")] == ["inleiding"]


# ----------------------------------------------------------------------------------------------------- diff


def test_the_difference_between_two_revisions_is_shown_word_by_word_under_its_section(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(workspace, "inleiding-thema")
    capsys.readouterr()
    assert run("diff", "groen", "1") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == ["Inleiding", "  changed  inleiding-thema"]
    assert f"{{+ {ADDED}+}}" in out and "\x1b" not in out
    assert err == "From revision 1 to 2 of groen 1 paragraph differs: 1 changed.\n"
    said = said_json(capsys, "diff", "groen", "2", "1")
    (change,) = said["changes"]  # type: ignore[misc]
    assert (change["state"], change["block"]) == ("changed", "inleiding-thema")  # type: ignore[has-type]


def test_revisions_that_print_the_same_are_said_to(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(workspace, "inleiding-thema")
    run("restore", "groen", "1")
    capsys.readouterr()
    assert run("diff", "groen", "1", "3") == 0
    assert capsys.readouterr() == ("", "Revisions 1 and 3 of groen print the same words.\n")
    assert said_json(capsys, "diff", "groen", "1", "3")["identical"] is True


def test_a_word_file_shows_the_difference_as_tracked_changes_by_the_editor(workspace: Path) -> None:
    edited(workspace, "inleiding-thema")
    assert run("diff", "groen", "1", "2", "-o", "wat.docx") == 0
    xml = zipfile.ZipFile("wat.docx").read("word/document.xml").decode()
    assert xml.count("<w:ins ") == 1 and 'w:author="Bo"' in xml and ADDED in xml and "<w:del " not in xml


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here: no tracked changes to read")
def test_libreoffice_knows_them_for_tracked_changes_with_their_author(workspace: Path, tmp_path: Path) -> None:
    edited(workspace, "inleiding-thema")
    assert run("diff", "groen", "1", "2", "-o", "wat.docx") == 0
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "fodt", "wat.docx"], check=True, capture_output=True
    )
    flat = Path("wat.fodt").read_text("utf-8")
    assert flat.count("<text:changed-region") == 1 and "<text:insertion>" in flat
    assert "<dc:creator>Bo</dc:creator>" in flat


@pytest.mark.parametrize(
    "command",
    [("draft", "groen"), ("export", "groen"), ("redraft", "groen", "knel")],
    ids=["draft", "export", "redraft"],
)
def test_what_a_person_changed_in_a_file_is_kept_beside_the_new_one(
    command: tuple[str, ...], workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = workspace / "groen.md"
    changed = file.read_text("utf-8") + f"\n{ADDED}\n"
    for name in ("groen.bewerkt.md", "groen.bewerkt-2.md"):
        file.write_text(changed, "utf-8")
        assert run(*command, "-o", "groen.md") == 0
        assert name in capsys.readouterr().err
        assert (workspace / name).read_text("utf-8") == changed
        assert ADDED not in file.read_text("utf-8")


def test_a_file_as_it_was_written_or_taken_in_is_written_over(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("draft", "groen", "-o", "groen.md") == run("export", "groen", "-o", "groen.md") == 0
    assert run("export", "groen", "-o", "groen.docx") == 0
    document = docx.Document(str(workspace / "groen.docx"))
    document.add_paragraph(ADDED)
    document.save(str(workspace / "groen.docx"))
    assert run("import", "groen.docx") == 0
    assert run("export", "groen", "-o", "groen.docx") == 0
    assert not [*workspace.glob("*.bewerkt*")]
    assert "is kept as" not in capsys.readouterr().err
