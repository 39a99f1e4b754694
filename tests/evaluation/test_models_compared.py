"""Models side by side over real HTTP, an optional judge, and our suites in Inspect where that is installed."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from rapporteur.errors import UsageError
from rapporteur.evaluation import suites
from rapporteur.evaluation.comparing import mark_in
from rapporteur.evaluation.inspect import to_inspect
from rapporteur.writing.voices.rules import Invalid
from tests import servers
from tests.model_server import Play
from tests.workspaces import index, settings_for

THEME = "werken-en-leren"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("vergelijken")
    settings = settings_for(folder)
    index(settings, corpus_folder / THEME)
    (folder / "rapporteur.toml").write_text(f'embedder = "{settings.embedder}"\n', "utf-8")
    return folder


def compared(workspace: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["-w", str(workspace), "eval", "compare", "--theme", THEME, "--json", *arguments]) == 0
    rows: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return rows


def test_two_models_write_the_same_outline_and_nothing_is_saved(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.OpenAIServer(Play(1)) as good, servers.OpenAIServer(servers.chat("geen idee")) as poor:
        addresses = ["--base-url", good.url, "--base-url", poor.url]
        one, other = compared(workspace, capsys, "--model", "openai:goed", "--model", "openai:slecht", *addresses)
        assert [one["model"], other["model"]] == ["openai:goed", "openai:slecht"]
        assert one["fallbacks"] == 0 and one["judged"] is None
        assert other["corrected"] == other["pieces"] == other["fallbacks"]
        assert one["topics"] == other["topics"]
        asked = len(good.requests)
        (again,) = compared(workspace, capsys, "--model", "openai:goed", "--base-url", good.url)
        assert len(good.requests) == asked and again["calls"] == 0
    with wiring.store(settings_for(workspace)) as store:
        assert store.revision(THEME) is None


def test_a_model_that_fails_is_told_and_logged_and_the_others_are_compared(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.OpenAIServer(Play(2)) as good, servers.OpenAIServer(servers.unauthorised) as shut:
        models = ["--model", "openai:dicht", "--model", "openai:open", "--base-url", shut.url, "--base-url", good.url]
        assert main(["-w", str(workspace), "eval", "compare", "--theme", THEME, "--json", *models]) == 3
    shown = capsys.readouterr()
    (row,) = json.loads(shown.out)
    assert (row["model"], row["fallbacks"]) == ("openai:open", 0)
    assert "openai:dicht failed: " in shown.err
    logged = [
        json.loads(file.read_text("utf-8")) for file in workspace.glob(".rapporteur/runs/*eval-compare*/run.json")
    ]
    [used] = [one["used"] for one in logged if one["used"]["failed"]]
    assert used["models"] == [row] and list(used["failed"]) == [f"openai:dicht {shut.url}"]
    assert len(used["prompts"]["judge_topic.v1"]) == 64


@pytest.mark.parametrize("answer", [servers.unauthorised, servers.chat("vier")])
def test_a_judge_that_fails_or_gives_no_mark_costs_nobody_the_comparison(
    workspace: Path, answer: servers.Behaviour, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.OpenAIServer(Play(1)) as server, servers.OpenAIServer(answer) as judging:
        judge = ["--set", f"base_url={judging.url}", "eval", "compare", "--theme", THEME, "--judge", "openai:rechter-2"]
        models = ["--model", "openai:goed", "--base-url", server.url]
        assert main(["-w", str(workspace), *judge, "--json", *models]) == 0
    shown = capsys.readouterr()
    (row,) = json.loads(shown.out)
    assert (row["judged"], row["marked"]) == (None, 0)
    assert f"openai:goed: the judge gave no usable mark for {row['topics']} of {row['topics']} topics." in shown.err


def test_one_model_at_two_addresses_is_two_models_and_at_one_address_a_question(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.OpenAIServer(Play(1)) as one, servers.OpenAIServer(Play(2)) as other:
        twice = ["--model", "openai:zelfde", "--model", "openai:zelfde"]
        rows = compared(workspace, capsys, *twice, "--base-url", one.url, "--base-url", other.url)
        assert [row["address"] for row in rows] == [one.url, other.url]
        assert main(["-w", str(workspace), "eval", "compare", *twice, "--base-url", one.url]) == 2
    assert "'openai:zelfde' was given twice" in capsys.readouterr().err


def test_a_judge_marks_the_prose_and_only_that(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play = Play(1)

    def plays(request: servers.Request) -> servers.Answer:
        judging = request.body["model"] == "rechter"
        return servers.chat('{"score": 4, "why": "leest goed"}')(request) if judging else play(request)

    with servers.OpenAIServer(plays) as server:
        arguments = ["--model", "openai:goed", "--judge", "openai:rechter", "--base-url", server.url]
        assert (
            main(["-w", str(workspace), "--set", f"base_url={server.url}", "eval", "compare", "--json", *arguments])
            == 0
        )
        shown = capsys.readouterr()
        (row,) = json.loads(shown.out)
    assert "usable mark" not in shown.err
    assert row["judged"] == 4.0
    assert row["marked"] == row["topics"]


@pytest.mark.parametrize("answer", ['{"score": 6, "why": ""}', '{"score": "4", "why": ""}', "{}", "vier"])
def test_a_mark_off_the_scale_is_no_mark(answer: str) -> None:
    with pytest.raises(Invalid):
        mark_in(answer)


def test_addresses_that_do_not_fit_the_models_are_a_question(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = ["--base-url", "http://een/v1", "--base-url", "http://twee/v1"]
    assert main(["-w", str(workspace), "eval", "compare", "--model", "openai:a", *urls]) == 2
    assert "1 models and 2 addresses" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--model", "none"], ["--model", "openai:a", "--judge", "none"]])
def test_none_is_no_model_to_compare_or_to_judge(
    arguments: list[str], workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-w", str(workspace), "eval", "compare", "--theme", THEME, *arguments]) == 2
    assert "'none' is no model" in capsys.readouterr().err


def test_our_suites_are_tasks_of_inspect() -> None:
    place = suites.folder()
    (maker, *_) = suites.load("prose_claims", place)
    ours = maker.make(suites.given(place, full=False))
    if find_spec("inspect_ai") is None:
        with pytest.raises(UsageError, match="Inspect is not installed"):
            to_inspect("proef", ours)
        return
    theirs = to_inspect("proef", ours)
    assert [sample.id for sample in theirs.dataset] == [sample.id for sample in ours.dataset]
