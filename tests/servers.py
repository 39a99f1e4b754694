"""A small real OpenAI-compatible server on loopback, for tests that must cross HTTP.

`with OpenAIServer(rate_limited(), chat("Dag")) as server:` answers the first request with 429 and every
later one with the last behaviour given; without any, it answers well. `server.requests` is the history.
"""

from __future__ import annotations

import json
import sys
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

DIMENSIONS = 16
REQUEST_ID = "req_proef_1"

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in; header names are lower case. `raw` is every byte of it."""

    path: str
    headers: Mapping[str, str]
    body: Body
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `promised` is a Content-Length larger than what is sent: a reply cut short.

    With `silent` the connection then stays open, and nothing more comes.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int = 0
    hang: bool = False
    silent: bool = False


Behaviour = Callable[[Request], Answer]


# ---------------------------------------------------------------------------------- good behaviours


def chat(text: str | None = "aanwezig", **changes: Any) -> Behaviour:
    """A chat completion; `changes` replace or add top-level keys of the reply."""

    def answer(request: Request) -> Answer:
        message = {"role": "assistant", "content": text}
        reply = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": request.body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14},
        }
        return _json(200, reply | changes)

    return answer


def streamed(text: str = "aanwezig", *, finish: str | None = "stop", pieces: int = 4, **ending: Any) -> Behaviour:
    """A chat completion as a stream of events, with the figures at its end.

    `ending`: `cut=N` sends N bytes less than promised (and then nothing, with `silent=True`), `done=False` leaves out
    the last event.
    """

    def answer(request: Request) -> Answer:
        size = max(1, -(-len(text) // pieces))
        deltas: list[Body] = [{"role": "assistant", "content": ""}]
        deltas += [{"content": text[at : at + size]} for at in range(0, len(text), size)]
        events = [_chunk(request, [{"index": 0, "delta": delta, "finish_reason": None}]) for delta in deltas]
        if finish:
            events.append(_chunk(request, [{"index": 0, "delta": {}, "finish_reason": finish}]))
        if (request.body.get("stream_options") or {}).get("include_usage"):
            usage = {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}
            events.append(_chunk(request, [], usage=usage))
        lines = [json.dumps(event, ensure_ascii=False) for event in events]
        lines += ["[DONE]"] if ending.get("done", True) else []
        body = "".join(f"data: {line}\n\n" for line in lines).encode()
        cut, silent = ending.get("cut", 0), ending.get("silent", False)
        promised = len(body) if cut else 0
        return Answer(body=body[: len(body) - cut], content_type="text/event-stream", promised=promised, silent=silent)

    return answer


def _chunk(request: Request, choices: list[Body], **more: Any) -> Body:
    chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": request.body["model"]}
    return {**chunk, "choices": choices, **more}


def tool_call(arguments: str) -> Behaviour:
    """A chat completion that calls the first tool it was given."""

    def answer(request: Request) -> Answer:
        function = {"name": request.body["tools"][0]["function"]["name"], "arguments": arguments}
        call = {"id": "call_1", "type": "function", "function": function}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
        return chat(choices=[{"index": 0, "message": message, "finish_reason": "tool_calls"}])(request)

    return answer


def embeddings(**changes: Any) -> Behaviour:
    """A vector for each text that depends on the text alone, given back in reverse order of index."""

    def answer(request: Request) -> Answer:
        if not all(request.body["input"]):
            return _error(400, "'$.input' is invalid: an empty text cannot be embedded.")(request)
        data = [
            {"object": "embedding", "index": index, "embedding": vector_of(text)}
            for index, text in enumerate(request.body["input"])
        ]
        reply = {"object": "list", "model": request.body["model"], "data": data[::-1]}
        return _json(200, reply | {"usage": {"prompt_tokens": 1, "total_tokens": 1}} | changes)

    return answer


def vector_of(text: str) -> list[float]:
    """The vector the server gives a text: not of unit length, as some endpoints do."""
    return [float(zlib.crc32(f"{i}{text}".encode()) % 199 + 1) for i in range(DIMENSIONS)]


# ----------------------------------------------------------------------------------- bad behaviours


def unauthorised(echo: str = "") -> Behaviour:
    """401; `echo` is repeated in the message, as some gateways do with the key they were sent."""
    return _error(401, f"Incorrect API key provided: {echo}.", code="invalid_api_key")


def forbidden() -> Behaviour:
    return _error(403, "This project may not use this model.")


def unknown_model() -> Behaviour:
    return _error(404, "The model does not exist.", code="model_not_found")


def bad_request(message: str = "Unsupported value.", code: str | None = None) -> Behaviour:
    return _error(400, message, code=code)


def refusal(status: int, message: str, code: str | None = None) -> Behaviour:
    """Any refusal, in the words given."""
    return _error(status, message, code=code)


def rate_limited(retry_after: str = "0.01") -> Behaviour:
    return _error(429, "Too many requests.", headers={"Retry-After": retry_after})


def out_of_quota() -> Behaviour:
    return _error(429, "You exceeded your current quota.", code="insufficient_quota")


def server_error(status: int = 500) -> Behaviour:
    return _error(status, "The server had an error.", headers={"Retry-After": "0.01"})


def hang() -> Behaviour:
    """No answer until the client gives up or the server is closed."""
    return lambda request: Answer(hang=True)


def malformed_json() -> Behaviour:
    return lambda request: Answer(body=b'{"choices": [{"message": ')


def wrong_content_type() -> Behaviour:
    """A web page with status 200, as a proxy or a wrong base_url gives."""
    return lambda request: Answer(body=b"<html>Welkom</html>", content_type="text/html")


def truncated() -> Behaviour:
    """The connection closes before the promised length is reached."""

    def answer(request: Request) -> Answer:
        whole = chat()(request).body
        return Answer(body=whole[: len(whole) // 2], promised=len(whole))

    return answer


def other_json(reply: Any) -> Behaviour:
    """Valid JSON that is not what was asked for."""
    return lambda request: _json(200, reply)


def _error(status: int, message: str, code: str | None = None, headers: Body | None = None) -> Behaviour:
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
    return lambda request: _json(status, body, headers or {})


def _json(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, json.dumps(body).encode(), headers=headers or {})


# --------------------------------------------------------------------------------------- the server


class OpenAIServer:
    """Listens on a free port of 127.0.0.1 from `with` to its end."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.requests: list[Request] = []
        self._script = list(behaviours)
        self._lock = threading.Lock()
        self.closing = threading.Event()
        self._http = _HTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def answer(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            behaviour = self._script[0] if self._script else _well
            if len(self._script) > 1:
                self._script.pop(0)
        return behaviour(request)

    def behave(self, *behaviours: Behaviour) -> None:
        """Answer so from now on."""
        with self._lock:
            self._script[:] = behaviours

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _HTTPServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # many clients may knock at once

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gives up, or is killed, is what some tests are about; anything else is a fault of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _well(request: Request) -> Answer:
    return (embeddings() if request.path.endswith("/embeddings") else chat())(request)


def _handler(server: OpenAIServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else a reply in two writes waits 40 ms for nothing

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            raw = self.raw_requestline + self.headers.as_bytes() + content
            self._send(server.answer(Request(self.path, headers, json.loads(content), raw)))

        def _send(self, answer: Answer) -> None:
            self.close_connection = answer.hang or bool(answer.promised)
            if answer.hang:
                server.closing.wait()
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(answer.promised or len(answer.body)))
            self.send_header("x-request-id", REQUEST_ID)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)
            if answer.silent:
                self.wfile.flush()
                server.closing.wait()

        def log_message(self, format: str, *args: Any) -> None:
            """Silent: a test that wants to know reads `server.requests`."""

    return Handler
