"""A parser run in a process of its own, with limits on memory and time, on a file nobody has vouched for.

In: a function of a module, and arguments that pickle. Out: what it returns, or RecordRefused: its own, or
that of a limit it ran into. The child is spawned, not forked, so that it holds nothing of the parent.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, ParamSpec, TypeVar

from rapporteur.errors import RecordRefused

MAX_SECONDS = 120
MAX_MEMORY = 1_500_000_000

_SAVE_AGAIN = "Open it in its own program, save it again, in parts if it is long, and run `rapporteur index` again."

_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[_R]):
    """What the child has to say. `error` is what it raised, and then there is no value."""

    value: _R | None = None
    error: Exception | None = None


def confined(name: str, function: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """`function(*args, **kwargs)` in a child of at most MAX_MEMORY bytes of addresses and MAX_SECONDS.

    `name` is what an error calls the file. Where a platform cannot limit memory, time is the only limit.
    Raises: RecordRefused; and whatever else `function` raises, which is a mistake of ours.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(sender, name, MAX_MEMORY, function, args, kwargs), daemon=True)
    with receiver:
        with sender:
            child.start()
        try:
            outcome: _Outcome[_R] = _received(receiver, name)
        finally:
            child.kill()
            child.join()
            child.close()
    if outcome.error:
        raise outcome.error
    return outcome.value  # type: ignore[return-value]  # without an error it is what `function` returned


def _received(receiver: Connection, name: str) -> Any:
    if not receiver.poll(MAX_SECONDS):
        raise RecordRefused(f"Reading it takes more than {MAX_SECONDS} seconds.", where=name, hint=_SAVE_AGAIN)
    try:
        return receiver.recv()
    except EOFError:
        raise RecordRefused("Its parser broke off while reading it.", where=name, hint=_SAVE_AGAIN) from None


def _run(
    sender: Connection,
    name: str,
    memory: int,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> None:
    """In the child. An interrupt is for the parent, which ends this process too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    try:
        outcome = _Outcome(function(*args, **kwargs))
    except MemoryError:
        what = f"Reading it takes more than {memory // 1_000_000} MB of memory."
        outcome = _Outcome(error=RecordRefused(what, where=name, hint=_SAVE_AGAIN))
    except Exception as error:  # noqa: BLE001 - raised again where the caller is
        outcome = _Outcome(error=error)
    sender.send(outcome)


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit but does not set it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
