"""The suites as they are: each asks a question, keeps what it promises on our own data, and gives the same twice."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evals import material, quality
from evals.mutations import faults
from rapporteur.cli.main import main
from rapporteur.evaluation import suites
from rapporteur.evaluation.log import SuiteLog
from rapporteur.evaluation.running import run_suite
from rapporteur.evaluation.task import Given
from rapporteur.writing import prompts

PLACE = suites.folder()
# The tasks that need neither ../shared nor an embedder, and take a second.
QUICK = {
    "attribution": "by_rule",
    "injection": "rules",
    "misleading_cuts": "by_rule",
    "privacy": "rules",
    "prose_claims": "claims",
    "quotability": "rules",
    "quote_provenance": "by_rule",
    "support": "own_talk",
    "voice_rules": "answers",
}


def quick(name: str) -> SuiteLog:
    makers = [maker for maker in suites.load(name, PLACE) if maker.name == QUICK[name]]
    return run_suite(name, makers, suites.given(PLACE, embedder="hashing"))


@pytest.mark.parametrize("name", QUICK)
def test_a_suite_reaches_its_figures_on_our_own_data(name: str) -> None:
    suite = quick(name)
    assert [figure.name for figure in suite.figures if figure.value is None] == []
    assert [(f.name, f.worst) for f in suite.figures if f.least is not None and (f.value or 0) < f.least] == []
    assert suite.wrong == ()
    assert [s.why for s in suite.samples if re.search(r"[\[{]['\"]|\['|'\]", f"{s.why} {s.answer}")] == []


@pytest.mark.parametrize("name", QUICK)
def test_two_runs_of_a_suite_give_the_same_figures_and_samples(name: str) -> None:
    first, again = quick(name), quick(name)
    assert (first.figures, first.samples) == (again.figures, again.samples)


@pytest.mark.parametrize("name", suites.names(PLACE))
def test_a_suite_asks_a_question_and_has_tasks_and_accepted_figures(name: str) -> None:
    assert suites.question(name, PLACE).endswith("?")
    assert suites.load(name, PLACE)
    assert json.loads((PLACE / "baselines" / f"{name}.json").read_text("utf-8"))["default"]


def test_the_readme_of_the_evals_names_every_suite() -> None:
    told = re.findall(r"^\| `(\w+)` \|", (PLACE / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(told) == suites.names(PLACE)


@pytest.mark.parametrize("file", sorted((PLACE / "data").glob("*.jsonl")), ids=lambda file: file.name)
def test_the_samples_of_a_data_file_have_ids_of_their_own(file: Path) -> None:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    names = [line.get("id") or line["prompt"] for line in lines]
    assert lines
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", QUICK)
def test_the_samples_of_a_suite_have_ids_of_their_own(name: str) -> None:
    names = [sample.id for sample in quick(name).samples]
    assert sorted(set(names)) == sorted(names)


def test_a_line_with_words_is_one_case_for_each_word(tmp_path: Path) -> None:
    (tmp_path / "rules.jsonl").write_text(
        json.dumps({"id": "a", "words": ["x", "y"], "text": "een {}", "found": ["{}", 1]}) + "\n"
        + json.dumps({"id": "b", "words": ["x/y"], "text": "{0} of {1}"}) + "\n"
        + json.dumps({"id": "c", "text": "{}"}),
        "utf-8",
    )  # fmt: skip
    assert material.rules(Given(tmp_path, None), "rules.jsonl") == [
        {"id": "a: x", "text": "een x", "found": ["x", 1]},
        {"id": "a: y", "text": "een y", "found": ["y", 1]},
        {"id": "b: x/y", "text": "x of y"},
        {"id": "c", "text": "{}"},
    ]


@pytest.mark.parametrize("change", ["a letter", "a new version", "deleted"])
def test_a_prompt_file_that_nobody_accepted_is_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    shutil.copytree(prompts.folder(), tmp_path / "prompts")
    file = tmp_path / "prompts" / "write_topic.v2.md"
    text = file.read_text("utf-8")
    if change == "a letter":
        file.write_text(text.rstrip() + ".\n", "utf-8")
    elif change == "deleted":
        file.unlink()
    else:
        file.with_name("write_topic.v3.md").write_text(text.replace("version = 2", "version = 3"), "utf-8")
    monkeypatch.setattr(prompts, "folder", lambda: tmp_path / "prompts")
    makers = [maker for maker in suites.load("voice_rules", PLACE) if maker.name == "prompt_files"]
    (figure,) = run_suite("voice_rules", makers, suites.given(PLACE, embedder="hashing")).figures
    assert figure.value is not None
    assert figure.value < 1
    assert figure.worst == (f"write_topic.v{3 if change == 'a new version' else 2}",)


def test_no_sentence_of_the_published_reports_is_in_our_data(shared: Path) -> None:
    def runs(text: str) -> set[str]:
        words = re.findall(r"\w+", text.lower())
        return {" ".join(words[at : at + 8]) for at in range(len(words) - 7)}

    files = (shared / "published" / "records").glob("*/*.json")
    theirs = {run for file in files for run in runs(file.read_text("utf-8"))}
    ours = {file.name: runs(file.read_text("utf-8")) & theirs for file in (PLACE / "data").glob("*.jsonl")}
    assert {name: sorted(found)[:3] for name, found in ours.items() if found} == {}


def test_every_planted_fault_still_fits_the_code_and_a_suite(repository: Path) -> None:
    assert len(faults()) >= 120
    for fault in faults():
        assert (repository / fault.file).read_text("utf-8").count(fault.old) == 1, fault.name
        name, _, tasks = fault.suite.partition("@")
        assert set(tasks.split("+")) <= {maker.name for maker in suites.load(name, PLACE)}, fault.name


# --------------------------------------------------------------------------------------- rapporteur eval


def test_eval_prints_figures_and_writes_the_log_where_it_is_asked_and_among_the_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "voice_rules", "prose_claims", "--report", "uitslag.json"]) == 0
    shown = capsys.readouterr()
    row = r"answers against a rule refused +1\.000  n = \d+ +95 % \[0\.\d+, 1\.000\] wilson  accepted 1\.000"
    assert re.search(row, shown.out)
    assert "2 suites, green" in shown.err
    report = json.loads((tmp_path / "uitslag.json").read_text("utf-8"))
    assert [suite["name"] for suite in report["suites"]] == ["prose_claims", "voice_rules"]
    (kept,) = (tmp_path / ".rapporteur" / "runs").glob("*/run.json")
    assert json.loads(kept.read_text("utf-8"))["used"]["suites"] == report["suites"]


def test_eval_lists_what_each_suite_asks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == suites.names(PLACE)


def test_the_help_of_eval_shows_every_option_that_it_takes_without_a_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["eval", "suites", "--help"]) == 0
    options = re.findall(r"^  (?:-\w, )?(--\w+)", capsys.readouterr().out, re.MULTILINE)
    assert main(["eval", "--help"]) == 0
    shown = re.findall(r"^  (?:-\w, )?(--\w+)", capsys.readouterr().out, re.MULTILINE)
    assert sorted({*options}) == sorted({*shown})
    assert "--baseline" in shown


def test_eval_prints_its_log_as_json_and_nothing_else_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "prose_claims", "--json", "--report", "uitslag.json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "uitslag.json").read_text("utf-8"))
    assert main(["eval", "--list", "--json"]) == 0
    assert [row["suite"] for row in json.loads(capsys.readouterr().out)] == suites.names(PLACE)


def test_a_log_among_the_runs_that_cannot_be_written_is_only_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".rapporteur").write_text("no folder")
    assert main(["-w", str(tmp_path), "eval", "prose_claims"]) == 0
    assert "The log of this run could not be written" in capsys.readouterr().err


def test_eval_of_an_unknown_suite_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "citaten"]) == 2
    assert "There is no suite 'citaten'. There are: attribution, " in capsys.readouterr().err


@pytest.fixture
def installed(tmp_path: Path, repository: Path) -> Path:
    """The package as a wheel lays it out, in a folder that is no checkout."""
    site = tmp_path / "site"
    without = shutil.ignore_patterns("__pycache__", "training")
    shutil.copytree(repository / "rapporteur", site / "rapporteur", ignore=without)
    for name, inside in (("prompts", "_prompts"), ("corpus", "_example"), ("evals", "_evals")):
        shutil.copytree(repository / name, site / "rapporteur" / inside, ignore=without)
    return site


def run_installed(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from rapporteur.cli.main import run; run()"
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=site.parent, env=environment, capture_output=True, text=True)


def test_eval_works_from_a_wheel_and_says_what_it_lacks(installed: Path) -> None:
    ran = run_installed(installed, "eval", "attribution", "voice_rules", "--report", "uitslag.json")
    assert ran.returncode == 0, ran.stderr
    assert "skipped, published: ../shared/published/records is not here" in ran.stdout
    assert json.loads((installed.parent / "uitslag.json").read_text("utf-8"))["commit"] is None
    refused = run_installed(installed, "eval", "voice_rules", "--baseline")
    assert refused.returncode == 2
    assert "Figures can only be accepted in a checkout" in refused.stderr


def test_a_changed_prompt_turns_eval_red(installed: Path) -> None:
    prompt = installed / "rapporteur" / "_prompts" / "write_topic.v1.md"
    prompt.write_text(prompt.read_text("utf-8").replace("Noem geen namen", "Noem namen"), "utf-8")
    ran = run_installed(installed, "eval", "voice_rules")
    assert ran.returncode == 1
    assert "RED: voice_rules, prompt files as accepted: must be 1.000 at least." in ran.stderr


def test_the_page_on_quality_is_what_the_accepted_figures_say() -> None:
    assert quality.PAGE.read_text("utf-8") == quality.page(), "run `python evals/quality.py`"
