"""What every test gets: no network, no writing outside its own folder, and the places of real material."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import InMemoryExampleDatabase

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"

IN_CI = bool(os.environ.get("CI"))

settings.register_profile(
    "rapporteur",
    database=None if IN_CI else InMemoryExampleDatabase(),
    deadline=None,  # the machines are shared: no timed assertions
    derandomize=IN_CI,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("rapporteur")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--live", action="store_true", help="also run the tests that pay for a real model")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--live"):
        skip = pytest.mark.skip(reason="pays for a real model; run with --live")
        for item in items:
            if "live" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(autouse=True, scope="session")
def _nothing_is_written_into_the_repository() -> Iterator[None]:
    before = {path.name for path in REPOSITORY.iterdir()}
    yield
    new = {path.name for path in REPOSITORY.iterdir()} - before - {".pytest_cache", ".hypothesis", "__pycache__"}
    assert not new, f"a test wrote into the repository instead of tmp_path: {sorted(new)}"


@pytest.fixture(autouse=True)
def _work_in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts in its own empty folder, without settings from the outside."""
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("RAPPORTEUR_") or n.endswith("_API_KEY")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only loopback may be reached: rapporteur must do its main job without a network."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}: tests run without a network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """The fictional session records that are part of the repository."""
    return REPOSITORY / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material that may not be committed: the truth of the example, and real published quotes."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: it holds material that may not be part of the repository")
    return SHARED


_COMMAND = "from rapporteur.cli.main import run; run()"
# Root may read and write whatever its mode says, unless it gives up the capabilities to (prctl(2): 24 drops one).
_LIKE_OTHERS = (
    "import ctypes, os, sys\n"
    "for capability in (1, 2): assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0\n"
    f"os.execv(sys.executable, [sys.executable, '-c', {_COMMAND!r}, *sys.argv[1:]])"
)


@pytest.fixture
def without_privileges(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How to start `rapporteur` as one who is held to the modes of files, also where the tests run as root."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    if os.name == "nt" or os.geteuid() != 0:
        return [sys.executable, "-c", _COMMAND]
    command = [sys.executable, "-c", _LIKE_OTHERS]
    if subprocess.run([*command, "--version"], capture_output=True).returncode:
        pytest.skip("the tests run as root here, and root cannot give up its privileges")
    return command
