"""What a language model is asked in a draft of the example, scored as the voice would, by itself and in Inspect."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rapporteur.errors import UsageError
from rapporteur.evaluation import suites
from rapporteur.evaluation.asked import FIGURES, Question, of_step, outcome
from rapporteur.evaluation.inspect import asked, to_be_answered
from tests import servers
from tests.model_server import Play, scene

with_inspect = pytest.mark.skipif(
    find_spec("inspect_ai") is None,
    reason="Inspect is not installed: it is an extra, `pip install rapporteur[inspect]`",
)


def asked_of_a_model() -> list[Question]:
    place = suites.folder()
    given = replace(suites.given(place), embedder="hashing")
    found: list[Question] = suites.module("questions", place).questions(given)
    return found


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return asked_of_a_model()


def good_answer(question: Question) -> str:
    """What our scripted model says, whose titles are sometimes alike, in the first try that is right."""
    return next(answer for seed in range(9) if outcome(question, answer := _answer(question, seed)).accepted)


def _answer(question: Question, seed: int) -> str:
    body = {
        "messages": [{"role": message.role, "content": message.text} for message in question.task.messages],
        "response_format": {"type": "json_schema", "json_schema": {"schema": question.task.schema}},
    }
    raw = json.dumps(body).encode()
    return json.dumps(scene(servers.Request("", {}, body, raw), Random(seed)).good)  # noqa: S311


def test_every_step_of_a_draft_asks_and_the_questions_are_the_same_on_every_run(questions: list[Question]) -> None:
    assert {question.step for question in questions} == {
        "label_fragments",
        "name_topics",
        "propose_topics",
        "red_thread",
        "write_section",
        "write_summary",
        "write_topic",
    }
    assert len({question.id for question in questions}) == len(questions)
    again = asked_of_a_model()
    assert [(q.id, q.task.messages) for q in again] == [(q.id, q.task.messages) for q in questions]


def test_a_good_answer_to_any_question_is_accepted_with_the_figures_of_its_step(questions: list[Question]) -> None:
    for step in {question.step for question in questions}:
        question = of_step(step, questions)[0]
        found = outcome(question, good_answer(question))
        assert (found.accepted, found.why) == (True, "")
        assert tuple(found.figures) == FIGURES.get(step, ())


def test_figures_are_counted_in_what_would_be_printed(questions: list[Question]) -> None:
    question = next(q for q in questions if q.step == "write_topic" and "citaten" in q.task.messages[-1].text)
    answer = json.loads(good_answer(question))
    answer["sentences"] = [{**answer["sentences"][0], "text": "Het ging over de tuin.  En over het hek"}]
    found = outcome(question, json.dumps(answer))
    assert (found.figures["sentences"], found.figures["words"]) == (2.0, 9.0)
    assert found.figures["quotes"] == float(len(answer["quotes"]))


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [("geen idee", "geen JSON"), ('{"sentences": [], "quotes": []}', "Schrijf een tot 5 zinnen"), ("", "geen JSON")],
)
def test_a_wrong_answer_is_not_accepted_and_the_complaint_says_why(
    questions: list[Question], answer: str, complaint: str
) -> None:
    found = outcome(of_step("write_topic", questions)[0], answer)
    assert not found.accepted and complaint in found.why and not found.figures


def test_an_answer_that_was_cut_off_is_not_accepted_whole_as_it_may_look(questions: list[Question]) -> None:
    question = of_step("write_topic", questions)[0]
    assert "cut off" in outcome(question, good_answer(question), cut=True).why


def test_a_step_that_no_draft_has_is_a_question_to_the_user(questions: list[Question]) -> None:
    with pytest.raises(UsageError, match="no step 'rhyme'") as error:
        of_step("rhyme", questions)
    assert "red_thread" in error.value.hint and "write_topic" in error.value.hint


@pytest.mark.skipif(find_spec("inspect_ai") is not None, reason="Inspect is installed")
def test_without_inspect_one_is_told_what_to_install_before_anything_is_indexed() -> None:
    with pytest.raises(UsageError, match="Inspect is not installed") as error:
        asked()
    assert "rapporteur[inspect]" in error.value.hint
    with pytest.raises(UsageError, match="Inspect is not installed"):
        to_be_answered("write_topic", ())


# ------------------------------------------------------------------------------------------- in Inspect


def run(step: str, questions: Sequence[Question], model: Any, folder: Path) -> Any:
    """The log of Inspect, as it is read back from its file."""
    from inspect_ai import eval as evaluate
    from inspect_ai.log import read_eval_log

    (log,) = evaluate(to_be_answered(step, questions), model=model, log_dir=str(folder / "logs"), display="none")
    return read_eval_log(log.location)


@pytest.fixture(autouse=True)
def _what_inspect_keeps_stays_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@with_inspect
@pytest.mark.parametrize("step", ["write_topic", "red_thread", "label_fragments"])
def test_a_model_behind_inspect_is_asked_what_a_draft_asks_in_the_form_of_the_voice(
    step: str, questions: list[Question], tmp_path: Path
) -> None:
    from inspect_ai.model import get_model

    few = of_step(step, questions)[:3]
    with servers.OpenAIServer(Play(1)) as server:
        model = get_model("openai/proef", base_url=server.url, api_key="x", responses_api=False, memoize=False)
        log = run(step, few, model, tmp_path)
        bodies = [request.body for request in server.requests if "messages" in request.body]
    assert log.status == "success"
    assert {sample.id: sample.scores["answered"].value["accepted"] for sample in log.samples} == {
        question.id: 1.0 for question in few
    }
    assert [score.name for score in log.results.scores] == ["accepted", *FIGURES.get(step, ())]
    sent = {tuple(message["content"] for message in body["messages"]) for body in bodies}
    assert sent == {tuple(message.text for message in question.task.messages) for question in few}
    assert all(body["response_format"]["json_schema"]["strict"] for body in bodies)


@with_inspect
def test_a_model_that_answers_nonsense_gets_the_complaint_of_the_voice_and_no_figures(
    questions: list[Question], tmp_path: Path
) -> None:
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    def nonsense(*_: Any) -> Any:
        output = ModelOutput.from_content("mockllm/model", "geen idee")
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)  # else it fetches a tokenizer
        return output

    log = run(
        "write_topic",
        of_step("write_topic", questions)[:2],
        get_model("mockllm/model", custom_outputs=nonsense),
        tmp_path,
    )
    assert log.status == "success"
    for sample in log.samples:
        assert sample.scores["answered"].value["accepted"] == 0.0
        assert "geen JSON" in sample.scores["answered"].explanation
    of = {score.name: score for score in log.results.scores}
    assert of["accepted"].metrics["mean"].value == 0.0
    assert math.isnan(of["words"].metrics["mean"].value) and of["words"].unscored_samples == 2
