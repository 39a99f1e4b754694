"""Asking a model once and for all: every answer is stored before it is used, and never paid for twice.

An answer is kept under a digest of everything that made it: prompt, messages, schema, model and its settings. A run
that was killed or failed finds what was answered when it is run again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock
from typing import Any, Protocol

from rapporteur.errors import BudgetExceeded
from rapporteur.writing.llm.interface import Message, Reply
from rapporteur.writing.llm.structured import StructuredLLM
from rapporteur.writing.prompts import Prompt

CHARACTERS_PER_TOKEN = 3.0  # Dutch in the tokenizers of today takes 3 to 4: an estimate that is rather too high
_MINUTE = 60.0


class AnswerStore(Protocol):
    def answer(self, key: str) -> dict[str, Any] | None: ...

    def save_answer(self, key: str, prompt: str, model: str, created: str, reply: Mapping[str, Any]) -> None: ...


@dataclass(slots=True)
class Spent:
    """What a run asked: calls made and calls found in the store, tokens as counted or else estimated."""

    calls: int = 0
    kept: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    lock: Lock = field(default_factory=Lock)

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens


class Answers:
    """Asks, and remembers. Safe to use from several threads.

    `settings` are what else decides an answer (temperature, seed). `max_tokens` bounds what a run may use, 0 for no
    bound; `per_minute` the calls that start in a minute, 0 for no limit.
    """

    def __init__(
        self,
        llm: StructuredLLM,
        store: AnswerStore,
        *,
        settings: Mapping[str, object],
        max_tokens: int = 0,
        per_minute: int = 0,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.spent = Spent()
        self._llm = llm
        self._store = store
        self._settings = dict(settings)
        self._max_tokens = max_tokens
        self._pace = _MINUTE / per_minute if per_minute else 0.0
        self._next_start = 0.0
        self._now, self._sleep = now, sleep

    @property
    def model(self) -> str:
        return self._llm.llm.model

    def ask(self, prompt: Prompt, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        """The text of the model's answer. Raises: BudgetExceeded; ServiceFailed and its children."""
        key = self.key(prompt, messages, schema)
        kept = self._store.answer(key)
        if kept is not None:
            with self.spent.lock:
                self.spent.kept += 1
            return str(kept["text"])
        self._reserve(messages)
        reply = self._llm.complete(messages, schema)
        self._count(reply, messages)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        self._store.save_answer(key, prompt.name, reply.model or self.model, created, {"text": reply.text})
        return reply.text

    def is_kept(self, prompt: Prompt, messages: Sequence[Message], schema: Mapping[str, Any]) -> bool:
        return self._store.answer(self.key(prompt, messages, schema)) is not None

    def key(self, prompt: Prompt, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        asked = {
            "prompt": [prompt.name, prompt.sha256],
            "model": self.model,
            "settings": self._settings,
            "messages": [[message.role, message.text] for message in messages],
            "schema": schema,
        }
        return sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def _reserve(self, messages: Sequence[Message]) -> None:
        """Wait for our turn, and stop before the budget is passed rather than after."""
        with self.spent.lock:
            expected = self.spent.tokens + estimated_tokens(messages)
            if self._max_tokens and expected > self._max_tokens:
                raise BudgetExceeded(
                    f"This run has used {self.spent.tokens} tokens, the next call would pass the limit "
                    f"of {self._max_tokens}."
                )
            self.spent.calls += 1
            wait = max(0.0, self._next_start - self._now())
            self._next_start = self._now() + wait + self._pace
        if wait:
            self._sleep(wait)

    def _count(self, reply: Reply, messages: Sequence[Message]) -> None:
        with self.spent.lock:
            self.spent.prompt_tokens += reply.usage.prompt_tokens or estimated_tokens(messages)
            self.spent.completion_tokens += reply.usage.completion_tokens or round(
                len(reply.text) / CHARACTERS_PER_TOKEN
            )


def estimated_tokens(messages: Sequence[Message]) -> int:
    return round(sum(len(message.text) for message in messages) / CHARACTERS_PER_TOKEN)
