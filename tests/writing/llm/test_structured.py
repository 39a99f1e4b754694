"""The ladder of forms: which errors climb down it, which do not, what is remembered."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from rapporteur.errors import (
    AuthenticationFailed,
    ContextExceeded,
    ModelRefused,
    ModelUnknown,
    RateLimited,
    ServiceFailed,
    ServiceUnreachable,
)
from rapporteur.writing.llm.dialect import Dialect
from rapporteur.writing.llm.interface import Message
from rapporteur.writing.llm.langchain import LangChainLLM
from rapporteur.writing.llm.structured import FORMS, Form, StructuredLLM, json_in
from tests import servers

QUESTION = [Message("system", "Je bent kort."), Message("user", "Wat zag je?")]
SCHEMA = {"type": "object", "properties": {"woord": {"enum": ["bank"]}}, "required": ["woord"]}
ANSWER = '{"woord": "bank"}'


def form_of(request: servers.Request) -> Form:
    if "tools" in request.body:
        return "tool"
    form: Form = request.body.get("response_format", {"type": "text"})["type"]
    return form


def takes_from(form: Form, refusal: servers.Behaviour) -> servers.Behaviour:
    """An endpoint that refuses every form above one."""

    def answer(request: servers.Request) -> servers.Answer:
        if FORMS.index(form_of(request)) < FORMS.index(form):
            return refusal(request)
        return (servers.tool_call(ANSWER) if form_of(request) == "tool" else servers.chat(ANSWER))(request)

    return answer


def structured(url: str, remembered: list[Form], dialect: Dialect | None = None) -> StructuredLLM:
    llm = LangChainLLM("openai:proef", base_url=url, temperature=0, seed=1, timeout=10, max_retries=0, dialect=dialect)
    return StructuredLLM(llm, remembered[-1] if remembered else None, remembered.append)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("status", [400, 404, 405, 415, 422, 500, 501])
def test_an_endpoint_is_asked_in_the_best_form_it_takes(form: Form, status: int) -> None:
    remembered: list[Form] = []
    with servers.OpenAIServer(takes_from(form, servers.server_error(status))) as server:
        asks = structured(server.url, remembered)
        assert json_in(asks.complete(QUESTION, SCHEMA).text) == {"woord": "bank"}
        first = len(server.requests)
        asks.complete(QUESTION, SCHEMA)
    assert asks.form == form
    assert [form_of(request) for request in server.requests[first:]] == [form]
    # After a 500 the form may be innocent: then it is not remembered beyond this run.
    assert remembered == ([] if status in (500, 501) and form != FORMS[0] else [form])


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (servers.unauthorised(), AuthenticationFailed),
        (servers.forbidden(), AuthenticationFailed),
        (servers.rate_limited(), RateLimited),
        (servers.unknown_model(), ModelUnknown),
        (servers.bad_request("Too long.", code="context_length_exceeded"), ContextExceeded),
        (servers.server_error(503), ServiceUnreachable),
    ],
)
def test_what_says_nothing_about_forms_does_not_climb_down(
    behaviour: servers.Behaviour, kind: type[ServiceFailed]
) -> None:
    remembered: list[Form] = []
    with servers.OpenAIServer(behaviour) as server, pytest.raises(kind):
        structured(server.url, remembered).complete(QUESTION, SCHEMA)
    assert (len(server.requests), remembered) == (1, [])


def test_a_models_own_refusal_does_not_climb_down() -> None:
    message = {"role": "assistant", "content": None, "refusal": "Daar schrijf ik niet over."}
    refusal = servers.chat(choices=[{"index": 0, "message": message, "finish_reason": "stop"}])
    with servers.OpenAIServer(refusal) as server, pytest.raises(ModelRefused, match="Daar schrijf ik niet over"):
        structured(server.url, []).complete(QUESTION, SCHEMA)
    assert len(server.requests) == 1


@pytest.mark.parametrize("form", ["json_object", "text"])
def test_where_nothing_holds_a_model_to_the_schema_the_prompt_tells_it(form: Form) -> None:
    with servers.OpenAIServer(takes_from(form, servers.bad_request("no."))) as server:
        structured(server.url, []).complete(QUESTION, SCHEMA)
    asked = server.requests[-1].body["messages"]
    assert asked[0]["content"] == "Je bent kort."
    assert "Wat zag je?" in asked[1]["content"] and '"enum": ["bank"]' in asked[1]["content"]


def test_what_was_remembered_is_asked_at_once() -> None:
    with servers.OpenAIServer(servers.chat(ANSWER)) as server:
        structured(server.url, ["json_object"]).complete(QUESTION, SCHEMA)
    assert [form_of(request) for request in server.requests] == ["json_object"]


def test_calls_that_wait_for_a_climb_that_fails_do_not_climb_themselves() -> None:
    all_here = threading.Barrier(4)

    def refuse(request: servers.Request) -> servers.Answer:
        threading.Event().wait(0.05)
        return servers.bad_request("no.")(request)

    with servers.OpenAIServer(refuse) as server:
        asks = structured(server.url, [])

        def ask(_: int) -> type[Exception]:
            all_here.wait()
            with pytest.raises(ModelRefused) as caught:
                asks.complete(QUESTION, SCHEMA)
            return type(caught.value)

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(ask, range(4))) == [ModelRefused] * 4
    assert len(server.requests) == len(FORMS)


# ------------------------------------------------------------------------- what an endpoint lacks


def picky(*parts: str, says: str = "Unsupported parameter: '{}'.", status: int = 400) -> servers.Behaviour:
    """An endpoint that refuses requests with these parts."""

    def answer(request: servers.Request) -> servers.Answer:
        for part in parts:
            if part in request.body:
                return servers.refusal(status, says.format(part))(request)
        return servers.streamed(ANSWER)(request) if request.body.get("stream") else servers.chat(ANSWER)(request)

    return answer


@pytest.mark.parametrize(
    "parts",
    [
        ("stream_options",),
        ("stream",),
        ("temperature", "seed"),
        ("max_tokens",),
        ("max_tokens", "max_completion_tokens"),
        ("stream", "stream_options", "temperature", "seed", "max_tokens", "max_completion_tokens"),
    ],
)
def test_a_part_that_an_endpoint_names_as_unknown_is_sent_once_and_remembered(parts: tuple[str, ...]) -> None:
    remembered: list[list[str]] = []
    with servers.OpenAIServer(picky(*parts)) as server:
        structured(server.url, [], Dialect(server.url, (), remembered.append)).complete(QUESTION, SCHEMA)
        refused = len(server.requests) - 1
        structured(server.url, [], Dialect(server.url, remembered[-1])).complete(QUESTION, SCHEMA)
    assert 1 <= refused <= len(parts)
    assert len(server.requests) == refused + 2
    assert {form_of(request) for request in server.requests} == {"json_schema"}


@pytest.mark.parametrize("status", [400, 422, 501])
def test_an_endpoint_that_does_not_stream_is_asked_for_whole_answers(status: int) -> None:
    dialect: Mapping[str, Any] = {}
    with servers.OpenAIServer(picky("stream", says="Streaming is not supported.", status=status)) as server:
        asks = structured(server.url, [])
        for _ in range(2):
            asks.complete(QUESTION, SCHEMA)
        dialect = server.requests[-1].body
    assert len(server.requests) == 3
    assert "stream" not in dialect and "stream_options" not in dialect


@pytest.mark.parametrize("status", [405, 415, 500, 501])
def test_an_endpoint_that_refuses_streaming_without_a_word_is_found_out(status: int) -> None:
    with servers.OpenAIServer(picky("stream", says="Nee.", status=status)) as server:
        asks = structured(server.url, [])
        for _ in range(2):
            asks.complete(QUESTION, SCHEMA)
    assert [bool(request.body.get("stream")) for request in server.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("http://localhost:11434/v1", "max_tokens"),
        ("https://api.openai.com/v1", "max_completion_tokens"),
        ("https://proef.openai.azure.com/openai/v1", "max_completion_tokens"),
        ("https://openai.com.voorbeeld.nl/v1", "max_tokens"),
    ],
)
def test_the_limit_of_an_answer_goes_by_the_name_the_endpoint_reads(base_url: str, name: str) -> None:
    from rapporteur.writing.llm.dialect import Sampling

    request = Dialect(base_url).request(Sampling(0.2, 1, 800))
    assert {key: value for key, value in request.items() if key.startswith("max")} == {name: 800}
