"""A full disk and a workspace that may not be written to: what was finished is kept, and what is needed is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from tests.conftest import REPOSITORY
from tests.sources.test_indexing_survives import assert_whole, records
from tests.workspaces import settings_for, write_record

SETTINGS = ["--set", "embedder=hashing"]
COMMAND = [sys.executable, "-c", "from rapporteur.cli.main import run; run()", *SETTINGS]
UNSHARE = ["unshare", "--mount", "--map-root-user"]


def three_lines(errors: str) -> str:
    lines = errors.strip().splitlines()
    assert [line.split()[0] for line in lines[-3:]] == ["Error:", "Where:", "Next:"], errors
    assert "Traceback" not in errors and "mistake of rapporteur" not in errors
    return errors


# --------------------------------------------------------------------------------------------- a full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """The state of a workspace on a disk of its own, where this machine lets a test have one; here, just the place."""
    if not shutil.which("unshare") or not shutil.which("mount"):
        pytest.skip("no unshare and mount here (Linux has them): no small disk can be made")
    state = tmp_path / ".rapporteur"
    state.mkdir()
    tried = subprocess.run(
        [*UNSHARE, "mount", "-t", "tmpfs", "-o", "size=1m", "none", str(state)], capture_output=True, text=True
    )
    if tried.returncode:
        pytest.skip(f"this machine lets no test mount a disk of its own: {tried.stderr.strip()}")
    return state


@pytest.mark.parametrize("kilobytes", [40, 150, 300, 450, 600, 900])
def test_a_disk_that_is_full_is_said_and_with_room_the_next_run_makes_all_whole(
    kilobytes: int, small_disk: Path, tmp_path: Path
) -> None:
    """In one namespace: a small disk, a run, more room on the same disk, a run; then all of it copied out."""
    records(tmp_path, 12)
    index = 'PYTHONPATH="$REPOSITORY" "$@" index'
    script = f"""
        mount -t tmpfs -o size={kilobytes}k none .rapporteur
        {index} >eerst.txt 2>eerst-fout.txt; echo $? >eerst-code.txt
        mount -o remount,size=200m .rapporteur
        {index} >dan.txt 2>dan-fout.txt; echo $? >dan-code.txt
        cp -r .rapporteur kopie
    """
    environment = {**os.environ, "REPOSITORY": str(REPOSITORY)}
    subprocess.run([*UNSHARE, "sh", "-c", script, "sh", *COMMAND], check=True, env=environment)
    first = Path("eerst-fout.txt").read_text("utf-8")
    assert Path("eerst-code.txt").read_text("utf-8") == "2\n", first
    said = three_lines(first)
    assert "full" in said or "No space left" in said
    assert Path("dan-code.txt").read_text("utf-8") == "0\n", Path("dan-fout.txt").read_text("utf-8")
    small_disk.rmdir()
    Path("kopie").rename(small_disk)
    assert_whole(tmp_path, 12)


# ------------------------------------------------------------------------------- a workspace to read only


@pytest.fixture
def closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace, the current folder, indexed and drafted in and then closed to writing."""
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(tmp_path / "corpus", "groen", 2, [("Cor", "visser", "Wij misten het zwembad, ook op zondag.")])
    assert main([*SETTINGS, "index"]) == 0
    assert main([*SETTINGS, "draft", "groen", "-o", "groen.md"]) == 0
    capsys.readouterr()
    (tmp_path / "uit").mkdir()
    for place in (tmp_path / ".rapporteur").rglob("*"):
        place.chmod(0o500 if place.is_dir() else 0o400)
    (tmp_path / ".rapporteur").chmod(0o500)
    return tmp_path


def run(command: Sequence[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*command, *SETTINGS, *arguments], capture_output=True, text=True)


def test_a_workspace_that_may_only_be_read_is_read(closed: Path, without_privileges: list[str]) -> None:
    before = sorted(closed.rglob("*"))
    for arguments, shows in (
        (["themes"], "groen"),
        (["records"], "corpus/groen/dialoog-1.json"),
        (["fragments", "groen"], "dagopvang"),
        (["check", "groen.md"], "verbatim"),
    ):
        done = run(without_privileges, *arguments)
        assert (done.returncode, done.stderr.count("Error")) == (0, 0), done.stderr
        assert shows in done.stdout
    assert sorted(closed.rglob("*")) == before
    assert run(without_privileges, "export", "groen", "-o", "uit/groen.md").returncode == 0
    assert run(without_privileges, "fragments", "groen", "--csv", "uit/groen.csv").returncode == 0
    assert "dagopvang" in Path("uit/groen.md").read_text("utf-8") + Path("uit/groen.csv").read_text("utf-8")


@pytest.mark.parametrize(
    "arguments", [["index"], ["draft", "groen", "-o", "uit/x.md"], ["search", "zwembad"], ["forget", "groen/2"]]
)
def test_what_has_to_write_says_so_and_what_is_needed(
    arguments: list[str], closed: Path, without_privileges: list[str]
) -> None:
    (closed / ".rapporteur" / "lock").chmod(0o400)
    write_record(closed / "corpus", "groen", 3)
    done = run(without_privileges, *arguments)
    assert done.returncode == 2
    said = three_lines(done.stderr)
    assert "cannot be written to" in said and "a copy of this one" in said


def test_rows_that_are_still_in_the_log_of_a_killed_run_are_read_too(
    closed: Path, without_privileges: list[str]
) -> None:
    database = closed / ".rapporteur" / "corpus.db"
    (closed / ".rapporteur").chmod(0o700)
    database.chmod(0o600)
    code = (
        "import os, sqlite3; db = sqlite3.connect('.rapporteur/corpus.db'); db.execute('PRAGMA journal_mode=WAL')\n"
        "db.execute(\"update fragments set role = 'molenaar'\"); db.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert database.with_name("corpus.db-wal").stat().st_size
    for place in (database, *database.parent.glob("corpus.db-*")):
        place.chmod(0o400)
    (closed / ".rapporteur").chmod(0o500)
    done = run(without_privileges, "fragments", "groen")
    assert done.returncode == 0, done.stderr
    assert "molenaar" in done.stdout


# ------------------------------------------------------------------------------------------ two at a time


def quotable_records(root: Path, count: int) -> None:
    for number in range(1, count + 1):
        said = [
            (
                "Bo",
                "kapper",
                f"Ik miste in week {number} de buren {n} keer en maakte mij thuis grote zorgen over de huur.",
            )
            for n in range(30)
        ]
        write_record(root / "corpus", "groen", number, said)


def test_a_draft_made_while_another_process_indexes_is_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quotable_records(tmp_path, 6)
    assert main([*SETTINGS, "index"]) == 0
    quotable_records(tmp_path, 12)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": environment}
    indexing = subprocess.Popen([*COMMAND, "index"], **quiet)  # type: ignore[call-overload]
    drafts = [
        subprocess.Popen([*COMMAND, "draft", "groen", "-o", f"{n}.md"], **quiet)  # type: ignore[call-overload]
        for n in range(2)
    ]
    for process in (indexing, *drafts):
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors.decode()
    assert_whole(tmp_path, 12)
    with wiring.store(settings_for(tmp_path)) as store:
        assert len(store.revisions("groen")) == 2
    capsys.readouterr()
    main([*SETTINGS, "check", "--format", "json", "0.md", "1.md"])  # of the talks they count, more were read since
    quotations = [one for report in json.loads(capsys.readouterr().out) for one in report["quotations"]]
    assert {one["verdict"] for one in quotations} <= {"verbatim", "edited"}
    assert len(quotations) > 10
