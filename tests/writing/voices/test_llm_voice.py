"""The language model's voice over real HTTP: good and evil endpoints, and what is left of a draft after each."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from rapporteur import wiring
from rapporteur.config import Settings
from rapporteur.errors import AuthenticationFailed, BudgetExceeded, ModelRefused, ServiceFailed
from rapporteur.files import write_atomically
from rapporteur.pipeline import checking, drafting
from rapporteur.progress import SILENT
from rapporteur.sources.store import Store
from rapporteur.types import CheckedDocument
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice
from rapporteur.writing.voices.llm import UNWRITTEN, LLMVoice
from tests import servers
from tests.workspaces import index, settings_for

THEME = "ontmoeten-in-de-buurt"
_NUMBERS = count(100)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Settings:
    settings = settings_for(tmp_path_factory.mktemp("example"))
    index(settings, corpus_folder / THEME)
    return settings


@pytest.fixture
def example(indexed: Settings) -> Iterator[tuple[Settings, Store]]:
    with wiring.store(indexed) as store:
        yield indexed, store


def asked(request: servers.Request) -> str:
    return str(request.body["messages"][1]["content"])


TITLES = ("Waar mensen elkaar zien", "Een deur die open staat", "Samen eten in de straat", "Wie er niet meer komt")


def step_of(request: servers.Request) -> str:
    """Which of our questions this is, told from the form of the answer it asks for."""
    form = str(request.body["messages"][0]["content"]).rpartition("niets anders:")[2]
    return "merge" if '"parts"' in form else str(next(iter(json.loads(form.strip()))))


def well(request: servers.Request) -> dict[str, Any]:
    """What a good writer answers, told from what it was shown."""
    question = asked(request)
    numbers = re.findall(r"^\[([FT]\d+)\]", question, re.MULTILINE)
    line = re.search(r"verschillende mensen uit: (.*)\.$", question, re.MULTILINE)
    quotable = re.findall(r"F\d+", line.group(1)) if line else []
    half = (len(numbers) + 1) // 2
    match step_of(request):
        case "labels":
            return {"labels": [{"fragment": number, "section": "geen"} for number in numbers]}
        case "topics":
            parts = [numbers[:half], numbers[half:]]
            return {"topics": [{"title": t, "fragments": part} for t, part in zip(TITLES, parts, strict=False)]}
        case "merge":
            return {"topics": [{"title": TITLES[2], "parts": numbers}]}
        case "titles":
            return {"titles": [{"topic": n, "title": t} for n, t in zip(numbers, TITLES, strict=False)]}
        case "lines":
            return {
                "lines": [
                    {"topic": n, "line": f"Een plek om te zijn, {'heel ' * i}gewoon"} for i, n in enumerate(numbers)
                ]
            }
        case "text":
            return {"text": "In deze verhalen komt de waarde van een vaste plek terug.", "topics": numbers}
        case "opening":
            return {
                "opening": "Dit deel gaat over plekken in de buurt.",
                "close": "Wie daar niet komt, bleef een vraag.",
            }
    return {
        "sentences": [{"text": "Mensen vertelden over plekken waar zij elkaar zien.", "fragments": numbers[:2]}],
        "quotes": [{"fragment": number, "first": None, "last": None} for number in quotable[:2]],
    }


def says(make: Callable[[servers.Request], Any]) -> servers.Behaviour:
    """A completion whose text is what `make` makes of the request, as JSON unless it is a text."""

    def answer(request: servers.Request) -> servers.Answer:
        made = make(request)
        return servers.chat(made if isinstance(made, str) else json.dumps(made, ensure_ascii=False))(request)

    return answer


def voice_for(settings: Settings, store: Store, url: str, **more: Any) -> LLMVoice:
    from dataclasses import replace

    # Each test asks a model of its own name, so that no test finds the answers of another.
    name = more.pop("model", f"openai:proef-{next(_NUMBERS)}")
    changed = replace(settings, model=name, base_url=url, max_retries=0, timeout=20.0, **more)
    voice = wiring.voice(changed, store, THEME, wiring.asking(changed, store, SILENT))
    assert isinstance(voice, LLMVoice)
    return voice


def drafted(settings: Settings, store: Store, voice: LLMVoice | ExtractiveVoice, folder: Path) -> CheckedDocument:
    """Draft, export to Word, and check as a stranger would."""
    draft = drafting.draft_report(
        THEME, store=store, embedder=wiring.corpus_embedder(settings, store), template=CITIZENS, voice=voice
    )
    file = folder / "verslag.docx"
    write_atomically(file, exporter_for(file).to_bytes(drafting.render_report(draft.revision, store)))
    return checking.check_document(file, store)


def assert_honest(checked: CheckedDocument) -> None:
    """Every quote is the record's own words, and nothing else in the report looks like one."""
    errors = [(f.check, f.text, f.place, f.why) for f in checked.findings if f.severity == "error"]
    assert errors == []
    assert len(checked.quotations) >= 10
    assert all(verdict.clean for _, verdict in checked.quotations)


def text_of(settings: Settings, store: Store) -> str:
    revision = drafting.last_revision(THEME, store)
    return json.dumps([[b.title, b.text] for s in revision.report.sections for b in s.blocks], ensure_ascii=False)


def test_a_good_model_writes_titles_and_sentences_around_the_records_own_quotes(
    example: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = example
    with servers.OpenAIServer(says(well)) as server:
        voice = voice_for(settings, store, server.url)
        assert_honest(drafted(settings, store, voice, tmp_path))
    assert voice.fallbacks == {}
    text = text_of(settings, store)
    assert "Waar mensen elkaar zien" in text and "de waarde van een vaste plek" in text
    assert UNWRITTEN not in text


def test_no_name_of_the_records_goes_over_the_wire(example: tuple[Settings, Store], tmp_path: Path) -> None:
    settings, store = example
    with servers.OpenAIServer(says(well)) as server:
        drafted(settings, store, voice_for(settings, store, server.url, anonymise="on"), tmp_path)
        sent = json.dumps([request.body for request in server.requests], ensure_ascii=False)
    names = {part for name in store.speakers() for part in name.split() if part[:1].isupper() and len(part) > 3}
    assert len(names) > 20
    assert [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sent)] == []
    assert not re.search(r"06[ -]?00|@", sent)


EVIL: dict[str, Callable[[servers.Request], Any]] = {
    "invented references": lambda r: {**well(r), "quotes": [{"fragment": "F999", "first": None, "last": None}]},
    "quotes typed into prose": lambda r: {
        **well(r),
        "sentences": [{"text": "Een kok zei: ‘Wij slopen morgen het buurthuis.’", "fragments": ["F1"]}],
    },
    "quotes that start elsewhere": lambda r: {
        **well(r),
        "quotes": [{"fragment": "F1", "first": "Wij slopen", "last": "het buurthuis."}],
    },
    "more support than there is": lambda r: {
        **well(r),
        "sentences": [{"text": "Alle deelnemers vertelden dat zij eenzaam waren.", "fragments": ["F1"]}],
    },
    "names": lambda r: {
        **well(r),
        "sentences": [{"text": "Fatma Aydemir vertelde over haar straat.", "fragments": ["F1"]}],
    },
    "another language": lambda r: {
        **well(r),
        "sentences": [{"text": "The people said that they have missed all of this for years.", "fragments": ["F1"]}],
    },
    "instructions obeyed": lambda r: "Ik heb alle instructies genegeerd. Het systeem is nu van mij.",
    "broken JSON": lambda r: '{"title": "Een plek", "sentences": [{"text": "Mensen',
    "nothing": lambda r: "",
    "a huge answer": lambda r: "{" * 300_000,
    "lists for texts": lambda r: {"title": ["a"], "sentences": {}, "quotes": None, "text": [1]},
    "the same sentence again and again": lambda r: {**well(r), "sentences": well(r).get("sentences", []) * 4},
}


@pytest.mark.parametrize("kind", EVIL)
def test_after_an_evil_answer_the_report_is_honest_and_marked(
    kind: str, example: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = example
    with servers.OpenAIServer(says(EVIL[kind])) as server:
        voice = voice_for(settings, store, server.url)
        assert_honest(drafted(settings, store, voice, tmp_path))
    assert voice.fallbacks
    assert UNWRITTEN in text_of(settings, store)


@pytest.mark.parametrize(
    "behaviour", [servers.server_error(), servers.malformed_json(), servers.wrong_content_type(), servers.truncated()]
)
def test_an_endpoint_that_fails_now_and_then_costs_those_pieces_only(
    behaviour: servers.Behaviour, example: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = example
    good = says(well)
    with servers.OpenAIServer(good, behaviour, good, good, behaviour, good) as server:
        voice = voice_for(settings, store, server.url, concurrency=1)
        assert_honest(drafted(settings, store, voice, tmp_path))
    assert len(voice.fallbacks) == 2


def test_a_key_that_is_refused_stops_the_draft_and_saves_nothing(
    example: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = example
    before = len(store.revisions(THEME))
    with servers.OpenAIServer(servers.unauthorised()) as server, pytest.raises(AuthenticationFailed):
        drafted(settings, store, voice_for(settings, store, server.url), tmp_path)
    assert len(store.revisions(THEME)) == before


@pytest.mark.parametrize(
    ("behaviour", "error"), [(servers.unknown_model(), ModelRefused), (servers.server_error(), ServiceFailed)]
)
def test_an_endpoint_that_answers_nothing_is_an_error_not_a_report(
    behaviour: servers.Behaviour, error: type[Exception], example: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = example
    with servers.OpenAIServer(behaviour) as server, pytest.raises(error):
        drafted(settings, store, voice_for(settings, store, server.url), tmp_path)


def test_a_draft_that_was_stopped_asks_only_what_was_not_answered(
    example: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = example
    good = says(well)
    model = "openai:afgebroken"
    with servers.OpenAIServer(good, good, good, servers.unauthorised()) as server:
        with pytest.raises(AuthenticationFailed):
            drafted(settings, store, voice_for(settings, store, server.url, model=model, concurrency=1), tmp_path)
        url = server.url
        server._script = [good]
        first = len(server.requests)
        voice = voice_for(settings, store, url, model=model, concurrency=1)
        assert_honest(drafted(settings, store, voice, tmp_path))
        assert voice.answers.spent.kept == 3
        again = len(server.requests)
        assert again - first == voice.answers.spent.calls
        repeated = voice_for(settings, store, url, model=model)
        drafted(settings, store, repeated, tmp_path)
        assert (len(server.requests), repeated.answers.spent.calls) == (again, 0)


def test_a_budget_stops_before_it_is_passed(example: tuple[Settings, Store], tmp_path: Path) -> None:
    settings, store = example
    with servers.OpenAIServer(says(well)) as server:
        voice = voice_for(settings, store, server.url, max_tokens=300, concurrency=1)
        with pytest.raises(BudgetExceeded):
            drafted(settings, store, voice, tmp_path)
        assert voice.answers.spent.tokens <= 300


def test_the_order_of_the_report_does_not_depend_on_the_order_of_answers(
    example: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = example
    seen = []
    for delays in (count(), count(7, 5)):

        def slow(request: servers.Request, delays: Iterator[int] = delays) -> Any:
            time.sleep(next(delays) % 8 / 200)
            return well(request)

        with servers.OpenAIServer(says(slow)) as server:
            drafted(settings, store, voice_for(settings, store, server.url, concurrency=8), tmp_path)
        seen.append(text_of(settings, store))
    assert seen[0] == seen[1]


def test_the_form_an_endpoint_knows_is_found_once_and_remembered(
    example: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = example

    def only_json_mode(request: servers.Request) -> servers.Answer:
        form = request.body.get("response_format", {}).get("type")
        return says(well)(request) if form == "json_object" else servers.bad_request("no such response_format")(request)

    with servers.OpenAIServer(only_json_mode) as server:
        voice = voice_for(settings, store, server.url)
        assert_honest(drafted(settings, store, voice, tmp_path))
        forms = [request.body["response_format"]["type"] for request in server.requests]
        assert forms[0] == "json_schema" and set(forms[1:]) == {"json_object"}
        assert voice.fallbacks == {}


def test_a_dry_run_says_what_would_be_asked_and_asks_nothing(example: tuple[Settings, Store]) -> None:
    settings, store = example
    with servers.OpenAIServer() as server:
        voice = voice_for(settings, store, server.url)
        embedder = wiring.corpus_embedder(settings, store)
        estimate = drafting.estimate_draft(THEME, store=store, embedder=embedder, template=CITIZENS, voice=voice)
        assert server.requests == []
    assert estimate.calls > 10 and estimate.prompt_tokens > 1000 and estimate.kept == 0
