"""An answer read as it streams in: whole or an error, never half a text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count, repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.writing.llm.streams import MOST_BYTES, StreamBroken, completion


def read(pieces: Iterable[bytes], heard: list[int] | None = None, **more: Any) -> dict[str, Any]:
    return completion(pieces, (heard if heard is not None else []).append, **{"most_seconds": 60, **more})


def event(delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
    chunk = {"model": "proef", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more}
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


def text_of(whole: dict[str, Any]) -> str:
    return str(whole["choices"][0]["message"]["content"])


@given(st.lists(st.text()), st.integers(1, 50))
def test_an_answer_is_the_same_wherever_the_network_cuts_it(texts: list[str], size: int) -> None:
    body = b"".join(event({"content": text}) for text in texts) + event({}, "stop") + DONE
    heard: list[int] = []
    whole = read([body[at : at + size] for at in range(0, len(body), size)], heard)
    assert text_of(whole) == "".join(texts)
    assert sum(heard) == len("".join(texts))


@given(st.integers(0))
def test_a_stream_that_stops_anywhere_before_its_end_is_broken(at: int) -> None:
    body = event({"content": "Een bank "}) + event({"content": "op het plein."})
    with pytest.raises((StreamBroken, ValueError)):
        read([body[: at % (len(body) + 1)]])


def test_figures_and_the_models_name_are_kept() -> None:
    usage = {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}
    last = b"data: " + json.dumps({"choices": [], "usage": usage}).encode() + b"\n\n"
    whole = read([event({"content": "ja"}), event({}, "length"), last, DONE])
    assert (whole["usage"], whole["model"], whole["choices"][0]["finish_reason"]) == (usage, "proef", "length")


def test_the_arguments_of_a_tool_call_are_put_together() -> None:
    calls = [
        {"tool_calls": [{"index": 0, "function": {"name": "antwoord", "arguments": '{"a"'}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": ": 1}"}}]},
    ]
    whole = read([*map(event, calls), event({}, "tool_calls"), DONE])
    assert whole["choices"][0]["message"]["tool_calls"][0]["function"] == {"name": "antwoord", "arguments": '{"a": 1}'}


def test_comments_and_names_of_events_are_no_answer() -> None:
    pieces = [b": ping\r\n\r\n", b"event: message\r\n", event({"content": "ja"}, "stop"), DONE]
    assert text_of(read(pieces)) == "ja"


def test_an_answer_in_one_piece_is_read_too() -> None:
    whole = {"choices": [{"message": {"role": "assistant", "content": "ja"}, "finish_reason": "stop"}]}
    heard: list[int] = []
    assert read([json.dumps(whole, indent=1).encode()], heard) == whole
    assert heard == [2]


@pytest.mark.parametrize(
    "nonsense",
    [
        b'data: {"choices": [{"delta": {"content": "Een ba\n\n',
        b'data: {"error": {"message": "vol"}}\n\n',
        b"data: [1]\n\n",
        b'data: {"choices": ["x"]}\n\n',
        b'data: {"choices": 3}\n\n',
        b'data: {"choices": [{"delta": {"content": ["x"]}}]}\n\n',
        b'data: {"choices": [{"delta": {"tool_calls": [3]}}]}\n\n',
        b"data: \xff\n\n",
    ],
)
def test_a_stream_of_another_form_is_broken(nonsense: bytes) -> None:
    with pytest.raises(StreamBroken):
        read([event({"content": "Een "}), nonsense, event({}, "stop"), DONE])


@pytest.mark.parametrize("nonsense", [b"", b"<html>Welkom</html>", b"[1]", b'"x"', b'{"choices": [', b"\xff\xfe"])
def test_what_is_no_json_document_is_unreadable(nonsense: bytes) -> None:
    with pytest.raises(ValueError):
        read([nonsense])


def test_an_answer_that_trickles_in_for_ever_is_given_up() -> None:
    clock = count()
    with pytest.raises(StreamBroken, match="too long"):
        read(repeat(b": ping\n"), now=lambda: next(clock))


def test_an_answer_that_does_not_end_is_given_up() -> None:
    def endless() -> Iterator[bytes]:
        yield event({"content": "x"})
        yield from repeat(b": " + b"x" * (MOST_BYTES // 20) + b"\n")

    with pytest.raises(StreamBroken, match="does not end"):
        read(endless())
