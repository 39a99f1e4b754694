"""Trying again: the one place where a call to a language model is repeated.

A service that is busy, gone or stumbling may do better in a moment; one that refuses will not. What a service asks us
to wait is what we wait, up to a bound; where it asks nothing, each wait is longer than the one before.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from rapporteur.errors import ServiceFailed
from rapporteur.writing.llm.interface import Reply

LONGEST_WAIT = 60.0  # seconds: who must wait longer had better hear it
_FIRST_WAIT = 0.5
_LONGEST_GUESS = 8.0


@dataclass(frozen=True, slots=True)
class Retries:
    """`most` tries after the first; `sleep` is given seconds."""

    most: int
    sleep: Callable[[float], None]

    def of(self, call: Callable[[], Reply]) -> Reply:
        """The first answer that a call gives. Raises: what the last try raised."""
        for tried in range(self.most + 1):
            try:
                return replace(call(), retries=tried)
            except ServiceFailed as error:
                wait = _wait(error, tried)
                if tried == self.most or wait is None:
                    raise
            self.sleep(wait)
        raise AssertionError("the last try returns or raises")


def _wait(error: ServiceFailed, tried: int) -> float | None:
    """Seconds until it makes sense to ask again; None if it never does, or not soon."""
    stumbled = type(error) is ServiceFailed  # a 500, or a reply that cannot be read
    if not (error.retryable or stumbled):
        return None
    if error.retry_after is not None:
        return error.retry_after if error.retry_after <= LONGEST_WAIT else None
    guess = min(_FIRST_WAIT * 2.0**tried, _LONGEST_GUESS)
    return guess * random.uniform(0.75, 1.0)  # noqa: S311  so that calls that failed together do not return together
