"""The seam to language models: messages in, a Reply out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the endpoint counted them; None where it does not say."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """`finish_reason` is the endpoint's: 'length' for an answer that was cut off. `retries`: tries after the first."""

    text: str
    model: str
    usage: Usage = Usage()
    finish_reason: str | None = None
    retries: int = 0


class LLM(Protocol):
    """Raises: ServiceFailed and its children; `retryable` on the error says whether trying again makes sense."""

    @property
    def model(self) -> str: ...

    def complete(self, messages: Sequence[Message], response_format: Mapping[str, Any] | None = None) -> Reply:
        """Answer. `response_format` is OpenAI's: {"type": "json_schema", …} or {"type": "json_object"}.

        Or {"type": "tool", "json_schema": {"name", "schema"}}: then a tool that takes the schema must be called, and
        the arguments of that call are the answer.
        """
        ...
