"""Parsers run in a process of their own, with limits on memory and time, on files nobody has vouched for.

In: a function of a module, and arguments that pickle. Out: what it returns, or RecordRefused: its own, or
that of a limit it ran into. One child serves file after file, as starting one costs more than reading most
records. The limits are those of one file: a child that ran into one is ended, and a file is never refused for
what the files before it left behind. It is a Python of its own that runs nothing but this module:
neither forked nor spawned by multiprocessing, which would run the program's main module again.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar

from rapporteur.errors import RecordRefused

MAX_SECONDS = 120
MAX_MEMORY = 1_500_000_000

_CHILD = "import sys; sys.path[:] = {path!r}; from rapporteur.sources.readers import confined; confined.serve()"
_SAVE_AGAIN = "Open it in its own program, save it again, in parts if it is long, and run `rapporteur index` again."

_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class _Task:
    """What the child is to do, for what it calls `name`, and within what."""

    name: str
    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    memory: int
    seconds: int


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[_R]):
    """What the child has to say. `error` is what it raised, and then there is no value."""

    value: _R | None = None
    error: Exception | None = None


class _UsedUp(RecordRefused):
    """The child ran out of memory or broke off: on this file, or on what it still held of others."""


class Confined:
    """A child of at most MAX_MEMORY bytes of addresses, and at most MAX_SECONDS for each call.

    It is started by the first call, and by the first one after `close`. Where a platform cannot limit memory,
    time is the only limit.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._fresh = True

    def call(self, name: str, function: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """`function(*args, **kwargs)` in the child. `name` is what an error calls the file.

        Raises: RecordRefused; and whatever else `function` raises, which is a mistake of ours.
        """
        task = _Task(name, function, args, kwargs, MAX_MEMORY, MAX_SECONDS)
        if self._child and not self._fresh:
            with contextlib.suppress(_UsedUp):
                return self._done(task)  # type: ignore[no-any-return]
        return self._done(task)  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the child, whatever it is doing."""
        if self._child:
            self._child.kill()
            with contextlib.suppress(OSError):  # what it will not read any more
                self._child.communicate()
        self._child = None

    def _done(self, task: _Task) -> Any:
        """Its result; a child that ran into a limit, or was interrupted, is not used again."""
        try:
            outcome = self._answer(task)
        except BaseException:
            self.close()
            raise
        self._fresh = False
        if outcome.error:
            raise outcome.error
        return outcome.value

    def _answer(self, task: _Task) -> _Outcome[Any]:
        child = self._started()
        assert child.stdin and child.stdout  # noqa: S101 - both are pipes
        too_long = threading.Event()

        def end() -> None:
            too_long.set()
            child.kill()

        clock = threading.Timer(task.seconds, end)
        clock.start()
        try:
            pickle.dump(task, child.stdin)
            child.stdin.flush()
            outcome: _Outcome[Any] = pickle.load(child.stdout)  # noqa: S301 - our own child wrote it
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            if too_long.is_set():
                what = f"Reading it takes more than {task.seconds} seconds."
                raise RecordRefused(what, where=task.name, hint=_SAVE_AGAIN) from error
            what = "Its parser broke off while reading it."
            raise _UsedUp(what, where=task.name, hint=_SAVE_AGAIN) from error
        finally:
            clock.cancel()
        if isinstance(outcome.error, _UsedUp):
            raise outcome.error
        return outcome

    def _started(self) -> subprocess.Popen[bytes]:
        """A session of its own: Ctrl-C is for the parent, which ends the child."""
        if self._child is None:
            command = [sys.executable, "-c", _CHILD.format(path=sys.path)]
            self._child = subprocess.Popen(  # noqa: S603 - ourselves
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
            self._fresh = True
        return self._child


# -------------------------------------------------------------------------------------------- in the child


def serve() -> None:
    """Answer until the parent is gone. What a parser prints goes to stderr, as stdout is for answers."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            task: _Task = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
            _limit(task.memory)
            with _alarm(task.seconds):
                outcome = _outcome(task)
            pickle.dump(outcome, answers)
            answers.flush()
            del task, outcome


def _outcome(task: _Task) -> _Outcome[Any]:
    try:
        return _Outcome(task.function(*task.args, **task.kwargs))
    except MemoryError:
        what = f"Reading it takes more than {task.memory // 1_000_000} MB of memory."
        return _Outcome(error=_UsedUp(what, where=task.name, hint=_SAVE_AGAIN))
    except Exception as error:  # noqa: BLE001 - raised again where the caller is
        return _Outcome(error=error)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit but does not set it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(ValueError, OSError):  # no copy on disk of what people said
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextlib.contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    """Die a little after the parent would have killed us: it may be gone itself."""
    if not hasattr(signal, "alarm"):  # Windows
        yield
        return
    signal.alarm(seconds + 5)
    try:
        yield
    finally:
        signal.alarm(0)
