"""The adapter to models behind any OpenAI-compatible endpoint, through LangChain.

Two pure functions reshape data, `to_messages` and `to_reply`; between them stands one short call. LangChain
costs two CPU seconds to import, so it is imported when an LLM is made, never with this module.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rapporteur.errors import ConfigInvalid, ModelRefused, ServiceFailed, ServiceUnreachable
from rapporteur.openai_errors import (
    DEFAULT_BASE_URL,
    Key,
    endpoint_name,
    service_errors,
    usable_key,
)
from rapporteur.writing.llm.dialect import Dialect, Sampling
from rapporteur.writing.llm.interface import Message, Reply, Usage
from rapporteur.writing.llm.retrying import Retries
from rapporteur.writing.llm.streams import Heard, StreamBroken

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage

    from rapporteur.writing.llm.chat import StreamingChat

# What is raised on a reply that is no chat completion: a web page, other JSON, no choices.
_UNREADABLE = (ValueError, TypeError, LookupError)
_PATIENCE = 10  # times the timeout: what an answer may take that keeps coming in
_PROVIDERS = ("openai", "azure_openai")


class LangChainLLM:
    """A chat model. `model` is 'openai:NAME'; without `base_url` it is OpenAI's own service that is called.

    `timeout` is in seconds: how long an endpoint may be silent. `max_retries` counts tries after the first.
    `answer_tokens` bounds an answer, `heard` is told of its characters as they come in, `dialect` is what is known of
    the endpoint. Neither key nor address is ever taken from the environment.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str = "",
        api_key: str | None = None,
        temperature: float,
        seed: int,
        timeout: float,
        max_retries: int,
        answer_tokens: int = 2000,
        dialect: Dialect | None = None,
        heard: Heard = lambda characters: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Raises: ConfigInvalid for a model not named 'openai:NAME', AuthenticationFailed for an odd key."""
        name = _model_name(model, base_url)
        base_url = base_url or DEFAULT_BASE_URL
        self.model = model
        self.dialect = dialect or Dialect(base_url)
        self._sampling = Sampling(temperature, seed, answer_tokens)
        self._retries = Retries(max_retries, sleep)
        self._key = usable_key(api_key)
        self._endpoint = endpoint_name(base_url)
        self._chat = _chat_model(name, base_url, self._key, timeout, heard)

    def __repr__(self) -> str:
        return f"LangChainLLM({self.model!r}, base_url={self._endpoint!r})"

    @property
    def lacks(self) -> Sequence[str]:
        """The parts of a request that the endpoint is known not to take."""
        return self.dialect.lacks

    def complete(self, messages: Sequence[Message], response_format: Mapping[str, Any] | None = None) -> Reply:
        request = to_messages(messages)
        form = _form(response_format)
        while True:
            body = self.dialect.request(self._sampling) | form
            try:
                return self._ask(request, body)
            except ServiceFailed as error:
                if self.dialect.learn(error, body):
                    continue
                if not self.dialect.may_not_stream(error):
                    raise
                with suppress(ServiceFailed):
                    return self._ask(request, self.dialect.without_stream(body))
                raise

    def _ask(self, request: list[BaseMessage], body: Mapping[str, Any]) -> Reply:
        reply = self._retries.of(lambda: self._call(request, body))
        self.dialect.answered(body)
        return reply

    def _call(self, request: list[BaseMessage], body: Mapping[str, Any]) -> Reply:
        # Beside the SDK's own ways, which would read the answer into a class of its own and refuse a cut one.
        with service_errors(self._endpoint, self._key, _UNREADABLE):
            try:
                answer = self._chat.invoke(request, extra_body=dict(body))
            except StreamBroken as error:
                raise ServiceUnreachable(
                    f"The service broke off its answer: {self._key.hide(str(error))}.",
                    where=self._endpoint,
                    hint="Run the command again: what was answered is kept.",
                ) from None
        return to_reply(answer)


def to_messages(messages: Sequence[Message]) -> list[BaseMessage]:
    """Our messages as LangChain's, in the same order."""
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    return [kinds[message.role](content=message.text) for message in messages]


def to_reply(answer: AIMessage) -> Reply:
    """LangChain's answer as ours.

    Raises: ModelRefused when the model says, in the field meant for that, that it will not answer.
    """
    if refusal := answer.additional_kwargs.get("refusal"):
        raise ModelRefused(f"The model will not answer: {refusal}", hint="Change what is asked, or the model.")
    return Reply(
        text=_encodable(str(answer.text) or _arguments(answer)),
        model=answer.response_metadata.get("model_name") or "",
        usage=_usage(answer),
        finish_reason=answer.response_metadata.get("finish_reason"),
    )


def _encodable(text: str) -> str:
    """The text with '?' for each half of a character, which no file and no request can hold."""
    return text.encode("utf-8", "replace").decode()


def _usage(answer: AIMessage) -> Usage:
    if answer.usage_metadata is None:
        return Usage()
    return Usage(answer.usage_metadata["input_tokens"], answer.usage_metadata["output_tokens"])


def _arguments(answer: AIMessage) -> str:
    """What the model gave the tool it had to call, as it wrote it where that is no JSON; '' if it called none."""
    for call in answer.tool_calls:
        return json.dumps(call["args"], ensure_ascii=False)
    return next((str(call["args"] or "") for call in answer.invalid_tool_calls), "")


def _form(response_format: Mapping[str, Any] | None) -> dict[str, Any]:
    """The part of the request that asks for an answer in a form."""
    if response_format is None:
        return {}
    if response_format["type"] != "tool":
        return {"response_format": response_format}
    name, schema = response_format["json_schema"]["name"], response_format["json_schema"]["schema"]
    return {
        "tools": [{"type": "function", "function": {"name": name, "parameters": schema}}],
        "tool_choice": {"type": "function", "function": {"name": name}},
    }


def _model_name(setting: str, base_url: str) -> str:
    """The name a service knows a model by: 'openai:NAME' without its first part; of Azure that of the deployment.

    Raises: ConfigInvalid for any other form.
    """
    provider, _, name = setting.partition(":")
    if provider not in _PROVIDERS or not name:
        raise ConfigInvalid(
            f"'{setting}' does not name a model that rapporteur can reach.",
            hint="Write openai:NAME; for a service other than OpenAI's own, also set its base_url.",
        )
    if provider == "azure_openai" and not base_url:
        raise ConfigInvalid(
            "A model of Azure needs the address of its resource.",
            hint="Set base_url to https://RESOURCE.openai.azure.com/openai/v1.",
        )
    return name


def _chat_model(name: str, base_url: str, key: Key, timeout: float, heard: Heard) -> StreamingChat:
    from pydantic import SecretStr

    from rapporteur.writing.llm.chat import StreamingChat

    return StreamingChat(
        model=name,
        base_url=base_url,
        api_key=SecretStr(key.secret),
        timeout=timeout,
        max_retries=0,  # retrying.py does that, also for answers that break off
        use_responses_api=False,  # by some models' names LangChain would call an API only OpenAI has
        heard=heard,
        most_seconds=timeout * _PATIENCE,
    )
