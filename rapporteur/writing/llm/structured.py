"""Asking for JSON under a schema, in the best form an endpoint takes; found once and remembered.

The forms are a ladder: json_schema, which holds the model to the schema; json mode, with the schema in the prompt; a
tool that must be called and takes the schema; plain text, in which the first JSON object is looked for. An endpoint
that does not take a form refuses the request, and then the next is tried. A key, a limit, silence or a model's own
refusal says nothing about forms and goes to the caller.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, Literal, get_args

from rapporteur.errors import ModelRefused, ServiceFailed
from rapporteur.writing import prompts
from rapporteur.writing.llm.dialect import REFUSALS
from rapporteur.writing.llm.interface import LLM, Message, Reply

Form = Literal["json_schema", "json_object", "tool", "text"]
FORMS: tuple[Form, ...] = get_args(Form)
_NAME = "antwoord"
_LONGEST_ANSWER = 100_000  # characters: no answer we ask for comes near it
_MOST_STARTS = 20


class StructuredLLM:
    """An LLM asked for JSON under a schema. `form` is the rung this endpoint is known to stand on, if it is known."""

    def __init__(self, llm: LLM, form: str | None = None, remember: Callable[[Form], None] = lambda form: None) -> None:
        self.llm = llm
        self._remember = remember
        self._form: Form | None = next((each for each in FORMS if each == form), None)
        self._climbing = Lock()  # the first call finds the rung, the others wait for it
        self._climbs = 0
        self._failed: ServiceFailed | None = None
        self._in_words = prompts.load("json_answer.v1")

    @property
    def form(self) -> Form | None:
        """The rung it stands on; None while that is not known."""
        return self._form

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Reply:
        """The model's answer; its text should hold a JSON object. Raises: ServiceFailed and its children."""
        if self._form is None:
            seen = self._climbs
            with self._climbing:
                if self._form is None and self._climbs > seen and self._failed:
                    raise self._failed  # others have just tried all forms while this call waited
                if self._form is None:
                    return self._climb(messages, schema)
        return self._ask(self._form, messages, schema)

    def _climb(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Reply:
        stumbled = False
        for form in FORMS:
            try:
                reply = self._ask(form, messages, schema)
            except ServiceFailed as error:
                if form == FORMS[-1] or not _of_the_form(error):
                    self._climbs, self._failed = self._climbs + 1, error
                    raise
                stumbled = stumbled or not isinstance(error, ModelRefused)
                continue
            self._form = form
            if not stumbled:  # after a 500 the form may be innocent: then what was found is for this run only
                self._remember(form)
            return reply
        raise AssertionError("the last rung returns or raises")

    def _ask(self, form: Form, messages: Sequence[Message], schema: Mapping[str, Any]) -> Reply:
        if form in ("json_object", "text"):
            messages = _with_schema(messages, self._in_words, schema)
        return self.llm.complete(messages, _response_format(form, schema))


def json_in(text: str) -> Any:
    """The first JSON object in an answer, also behind a preface or in a fence. Raises: ValueError."""
    decoder = json.JSONDecoder()
    start = text.find("{", 0, _LONGEST_ANSWER)
    for _ in range(_MOST_STARTS):
        if start < 0:
            break
        try:
            found = decoder.raw_decode(text[:_LONGEST_ANSWER], start)[0]
            json.dumps(found, ensure_ascii=False).encode()  # an escape may stand for half a character: a ValueError
            return found
        except RecursionError:
            break
        except ValueError:
            start = text.find("{", start + 1, _LONGEST_ANSWER)
    raise ValueError("there is no JSON object in it")


def _of_the_form(error: ServiceFailed) -> bool:
    """Whether an error may be about the form that was asked for, so that another may work."""
    return error.status in REFUSALS and not error.final and not error.retryable


def _with_schema(messages: Sequence[Message], prompt: prompts.Prompt, schema: Mapping[str, Any]) -> list[Message]:
    """The messages with the schema told below the last one."""
    (told,) = prompt.render(schema=json.dumps(schema, ensure_ascii=False))
    *before, last = messages
    return [*before, replace(last, text=f"{last.text}\n\n{told.text}")]


def _response_format(form: Form, schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    named = {"name": _NAME, "strict": True, "schema": schema}
    match form:
        case "json_schema":
            return {"type": "json_schema", "json_schema": named}
        case "json_object":
            return {"type": "json_object"}
        case "tool":
            return {"type": "tool", "json_schema": named}
        case "text":
            return None
