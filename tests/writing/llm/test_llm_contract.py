"""What every LLM promises, asked of the scripted one and of LangChain before a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from rapporteur.errors import (
    AuthenticationFailed,
    ModelRefused,
    ModelUnknown,
    RateLimited,
    ServiceFailed,
    ServiceUnreachable,
)
from rapporteur.writing.llm.interface import LLM, Message, Usage
from rapporteur.writing.llm.langchain import LangChainLLM
from rapporteur.writing.llm.scripted import ScriptedLLM
from tests import servers

QUESTION = [Message("system", "Je bent kort."), Message("user", "Wat zag je op het plein?")]

FAILURES: dict[type[ServiceFailed], servers.Behaviour] = {
    AuthenticationFailed: servers.unauthorised(),
    RateLimited: servers.rate_limited(),
    ServiceUnreachable: servers.server_error(503),
    ModelRefused: servers.bad_request(),
    ModelUnknown: servers.unknown_model(),
    ServiceFailed: servers.server_error(500),
}

Event = str | type[ServiceFailed]


@dataclass(frozen=True)
class Conversation:
    """An LLM that will live through the events given, and what it was asked so far."""

    llm: LLM
    asked: Callable[[], Sequence[Sequence[Message]]]


def scripted(stack: ExitStack, events: Sequence[Event]) -> Conversation:
    llm = ScriptedLLM(*(event if isinstance(event, str) else event("Mislukt.") for event in events))
    return Conversation(llm, lambda: llm.history)


def langchain(stack: ExitStack, events: Sequence[Event]) -> Conversation:
    behaviours = [servers.chat(event) if isinstance(event, str) else FAILURES[event] for event in events]
    server = stack.enter_context(servers.OpenAIServer(*behaviours))
    llm = LangChainLLM("openai:proef", base_url=server.url, temperature=0, seed=1, timeout=10, max_retries=0)
    return Conversation(llm, lambda: [_messages(request.body) for request in server.requests])


def _messages(body: servers.Body) -> list[Message]:
    return [Message(m["role"], m["content"]) for m in body["messages"]]


@pytest.fixture(params=[scripted, langchain], ids=lambda make: make.__name__)
def converse(request: pytest.FixtureRequest) -> Iterator[Callable[..., Conversation]]:
    with ExitStack() as stack:
        make: Any = request.param
        yield lambda *events: make(stack, events)


def test_a_reply_holds_the_words_of_the_model(converse: Callable[..., Conversation]) -> None:
    text = "‘Niemand’ — zei ze,\nmet een é en een 🌱."
    assert converse(text).llm.complete(QUESTION).text == text


def test_replies_come_in_order(converse: Callable[..., Conversation]) -> None:
    llm = converse("een", "twee").llm
    assert [llm.complete(QUESTION).text for _ in range(2)] == ["een", "twee"]


def test_all_messages_reach_the_model_in_order_and_with_their_roles(
    converse: Callable[..., Conversation],
) -> None:
    conversation = converse("Goed.")
    messages = [*QUESTION, Message("assistant", "Een bank."), Message("user", "Eén bank?\n\nZeker?")]
    conversation.llm.complete(messages)
    assert [list(asked) for asked in conversation.asked()] == [messages]


def test_each_call_is_asked_afresh(converse: Callable[..., Conversation]) -> None:
    conversation = converse("een", "twee")
    conversation.llm.complete(QUESTION)
    conversation.llm.complete(QUESTION[1:])
    assert [len(asked) for asked in conversation.asked()] == [2, 1]


def test_a_reply_and_the_llm_both_name_a_model(converse: Callable[..., Conversation]) -> None:
    llm = converse("Goed.").llm
    assert llm.model
    assert llm.complete(QUESTION).model


def test_tokens_are_counts_or_not_known(converse: Callable[..., Conversation]) -> None:
    assert converse("Goed.").llm.complete(QUESTION).usage in (Usage(), Usage(11, 3))


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failing_service_is_an_error_of_its_own_kind(
    converse: Callable[..., Conversation], kind: type[ServiceFailed]
) -> None:
    with pytest.raises(ServiceFailed) as caught:
        converse(kind).llm.complete(QUESTION)
    assert type(caught.value) is kind
    assert caught.value.retryable == (kind in {RateLimited, ServiceUnreachable})
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_after_a_failure_the_next_call_is_as_good_as_any(converse: Callable[..., Conversation]) -> None:
    conversation = converse(ServiceUnreachable, "Goed.")
    with pytest.raises(ServiceUnreachable):
        conversation.llm.complete(QUESTION)
    assert conversation.llm.complete(QUESTION).text == "Goed."
    assert len(conversation.asked()) == 2
