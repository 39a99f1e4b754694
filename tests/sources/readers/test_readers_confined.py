"""A parser in a process of its own: what it returns comes back, and what it runs into is a refusal."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers import confined as module
from rapporteur.sources.readers.confined import Confined
from rapporteur.sources.readers.files import read_bytes
from tests.conftest import REPOSITORY


@pytest.fixture
def child() -> Iterator[Confined]:
    confined = Confined()
    yield confined
    confined.close()


def test_what_the_function_returns_comes_back(child: Confined) -> None:
    assert child.call("a.pdf", math.hypot, 3, 4) == 5


def test_a_refusal_in_the_child_is_a_refusal_here_with_its_place_and_hint(child: Confined, tmp_path) -> None:
    with pytest.raises(RecordRefused, match="There is no such file") as refusal:
        child.call("a.pdf", read_bytes, tmp_path / "weg.pdf", "a.pdf")
    assert refusal.value.where == "a.pdf"
    assert refusal.value.hint


def test_a_mistake_of_ours_is_raised_as_it_is(child: Confined) -> None:
    with pytest.raises(ValueError, match="math domain error"):
        child.call("a.pdf", math.sqrt, -1)


def test_too_much_time_is_a_refusal(child: Confined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SECONDS", 1)
    with pytest.raises(RecordRefused, match="takes more than 1 seconds"):
        child.call("a.pdf", time.sleep, 600)


def test_too_much_memory_is_a_refusal(child: Confined) -> None:
    pytest.importorskip("resource", reason="this platform has no limits on memory")
    with pytest.raises(RecordRefused, match="of memory"):
        child.call("a.pdf", bytearray, 10**11)


def test_a_child_that_breaks_off_is_a_refusal(child: Confined) -> None:
    with pytest.raises(RecordRefused, match="broke off"):
        child.call("a.pdf", os._exit, 7)


def test_one_child_serves_file_after_file_and_is_replaced_when_it_breaks_off(child: Confined) -> None:
    first = child.call("a.pdf", os.getpid)
    assert child.call("b.pdf", os.getpid) == first != os.getpid()
    with pytest.raises(RecordRefused, match="broke off"):
        child.call("c.pdf", os._exit, 7)
    assert child.call("d.pdf", os.getpid) != first


def test_a_file_is_never_refused_for_what_the_files_before_it_left_behind(child: Confined) -> None:
    """The child was ended from outside between two files, as a system out of memory does."""
    os.kill(child.call("a.pdf", os.getpid), signal.SIGTERM)
    assert child.call("b.pdf", math.hypot, 3, 4) == 5


def test_no_child_is_started_before_there_is_something_to_read() -> None:
    child = Confined()
    assert child._child is None
    child.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no processes that answer to signals")
def test_the_child_ends_with_a_parent_that_is_killed() -> None:
    code = (
        "import os, time; from rapporteur.sources.readers.confined import Confined\n"
        "print(Confined().call('a.pdf', os.getpid), flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}
    )
    assert parent.stdout
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(300):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").is_file() and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][1] == "Z":
            return  # ended, and nobody has asked after it
        time.sleep(0.1)
    pytest.fail("the child outlived its parent")


def test_a_program_without_a_main_guard_is_not_run_again_by_the_child(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import math; from rapporteur.sources.readers.confined import Confined\n"
        "child = Confined(); print(child.call('a.pdf', math.hypot, 3, 4)); child.close()\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout == "5.0\n"
