"""The embedder over HTTP, beyond the contract: batches, and a service that misbehaves."""

from __future__ import annotations

import traceback
from typing import Any

import numpy as np
import pytest

from rapporteur.errors import (
    AuthenticationFailed,
    ModelUnknown,
    RateLimited,
    ServiceFailed,
    ServiceUnreachable,
)
from rapporteur.sources.embedding.openai import OpenAIEmbedder
from tests import servers

KEY = "sk-geheim-0123456789"


def embedder_for(server: servers.OpenAIServer, timeout: float = 10, max_retries: int = 0) -> OpenAIEmbedder:
    return OpenAIEmbedder("proef", base_url=server.url, api_key=KEY, timeout=timeout, max_retries=max_retries)


def items(*vectors: Any) -> list[dict[str, Any]]:
    return [{"index": index, "embedding": vector} for index, vector in enumerate(vectors)]


def test_texts_go_in_batches_of_at_most_128_with_model_and_key() -> None:
    with servers.OpenAIServer() as server:
        embedder_for(server).embed([f"tekst {number}" for number in range(300)])
    assert [len(request.body["input"]) for request in server.requests] == [128, 128, 44]
    assert {request.path for request in server.requests} == {"/v1/embeddings"}
    assert {request.body["model"] for request in server.requests} == {"proef"}
    assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {KEY}"}


def test_a_vector_is_the_services_own_scaled_to_unit_length_at_the_place_of_its_text() -> None:
    texts = ["een", "twee", "drie"]
    with servers.OpenAIServer() as server:
        vectors = embedder_for(server).embed(texts)
    wanted = np.array([servers.vector_of(text) for text in texts])
    np.testing.assert_allclose(vectors, wanted / np.linalg.norm(wanted, axis=1, keepdims=True), atol=1e-6)


@pytest.mark.parametrize("trouble", [servers.rate_limited(), servers.server_error(), servers.truncated()])
def test_passing_trouble_is_tried_again(trouble: servers.Behaviour) -> None:
    with servers.OpenAIServer(trouble, servers.embeddings()) as server:
        assert len(embedder_for(server, max_retries=1).embed(["een"])) == 1
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (servers.unauthorised(), AuthenticationFailed),
        (servers.forbidden(), AuthenticationFailed),
        (servers.unknown_model(), ModelUnknown),
        (servers.rate_limited(), RateLimited),
        (servers.server_error(), ServiceFailed),
        (servers.truncated(), ServiceUnreachable),
        (servers.malformed_json(), ServiceFailed),
        (servers.wrong_content_type(), ServiceFailed),
    ],
)
def test_trouble_that_stays_is_an_error_of_its_own_kind(trouble: servers.Behaviour, kind: type[ServiceFailed]) -> None:
    with servers.OpenAIServer(trouble) as server, pytest.raises(ServiceFailed) as caught:
        embedder_for(server).embed(["een"])
    assert type(caught.value) is kind
    assert caught.value.where.startswith(server.url)


def test_a_service_that_hangs_is_given_up_after_the_timeout() -> None:
    with servers.OpenAIServer(servers.hang()) as server, pytest.raises(ServiceUnreachable):
        embedder_for(server, timeout=0.2).embed(["een"])


@pytest.mark.parametrize(
    "reply",
    [
        {},
        [1],
        {"data": None},
        {"data": ["een"]},
        {"data": []},
        {"data": items([1, 0], [0, 1], [1, 1])},
        {"data": [{"index": 0, "embedding": [1, 0]}] * 2},
        {"data": [{"index": "a", "embedding": [1, 0]}, {"index": 0, "embedding": [1, 0]}]},
        {"data": items([1, 0], [1, 0, 0])},
        {"data": items([1, 0], [])},
        {"data": items([1, 0], [0, 0])},
        {"data": items([1, 0], [1, None])},
        {"data": items([1, 0], [1, float("inf")])},
        {"data": items([1, 0], {"x": 1})},
        {"data": items(1, 2)},
        {"data": items("AACAPw==", "AACAPw==")},
    ],
    ids=str,
)
def test_a_reply_that_is_not_a_vector_for_each_text_is_the_services_failure(reply: Any) -> None:
    unreadable = servers.other_json(reply)
    with (
        servers.OpenAIServer(unreadable) as server,
        pytest.raises(ServiceFailed, match="cannot be") as caught,
    ):
        embedder_for(server).embed(["een", "twee"])
    assert caught.value.where == server.url


def test_vectors_of_another_length_in_a_later_batch_are_refused() -> None:
    with (
        servers.OpenAIServer(servers.embeddings(), servers.other_json({"data": items([1.0, 0.0])})) as server,
        pytest.raises(ServiceFailed, match="equally long"),
    ):
        embedder_for(server).embed(["tekst"] * 129)


def test_the_key_is_in_no_repr_and_in_no_error() -> None:
    with servers.OpenAIServer(servers.unauthorised(echo=KEY)) as server:
        embedder = embedder_for(server)
        with pytest.raises(AuthenticationFailed) as caught:
            embedder.embed(["een"])
    assert KEY not in repr(embedder) + repr(vars(embedder))
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_the_name_says_model_and_kind_and_not_the_address() -> None:
    embedder = OpenAIEmbedder("proef", base_url="http://a:b@127.0.0.1:9/v1", timeout=10, max_retries=0)
    assert embedder.name == "openai:proef"
    assert repr(embedder) == "OpenAIEmbedder('openai:proef', base_url='http://127.0.0.1:9/v1')"
