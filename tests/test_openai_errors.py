"""The map from the openai SDK's errors to ours, held against the SDK itself."""

from __future__ import annotations

from collections.abc import Iterator

import langchain_openai.chat_models.base
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import (
    AuthenticationFailed,
    ContextExceeded,
    ModelRefused,
    ModelUnknown,
    RateLimited,
    ServiceFailed,
    ServiceUnreachable,
)
from rapporteur.openai_errors import KINDS, Key, endpoint_name, service_errors, translate, usable_key
from tests import servers

ENDPOINT = "http://127.0.0.1/v1"
KEY = Key("sk-geheim-0123456789")

# Raised by a server that receives webhooks from OpenAI; rapporteur receives none.
NOT_FROM_A_CALL = {"InvalidWebhookSignatureError"}


def _public_errors() -> set[str]:
    values = {name: getattr(openai, name) for name in openai.__all__}
    return {n for n, v in values.items() if isinstance(v, type) and issubclass(v, Exception)}


def _subclasses(of: type[Exception]) -> Iterator[type[Exception]]:
    for each in of.__subclasses__():
        yield each
        yield from _subclasses(each)


def _failure(behaviour: servers.Behaviour) -> tuple[Exception, ServiceFailed]:
    """What the SDK raises when a service behaves so, and what we make of it."""
    with (
        servers.OpenAIServer(behaviour) as server,
        openai.OpenAI(base_url=server.url, api_key=KEY.secret, max_retries=0) as client,
        pytest.raises(openai.OpenAIError) as caught,
    ):
        client.embeddings.create(model="proef", input=["x"])
    ours = translate(caught.value, ENDPOINT, KEY)
    assert ours is not None
    return caught.value, ours


def test_every_error_class_of_the_sdk_is_in_the_map() -> None:
    named_elsewhere = {"OAuthError", "SubjectTokenProviderError"}  # not in openai.__all__, but public
    assert set(KINDS) == (_public_errors() | named_elsewhere) - NOT_FROM_A_CALL


def test_every_subclass_of_the_sdks_errors_is_recognised_also_langchains() -> None:
    assert langchain_openai.chat_models.base.OpenAITimeoutError in set(_subclasses(openai.OpenAIError))
    for kind in _subclasses(openai.OpenAIError):
        assert isinstance(translate(kind.__new__(kind), ENDPOINT, KEY), ServiceFailed), kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, ModelRefused),
        (401, AuthenticationFailed),
        (402, AuthenticationFailed),
        (403, AuthenticationFailed),
        (404, ModelRefused),
        (405, ModelRefused),
        (408, ServiceUnreachable),
        (409, ServiceUnreachable),
        (413, ModelRefused),
        (415, ModelRefused),
        (418, ServiceFailed),
        (422, ModelRefused),
        (429, RateLimited),
        (500, ServiceFailed),
        (501, ServiceFailed),
        (502, ServiceUnreachable),
        (503, ServiceUnreachable),
        (504, ServiceUnreachable),
        (529, ServiceUnreachable),
    ],
)
def test_each_status_has_its_kind(status: int, kind: type[ServiceFailed]) -> None:
    _, ours = _failure(servers.server_error(status))
    assert type(ours) is kind


def test_an_error_says_what_the_service_said_and_where_with_status_and_request_id() -> None:
    _, ours = _failure(servers.unknown_model())
    assert str(ours) == "The endpoint has no such model: The model does not exist."
    assert ours.where == f"{ENDPOINT}, HTTP 404, request {servers.REQUEST_ID}"
    assert "/v1" in ours.hint


def test_a_used_up_quota_is_not_something_to_wait_for() -> None:
    _, ours = _failure(servers.out_of_quota())
    assert type(ours) is AuthenticationFailed
    assert not ours.retryable
    assert "billing" in ours.hint


def test_a_text_too_long_for_the_model_has_a_hint_of_its_own() -> None:
    _, ours = _failure(servers.bad_request("Too long.", code="context_length_exceeded"))
    assert "longer texts" in ours.hint


def test_a_whole_web_page_of_error_becomes_one_short_line() -> None:
    page = "<html>\n" + "<p>Storing</p>\n" * 500
    _, ours = _failure(lambda request: servers.Answer(502, page.encode(), "text/html"))
    assert len(str(ours)) < 400
    assert "\n" not in str(ours)


@pytest.mark.parametrize("bug", [KeyError("turns"), TypeError("None"), RuntimeError("bug")])
def test_an_error_that_is_not_the_sdks_passes_through(bug: Exception) -> None:
    with pytest.raises(type(bug)) as caught, service_errors(ENDPOINT, KEY):
        raise bug
    assert caught.value is bug


def test_the_cause_is_kept_for_whoever_debugs() -> None:
    error, _ = _failure(servers.unknown_model())
    with pytest.raises(ModelRefused) as caught, service_errors(ENDPOINT, KEY):
        raise error
    assert caught.value.__cause__ is error


def test_a_word_that_stands_for_no_key_is_not_cut_out_of_words() -> None:
    error, _ = _failure(servers.unknown_model())
    assert "does not exist" in str(translate(error, ENDPOINT, Key("x")))


@given(st.text())
def test_a_usable_key_can_stand_in_a_header(key: str) -> None:
    try:
        usable = usable_key(key).secret
    except AuthenticationFailed:
        return
    assert usable
    assert usable.isascii()
    assert usable.isprintable()
    assert " " not in usable


def test_an_address_is_shown_without_what_is_secret_in_it() -> None:
    shown = endpoint_name("https://piet:geheim@voorbeeld.nl:8443/openai/v1?sig=geheim#geheim")
    assert shown == "https://voorbeeld.nl:8443/openai/v1"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "The model `proef` does not exist."),
        (404, 'model "proef" not found, try pulling it first'),
        (400, "Invalid model name passed in model=proef."),
        (404, "The model 'proef' does not exist or you do not have access to it."),
    ],
)
def test_a_model_the_endpoint_does_not_have_is_known_by_its_words_too(status: int, words: str) -> None:
    _, ours = _failure(servers.refusal(status, words))
    assert type(ours) is ModelUnknown
    assert ours.final and "`model`" in ours.hint


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."),
        (
            400,
            "the request exceeds the available context size. try increasing the context size or enable context shift",
        ),
        (400, "'max_tokens' is too large: 900. This model's maximum context length is 1024 tokens."),
        (422, "`inputs` tokens + `max_new_tokens` must be <= 4096."),
        (500, "context window is full"),
    ],
)
def test_a_text_too_long_is_known_by_its_words_too(status: int, words: str) -> None:
    _, ours = _failure(servers.refusal(status, words))
    assert type(ours) is ContextExceeded
    assert ours.final


def test_a_wrong_path_is_not_an_unknown_model() -> None:
    _, ours = _failure(servers.refusal(404, "Not Found"))
    assert type(ours) is ModelRefused


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("straks", None), ("", None)],
)
def test_the_time_a_service_asks_for_is_read(said: str, seconds: float | None) -> None:
    _, ours = _failure(servers.rate_limited(retry_after=said))
    assert ours.retry_after == seconds
