"""Our suites as tasks of Inspect (https://inspect.aisi.org.uk), for people who use that harness and its viewer.

Inspect is an extra: `pip install rapporteur[inspect]`. Then, in a file that `inspect eval` is given:

    from rapporteur.evaluation.inspect import tasks
    from inspect_ai import task

    @task
    def quote_provenance():
        return tasks("quote_provenance")[0]

A sample's input is ours as JSON, and its answer ours as text: the work is done by our own solver, offline, so that the
model that Inspect is given is not asked ('--model none' or mockllm/model will do). Scores are ours too; a sample that
could not be scored gets NaN, which Inspect leaves out.
"""

from __future__ import annotations

import json
from typing import Any

from rapporteur.errors import UsageError
from rapporteur.evaluation import suites
from rapporteur.evaluation.task import UNSCORED, DataMissing, Given, Sample, Task


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
        raise UsageError("Inspect is not installed.", hint="Run `pip install rapporteur[inspect]`.") from error

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
