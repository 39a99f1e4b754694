"""The LangChain adapter: what it sends, what it makes of answers and failures, what it keeps secret."""

from __future__ import annotations

import subprocess
import sys
import traceback

import pytest
from langchain_core.messages import AIMessage

from rapporteur.errors import (
    AuthenticationFailed,
    ConfigInvalid,
    ModelRefused,
    ServiceFailed,
    ServiceUnreachable,
)
from rapporteur.writing.llm.interface import Message, Reply, Usage
from rapporteur.writing.llm.langchain import LangChainLLM, to_messages, to_reply
from tests import servers

QUESTION = [Message("user", "Wat zag je op het plein?")]
KEY = "sk-geheim-0123456789"


def llm_for(
    base_url: str,
    key: str | None = KEY,
    model: str = "openai:proef",
    timeout: float = 10,
    max_retries: int = 0,
) -> LangChainLLM:
    return LangChainLLM(
        model,
        base_url=base_url,
        api_key=key,
        temperature=0.3,
        seed=7,
        timeout=timeout,
        max_retries=max_retries,
    )


# ------------------------------------------------------------------------- the two pure functions


def test_messages_become_langchains_with_their_roles() -> None:
    ours = [Message("system", "a"), Message("user", "b"), Message("assistant", "c")]
    assert [(m.type, m.content) for m in to_messages(ours)] == [("system", "a"), ("human", "b"), ("ai", "c")]


def test_an_answer_becomes_a_reply() -> None:
    answer = AIMessage(
        "Een bank.",
        response_metadata={"model_name": "proef-2026", "finish_reason": "stop"},
        usage_metadata={"input_tokens": 9, "output_tokens": 4, "total_tokens": 13},
    )
    assert to_reply(answer) == Reply("Een bank.", "proef-2026", Usage(9, 4), "stop")


def test_an_answer_without_counts_has_unknown_usage() -> None:
    assert to_reply(AIMessage("Een bank.")).usage == Usage(None, None)


def test_an_answer_in_blocks_is_joined_to_one_text() -> None:
    answer = AIMessage([{"type": "text", "text": "Een "}, {"type": "text", "text": "bank."}])
    assert to_reply(answer).text == "Een bank."


def test_a_refusal_is_not_an_empty_reply() -> None:
    with pytest.raises(ModelRefused, match=r"Daar schrijf ik niet over\."):
        to_reply(AIMessage("", additional_kwargs={"refusal": "Daar schrijf ik niet over."}))


# -------------------------------------------------------------------------------- what is sent


def test_the_settings_and_the_key_are_sent() -> None:
    with servers.OpenAIServer() as server:
        llm_for(server.url).complete(QUESTION)
    request = server.requests[0]
    assert request.path == "/v1/chat/completions"
    assert {name: request.body[name] for name in ("model", "temperature", "seed")} == {
        "model": "proef",
        "temperature": 0.3,
        "seed": 7,
    }
    assert request.headers["authorization"] == f"Bearer {KEY}"


def test_a_local_service_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with servers.OpenAIServer() as server:
        assert llm_for(server.url, key=None).complete(QUESTION).text == "aanwezig"


def test_a_key_in_the_environment_is_not_sent_to_a_service_it_was_not_given_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with servers.OpenAIServer() as server:
        llm_for(server.url, key=None).complete(QUESTION)
    assert KEY not in str(server.requests[0])


def test_an_address_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with servers.OpenAIServer() as server, servers.OpenAIServer() as elsewhere:
        monkeypatch.setenv("OPENAI_API_BASE", elsewhere.url)
        monkeypatch.setenv("OPENAI_BASE_URL", elsewhere.url)
        llm_for(server.url).complete(QUESTION)
    assert (len(server.requests), len(elsewhere.requests)) == (1, 0)
    assert "https://api.openai.com/v1" in repr(llm_for(""))


def test_a_models_name_may_hold_colons() -> None:
    with servers.OpenAIServer() as server:
        llm_for(server.url, model="openai:qwen2.5:7b").complete(QUESTION)
    assert server.requests[0].body["model"] == "qwen2.5:7b"


@pytest.mark.parametrize("model", ["gpt-5", "anthropic:claude", "openai:", ""])
def test_a_model_that_cannot_be_reached_is_a_wrong_setting(model: str) -> None:
    with pytest.raises(ConfigInvalid):
        llm_for("http://127.0.0.1:9/v1", model=model)


# ------------------------------------------------------------------------------ retries and failures


@pytest.mark.parametrize("trouble", [servers.rate_limited(), servers.server_error(), servers.truncated()])
def test_passing_trouble_is_tried_again(trouble: servers.Behaviour) -> None:
    with servers.OpenAIServer(trouble, servers.chat("Goed.")) as server:
        assert llm_for(server.url, max_retries=1).complete(QUESTION).text == "Goed."
    assert len(server.requests) == 2


@pytest.mark.parametrize("trouble", [servers.unauthorised(), servers.unknown_model(), servers.bad_request()])
def test_what_will_not_pass_is_tried_once(trouble: servers.Behaviour) -> None:
    with servers.OpenAIServer(trouble) as server, pytest.raises(ServiceFailed):
        llm_for(server.url, max_retries=3).complete(QUESTION)
    assert len(server.requests) == 1


def test_a_service_that_hangs_is_given_up_after_the_timeout() -> None:
    with servers.OpenAIServer(servers.hang()) as server, pytest.raises(ServiceUnreachable) as caught:
        llm_for(server.url, timeout=0.2).complete(QUESTION)
    assert "timeout" in caught.value.hint
    assert caught.value.where == server.url


def test_a_service_that_is_not_there_says_why_and_where() -> None:
    with servers.OpenAIServer() as server:
        gone = server.url
    with pytest.raises(ServiceUnreachable, match="refused") as caught:
        llm_for(gone).complete(QUESTION)
    assert caught.value.where == gone


def test_the_reason_is_the_connections_own_also_while_another_error_is_handled() -> None:
    with servers.OpenAIServer() as server:
        gone = server.url
    try:
        raise KeyError("iets anders")
    except KeyError:
        with pytest.raises(ServiceUnreachable, match="refused"):
            llm_for(gone).complete(QUESTION)


@pytest.mark.parametrize(
    "nonsense",
    [
        servers.malformed_json(),
        servers.wrong_content_type(),
        servers.other_json({}),
        servers.other_json([1]),
        servers.other_json("hallo"),
        servers.other_json({"error": {"message": "vol"}}),
        servers.chat(choices=[]),
        servers.chat(choices=None),
        servers.chat(choices=["x"]),
    ],
)
def test_a_reply_that_is_no_chat_completion_is_the_services_failure(nonsense: servers.Behaviour) -> None:
    with (
        servers.OpenAIServer(nonsense) as server,
        pytest.raises(ServiceFailed, match="cannot be read") as caught,
    ):
        llm_for(server.url).complete(QUESTION)
    assert type(caught.value) is ServiceFailed
    assert caught.value.where == server.url
    assert "base_url" in caught.value.hint


def test_a_reply_without_counts_or_words_is_still_a_reply() -> None:
    with servers.OpenAIServer(servers.chat(None, usage=None)) as server:
        reply = llm_for(server.url).complete(QUESTION)
    assert (reply.text, reply.usage, reply.finish_reason) == ("", Usage(), "stop")


def test_our_own_bugs_pass_through() -> None:
    with servers.OpenAIServer() as server, pytest.raises(AttributeError):
        llm_for(server.url).complete(["geen Message"])  # type: ignore[list-item]  # the bug
    assert server.requests == []


# ---------------------------------------------------------------------------------------- secrets


def test_the_key_is_in_no_repr() -> None:
    llm = llm_for("http://gebruiker:wachtwoord@127.0.0.1:9/v1?token=t0ken")
    assert repr(llm) == "LangChainLLM('openai:proef', base_url='http://127.0.0.1:9/v1')"
    assert KEY not in repr(vars(llm))


def test_the_key_is_in_no_error_though_the_service_repeats_it() -> None:
    echo = servers.unauthorised(echo=KEY)
    with servers.OpenAIServer(echo) as server, pytest.raises(AuthenticationFailed) as caught:
        llm_for(server.url).complete(QUESTION)
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert "[key]" in str(caught.value)


def test_white_space_around_a_key_is_not_part_of_it() -> None:
    with servers.OpenAIServer() as server:
        llm_for(server.url, key=f" {KEY}\n").complete(QUESTION)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("key", ["sk-één-0123456789", "sk-0123 456789", "sk-0123\n456789"])
def test_a_key_that_cannot_be_sent_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        llm_for("http://127.0.0.1:9/v1", key=key)
    assert "0123" not in "".join(traceback.format_exception(caught.value, limit=0))


# ----------------------------------------------------------------------------------------- imports


def test_importing_the_adapter_does_not_import_langchain_or_openai() -> None:
    code = (
        "import sys, rapporteur.writing.llm.langchain, rapporteur.sources.embedding.openai\n"
        "heavy = {'langchain', 'langchain_core', 'langchain_openai', 'openai', 'pydantic'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------------------------ streaming


def listening(url: str, heard: list[int], max_retries: int = 0, timeout: float = 10) -> LangChainLLM:
    return LangChainLLM(
        "openai:proef",
        base_url=url,
        temperature=0,
        seed=1,
        timeout=timeout,
        max_retries=max_retries,
        heard=heard.append,
        sleep=lambda seconds: None,
    )


def test_an_answer_streams_in_with_its_figures_and_is_heard_piece_by_piece() -> None:
    heard: list[int] = []
    text = "Op het plein stond ‘niets’, en een bank."
    with servers.OpenAIServer(servers.streamed(text, pieces=5)) as server:
        reply = listening(server.url, heard).complete(QUESTION)
    assert (reply.text, reply.usage, reply.model, reply.finish_reason) == (text, Usage(11, 3), "proef", "stop")
    assert len(heard) == 5 and sum(heard) == len(text)


def test_a_cut_answer_says_so() -> None:
    with servers.OpenAIServer(servers.streamed("Een halve", finish="length")) as server:
        assert listening(server.url, []).complete(QUESTION).finish_reason == "length"


DROPPED = {
    "in an event": servers.streamed("Een bank op het plein.", cut=150),
    "before the end": servers.streamed("Een bank", finish=None, done=False),
    "with nothing in it": servers.streamed("", finish=None, done=False),
}


@pytest.mark.parametrize("how", DROPPED)
def test_a_stream_that_breaks_off_is_asked_again(how: str) -> None:
    with servers.OpenAIServer(DROPPED[how], servers.streamed("Goed.")) as server:
        reply = listening(server.url, [], max_retries=1).complete(QUESTION)
    assert (reply.text, reply.retries, len(server.requests)) == ("Goed.", 1, 2)


@pytest.mark.parametrize("how", DROPPED)
def test_a_stream_that_always_breaks_off_is_an_error_never_half_a_text(how: str) -> None:
    with servers.OpenAIServer(DROPPED[how]) as server, pytest.raises(ServiceUnreachable) as caught:
        listening(server.url, [], max_retries=2).complete(QUESTION)
    assert len(server.requests) == 3
    assert caught.value.retryable and caught.value.where == server.url


def test_a_stream_in_which_the_service_reports_an_error_holds_no_key() -> None:
    failed = servers.Answer(
        body=b'data: {"error": {"message": "key ' + KEY.encode() + b' is out"}}\n\n', content_type="text/event-stream"
    )
    with servers.OpenAIServer(lambda request: failed) as server, pytest.raises(ServiceUnreachable) as caught:
        llm_for(server.url).complete(QUESTION)
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_service_that_falls_silent_in_the_middle_is_given_up_after_the_timeout() -> None:
    silent = servers.streamed("Een bank op het plein.", cut=150, silent=True)
    with servers.OpenAIServer(silent) as server, pytest.raises(ServiceUnreachable, match="silent") as caught:
        listening(server.url, [], timeout=0.3).complete(QUESTION)
    assert "timeout" in caught.value.hint


def test_a_deployment_of_azure_needs_its_address() -> None:
    with pytest.raises(ConfigInvalid) as caught:
        llm_for("", model="azure_openai:proef")
    assert "azure.com/openai/v1" in caught.value.hint
    with servers.OpenAIServer() as server:
        llm_for(server.url, model="azure_openai:proef").complete(QUESTION)
    assert server.requests[0].body["model"] == "proef"
