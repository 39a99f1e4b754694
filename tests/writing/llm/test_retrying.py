"""Trying again: when, how often, after how long."""

from __future__ import annotations

import pytest

from rapporteur.errors import (
    AuthenticationFailed,
    BudgetExceeded,
    ContextExceeded,
    ModelRefused,
    ModelUnknown,
    RateLimited,
    ServiceFailed,
    ServiceUnreachable,
)
from rapporteur.writing.llm.interface import Reply
from rapporteur.writing.llm.retrying import LONGEST_WAIT, Retries


def asked(most: int, *events: ServiceFailed | str) -> tuple[Reply | ServiceFailed, list[float]]:
    """What came of calls that end as told, and the waits between them."""
    waits: list[float] = []
    script = iter(events)

    def call() -> Reply:
        event = next(script)
        if isinstance(event, ServiceFailed):
            raise event
        return Reply(event, "proef")

    try:
        return Retries(most, waits.append).of(call), waits
    except ServiceFailed as error:
        return error, waits


def limited(seconds: float | None) -> RateLimited:
    error = RateLimited("Te veel.")
    error.retry_after = seconds
    return error


@pytest.mark.parametrize("trouble", [ServiceFailed, ServiceUnreachable, RateLimited])
def test_passing_trouble_is_tried_again_and_counted(trouble: type[ServiceFailed]) -> None:
    reply, waits = asked(2, trouble("Even niet."), trouble("Even niet."), "Goed.")
    assert isinstance(reply, Reply)
    assert (reply.text, reply.retries, len(waits)) == ("Goed.", 2, 2)


def test_tries_are_bounded_and_the_last_error_is_told() -> None:
    last = ServiceUnreachable("derde")
    assert asked(2, ServiceUnreachable("eerste"), ServiceUnreachable("tweede"), last, "Goed.")[0] is last


@pytest.mark.parametrize("kind", [AuthenticationFailed, ModelRefused, ModelUnknown, ContextExceeded, BudgetExceeded])
def test_what_will_not_pass_is_not_tried_again(kind: type[ServiceFailed]) -> None:
    error = kind("Nee.")
    assert asked(5, error, "Goed.") == (error, [])


@pytest.mark.parametrize("seconds", [0.0, 7.5, LONGEST_WAIT])
def test_a_service_is_given_the_time_it_asks_for(seconds: float) -> None:
    assert asked(1, limited(seconds), "Goed.")[1] == [seconds]


def test_who_asks_for_more_time_than_anyone_waits_is_told_of_at_once() -> None:
    error = limited(LONGEST_WAIT + 1)
    assert asked(1, error, "Goed.") == (error, [])


def test_without_a_wish_each_wait_is_longer_up_to_a_bound() -> None:
    _, waits = asked(8, *[limited(None)] * 9)
    assert waits[0] < waits[1] < waits[2] < waits[3]
    assert max(waits) <= 8
