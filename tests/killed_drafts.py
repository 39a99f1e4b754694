"""`rapporteur draft` as a process of its own that is killed (SIGKILL) somewhere in the middle, and then run again.

The server is slow and in this process, so that it knows what was under way at the kill. A moment is counted in
requests, not in seconds: a busy machine changes nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.conftest import REPOSITORY
from tests.model_server import Play, digest
from tests.servers import Answer, OpenAIServer, Request
from tests.workspaces import index, settings_for

DELAY = 0.25  # seconds an answer takes
CONCURRENCY = 4
_REPORT = "verslag.json"
_COMMAND = [sys.executable, "-c", "from rapporteur.cli.main import run; run()"]


@dataclass(frozen=True, slots=True)
class Moment:
    """Kill when the server has had this many requests of the run, and some seconds more."""

    requests: int
    later: float


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a killed run and the one after it asked: in all, under way at the kill, and asked a second time."""

    asked_before: int
    in_flight: int
    asked_after: int
    asked_again: int
    exit_code: int
    same_report: bool
    errors: str


class SlowServer(OpenAIServer):
    """Good answers, each after DELAY; `under_way` are the requests that were not answered yet."""

    def __init__(self) -> None:
        self._play = Play()
        self._answered = 0
        self._counting = threading.Lock()
        super().__init__(self._slowly)

    @property
    def under_way(self) -> int:
        with self._counting:
            return len(self.requests) - self._answered

    def _slowly(self, request: Request) -> Answer:
        time.sleep(DELAY)
        answer = self._play(request)
        with self._counting:
            self._answered += 1
        return answer


class Trial:
    """A workspace, indexed once and copied for each trial, and the report of a run that nobody killed."""

    def __init__(self, folder: Path, theme: str, server: SlowServer) -> None:
        self._folder, self._theme, self._server = folder, theme, server
        self._indexed = folder / "indexed"
        self._indexed.mkdir()
        index(settings_for(self._indexed), REPOSITORY / "corpus" / theme)
        whole = self._workspace("whole")
        process = self._start(whole)
        _, errors = process.communicate()
        assert process.returncode == 0, errors
        self.calls = len(server.requests)
        self._report = _sections(whole)

    def moments(self, count: int, seed: int) -> list[Moment]:
        """From before the first call until after the last."""
        random = Random(seed)  # noqa: S311
        return [Moment(random.randint(0, self.calls), random.uniform(0, 2 * DELAY)) for _ in range(count)]

    def killed(self, moment: Moment) -> Resumed:
        workspace = self._workspace(f"killed-{len(list(self._folder.iterdir()))}")
        start = len(self._server.requests)
        process = self._start(workspace)
        while len(self._server.requests) - start < moment.requests and process.poll() is None:
            time.sleep(0.002)
        time.sleep(moment.later)
        process.kill()
        in_flight = self._server.under_way
        process.communicate()
        while self._server.under_way:
            time.sleep(0.01)
        before = [digest(request) for request in self._server.requests[start:]]
        again = self._start(workspace)
        _, errors = again.communicate()
        after = [digest(request) for request in self._server.requests[start + len(before) :]]
        return Resumed(
            asked_before=len(before),
            in_flight=in_flight,
            asked_after=len(after),
            asked_again=sum(each in set(before) for each in after),
            exit_code=again.returncode,
            same_report=again.returncode == 0 and _sections(workspace) == self._report,
            errors=errors,
        )

    def _workspace(self, name: str) -> Path:
        return Path(shutil.copytree(self._indexed, self._folder / name))

    def _start(self, workspace: Path) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "RAPPORTEUR_EMBEDDER": "hashing",
            "RAPPORTEUR_MODEL": "openai:traag",
            "RAPPORTEUR_BASE_URL": self._server.url,
            "RAPPORTEUR_CONCURRENCY": str(CONCURRENCY),
        }
        return subprocess.Popen(
            [*_COMMAND, "--workspace", str(workspace), "draft", self._theme, "-o", str(workspace / _REPORT)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


@contextmanager
def trial(folder: Path, theme: str) -> Iterator[Trial]:
    with SlowServer() as server:
        yield Trial(folder, theme, server)


def _sections(workspace: Path) -> Any:
    """What the report says; when it was drafted aside."""
    return json.loads((workspace / _REPORT).read_text("utf-8"))["sections"]
