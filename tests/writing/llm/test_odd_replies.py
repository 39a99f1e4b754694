"""Replies that no endpoint should give: read as what they are, or an error of the service, never of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rapporteur.errors import ServiceFailed
from rapporteur.writing.llm.interface import Message
from rapporteur.writing.llm.langchain import LangChainLLM
from rapporteur.writing.llm.structured import json_in
from tests.servers import Answer, Behaviour, OpenAIServer, chat

DEEP = b"[" * 100_000


def asked(behaviour: Behaviour) -> str:
    with OpenAIServer(behaviour) as server:
        llm = LangChainLLM("openai:proef", base_url=server.url, temperature=0, seed=1, timeout=20, max_retries=0)
        return llm.complete([Message("user", "Dag")]).text


@pytest.mark.parametrize("body", [DEEP, b"data: " + DEEP + b"\n\n"])
def test_a_reply_nested_without_end_is_the_services_failure(body: bytes) -> None:
    with pytest.raises(ServiceFailed):
        asked(lambda request: Answer(body=body))


def test_an_answer_in_the_name_of_someone_else_is_still_the_models() -> None:
    message = {"role": "user", "content": "Dag"}
    assert asked(chat(choices=[{"index": 0, "message": message, "finish_reason": "stop"}])) == "Dag"


@pytest.mark.parametrize("half", ["\ud800", "\udfff"])
def test_half_a_character_becomes_a_question_mark(half: str) -> None:
    assert asked(chat(f"Da{half}g")) == "Da?g"


@pytest.mark.parametrize("value", [{"text": "Da\ud800g"}, {"a": [{"b": "\udfff"}]}, {"\udc00": 1}])
def test_an_answer_that_spells_half_a_character_holds_no_object(value: Any) -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_in(json.dumps(value))


def test_an_answer_may_spell_a_whole_character() -> None:
    assert json_in(json.dumps({"text": "🙂"})) == {"text": "🙂"}
