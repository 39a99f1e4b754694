"""Revisions and locks in the store: nothing reported as saved is lost, whoever else writes and whatever is killed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rapporteur.errors import Conflict, PartLocked
from rapporteur.sources.history import StoredRevision
from rapporteur.sources.store import Store
from rapporteur.types import Lock, Origin
from tests.conftest import REPOSITORY

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
REDRAFT = Origin("redraft", "Eef", 1, ("knel",), "minder over reizen", "een-model", 120, 0.25)

# The tables as the first version made them, with a report in them.
SCHEMA_1 = """
CREATE TABLE settings ("key" VARCHAR NOT NULL, value TEXT, PRIMARY KEY ("key"));
CREATE TABLE files (source VARCHAR NOT NULL, digest VARCHAR NOT NULL, record VARCHAR, line JSON NOT NULL,
    PRIMARY KEY (source));
CREATE TABLE records (id VARCHAR NOT NULL, source VARCHAR NOT NULL, theme VARCHAR NOT NULL, dialogue INTEGER,
    text TEXT NOT NULL, fingerprint VARCHAR NOT NULL, body JSON NOT NULL, PRIMARY KEY (id));
CREATE TABLE fragments (id VARCHAR NOT NULL, record VARCHAR NOT NULL, theme VARCHAR NOT NULL, dialogue INTEGER,
    turn VARCHAR NOT NULL, position INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
    text TEXT NOT NULL, speaker VARCHAR, role VARCHAR, round VARCHAR, language VARCHAR NOT NULL, locator JSON,
    PRIMARY KEY (id));
CREATE TABLE vectors (embedder VARCHAR NOT NULL, text_hash VARCHAR NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (embedder, text_hash));
CREATE TABLE index_work (fragment VARCHAR NOT NULL, action VARCHAR NOT NULL, PRIMARY KEY (fragment));
CREATE TABLE forgotten (theme VARCHAR NOT NULL, dialogue VARCHAR NOT NULL, "when" VARCHAR NOT NULL,
    PRIMARY KEY (theme, dialogue));
CREATE TABLE revisions (theme VARCHAR NOT NULL, number INTEGER NOT NULL, created VARCHAR NOT NULL,
    reason TEXT NOT NULL, report JSON NOT NULL, PRIMARY KEY (theme, number));
INSERT INTO settings VALUES ('schema', '1');
INSERT INTO revisions VALUES ('groen', 1, 'toen', 'first draft', '{"voice":"extractief"}');
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state' / 'corpus.db'}"


@pytest.fixture
def old(tmp_path: Path, url: str) -> Path:
    """A store of the first version."""
    file = tmp_path / "state" / "corpus.db"
    file.parent.mkdir()
    database = sqlite3.connect(file)
    database.executescript(SCHEMA_1)
    database.close()
    return file


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )


# ------------------------------------------------------------------------------------------------ revisions


def test_a_revision_comes_back_with_who_made_it_of_what(url: str) -> None:
    with Store.open(url, create=True) as store:
        store.save_revision("groen", "nu", "first draft", {"voice": "extractief"})
        store.save_revision("groen", "straks", "knel anders", {"voice": "taalmodel x"}, origin=REDRAFT, expected=1)
    with Store.open(url) as store:
        assert store.revision("groen") == (2, "straks", "knel anders", {"voice": "taalmodel x"}, REDRAFT)
        first, second = store.history("groen")
        assert (first.number, first.voice, first.origin) == (1, "extractief", Origin())
        assert (second.number, second.voice, second.origin) == (2, "taalmodel x", REDRAFT)
        assert [saved.number for saved in store.revisions("groen")] == [1, 2]
        assert store.history("rood") == []


def test_the_second_of_two_writers_is_saved_and_told_of_the_first(url: str) -> None:
    with Store.open(url, create=True) as one, Store.open(url) as two:
        one.save_revision("groen", "nu", "x", {})
        assert one.save_revision("groen", "nu", "x", {"van": 1}, origin=REDRAFT, expected=1) == 2
        with pytest.raises(
            Conflict, match=r"Revision 3 .* is saved, .* revision 1: .* revision 2 \(redraft by Eef\)"
        ) as told:
            two.save_revision("groen", "nu", "x", {"van": 2}, expected=1)
        assert told.value.number == 3
        assert "diff groen 2 3" in told.value.hint and "restore groen 2" in told.value.hint
        assert [saved.report for saved in two.revisions("groen")] == [{}, {"van": 1}, {"van": 2}]
        assert two.save_revision("groen", "nu", "x", {}, expected=3) == 4


def test_what_the_guard_refuses_is_not_saved(url: str) -> None:
    seen: list[tuple[StoredRevision, tuple[Lock, ...]]] = []

    def guard(last: StoredRevision, locks: tuple[Lock, ...]) -> None:
        seen.append((last, locks))
        raise PartLocked("vast")

    with Store.open(url, create=True) as store:
        store.save_revision("groen", "nu", "x", {"n": 1}, guard=guard)
        store.save_revision("groen", "nu", "x", {"n": 2}, guard=guard)
        assert store.lock("groen", [Lock("knel")], 2)
        with pytest.raises(PartLocked):
            store.save_revision("groen", "nu", "x", {"n": 3}, guard=guard)
        assert [(last.number, last.report, locks) for last, locks in seen] == [(2, {"n": 2}, (Lock("knel"),))]
        assert len(store.history("groen")) == 2


SAVE = """
import json, sys
from rapporteur.errors import Conflict
from rapporteur.sources.store import Store
url, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store.open(url) as store:
    print("klaar", flush=True)
    sys.stdin.readline()
    for n in range(times):
        expected = store.history("groen")[-1].number
        try:
            report = {"van": name, "n": n, "vul": "x" * 5000}
            number = store.save_revision("groen", "nu", name, report, expected=expected)
            print(json.dumps([number, n, False]), flush=True)
        except Conflict as told:
            print(json.dumps([told.number, n, True]), flush=True)
"""


def test_processes_that_save_at_once_each_get_their_own_numbers_and_learn_of_each_other(url: str) -> None:
    with Store.open(url, create=True) as store:
        store.save_revision("groen", "nu", "x", {})
    writers = {name: python(SAVE, url, name, "15") for name in ("een", "twee", "drie")}
    for process in writers.values():
        assert process.stdout and process.stdout.readline() == "klaar\n"
    said: dict[int, tuple[str, int]] = {}
    conflicts: set[int] = set()
    for process in writers.values():
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    for name, process in writers.items():
        out, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
        for number, n, conflict in map(json.loads, out.splitlines()):
            assert number not in said
            said[number] = (name, n)
            conflicts |= {number} if conflict else set()
    assert sorted(said) == list(range(2, 47))
    with Store.open(url) as store:
        for number, (name, n) in said.items():
            saved = store.revision("groen", number)
            assert saved is not None and (saved.report["van"], saved.report["n"]) == (name, n)
    follows_own = {n for n in said if n > 2 and said[n - 1][0] == said[n][0]}
    assert not conflicts & follows_own  # nobody is told of a conflict with themselves


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("after", [1, 2, 4, 7, 11])
def test_what_was_said_to_be_saved_is_there_after_kill_9(after: int, url: str) -> None:
    with Store.open(url, create=True) as store:
        store.save_revision("groen", "nu", "x", {})
    process = python(SAVE, url, "een", "100000")
    assert process.stdin and process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    lines = [process.stdout.readline() for _ in range(after + 1)]
    process.send_signal(signal.SIGKILL)  # while it is saving the next
    rest, _ = process.communicate(timeout=60)
    whole = [line for line in [*lines, *rest.splitlines(keepends=True)][1:] if line.endswith("\n")]
    assert len(whole) >= after
    with Store.open(url) as store:
        for number, n, _ in map(json.loads, whole):
            saved = store.revision("groen", number)
            assert saved is not None and saved.report["n"] == n
        numbers = [line.number for line in store.history("groen")]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) - 1 in (len(whole), len(whole) + 1)  # the last may be saved and not yet said
        assert store.save_revision("groen", "nu", "x", {}) == len(numbers) + 1


# ---------------------------------------------------------------------------------------------------- locks


def test_locks_are_kept_with_who_when_and_why(url: str) -> None:
    sentence = Lock("kiem-1:2", "Eef", "nu", "", "Zij liepen er elke week.")
    with Store.open(url, create=True) as store:
        store.save_revision("groen", "nu", "x", {})
        assert store.lock("groen", [Lock("knel", "Eef", "nu", "akkoord"), sentence], 1)
        assert store.lock("groen", [Lock("knel", "Bo", "straks")], 1)
        assert store.locks("groen") == (sentence, Lock("knel", "Bo", "straks"))
        assert store.locks("rood") == ()
        store.unlock("groen", ["knel"])
        assert store.locks("groen") == (sentence,)


def test_a_part_is_not_locked_in_another_revision_than_was_looked_at(url: str) -> None:
    with Store.open(url, create=True) as store:
        store.save_revision("groen", "nu", "x", {})
        store.save_revision("groen", "nu", "x", {})
        assert not store.lock("groen", [Lock("knel")], 1)
        assert store.locks("groen") == ()


# --------------------------------------------------------------------------- a store of an earlier version


def test_a_store_of_before_there_were_origins_is_brought_up_to_date_and_keeps_its_revisions(
    old: Path, url: str
) -> None:
    with Store.open(url) as store:
        assert store.setting("schema") == "2"
        assert store.revision("groen") == (1, "toen", "first draft", {"voice": "extractief"}, Origin())
        assert store.save_revision("groen", "nu", "x", {}, origin=REDRAFT, expected=1) == 2
        assert store.lock("groen", [Lock("knel")], 2)
    with Store.open(url) as store:
        assert [line.origin for line in store.history("groen")] == [Origin(), REDRAFT]


def test_processes_that_open_an_old_store_at_once_all_find_it_whole(old: Path, url: str) -> None:
    code = (
        "import sys; from rapporteur.sources.store import Store\n"
        "print('klaar', flush=True); sys.stdin.readline()\n"
        "with Store.open(sys.argv[1]) as store: print(store.save_revision('groen', 'nu', 'x', {}))"
    )
    processes = [python(code, url) for _ in range(4)]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "klaar\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    numbers = []
    for process in processes:
        out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        numbers.append(int(out))
    assert sorted(numbers) == [2, 3, 4, 5]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kill_in_the_middle_of_bringing_it_up_to_date_leaves_it_as_it_was(old: Path, url: str) -> None:
    code = (
        "import os, signal, sys; from rapporteur.sources import schema; from rapporteur.sources.store import Store\n"
        "whole = schema._complete\n"
        "def killed(db): whole(db); os.kill(os.getpid(), signal.SIGKILL)\n"
        "schema._complete = killed\n"
        "Store.open(sys.argv[1])"
    )
    process = python(code, url)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    raw = sqlite3.connect(old)
    assert raw.execute("SELECT value FROM settings WHERE key = 'schema'").fetchall() == [("1",)]
    assert [row[1] for row in raw.execute("PRAGMA table_info(revisions)")][-1] == "report"
    raw.close()
    with Store.open(url) as store:
        assert store.save_revision("groen", "nu", "x", {}, origin=REDRAFT) == 2


def test_an_old_store_that_may_only_be_read_is_read_as_it_is(
    old: Path, url: str, without_privileges: list[str]
) -> None:
    script = old.parent.parent / "lees.py"
    script.write_text(
        "import sys\nfrom rapporteur.sources.store import Store\nwith Store.open(sys.argv[2]) as store:\n"
        "    print(store.read_only, store.revision('groen').number, len(store.history('groen')), store.locks('groen'))"
    )
    old.chmod(0o400)
    old.parent.chmod(0o500)
    before = old.read_bytes()
    run_it = "import runpy, sys; runpy.run_path(sys.argv[1])"
    inside = [part.replace("from rapporteur.cli.main import run; run()", run_it) for part in without_privileges]
    done = subprocess.run([*inside, str(script), url], capture_output=True, text=True, env=ENVIRONMENT)
    old.parent.chmod(0o700)
    assert done.stdout == "True 1 1 ()\n", done.stderr
    assert old.read_bytes() == before


def test_a_store_that_an_earlier_version_began_and_did_not_finish_is_made_whole(old: Path, url: str) -> None:
    raw: Callable[[str], object] = sqlite3.connect(old, isolation_level=None).execute
    raw("DELETE FROM settings")
    with Store.open(url, create=True) as store:
        assert store.save_revision("groen", "nu", "x", {}, origin=REDRAFT) == 2
