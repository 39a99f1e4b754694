"""Asking a model once and for all: every answer is stored before it is used, and never paid for twice.

An answer is kept under a digest of everything that made it: prompt, messages, schema, model and its settings. A run
that was killed or failed finds what was answered when it is run again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock
from typing import Any, Protocol

from rapporteur.errors import AnswerCut, BudgetExceeded
from rapporteur.writing.llm.interface import Message, Reply
from rapporteur.writing.llm.structured import StructuredLLM
from rapporteur.writing.prompts import Prompt

CHARACTERS_PER_TOKEN = 3.0  # Dutch in the tokenizers of today takes 3 to 4: an estimate that is rather too high
_MINUTE = 60.0
_CUT = "length"


class AnswerStore(Protocol):
    def answer(self, key: str) -> dict[str, Any] | None: ...

    def save_answer(self, key: str, prompt: str, model: str, created: str, reply: Mapping[str, Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Prices:
    """Euros per million tokens read and written; 0 where not known."""

    per_million_in: float = 0.0
    per_million_out: float = 0.0

    def of(self, prompt_tokens: int, completion_tokens: int) -> float | None:
        """Euros; None where no price is known."""
        if not (self.per_million_in or self.per_million_out):
            return None
        return (prompt_tokens * self.per_million_in + completion_tokens * self.per_million_out) / 1_000_000


@dataclass(frozen=True, slots=True)
class Budget:
    """The most a run may use: tokens and euros, 0 for no bound. An answer takes at most `answer_tokens`."""

    tokens: int = 0
    cost: float = 0.0
    answer_tokens: int = 0


@dataclass(slots=True)
class Asked:
    """What one prompt was used for in a run: calls made, answers found in the store, tokens as counted or estimated."""

    id: str
    version: int
    sha256: str
    calls: int = 0
    kept: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    retries: int = 0


@dataclass(slots=True)
class Spent:
    """What a run asked, by the name of the prompt, and the models that answered, as the endpoint named them."""

    prices: Prices = Prices()
    prompts: dict[str, Asked] = field(default_factory=dict)
    models: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    # Of calls under way: what they may yet take.
    reserved_in: int = 0
    reserved_out: int = 0

    def of(self, prompt: Prompt) -> Asked:
        return self.prompts.setdefault(prompt.name, Asked(prompt.id, prompt.version, prompt.sha256))

    def _sum(self, what: str) -> int:
        return sum(getattr(asked, what) for asked in self.prompts.values())

    @property
    def calls(self) -> int:
        return self._sum("calls")

    @property
    def kept(self) -> int:
        return self._sum("kept")

    @property
    def retries(self) -> int:
        return self._sum("retries")

    @property
    def prompt_tokens(self) -> int:
        return self._sum("prompt_tokens")

    @property
    def completion_tokens(self) -> int:
        return self._sum("completion_tokens")

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    @property
    def cost(self) -> float | None:
        """Euros; None where no price is known."""
        return self.prices.of(self.prompt_tokens, self.completion_tokens)

    def cost_of(self, asked: Asked) -> float | None:
        return self.prices.of(asked.prompt_tokens, asked.completion_tokens)

    @property
    def model(self) -> str:
        """The model that answered, as the endpoint named it; '' if nothing was asked."""
        return ", ".join(sorted(self.models))


class Answers:
    """Asks, and remembers. Safe to use from several threads.

    `settings` are what else decides an answer (temperature, seed). `budget` bounds what a run may use; `per_minute` the
    calls that start in a minute, 0 for no limit.
    """

    def __init__(
        self,
        llm: StructuredLLM,
        store: AnswerStore,
        *,
        settings: Mapping[str, object],
        budget: Budget = Budget(),
        prices: Prices = Prices(),
        per_minute: int = 0,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.spent = Spent(prices)
        self._llm = llm
        self._store = store
        self._settings = dict(settings)
        self._budget = budget
        self._pace = _MINUTE / per_minute if per_minute else 0.0
        self._next_start = 0.0
        self._now, self._sleep = now, sleep

    @property
    def model(self) -> str:
        return self._llm.llm.model

    def ask(
        self, prompt: Prompt, messages: Sequence[Message], schema: Mapping[str, Any], report: Spent | None = None
    ) -> str:
        """The text of the model's answer; what it took is counted for the run, and for the `report` it is for.

        Raises: BudgetExceeded; AnswerCut; ServiceFailed and its children.
        """
        counted = (self.spent, report) if report else (self.spent,)
        key = self.key(prompt, messages, schema)
        kept = self._store.answer(key)
        if kept is not None:
            for spent in counted:
                with spent.lock:
                    spent.of(prompt).kept += 1
            return _whole(kept)
        with self._reserved(estimated_tokens(messages, schema)):
            self._wait()
            for spent in counted:
                with spent.lock:
                    spent.of(prompt).calls += 1
            reply = self._llm.complete(messages, schema)
            for spent in counted:
                self._count(spent, prompt, reply, estimated_tokens(messages, schema))
        created = datetime.now(UTC).isoformat(timespec="seconds")
        answer = {"text": reply.text, "finish_reason": reply.finish_reason}
        self._store.save_answer(key, prompt.name, reply.model or self.model, created, answer)
        return _whole(answer)

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

    @contextmanager
    def _reserved(self, prompt_tokens: int) -> Iterator[None]:
        """Hold what a call may take while it is made. Raises: BudgetExceeded before the budget can be passed."""
        spent, budget = self.spent, self._budget
        with spent.lock:
            tokens_in = spent.prompt_tokens + spent.reserved_in + prompt_tokens
            tokens_out = spent.completion_tokens + spent.reserved_out + budget.answer_tokens
            if budget.tokens and tokens_in + tokens_out > budget.tokens:
                raise BudgetExceeded(
                    f"This run has used {spent.tokens} tokens, the next call could pass the limit of {budget.tokens}."
                )
            if budget.cost and (spent.prices.of(tokens_in, tokens_out) or 0.0) > budget.cost:
                raise BudgetExceeded(
                    f"This run has cost € {spent.cost or 0:.4f}, the next call could pass the limit of "
                    f"€ {budget.cost:g}."
                )
            spent.reserved_in += prompt_tokens
            spent.reserved_out += budget.answer_tokens
        try:
            yield
        finally:
            with spent.lock:
                spent.reserved_in -= prompt_tokens
                spent.reserved_out -= budget.answer_tokens

    def _wait(self) -> None:
        """Wait for our turn under the limit of calls a minute."""
        with self.spent.lock:
            wait = max(0.0, self._next_start - self._now())
            self._next_start = self._now() + wait + self._pace
        if wait:
            self._sleep(wait)

    def _count(self, spent: Spent, prompt: Prompt, reply: Reply, expected: int) -> None:
        with spent.lock:
            asked = spent.of(prompt)
            asked.prompt_tokens += reply.usage.prompt_tokens or expected
            asked.completion_tokens += reply.usage.completion_tokens or round(len(reply.text) / CHARACTERS_PER_TOKEN)
            asked.retries += reply.retries
            spent.models.add(reply.model or self.model)


def estimated_tokens(messages: Sequence[Message], schema: Mapping[str, Any] | None = None) -> int:
    """Tokens of a prompt; endpoints that are told the schema count it too."""
    told = len(json.dumps(schema, ensure_ascii=False)) if schema else 0
    return round((sum(len(message.text) for message in messages) + told) / CHARACTERS_PER_TOKEN)


def _whole(answer: Mapping[str, Any]) -> str:
    """The text of an answer. Raises: AnswerCut if the model was stopped in the middle of it."""
    text = str(answer["text"])
    if answer.get("finish_reason") == _CUT:
        raise AnswerCut("The model's answer was cut off: it reached the most tokens an answer may take.", answer=text)
    return text
