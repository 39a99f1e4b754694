"""What an endpoint sends back to a chat completion, read as it comes in: bytes in, one whole completion out.

Asked to stream, an endpoint sends events, each a piece of the answer, or after all the answer in one JSON document.
Both end up as that document. What breaks off in the middle is an error, never a shorter answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

MOST_BYTES = 64_000_000  # an event of a few hundred bytes for each token of an answer that is far too long
_DATA, _DONE = b"data:", b"[DONE]"

Heard = Callable[[int], None]


class StreamBroken(Exception):
    """The stream stopped before the answer was whole, or was no stream of an answer."""


def completion(
    pieces: Iterable[bytes], heard: Heard, *, most_seconds: float, now: Callable[[], float] = time.monotonic
) -> dict[str, Any]:
    """The completion in a body. `heard` is told how many characters of the answer came in, piece by piece.

    Raises: StreamBroken for a stream that is not whole, or takes longer than `most_seconds` or more bytes than any
    answer; ValueError for what is no JSON document.
    """
    lines = _lines(_bounded(pieces, now() + most_seconds, now))
    first = next((line for line in lines if line), b"")
    if first.startswith((_DATA, b"event:", b"id:", b":")):
        return _Answer(heard).read(first, lines)
    document = _json(b"\n".join((first, *lines)))
    if not isinstance(document, dict):
        raise ValueError("it is no JSON object")
    with suppress(LookupError, TypeError):  # whoever it says is speaking; in a stream nobody asks
        document["choices"][0]["message"]["role"] = "assistant"
    heard(len(_words(document)))
    return document


class _Answer:
    """An answer while its events come in."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._head: dict[str, Any] = {}
        self._texts: list[str] = []
        self._refusals: list[str] = []
        self._calls: list[str] = []
        self._tool = ""
        self._finish: str | None = None

    def read(self, first: bytes, lines: Iterator[bytes]) -> dict[str, Any]:
        done = False
        for line in chain((first,), lines):
            if not line.startswith(_DATA):
                continue
            data = line[len(_DATA) :].strip()
            if data == _DONE:
                done = True
                break
            if data:
                try:
                    self._take(_event(data))
                except (AttributeError, TypeError) as error:
                    raise StreamBroken("a piece of the answer has a form of its own") from error
        if not done and self._finish is None:
            raise StreamBroken("the stream ended in the middle of the answer")
        return self._whole()

    def _take(self, event: dict[str, Any]) -> None:
        if error := event.get("error"):
            raise StreamBroken(str(error.get("message", error) if isinstance(error, dict) else error))
        self._head |= {key: event[key] for key in ("id", "model", "usage", "service_tier") if event.get(key)}
        for choice in event.get("choices") or ():
            self._finish = choice.get("finish_reason") or self._finish
            delta = choice.get("delta") or {}
            self._add(self._texts, delta.get("content"))
            self._add(self._refusals, delta.get("refusal"))
            for call in delta.get("tool_calls") or ():
                function = call.get("function") or {}
                self._tool = self._tool or function.get("name") or ""
                self._add(self._calls, function.get("arguments"))

    def _add(self, to: list[str], text: Any) -> None:
        if text:
            to.append("" + text)
            self._heard(len(text))

    def _whole(self) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": "".join(self._texts)}
        if self._refusals:
            message["refusal"] = "".join(self._refusals)
        if self._calls:
            function = {"name": self._tool, "arguments": "".join(self._calls)}
            message["tool_calls"] = [{"id": "call", "type": "function", "function": function}]
        return self._head | {"choices": [{"index": 0, "message": message, "finish_reason": self._finish}]}


def _event(data: bytes) -> dict[str, Any]:
    try:
        event = _json(data)
    except ValueError as error:
        raise StreamBroken("a piece of the answer is not whole") from error
    if not isinstance(event, dict):
        raise StreamBroken("a piece of the answer is no JSON object")
    return event


def _json(data: bytes) -> Any:
    """Raises: ValueError, also for what is nested deeper than anything that was meant."""
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _words(document: dict[str, Any]) -> str:
    """The text of a completion that came in one piece, '' if it has none or is none."""
    try:
        return str(document["choices"][0]["message"]["content"] or "")
    except (LookupError, TypeError):
        return ""


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a body, without their ends; the last also if it has no end."""
    rest = bytearray()
    for piece in pieces:
        rest += piece
        if b"\n" in piece:
            *whole, last = rest.split(b"\n")
            rest = last
            for line in whole:
                yield bytes(line.removesuffix(b"\r"))
    if rest:
        yield bytes(rest)


def _bounded(pieces: Iterable[bytes], until: float, now: Callable[[], float]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            raise StreamBroken("the answer does not end")
        if now() > until:
            raise StreamBroken("the answer takes too long: it trickles in without an end")
        yield piece
