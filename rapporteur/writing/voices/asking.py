"""How a step asks: at most two corrections, a bounded number of calls at once, and one place where a run stops.

Every step of every theme of a run asks through one Asking, so that the limits hold for all of them together. A piece
that the model does not get right is None to its step, and its name and the last complaint are kept as a fallback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import Any, Generic, TypeVar

from rapporteur.errors import AnswerCut, ServiceFailed
from rapporteur.progress import SILENT, Progress
from rapporteur.writing import prompts
from rapporteur.writing.llm.interface import Message
from rapporteur.writing.voices.answers import Answers, Spent
from rapporteur.writing.voices.rules import Invalid

TRIES = 3  # an answer, and two corrections
_FAILURES_IN_A_ROW = 3  # with no answer at all yet: then the service is at fault, not a piece
_FAILURES_LATER = 12
_LONGEST_SAID_BACK = 4000  # code points of a wrong answer that the model is shown again
_MOST_AT_ONCE = 64  # pieces that wait for their turn in one theme
_SHORTER = "Het is afgebroken omdat het te lang werd: antwoord korter."
_Written = TypeVar("_Written")
_Each = TypeVar("_Each")
_Made = TypeVar("_Made")


class _Stopped(ServiceFailed):
    """What a piece raises that was not asked any more, since another failed or a person interrupted."""


@dataclass(frozen=True, slots=True)
class Task(Generic[_Written]):
    """One piece for the model: what it is called in the log, what is asked, and how an answer is read.

    `read` raises Invalid for an answer that cannot be used.
    """

    name: str
    prompt: prompts.Prompt
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    read: Callable[[str], _Written]


@dataclass(slots=True)
class Account:
    """What one report took: calls and tokens, and the pieces that the model did not get right, with why.

    `report` is what the report is called while people wait for it. Of all `pieces`, `corrected` had to be asked again.
    """

    report: str
    pieces: int = 0
    corrected: int = 0
    spent: Spent = field(default_factory=Spent)
    fallbacks: dict[str, str] = field(default_factory=dict)


class Asking:
    """Safe to use from several threads. `concurrency` calls are under way at once."""

    def __init__(self, answers: Answers, *, concurrency: int = 4, progress: Progress = SILENT) -> None:
        self.answers = answers
        self._permits = BoundedSemaphore(max(1, concurrency))
        self._progress = progress
        self._correction = prompts.load("correct.v1")
        self._lock = Lock()
        self._answered = False
        self._failures = 0
        self._stopped: ServiceFailed | None = None

    def begin(self, account: Account, stage: str, pieces: int) -> None:
        """Say that so many pieces will be asked in a stage of a report."""
        if pieces:
            self._progress.beside(f"{account.report}: {stage}", pieces)

    def piece(self, task: Task[_Written], account: Account, stage: str) -> _Written | None:
        """What the model wrote, None (and why, in the account's fallbacks) where it did not get it right.

        Raises: ServiceFailed where it is final (a key, a budget, an unknown model) or the service does not answer at
        all: then every later piece of the run raises the same.
        """
        try:
            return self._attempt(task, account)
        except Invalid as complaint:
            account.fallbacks[task.name] = str(complaint)
        except ServiceFailed as error:
            self._note_failure(error)
            account.fallbacks[task.name] = error.what
        finally:
            self._progress.advance(what=f"{account.report}: {stage}")
        return None

    def is_kept(self, task: Task[Any]) -> bool:
        """Whether the first answer to this piece is in the store."""
        return self.answers.is_kept(task.prompt, task.messages, task.schema)

    def side_by_side(self, work: Callable[[_Each], _Made], items: Iterable[_Each]) -> list[_Made]:
        """The work on each item at once; results in the order of the items. Raises what the first of them raised.

        When one fails, or a person interrupts, no further call is made.
        """
        waiting = list(items)
        if len(waiting) < 2:
            return [work(item) for item in waiting]
        with ThreadPoolExecutor(min(len(waiting), _MOST_AT_ONCE)) as pool:
            futures = [pool.submit(work, item) for item in waiting]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
                failed = _errors(futures)
                if failed and all(isinstance(error, _Stopped) for error in failed):
                    wait(futures)  # what stopped them is still on its way
                    failed = _errors(futures)
                if failed:
                    raise next((error for error in failed if not isinstance(error, _Stopped)), failed[0])
                return [future.result() for future in futures]
            except BaseException:
                self._stop(_Stopped("The run was stopped."))
                pool.shutdown(cancel_futures=True)
                raise

    def _stop(self, error: ServiceFailed) -> None:
        with self._lock:
            self._stopped = self._stopped or error

    def _attempt(self, task: Task[_Written], account: Account) -> _Written:
        messages = task.messages
        with self._lock:
            account.pieces += 1
        for left in reversed(range(TRIES)):
            try:
                answer = self._ask(task, messages, account.spent)
                return task.read(answer)
            except (Invalid, AnswerCut) as fault:
                if not left:
                    raise
                answer, complaint = (fault.answer, _SHORTER) if isinstance(fault, AnswerCut) else (answer, str(fault))
            if messages is task.messages:
                with self._lock:
                    account.corrected += 1
            said = Message("assistant", answer[:_LONGEST_SAID_BACK])
            messages = (*task.messages, said, *self._correction.render(complaint=complaint))
        raise AssertionError("the last try returns or raises")

    def _ask(self, task: Task[Any], messages: Sequence[Message], spent: Spent) -> str:
        with self._permits:
            if self._stopped:
                raise self._stopped
            answer = self.answers.ask(task.prompt, messages, task.schema, spent)
        with self._lock:
            self._answered, self._failures = True, 0
        return answer

    def _note_failure(self, error: ServiceFailed) -> None:
        with self._lock:
            self._failures += 1
            most = _FAILURES_LATER if self._answered else _FAILURES_IN_A_ROW
            at_fault = error.final or self._failures >= most
        if at_fault:
            self._stop(error)
        if self._stopped:
            raise self._stopped


def _errors(futures: Iterable[Future[Any]]) -> list[BaseException]:
    """What those that are done have raised."""
    return [error for future in futures if future.done() and (error := future.exception())]
