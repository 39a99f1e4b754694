"""What an endpoint does not take: parts of a request that we can do without, found once and remembered.

Few OpenAI-compatible endpoints take all that OpenAI's does, and OpenAI's newest models take less than its old ones. An
endpoint that refuses a request because of one part says so by its name; then the request goes without that part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from rapporteur.errors import ModelRefused, ServiceFailed

_STREAM_PARTS = ("stream", "stream_options")
_WORDLESS = frozenset({405, 415, 500, 501})  # refusals that often come without a reason
REFUSALS = frozenset({400, 404, 405, 415, 422, 500, 501})  # statuses by which an endpoint refuses a form of asking
SPARE = ("stream_options", "stream", "max_completion_tokens", "max_tokens", "temperature", "seed")
_OF_OPENAI = (".openai.com", ".openai.azure.com", ".azure.com", ".microsoft.com")


@dataclass(frozen=True, slots=True)
class Sampling:
    """How an answer is drawn; `answer_tokens` is the most it may take."""

    temperature: float
    seed: int
    answer_tokens: int


class Dialect:
    """`lacks` are the parts of SPARE an endpoint is known not to take; `remember` is told when more are found.

    The limit on an answer's length goes by either of two names: `max_completion_tokens` is the only one OpenAI's newest
    models take, `max_tokens` the only one Ollama reads, and each is refused by somebody.
    """

    def __init__(
        self, base_url: str, lacks: Collection[str] = (), remember: Callable[[list[str]], None] = lambda lacks: None
    ) -> None:
        host = f".{urlsplit(base_url).hostname or ''}"
        names = ("max_completion_tokens", "max_tokens")
        self._limits = names if host.endswith(_OF_OPENAI) else names[::-1]
        self._lacks = {part for part in SPARE if part in lacks}
        self._remember = remember
        self._lock = Lock()
        self._streamed = False

    @property
    def lacks(self) -> list[str]:
        return sorted(self._lacks)

    @property
    def streams(self) -> bool:
        return "stream" not in self._lacks

    def request(self, sampling: Sampling) -> dict[str, Any]:
        """The parts of a request that this endpoint takes."""
        limit = next((name for name in self._limits if name not in self._lacks), "")
        wanted: dict[str, Any] = {
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": sampling.temperature,
            "seed": sampling.seed,
            limit: sampling.answer_tokens,
        }
        if not self.streams:
            del wanted["stream_options"]
        return {name: value for name, value in wanted.items() if name and name not in self._lacks}

    def learn(self, error: ServiceFailed, sent: Mapping[str, Any]) -> bool:
        """Whether the error says that the endpoint does not take a part that was sent; then it is sent no more."""
        if type(error) not in (ModelRefused, ServiceFailed) or error.status not in REFUSALS:
            return False
        part = next((p for p in SPARE if p in sent and re.search(rf"(?<![a-z_]){p}(?![a-z_])", error.what)), None)
        if part is None and "stream" in sent and re.search(r"\bstream", error.what, re.IGNORECASE):
            part = "stream"
        if part is not None:
            self._learn(part)
        return part is not None

    def may_not_stream(self, error: ServiceFailed) -> bool:
        """Whether a refusal without a reason may be of streaming: where an answer has streamed once, it is not."""
        return self.streams and not self._streamed and error.status in _WORDLESS

    def without_stream(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in body.items() if name not in _STREAM_PARTS}

    def answered(self, sent: Mapping[str, Any]) -> None:
        """A request was answered: what it went without, of what may be lacking, is not sent again."""
        if "stream" in sent:
            self._streamed = True
        elif self.streams:
            self._learn("stream")

    def _learn(self, part: str) -> None:
        with self._lock:
            if part not in self._lacks:
                self._lacks.add(part)
                self._remember(self.lacks)
