"""The adapter to models behind any OpenAI-compatible endpoint, through LangChain.

Two pure functions reshape data, `to_messages` and `to_reply`; between them stands one short call. LangChain
costs two CPU seconds to import, so it is imported when an LLM is made, never with this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rapporteur.errors import ConfigInvalid, ModelRefused
from rapporteur.openai_errors import (
    DEFAULT_BASE_URL,
    Key,
    endpoint_name,
    service_errors,
    usable_key,
)
from rapporteur.writing.llm.interface import Message, Reply, Usage

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_openai import ChatOpenAI

# What LangChain raises on a reply that is no chat completion: a web page, other JSON, no choices.
_UNREADABLE = (ValueError, TypeError, LookupError)


class LangChainLLM:
    """A chat model. `model` is 'openai:NAME'; without `base_url` it is OpenAI's own service that is called.

    `timeout` is in seconds for each try, `max_retries` counts tries after the first. Neither key nor
    address is ever taken from the environment.
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
    ) -> None:
        """Raises: ConfigInvalid for a model not named 'openai:NAME', AuthenticationFailed for an odd key."""
        base_url = base_url or DEFAULT_BASE_URL
        self.model = model
        self._key = usable_key(api_key)
        self._endpoint = endpoint_name(base_url)
        self._chat = _chat_model(
            name=_model_name(model),
            base_url=base_url,
            key=self._key,
            temperature=temperature,
            seed=seed,
            timeout=timeout,
            max_retries=max_retries,
        )

    def __repr__(self) -> str:
        return f"LangChainLLM({self.model!r}, base_url={self._endpoint!r})"

    def complete(self, messages: Sequence[Message], response_format: Mapping[str, Any] | None = None) -> Reply:
        request = to_messages(messages)
        # Beside the SDK's own way, which would read the answer into a class of its own and refuse a cut one.
        extra: dict[str, Any] = {"extra_body": {"response_format": response_format}} if response_format else {}
        with service_errors(self._endpoint, self._key, _UNREADABLE):
            answer = self._chat.invoke(request, **extra)
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
        text=str(answer.text),
        model=answer.response_metadata.get("model_name") or "",
        usage=_usage(answer),
        finish_reason=answer.response_metadata.get("finish_reason"),
    )


def _usage(answer: AIMessage) -> Usage:
    if answer.usage_metadata is None:
        return Usage()
    return Usage(answer.usage_metadata["input_tokens"], answer.usage_metadata["output_tokens"])


def _model_name(setting: str) -> str:
    """The name a service knows a model by: 'openai:NAME' without its first part.

    Raises: ConfigInvalid for any other form.
    """
    provider, _, name = setting.partition(":")
    if provider != "openai" or not name:
        raise ConfigInvalid(
            f"'{setting}' does not name a model that rapporteur can reach.",
            hint="Write openai:NAME; for a service other than OpenAI's own, also set its base_url.",
        )
    return name


def _chat_model(
    *, name: str, base_url: str, key: Key, temperature: float, seed: int, timeout: float, max_retries: int
) -> ChatOpenAI:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return ChatOpenAI(
        model=name,
        base_url=base_url,
        api_key=SecretStr(key.secret),
        temperature=temperature,
        seed=seed,
        timeout=timeout,
        max_retries=max_retries,
        use_responses_api=False,  # by some models' names LangChain would call an API only OpenAI has
    )
