"""LangChain's chat model for OpenAI's protocol, with an answer read as it streams in.

LangChain makes the request and the client; the answer is read here. LangChain's own streaming makes objects of several
classes for each token: 0.3 ms of CPU a piece, 100 ms an answer, where this takes 3 ms (docs/choices.md).
Importing this module imports LangChain: two CPU seconds.
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatResult
from langchain_openai import ChatOpenAI

from rapporteur.writing.llm.streams import Heard, completion


class StreamingChat(ChatOpenAI):
    """`heard` is told how many characters came in; `most_seconds` bounds one answer from its first byte to its last."""

    heard: Heard
    most_seconds: float

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        payload = self._get_request_payload(messages, stop=stop, **kwargs)
        payload.pop("stream", None)  # the caller says in extra_body whether it is sent: some take not even false
        with self.root_client.chat.completions.with_streaming_response.create(**payload) as response:
            whole = completion(response.iter_bytes(), self.heard, most_seconds=self.most_seconds)
        result = self._create_chat_result(whole)
        if refusal := whole["choices"][0]["message"].get("refusal"):
            result.generations[0].message.additional_kwargs["refusal"] = refusal
        return result
