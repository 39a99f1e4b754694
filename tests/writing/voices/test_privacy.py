"""Every byte that goes to a language model in whole drafts of the example: no person can be known from it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.model_server import Play
from tests.servers import OpenAIServer
from tests.workspaces import draft_with_model, indexed

# Kinds of personal data by their look, whatever the corpus: what the program itself looks for is not used here.
LOOKS = {
    "e-mail address": r"[\w.+-]+@[\w-]+\.\w+|\bapenstaartje\b",
    "telephone number": r"(?<!\d)0\d(?:[ -]?\d){8}(?!\d)|\bnul zes\b",
    "citizen number": r"(?<!\d)\d{9}(?!\d)",
    "bank account": r"\bNL\d{2} ?[A-Z]{4}",
    "post code": r"\b\d{4} ?(?-i:[A-Z]{2})\b",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """All requests of the drafts of three themes: the bytes as they came, and their JSON with its escapes undone."""

    text: str
    words: frozenset[str]
    speakers: frozenset[str]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Sent:
    with (
        indexed(tmp_path_factory.mktemp("example"), corpus_folder) as (settings, store),
        OpenAIServer(Play()) as server,
    ):
        asking = replace(settings, model="openai:proef", base_url=server.url, concurrency=8, anonymise="on")
        for theme in store.theme_names():
            draft_with_model(theme, asking, store)
        assert len(server.requests) > 100
        raw = b"\n".join(request.raw for request in server.requests).decode()
        text = raw + "\n".join(json.dumps(request.body, ensure_ascii=False) for request in server.requests)
        return Sent(text, frozenset(words_of(text)), frozenset(store.speakers()))


def words_of(text: str) -> list[str]:
    return re.findall(r"\w[\w'-]*", text)


def test_what_the_records_say_does_go_over_the_wire(sent: Sent) -> None:
    assert "buurthuis" in sent.words and "dialoog 2)" in sent.text


def test_no_speaker_is_named(sent: Sent) -> None:
    parts = {part for name in sent.speakers for part in words_of(name) if part[:1].isupper() and len(part) > 2}
    assert len(parts) > 100
    assert sorted(parts & sent.words) == []
    assert [name for name in sent.speakers if f" {name} " in sent.text] == []


@pytest.mark.parametrize("kind", LOOKS)
def test_nothing_looks_like_personal_data(kind: str, sent: Sent) -> None:
    assert re.findall(LOOKS[kind], sent.text, re.IGNORECASE) == []


def test_no_personal_datum_that_was_planted_in_the_example_goes_over_the_wire(sent: Sent, shared: Path) -> None:
    """Names, addresses, numbers; an illness may be spoken of where nobody can tell whose it is."""
    planted = json.loads((shared / "example" / "planted.json").read_text("utf-8"))
    personal = [one for one in planted if one["type"].startswith("pii")]
    spans = {span for one in personal for span in one["spans"] if one["type"] != "pii-diagnose"}
    spans |= {one["spans"][0] for one in personal if one["type"] == "pii-diagnose"}
    assert len(spans) == 12
    known = f" {' '.join(words_of(sent.text))} "
    assert sorted(span for span in spans if f" {' '.join(words_of(span))} " in known) == []
