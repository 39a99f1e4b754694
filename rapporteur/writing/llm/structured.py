"""Asking for JSON: json_schema where the endpoint has it, else json mode, else plain text; chosen once and remembered.

An endpoint that refuses a form says so with a 400 or 422, which the adapter raises as ModelRefused. The last rung is
plain text, in which the first JSON object is looked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Literal, get_args

from rapporteur.errors import ModelRefused
from rapporteur.writing.llm.interface import LLM, Message, Reply

Form = Literal["json_schema", "json_object", "text"]
_LONGEST_ANSWER = 100_000  # characters: no answer we ask for comes near it
_MOST_STARTS = 20
FORMS: tuple[Form, ...] = get_args(Form)


class StructuredLLM:
    """An LLM asked for JSON under a schema. `form` is the rung this endpoint is known to stand on, if it is known."""

    def __init__(self, llm: LLM, form: str | None = None, remember: Callable[[Form], None] = lambda form: None) -> None:
        self.llm = llm
        self._remember = remember
        self._form: Form | None = next((each for each in FORMS if each == form), None)
        self._climbing = Lock()  # the first call finds the rung, the others wait for it

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Reply:
        """The model's answer; its text should hold a JSON object. Raises: ServiceFailed and its children."""
        if self._form is None:
            with self._climbing:
                if self._form is None:
                    return self._climb(messages, schema)
        return self.llm.complete(messages, _response_format(self._form, schema))

    def _climb(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Reply:
        for form in FORMS:
            try:
                reply = self.llm.complete(messages, _response_format(form, schema))
            except ModelRefused:
                if form == FORMS[-1]:
                    raise
                continue
            self._form = form
            self._remember(form)
            return reply
        raise AssertionError("the last rung returns or raises")


def json_in(text: str) -> Any:
    """The first JSON object in an answer, also behind a preface or in a fence. Raises: ValueError."""
    decoder = json.JSONDecoder()
    start = text.find("{", 0, _LONGEST_ANSWER)
    for _ in range(_MOST_STARTS):
        if start < 0:
            break
        try:
            return decoder.raw_decode(text[:_LONGEST_ANSWER], start)[0]
        except RecursionError:
            break
        except ValueError:
            start = text.find("{", start + 1, _LONGEST_ANSWER)
    raise ValueError("there is no JSON object in it")


def _response_format(form: Form, schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    match form:
        case "json_schema":
            return {"type": "json_schema", "json_schema": {"name": "antwoord", "strict": True, "schema": schema}}
        case "json_object":
            return {"type": "json_object"}
        case "text":
            return None
