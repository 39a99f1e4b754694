"""Asking once and for all: what is kept, what it cost, and budgets that are never passed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from rapporteur.errors import AnswerCut, BudgetExceeded
from rapporteur.writing import prompts
from rapporteur.writing.llm.interface import Message, Reply, Usage
from rapporteur.writing.llm.scripted import ScriptedLLM
from rapporteur.writing.llm.structured import StructuredLLM
from rapporteur.writing.voices.answers import Answers, Budget, Prices, estimated_tokens

PROMPT = prompts.load("doctor_probe.v2")
SCHEMA = {"type": "object"}


class Kept:
    """A store of answers in memory."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, Any]] = {}

    def answer(self, key: str) -> dict[str, Any] | None:
        return self.answers.get(key)

    def save_answer(self, key: str, prompt: str, model: str, created: str, reply: Mapping[str, Any]) -> None:
        self.answers[key] = dict(reply)


def answers(*replies: str | Reply, store: Kept | None = None, **more: Any) -> Answers:
    structured = StructuredLLM(ScriptedLLM(*replies), "json_schema")
    return Answers(structured, store or Kept(), settings={"seed": 1}, **more)


def question(number: int = 0) -> list[Message]:
    return [Message("user", f"Vraag {number}: wat zag je op het plein?")]


def reply(
    text: str = "{}", tokens_in: int = 100, tokens_out: int = 50, finish: str = "stop", retries: int = 0
) -> Reply:
    return Reply(text, "proef-2026", Usage(tokens_in, tokens_out), finish, retries)


def test_an_answer_is_asked_for_once() -> None:
    asks = answers(reply('{"a": 1}'))
    assert [asks.ask(PROMPT, question(), SCHEMA) for _ in range(2)] == ['{"a": 1}'] * 2
    assert (asks.spent.calls, asks.spent.kept) == (1, 1)


def test_what_was_spent_is_known_by_prompt_and_in_all() -> None:
    other = prompts.load("doctor_probe.v1")
    asks = answers(reply(retries=2), reply(), prices=Prices(2.0, 10.0))
    asks.ask(PROMPT, question(), SCHEMA)
    asks.ask(other, question(), SCHEMA)
    spent = asks.spent
    assert (spent.tokens, spent.retries, spent.model) == (300, 2, "proef-2026")
    assert spent.cost == pytest.approx((200 * 2 + 100 * 10) / 1_000_000)
    assert [(a.id, a.version, a.sha256) for a in spent.prompts.values()] == [
        (p.id, p.version, p.sha256) for p in (PROMPT, other)
    ]


def test_without_prices_the_cost_is_not_known_rather_than_nothing() -> None:
    asks = answers(reply())
    asks.ask(PROMPT, question(), SCHEMA)
    assert asks.spent.cost is None


def test_a_cut_answer_is_kept_and_never_used() -> None:
    store = Kept()
    for _ in range(2):
        with pytest.raises(AnswerCut) as caught:
            answers(reply('{"text": "Een halve', finish="length"), store=store).ask(PROMPT, question(), SCHEMA)
        assert "answer_tokens" in caught.value.hint
    asks = answers(store=store)
    with pytest.raises(AnswerCut):
        asks.ask(PROMPT, question(), SCHEMA)
    assert asks.spent.calls == 0


@pytest.mark.parametrize(
    ("budget", "prices"),
    [(Budget(tokens=1000, answer_tokens=50), Prices()), (Budget(cost=0.001, answer_tokens=50), Prices(1.0, 1.0))],
    ids=["tokens", "euros"],
)
def test_a_budget_is_never_passed_however_many_ask_at_once(budget: Budget, prices: Prices) -> None:
    together = threading.Barrier(8)
    expected = estimated_tokens(question(), SCHEMA)
    asks = answers(*[reply(tokens_in=expected)] * 40, budget=budget, prices=prices)
    stopped = []

    def ask(number: int) -> None:
        if number < 8:
            together.wait()
        try:
            asks.ask(PROMPT, question(number), SCHEMA)
        except BudgetExceeded:
            stopped.append(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(40)))
    assert stopped
    assert 0 < asks.spent.tokens <= 1000


def test_a_failed_call_gives_back_what_was_reserved_for_it() -> None:
    from rapporteur.errors import ServiceUnreachable

    structured = StructuredLLM(ScriptedLLM(ServiceUnreachable("weg"), reply()), "json_schema")
    tokens = estimated_tokens(question(), SCHEMA) + 50
    asks = Answers(structured, Kept(), settings={}, budget=Budget(tokens=tokens, answer_tokens=50))
    with pytest.raises(ServiceUnreachable):
        asks.ask(PROMPT, question(), SCHEMA)
    assert asks.ask(PROMPT, question(), SCHEMA) == "{}"


def test_calls_start_no_faster_than_so_many_a_minute() -> None:
    waits: list[float] = []
    asks = answers(reply(), reply(), reply(), per_minute=30, now=lambda: 0.0, sleep=waits.append)
    for number in range(3):
        asks.ask(PROMPT, question(number), SCHEMA)
    assert waits == [2.0, 4.0]
