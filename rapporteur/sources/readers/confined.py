"""Parsers run in a process of their own, with limits on memory and time, on files nobody has vouched for.

In: a function of a module, and arguments that pickle. Out: what it returns, or RecordRefused: its own, or
that of a limit it ran into. One child serves file after file, as starting one costs more than reading most
records. The limits are those of one file: a child that ran into one is ended, and a file is never refused for
what the files before it left behind. It is spawned, not forked, so that it holds nothing of the parent.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, ParamSpec, TypeVar

from rapporteur.errors import RecordRefused

MAX_SECONDS = 120
MAX_MEMORY = 1_500_000_000

_CHILD = "rapporteur-reader"
_SAVE_AGAIN = "Open it in its own program, save it again, in parts if it is long, and run `rapporteur index` again."

_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[_R]):
    """What the child has to say. `error` is what it raised, and then there is no value."""

    value: _R | None = None
    error: Exception | None = None


class _OutOfMemory(RecordRefused):
    """The file, or what the child still held of others, took all there was."""


class Confined:
    """A child of at most MAX_MEMORY bytes of addresses, and at most MAX_SECONDS for each call.

    It is started by the first call, and by the first one after `close`. Where a platform cannot limit memory,
    time is the only limit.
    """

    def __init__(self) -> None:
        self._child: BaseProcess | None = None
        self._connection: Connection | None = None
        self._fresh = True

    def call(self, name: str, function: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """`function(*args, **kwargs)` in the child. `name` is what an error calls the file.

        Raises: RecordRefused; and whatever else `function` raises, which is a mistake of ours.
        """
        task = (name, function, args, kwargs)
        if self._child and not self._fresh:
            with contextlib.suppress(_OutOfMemory):
                return self._done(task)  # type: ignore[no-any-return]
        return self._done(task)  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the child, whatever it is doing."""
        if self._child and self._connection:
            self._connection.close()
            self._child.kill()
            self._child.join()
            self._child.close()
        self._child = self._connection = None

    def _done(self, task: tuple[Any, ...]) -> Any:
        """Its result; a child that ran into a limit, or was interrupted, is not used again."""
        try:
            outcome: _Outcome[Any] = self._answer(task)
        except BaseException:
            self.close()
            raise
        self._fresh = False
        if outcome.error:
            raise outcome.error
        return outcome.value

    def _answer(self, task: tuple[Any, ...]) -> _Outcome[Any]:
        connection, name = self._started(), task[0]
        try:
            connection.send(task)
            if not connection.poll(MAX_SECONDS):
                raise RecordRefused(f"Reading it takes more than {MAX_SECONDS} seconds.", where=name, hint=_SAVE_AGAIN)
            outcome: _Outcome[Any] = connection.recv()
        except (EOFError, ConnectionError) as error:
            what = "Its parser broke off while reading it."
            raise _OutOfMemory(what, where=name, hint=_SAVE_AGAIN) from error
        if isinstance(outcome.error, _OutOfMemory):
            raise outcome.error
        return outcome

    def _started(self) -> Connection:
        if self._connection is None:
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            with theirs, _interrupts_held():
                arguments = (theirs, MAX_MEMORY, MAX_SECONDS)
                self._child = context.Process(target=_serve, args=arguments, name=_CHILD, daemon=True)
                self._child.start()
            self._fresh = True
        return self._connection


def confined(name: str, function: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """One call in a child of its own; in a confined child just a call, as the limits hold already."""
    if multiprocessing.current_process().name == _CHILD:
        return function(*args, **kwargs)
    child = Confined()
    with contextlib.closing(child):
        return child.call(name, function, *args, **kwargs)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """A child started within never hears Ctrl-C, not even while Python starts: the parent does, and ends it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# -------------------------------------------------------------------------------------------- in the child


def _serve(connection: Connection, memory: int, seconds: int) -> None:
    """Answer until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(memory)
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            name, function, args, kwargs = connection.recv()
            with _alarm(seconds):
                outcome = _outcome(name, memory, function, args, kwargs)
            connection.send(outcome)
            del function, args, kwargs, outcome


def _outcome(
    name: str, memory: int, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> _Outcome[Any]:
    try:
        return _Outcome(function(*args, **kwargs))
    except MemoryError:
        what = f"Reading it takes more than {memory // 1_000_000} MB of memory."
        return _Outcome(error=_OutOfMemory(what, where=name, hint=_SAVE_AGAIN))
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
