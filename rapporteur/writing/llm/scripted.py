"""An LLM that says what it was told to say, for tests and trials without a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapporteur.errors import ServiceFailed
from rapporteur.writing.llm.interface import Message, Reply


class ScriptedLLM:
    """Hands out `replies` in order: a text, a whole Reply, or an error to raise.

    `history` holds what was asked, call by call, also of calls that failed.
    """

    def __init__(self, *replies: str | Reply | ServiceFailed, model: str = "scripted") -> None:
        self.model = model
        self.history: list[tuple[Message, ...]] = []
        self._replies = replies

    def complete(self, messages: Sequence[Message], response_format: Mapping[str, Any] | None = None) -> Reply:
        self.history.append(tuple(messages))
        if len(self.history) > len(self._replies):
            raise LookupError(f"The script has {len(self._replies)} replies, too few for this call.")
        reply = self._replies[len(self.history) - 1]
        if isinstance(reply, ServiceFailed):
            raise reply
        return reply if isinstance(reply, Reply) else Reply(text=reply, model=self.model)
