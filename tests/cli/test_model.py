"""Drafting with a language model from the command line, over real HTTP: what fails, what is kept, what is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from rapporteur.cli.main import main
from tests import servers
from tests.workspaces import STORIES, index, settings_for, write_record

THEME = "groen"
KEY = "sk-zeer-geheim-0123456789"
_NUMBERS = count()
_GOOD = servers.streamed("{}")  # no answer to any question of ours: the piece stays extractive, but the answer is kept
_TOO_LONG = servers.bad_request("This model's maximum context length is 4096 tokens.", "context_length_exceeded")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("werk")
    write_record(root / "corpus", THEME, 1)
    write_record(root / "corpus", THEME, 2, [(f"X{who}", role, f"{text} Echt waar.") for who, role, text in STORIES])
    index(settings_for(root))
    return root


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def arguments(workspace: Path, url: str, *command: str, debug: bool = False, **settings: object) -> list[str]:
    """A command line; each model has a name of its own unless given one, so that no test finds another's answers."""
    settings = {
        "embedder": "hashing",
        "model": f"openai:opdracht-{next(_NUMBERS)}",
        "base_url": url,
        "concurrency": 1,
        "max_retries": 0,
        **settings,
    }
    given = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
    return ["--workspace", str(workspace), *(["--debug"] if debug else []), *given, *command]


def draft(workspace: Path, url: str, *options: str, debug: bool = False, **settings: object) -> int:
    return main(arguments(workspace, url, "draft", THEME, "-o", "verslag.docx", *options, debug=debug, **settings))


def last_run(workspace: Path) -> dict[str, Any]:
    runs = sorted((workspace / ".rapporteur" / "runs").iterdir(), key=lambda run: run.stat().st_mtime_ns)
    content: dict[str, Any] = json.loads((runs[-1] / "run.json").read_text("utf-8"))
    return content


def questions(requests: Sequence[servers.Request]) -> list[str]:
    return [json.dumps(request.body["messages"]) for request in requests]


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """The three lines, below the account of what was asked until then, if anything was."""
    shown = capsys.readouterr().err
    *account, what, where, then = shown.strip().splitlines()
    assert [line.split()[0] for line in (what, where, then)] == ["Error:", "Where:", "Next:"], shown
    assert len(account) <= 1 and all(" calls" in line and " tokens in" in line for line in account), shown
    return shown


@pytest.mark.parametrize(
    ("answered", "behaviour", "settings", "says"),
    [
        (3, servers.unauthorised(), {}, "OPENAI_API_KEY"),
        (3, servers.forbidden(), {}, "may not use this model"),
        (3, servers.out_of_quota(), {}, "billing"),
        (0, servers.unknown_model(), {}, "no such model"),
        (3, servers.unknown_model(), {}, "no such model"),
        (0, _TOO_LONG, {}, "longer texts"),
        (3, _TOO_LONG, {}, "longer texts"),
        (0, servers.hang(), {"timeout": 0.3}, "Raise `timeout`"),
        (0, servers.server_error(500), {}, "The server had an error"),
        (0, servers.rate_limited(retry_after="3600"), {"max_retries": 2}, "no more calls for now"),
        (0, servers.wrong_content_type(), {}, "cannot be read"),
    ],
)
def test_a_service_that_fails_ends_the_draft_and_keeps_what_was_answered(
    answered: int,
    behaviour: servers.Behaviour,
    settings: dict[str, object],
    says: str,
    workspace: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = {**settings, "model": f"openai:opdracht-{next(_NUMBERS)}"}
    with servers.OpenAIServer(*[_GOOD] * answered, behaviour) as server:
        assert draft(workspace, server.url, **settings) == 3
        first = questions(server.requests)[:answered]
        assert says in complaint(capsys)
        assert not Path("verslag.docx").exists()
        assert last_run(workspace)["used"]["asked"]["calls"] >= answered
        server.behave(_GOOD)
        server.requests.clear()
        assert draft(workspace, server.url, **settings) == 0
    assert Path("verslag.docx").exists()
    assert set(first).isdisjoint(questions(server.requests))
    assert last_run(workspace)["used"]["asked"]["kept"] >= answered


@pytest.mark.parametrize(
    "settings",
    [{"max_tokens": 8000}, {"max_cost": 0.008, "price_in": 1.0, "price_out": 1.0}],
    ids=["tokens", "euros"],
)
def test_a_budget_ends_the_draft_before_it_is_passed(
    settings: dict[str, object], workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    costly = servers.chat("{}", usage={"prompt_tokens": 1500, "completion_tokens": 500, "total_tokens": 2000})
    named = {"model": f"openai:opdracht-{next(_NUMBERS)}", "answer_tokens": 500}
    with servers.OpenAIServer(costly) as server:
        assert draft(workspace, server.url, **named, **settings) == 3
        assert "could pass the limit" in complaint(capsys)
        made = len(server.requests)
        first = questions(server.requests)
        assert draft(workspace, server.url, **named) == 0
    assert 1 <= made <= 4  # of 2,000 tokens each
    assert set(first).isdisjoint(questions(server.requests[made:]))


def test_prices_are_needed_to_bound_what_a_run_costs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert draft(workspace, "http://127.0.0.1:9/v1", max_cost=2) == 2
    assert "price_in" in complaint(capsys)


def test_a_draft_says_what_it_asked_and_the_log_has_it_by_prompt(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings: dict[str, object] = {"price_in": 2.0, "price_out": 10.0, "max_retries": 1}
    with servers.OpenAIServer(servers.rate_limited(), _GOOD) as server:
        assert draft(workspace, server.url, **settings) == 0
    asked = last_run(workspace)["used"]["asked"]
    calls = len(server.requests) - 1
    assert (asked["calls"], asked["retries"], asked["model"]) == (calls, 1, server.requests[0].body["model"])
    assert (asked["prompt_tokens"], asked["completion_tokens"]) == (11 * calls, 3 * calls)
    assert asked["cost"] == pytest.approx((11 * 2 + 3 * 10) * calls / 1_000_000)
    assert sum(prompt["calls"] for prompt in asked["prompts"]) == calls
    assert all(len(prompt["sha256"]) == 64 and prompt["version"] >= 1 and prompt["id"] for prompt in asked["prompts"])
    assert asked["fallbacks"] and all(asked["fallbacks"].values())
    assert f"{calls} calls (and 1 tries again)" in capsys.readouterr().err


def test_a_dry_run_tells_what_it_would_cost_and_asks_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.OpenAIServer() as server:
        assert draft(workspace, server.url, "--dry-run", price_in=2.0, price_out=10.0) == 0
    assert server.requests == []
    said = capsys.readouterr().out
    assert "calls" in said and "€" in said and "passes" not in said


@pytest.mark.parametrize("limit", [{"max_tokens": 100}, {"max_cost": 0.0001, "price_in": 2.0, "price_out": 10.0}])
def test_a_dry_run_says_that_the_budget_would_be_passed(
    limit: dict[str, object], workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.OpenAIServer() as server:
        assert draft(workspace, server.url, "--dry-run", **limit) == 0
    assert f"That passes `{next(iter(limit))}`" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "settings", "anonymised"),
    [
        ((), {}, False),
        (("--anonymise",), {}, True),
        ((), {"anonymise": "on"}, True),
        (("--no-anonymise",), {"anonymise": "on"}, False),
    ],
)
def test_who_drafts_says_whether_it_is_anonymised(
    options: tuple[str, ...], settings: dict[str, object], anonymised: bool, workspace: Path
) -> None:
    with servers.OpenAIServer(servers.unauthorised()) as server:
        assert draft(workspace, server.url, *options, **settings) == 3
    assert last_run(workspace)["used"]["anonymised"] is anonymised


@pytest.mark.parametrize(
    ("who", "sent"), [("", f"Bearer {KEY}"), ("gebruiker:zz91x-kwjq@", "Basic Z2VicnVpa2VyOnp6OTF4LWt3anE=")]
)
def test_neither_the_key_nor_a_password_is_written_or_said_anywhere(
    who: str, sent: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repeated = servers.refusal(500, f"Key {KEY} failed.")
    scripts = ([_GOOD], [_GOOD, _GOOD, servers.unauthorised(echo=KEY)], [repeated], [servers.bad_request(KEY)])
    for script in scripts:
        with servers.OpenAIServer(*script) as server:
            url = server.url.replace("http://", f"http://{who}")
            draft(workspace, url, debug=True)
            main(arguments(workspace, url, "doctor", debug=True))
            assert {request.headers["authorization"] for request in server.requests} == {sent}
    said = capsys.readouterr()
    assert "Traceback" in said.err
    written = [file for place in (workspace, Path.cwd()) for file in place.rglob("*") if file.is_file()]
    # Chroma writes its array of vectors with whatever was in memory in the places that are not used yet.
    written = [file for file in written if file.name != "data_level0.bin"]
    assert any(file.name == "run.json" for file in written) and any(file.suffix == ".docx" for file in written)
    for secret in (KEY, "zz91x-kwjq"):
        assert secret not in said.out + said.err
        assert [file for file in written if secret.encode() in file.read_bytes()] == []


# --------------------------------------------------------------------------------------------- doctor


def examined(workspace: Path, url: str, capsys: pytest.CaptureFixture[str], **settings: object) -> dict[str, Any]:
    """What doctor says of the model, by the word before the colon."""
    code = main(arguments(workspace, url, "doctor", "--json", **settings))
    checks = json.loads(capsys.readouterr().out)["checks"]
    found = {c["says"].partition(":")[0]: c for c in checks if c["subject"] == "model"}
    return {**found, "code": code}


def test_doctor_finds_with_one_call_what_a_good_endpoint_can_do(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.OpenAIServer(servers.streamed('{"woord": "aanwezig"}')) as server:
        found = examined(workspace, server.url, capsys)
    assert len(server.requests) == 1
    assert found["code"] == 0
    assert [found[what]["state"] for what in ("structured output", "streaming", "usage", "anonymising")] == ["ok"] * 4
    assert "JSON schema" in found["structured output"]["says"]


def test_doctor_says_what_a_poor_endpoint_lacks_and_what_that_means(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def poor(request: servers.Request) -> servers.Answer:
        if "response_format" in request.body or "tools" in request.body or request.body.get("stream"):
            return servers.refusal(400, "Unknown: stream, response_format, tools.")(request)
        return servers.chat("Aanwezig!", usage=None)(request)

    with servers.OpenAIServer(poor) as server:
        found = examined(workspace, server.url, capsys, anonymise="off")
    assert found["code"] == 0
    lacking = ("structured output", "streaming", "usage")
    assert all(found[what]["state"] == "note" and found[what]["advice"] for what in lacking)
    assert found["anonymising"]["says"].startswith("anonymising: off")


@pytest.mark.parametrize("behaviour", [servers.unauthorised(), servers.unknown_model(), servers.server_error(500)])
def test_doctor_ends_with_3_where_the_endpoint_does_not_answer(
    behaviour: servers.Behaviour, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.OpenAIServer(behaviour) as server:
        assert main(arguments(workspace, server.url, "doctor")) == 3
    assert "wrong  model: " in capsys.readouterr().out
