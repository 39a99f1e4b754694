"""A language model's part, played over real HTTP by a script: it answers any of our prompts, well or evilly.

It knows none of our prompts by heart. It reads the JSON schema of a request, the numbers of the fragments that were
shown and their words, and fills the schema with plausible Dutch. `Play(seed, kinds)` is a Behaviour for
`tests.servers.OpenAIServer`; the same request gets the same answer in every run of a seed, in whatever order calls
come. `kinds` weighs what it does: `GOOD`, and the evil ones of `tests.evil_answers`.

`python -m tests.model_server --delay 1.0 --log FILE` serves good answers from a process of its own (its CPU is not
the client's) and prints its address.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from rapporteur.dutch.numbers import value_of
from tests.servers import Answer, OpenAIServer, Request

REPOSITORY = Path(__file__).resolve().parent.parent
GOOD = "good"
_SHOWN = re.compile(r"^(?:- )?\[?([FT]\d+)\]?:? ?(?:\([^)]*\) ?)?(.*)$", re.MULTILINE)
_NUMBER = re.compile(r"[A-Z]\d+")
_WORD = re.compile(r"(?<![\w-])[a-z]{7,}(?![\w-])")
_TURNS_A_MEANING = frozenset(
    ["mijzelf", "onszelf", "iedereen", "iemand", "niemand", "behalve", "allemaal", "sommige", "meeste", "zonder"]
)
_TITLES = frozenset({"title", "titel", "name", "naam", "label", "heading", "kop"})
_LONGEST_REQUEST_PART = 20

_TITLE = ("Aandacht voor {word}", "Zorgen om {word}", "Meer ruimte voor {word}", "Waarde van {word}")
_SENTENCES = (
    "Er werd gesproken over {word} en over wat dat in het dagelijks leven betekent.",
    "Ook kwam {word} ter sprake als iets wat aandacht vraagt.",
    "In de verhalen komt {word} terug als iets wat verschil maakt.",
    "Daarbij ging het over {word} en over wat daarvoor nodig is.",
)


class Prose(str):
    """Words of the model's own in an answer, as against a number or a name that it chose from a list."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One request as the one who plays sees it: what was asked, the words behind each number, and a good answer."""

    request: Request
    schema: Mapping[str, Any]
    shown: Mapping[str, str]
    good: Any
    random: Random


Evil = Callable[[Scene], Answer]


class Play:
    """What the server does: by weight a kind for each request. `given` counts them, `answered` their characters."""

    def __init__(
        self, seed: int = 0, kinds: Mapping[str, tuple[float, Evil]] | None = None, delay: float = 0.0
    ) -> None:
        self.given: Counter[str] = Counter()
        self.answered = 0
        self._seed = seed
        self._kinds = kinds or {GOOD: (1.0, well)}
        self._delay = delay
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Answer:
        if "messages" not in request.body:
            return Answer(404, b"{}")
        random = Random(f"{self._seed} {digest(request)}")  # noqa: S311
        kind = random.choices(list(self._kinds), [weight for weight, _ in self._kinds.values()])[0]
        seen = scene(request, random)
        with self._lock:
            self.given[kind] += 1
            self.answered += len(json.dumps(seen.good, ensure_ascii=False))
        answer = self._kinds[kind][1](seen)
        if self._delay:
            time.sleep(self._delay)
        return answer


def well(scene: Scene) -> Answer:
    return completion(scene.request, json.dumps(scene.good, ensure_ascii=False))


def scene(request: Request, random: Random) -> Scene:
    shown = dict(_SHOWN.findall(text_of(request)))
    schema = schema_of(request)
    good = _Writer(schema, shown, random).write() if schema else Prose("aanwezig")
    return Scene(request, schema or {}, shown, good, random)


def digest(request: Request) -> str:
    """What makes two requests the same one."""
    return sha256(json.dumps(request.body, sort_keys=True).encode()).hexdigest()


def text_of(request: Request) -> str:
    return "\n".join(str(message.get("content") or "") for message in request.body["messages"])


# --------------------------------------------------------------------------------------------- the wire


def completion(
    request: Request,
    text: str | None,
    *,
    message: Mapping[str, Any] | None = None,
    whole: bool = False,
    **more: Any,
) -> Answer:
    """A chat completion with this text, as one body or as a stream of events, whichever was asked.

    `message` replaces the whole message; `more` replaces or adds top-level keys. `whole` sends one body whatever was
    asked, as servers do that cannot stream.
    """
    usage = {"prompt_tokens": len(text_of(request)) // 3, "completion_tokens": len(text or "") // 3 + 1}
    usage["total_tokens"] = sum(usage.values())
    said: dict[str, Any] = {"role": "assistant", "content": text, **(message or {})}
    reply = {"id": "chatcmpl-1", "created": 1, "model": request.body.get("model"), "usage": usage}
    if whole or not request.body.get("stream"):
        choice = {"index": 0, "message": said, "finish_reason": more.pop("finish_reason", "stop")}
        document = {**reply, "object": "chat.completion", "choices": [choice], **more}
        return Answer(body=json.dumps(document).encode())
    return Answer(body=b"".join(_events(reply, said, more)), content_type="text/event-stream")


def _events(reply: Mapping[str, Any], said: Mapping[str, Any], more: Mapping[str, Any]) -> Iterator[bytes]:
    """The stream of one completion: the text in a handful of pieces, then why it ended and what it used."""
    usage, text = reply["usage"], said.get("content")
    base = {**{k: v for k, v in reply.items() if k != "usage"}, "object": "chat.completion.chunk"}
    size = max(1, len(text) // _LONGEST_REQUEST_PART + 1) if isinstance(text, str) else 1
    pieces = [text[at : at + size] for at in range(0, len(text), size)] if isinstance(text, str) else [text]
    deltas = [{**said, "content": pieces[0] if pieces else ""}, *({"content": piece} for piece in pieces[1:])]
    for delta in deltas:
        yield _event({**base, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    ending = {"index": 0, "delta": {}, "finish_reason": more.get("finish_reason", "stop")}
    rest = {key: value for key, value in more.items() if key != "finish_reason"}
    yield _event({**base, "choices": [ending], **rest})
    yield _event({**base, "choices": [], "usage": usage, **rest})
    yield b"data: [DONE]\n\n"


def _event(chunk: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(chunk)}\n\n".encode()


# ---------------------------------------------------------------------------------- what was asked for


def schema_of(request: Request) -> Mapping[str, Any] | None:
    """The schema of the answer asked for: as response format, as a tool, or written out in the prompt."""
    form = request.body.get("response_format") or {}
    if form.get("type") == "json_schema":
        return dict(form["json_schema"]["schema"])
    for tool in request.body.get("tools") or ():
        return dict(tool["function"]["parameters"])
    text = text_of(request)
    objects = [found for at in (m.start() for m in re.finditer(r"\{", text)) if (found := _object_at(text, at))]
    written = next((found for found in objects if "properties" in found), None)
    return written or next((_schema_like(found, text) for found in objects), None)


def _object_at(text: str, at: int) -> dict[str, Any] | None:
    try:
        found = json.JSONDecoder().raw_decode(text, at)[0]
    except ValueError:
        return None
    return found if isinstance(found, dict) and found else None


def _schema_like(example: Any, text: str) -> dict[str, Any]:
    """A schema for what looks like this example; numbers of fragments are those that the text shows."""
    numbers = list(dict.fromkeys(re.findall(r"^\[(F\d+)\]", text, re.MULTILINE)))
    match example:
        case dict():
            parts = {key: _schema_like(value, text) for key, value in example.items()}
            return {"type": "object", "properties": parts, "required": list(parts)}
        case list():
            return {"type": "array", "items": _schema_like(example[0], text) if example else {"type": "string"}}
        case str() if _NUMBER.fullmatch(example) and numbers:
            return {"type": "string", "enum": numbers}
        case bool():
            return {"type": "boolean"}
        case int():
            return {"type": "integer"}
        case None:
            return {"type": ["string", "null"]}
    return {"type": "string"}


# ------------------------------------------------------------------------------------- a good answer


class _Writer:
    """Fills a schema. Sentences name a word of the fragments that they refer to."""

    def __init__(self, schema: Mapping[str, Any], shown: Mapping[str, str], random: Random) -> None:
        self._root, self._shown, self._random = schema, shown, random
        self._sentences = Counter[str]()
        self._template = random.randrange(len(_SENTENCES))

    def write(self) -> Any:
        return self._fill(self._root, "", ())

    def _fill(self, schema: Mapping[str, Any], key: str, about: Sequence[str]) -> Any:
        schema = self._resolved(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._random.choice([value for value in schema["enum"] if value is not None])
        kind = schema.get("type")
        if isinstance(kind, list):
            return None if "null" in kind else self._fill({**schema, "type": kind[0]}, key, about)
        match kind:
            case "object":
                return self._object(schema, about)
            case "array":
                return self._array(schema, key, about)
            case "boolean":
                return False
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "null":
                return None
        return Prose(self._title(about) if key in _TITLES else self._sentence(about))

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" in schema:
            found: Any = self._root
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            return self._resolved(found)
        for choice in ("anyOf", "oneOf"):
            if choice in schema:
                options = [self._resolved(option) for option in schema[choice]]
                return next((o for o in options if o.get("type") == "null"), options[0])
        return schema

    def _object(self, schema: Mapping[str, Any], about: Sequence[str]) -> dict[str, Any]:
        parts = {key: self._resolved(part) for key, part in schema.get("properties", {}).items()}
        chosen = {key: self._fill(part, key, about) for key, part in parts.items() if self._numbers(part)}
        about = [n for value in chosen.values() for n in ([value] if isinstance(value, str) else value)] or about
        return {key: chosen[key] if key in chosen else self._fill(part, key, about) for key, part in parts.items()}

    def _numbers(self, schema: Mapping[str, Any]) -> list[str]:
        """The fragment (or topic) numbers that a value of this schema chooses from, directly or in a list."""
        schema = self._resolved(schema)
        if schema.get("type") == "array":
            return self._numbers(schema.get("items", {}))
        values = [value for value in schema.get("enum", ()) if value is not None]
        return values if values and all(isinstance(v, str) and _NUMBER.fullmatch(v) for v in values) else []

    def _array(self, schema: Mapping[str, Any], key: str, about: Sequence[str]) -> list[Any]:
        items = self._resolved(schema.get("items", {"type": "string"}))
        least, most = schema.get("minItems", 0), schema.get("maxItems", 10**6)
        if "enum" in items:
            count = min(max(least, 2), most, len(items["enum"]))
            return self._random.sample(items["enum"], count)
        if items.get("type") == "object":
            return self._objects(items, least, most, about)
        return [self._fill(items, key, about) for _ in range(min(max(least, 2), most))]

    def _objects(self, items: Mapping[str, Any], least: int, most: int, about: Sequence[str]) -> list[Any]:
        parts = {key: self._resolved(part) for key, part in items.get("properties", {}).items()}
        one = next((key for key, part in parts.items() if part.get("type") != "array" and self._numbers(part)), None)
        many = next((key for key, part in parts.items() if part.get("type") == "array" and self._numbers(part)), None)
        said_of_each = any(key != one and "null" not in part.get("type", "") for key, part in parts.items())
        if one is not None:  # something said of every fragment or topic, or a choice of a few
            numbers = self._numbers(parts[one])
            wanted = len(numbers) if said_of_each else min(2, len(numbers))
            return [self._about(items, parts, one, [n]) for n in numbers[: min(max(wanted, least), most)]]
        if many is not None and not {"text", "sentence", "zin", "tekst"} & set(parts):  # groups: each in one of them
            numbers = self._numbers(parts[many])
            count = min(max(1, len(numbers) // 6, least), most)
            return [self._about(items, parts, many, numbers[at::count]) for at in range(count) if numbers[at::count]]
        return [self._fill(items, "", about) for _ in range(min(max(least, 2), most))]

    def _about(self, items: Mapping[str, Any], parts: Mapping[str, Any], key: str, numbers: list[str]) -> Any:
        value = numbers if parts[key].get("type") == "array" else numbers[0]
        return {name: value if name == key else self._fill(part, name, numbers) for name, part in parts.items()}

    def _title(self, about: Sequence[str]) -> str:
        return self._random.choice(_TITLE).format(word=self._word(about))

    def _sentence(self, about: Sequence[str]) -> str:
        self._template += 1
        return _SENTENCES[self._template % len(_SENTENCES)].format(word=self._word(about))

    def _word(self, about: Sequence[str]) -> str:
        """A word of the fragments that are spoken of, another one each time."""
        texts = [self._shown[number] for number in about if number in self._shown] or list(self._shown.values())
        found = {word for text in texts for word in _WORD.findall(text)} - _TURNS_A_MEANING
        words = sorted(word for word in found if value_of(word) is None) or ["ontmoeting", "aandacht"]
        word = min(self._random.sample(words, min(5, len(words))), key=lambda w: self._sentences[w])
        self._sentences[word] += 1
        return word


# -------------------------------------------------------------------------------- a process of its own


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the server saw it; times in seconds of the machine's monotonic clock."""

    came: float
    went: float
    body: Mapping[str, Any]


@contextmanager
def in_a_process(folder: Path, delay: float) -> Iterator[tuple[str, Callable[[], list[Call]]]]:
    """A server of good answers in a child process: its address, and a way to read the calls it has answered."""
    log = folder / "calls.jsonl"
    command = [sys.executable, "-m", "tests.model_server", "--delay", str(delay), "--log", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, cwd=REPOSITORY) as child:
        assert child.stdout is not None
        url = child.stdout.readline().strip()

        def calls() -> list[Call]:
            lines = log.read_text("utf-8").splitlines() if log.exists() else []
            return [Call(**json.loads(line)) for line in lines]

        try:
            yield url, calls
        finally:
            child.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--log", type=Path)
    options = parser.parse_args()
    play, lock = Play(delay=options.delay), threading.Lock()

    def noted(request: Request) -> Answer:
        came = time.monotonic()
        answer = play(request)
        if options.log:
            line = json.dumps({"came": came, "went": time.monotonic(), "body": request.body}, ensure_ascii=False)
            with lock, options.log.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        return answer

    with OpenAIServer(noted) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
