"""What every test gets: no network, no writing outside its own folder, and the places of real material."""

from __future__ import annotations

import os
import socket
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
