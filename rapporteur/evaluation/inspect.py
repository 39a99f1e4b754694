"""Tasks for Inspect (https://inspect.aisi.org.uk), for people who use that harness, with their models and its viewer.

Inspect is an extra: `pip install rapporteur[inspect]`. Then, in a file that `inspect eval` is given:

    from rapporteur.evaluation.inspect import asked, tasks
    from inspect_ai import task

    @task
    def voice(step="write_topic", samples=30):
        return asked(step, samples)

    @task
    def quote_provenance():
        return tasks("quote_provenance")[0]

`asked` has the model that Inspect is given write what `rapporteur draft` asks of one, and our code accept it or not.

`tasks` are our suites. A sample's input is ours as JSON, and its answer ours as text: the work is done by our own
solver, offline, so that no model is asked ('--model none' or mockllm/model will do). Scores are ours too. What has no
score gets NaN, which Inspect leaves out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapporteur.config import Settings
from rapporteur.errors import UsageError
from rapporteur.evaluation import suites
from rapporteur.evaluation.task import UNSCORED, DataMissing, Given, Sample, Task

if TYPE_CHECKING:
    from rapporteur.evaluation.asked import Question

_MISSING = "Inspect is not installed."
_TO_DO = "Run `pip install rapporteur[inspect]`."


def tasks(suite: str, *, full: bool = False) -> list[Any]:
    """The tasks of a suite whose data is here, as `inspect_ai.Task`s. Raises: UsageError without Inspect."""
    place = suites.folder()
    suites.chosen([suite], place)
    given: Given = suites.given(place, full=full)
    found = []
    for maker in suites.load(suite, place):
        try:
            found.append(to_inspect(f"{suite}.{maker.name}", maker.make(given)))
        except DataMissing:
            continue
    return found


def to_inspect(name: str, task: Task) -> Any:
    """One of our tasks as one of Inspect's."""
    try:
        import inspect_ai
        from inspect_ai.dataset import MemoryDataset
        from inspect_ai.dataset import Sample as InspectSample
        from inspect_ai.scorer import Score, Target, mean, scorer
        from inspect_ai.solver import Generate, TaskState, solver
    except ImportError as error:
        raise UsageError(_MISSING, hint=_TO_DO) from error

    by_id: dict[str, Sample] = {sample.id: sample for sample in task.dataset}
    outputs: dict[str, Any] = {}

    @solver(name="rapporteur")  # type: ignore[untyped-decorator, unused-ignore]
    def ours() -> Any:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            sample = by_id[str(state.sample_id)]
            outputs[sample.id] = task.solver(sample)
            state.output.completion = str(outputs[sample.id])
            return state

        return solve

    @scorer(metrics=[mean()], name="rapporteur")  # type: ignore[untyped-decorator, unused-ignore]
    def judged() -> Any:
        async def score(state: TaskState, target: Target) -> Score:
            sample = by_id[str(state.sample_id)]
            made = task.scorer(sample, outputs[sample.id])
            value = float("nan") if made.value == UNSCORED else float(made.value)
            return Score(value=value, answer=made.answer, explanation=made.why)

        return score

    return inspect_ai.Task(
        name=name,
        dataset=MemoryDataset(
            [
                InspectSample(
                    id=sample.id,
                    input=json.dumps(sample.input, ensure_ascii=False, default=str),
                    target=json.dumps(sample.target, ensure_ascii=False, default=str),
                    metadata={"group": sample.group},
                )
                for sample in task.dataset
            ],
            name=name,
        ),
        solver=ours(),
        scorer=judged(),
    )


# ------------------------------------------------------------------------------------- what a model is asked


def asked(step: str = "write_topic", samples: int = 30) -> Any:
    """What one step of a draft asks of a model, over the example, as an `inspect_ai.Task`: at most so many questions,
    the same ones on every run. `step` is the id of a prompt.

    Raises: UsageError without Inspect, or for a step that a draft does not have.
    """
    from rapporteur.evaluation.asked import of_step

    if find_spec("inspect_ai") is None:  # before the example is indexed
        raise UsageError(_MISSING, hint=_TO_DO)
    place = suites.folder()
    given = suites.given(place)
    found = of_step(step, suites.module("questions", place).questions(given))
    return to_be_answered(step, given.some(found, samples, lambda question: question.id))


def to_be_answered(step: str, questions: Sequence[Question]) -> Any:
    """Questions of one step as a task of Inspect's: its model answers each once, in the form the voice asks for.

    The answers get no correction, as they do in a draft. Temperature, seed and length are those of our settings'
    defaults; options of `inspect eval` win over them.
    """
    try:
        import inspect_ai
        from inspect_ai.dataset import MemoryDataset
        from inspect_ai.model import GenerateConfig
        from inspect_ai.scorer import Score, Target, mean, scorer, stderr
        from inspect_ai.solver import Generate, TaskState, solver
    except ImportError as error:
        raise UsageError(_MISSING, hint=_TO_DO) from error
    from rapporteur.evaluation.asked import FIGURES, outcome

    by_id = {question.id: question for question in questions}
    figures = FIGURES.get(step, ())

    @solver(name="asked")  # type: ignore[untyped-decorator, unused-ignore]
    def answer() -> Any:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            return await generate(state, response_schema=_schema(by_id[str(state.sample_id)].task.schema))

        return solve

    @scorer(metrics={"accepted": [mean(), stderr()], **{name: [mean()] for name in figures}}, name="answered")  # type: ignore[untyped-decorator, unused-ignore]
    def judged() -> Any:
        async def score(state: TaskState, target: Target) -> Score:
            output = state.output
            found = outcome(by_id[str(state.sample_id)], output.completion, cut=output.stop_reason == "max_tokens")
            value = {"accepted": float(found.accepted), **{n: found.figures.get(n, float("nan")) for n in figures}}
            return Score(value=value, answer=output.completion, explanation=found.why or "accepted")

        return score

    defaults = Settings(Path())
    return inspect_ai.Task(
        name=step,
        dataset=MemoryDataset([_sample(question) for question in questions], name=step),
        solver=answer(),
        scorer=judged(),
        config=GenerateConfig(temperature=defaults.temperature, seed=defaults.seed, max_tokens=defaults.answer_tokens),
    )


def _sample(question: Question) -> Any:
    from inspect_ai.dataset import Sample as InspectSample
    from inspect_ai.model import ChatMessageAssistant, ChatMessageSystem, ChatMessageUser

    kinds = {"system": ChatMessageSystem, "user": ChatMessageUser, "assistant": ChatMessageAssistant}
    prompt = question.task.prompt
    return InspectSample(
        id=question.id,
        input=[kinds[message.role](content=message.text) for message in question.task.messages],
        metadata={"theme": question.theme, "prompt": prompt.name, "prompt_sha256": prompt.sha256},
    )


def _schema(schema: Mapping[str, Any]) -> Any:
    """The form of an answer, for models that can be held to one; the prompts tell it as well."""
    from inspect_ai.model import ResponseSchema
    from inspect_ai.util import JSONSchema

    return ResponseSchema(name="antwoord", json_schema=JSONSchema.model_validate(_one_type_each(schema)), strict=True)


def _one_type_each(schema: Any) -> Any:
    """The schema with `anyOf` for what may be of several types: older versions of Inspect know no list of types."""
    if isinstance(schema, list):
        return [_one_type_each(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    if isinstance(schema.get("type"), list):
        return {"anyOf": [{**schema, "type": kind} for kind in schema["type"]]}
    return {key: _one_type_each(part) for key, part in schema.items()}
