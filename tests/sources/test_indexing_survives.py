"""Indexing survives a kill at any moment, and two processes at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.sources.embedding.cached import worth_embedding
from tests.conftest import REPOSITORY
from tests.workspaces import index, settings_for, write_record

COMMAND = [
    sys.executable,
    "-c",
    "from rapporteur.cli.main import run; run()",
    "--set",
    "embedder=hashing",
    "--set",
    "lock_timeout=60",
    "index",
]


def start() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)


def records(root: Path, count: int) -> None:
    for number in range(1, count + 1):
        said = [
            ("Bo", "kapper", f"In week {number} liepen wij {n} keer langs het water en de kerk.") for n in range(30)
        ]
        write_record(root / "corpus", "groen", number, said)


def assert_whole(root: Path, count: int) -> None:
    """Every record is there with all its fragments, and both indexes hold the same as the store."""
    settings = settings_for(root)
    with wiring.store(settings) as store:
        fragments = store.fragments()
        assert len(store.records()) == count and len(fragments) == 30 * count
        assert store.index_work() == {}
        vectors, words = wiring.vector_index(settings, store), wiring.word_index(settings)
        assert vectors.count() == sum(worth_embedding(f.text) for f in fragments)
        assert words.count() == len(fragments)
        vectors.close()
        words.close()


@pytest.mark.parametrize("moment", [0.4, 0.8, 1.2, 1.6, 2.0, 2.6])
def test_a_run_that_is_killed_is_made_whole_by_the_next(moment: float, tmp_path: Path) -> None:
    records(tmp_path, 12)
    process = start()
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    index(settings_for(tmp_path), tmp_path / "corpus")
    assert_whole(tmp_path, 12)


def test_two_processes_at_once_wait_for_each_other(tmp_path: Path) -> None:
    records(tmp_path, 6)
    both = [start(), start()]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    assert_whole(tmp_path, 6)
