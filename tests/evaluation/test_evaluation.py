"""The frame of the evals: what a figure is, when a run is red, and what its log holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import UsageError
from rapporteur.evaluation import baselines, log, metrics
from rapporteur.evaluation.log import EvalLog, SuiteLog
from rapporteur.evaluation.running import run_suite
from rapporteur.evaluation.scorers import is_target, judged, shown, unscored
from rapporteur.evaluation.task import (
    DataDamaged,
    DataMissing,
    Given,
    Metric,
    OnlyInFull,
    Sample,
    Score,
    Scored,
    Task,
    TaskMaker,
    task,
)

Scorer = Callable[[Sample, Any], Score]
GIVEN = Given(Path(), None)


def doubling(
    values: Sequence[int], *metric: Metric, scorer: Scorer = is_target, solver: Callable[[Sample], Any] | None = None
) -> TaskMaker:
    """Doubles numbers; the target of an even number is its double, of an odd one it is not."""

    @task
    def numbers(_: Given) -> Task:
        dataset = [Sample(f"n{v}", v, 2 * v if v % 2 == 0 else -1, "even" if v % 2 == 0 else "odd") for v in values]
        return Task(dataset, solver or (lambda sample: 2 * sample.input), scorer, metric or (Metric("doubled"),))

    return numbers


def run(*makers: TaskMaker) -> SuiteLog:
    return run_suite("proef", makers, GIVEN)


def log_of(*suites: SuiteLog) -> EvalLog:
    return log.of_run(suites, full=False, seed=1, embedder="hashing", folder=Path("/"))


def test_a_figure_is_the_share_of_samples_that_are_right_with_its_wilson_interval() -> None:
    (figure,) = run(doubling([1, 2, 4, 6])).figures
    assert (figure.value, figure.n, figure.interval) == (0.75, 4, "wilson")
    assert figure.low == pytest.approx(0.3006, abs=1e-4)
    assert figure.high == pytest.approx(0.9544, abs=1e-4)


def test_a_metric_counts_only_the_samples_of_its_groups() -> None:
    suite = run(doubling([1, 2, 3, 4], Metric("even", ("even",)), Metric("odd", ("odd",)), Metric("both")))
    assert {f.name: (f.value, f.n) for f in suite.figures} == {"even": (1.0, 2), "odd": (0.0, 2), "both": (0.5, 4)}


def test_what_could_not_be_scored_is_no_zero_and_is_told() -> None:
    def even_only(sample: Sample, output: int) -> Score:
        return unscored("nobody knows") if sample.group == "odd" else is_target(sample, output)

    suite = run(doubling([1, 2, 4], scorer=even_only))
    (figure,) = suite.figures
    assert (figure.value, figure.n, figure.unscored) == (1.0, 2, 1)
    assert [s.value for s in suite.samples] == ["could not be scored", 1.0, 1.0]
    assert not suite.red


def test_a_figure_over_nothing_is_red() -> None:
    suite = run(doubling([2], Metric("odd", ("odd",))))
    assert suite.figures[0].value is None
    assert suite.red


def test_a_run_that_evaluated_nothing_is_red() -> None:
    @task
    def elsewhere(_: Given) -> Task:
        raise DataMissing("../shared is not here")

    suite = run(elsewhere)
    assert (suite.status, suite.skipped) == ("skipped", ("elsewhere: ../shared is not here",))
    assert not suite.red
    assert log_of(suite).red
    assert log_of().red


def test_a_task_without_its_data_is_skipped_with_its_reason_and_the_others_are_run() -> None:
    @task
    def elsewhere(_: Given) -> Task:
        raise DataMissing("../shared is not here")

    suite = run(elsewhere, doubling([2]))
    assert (suite.status, suite.skipped) == ("done", ("elsewhere: ../shared is not here",))
    assert not log_of(suite).red


def test_a_task_of_the_full_run_is_not_run_and_excuses_no_figure_that_is_gone() -> None:
    @task
    def long(_: Given) -> Task:
        raise OnlyInFull("it takes minutes")

    suite = baselines.beside(run(long, doubling([2])), {"doubled": 1.0, "gone": 1.0})
    assert (suite.status, suite.skipped, suite.not_run) == ("done", (), ("long: it takes minutes",))
    assert suite.wrong == ("'gone' is measured no more",)
    assert not baselines.beside(run(long, doubling([2])), {"doubled": 1.0}).red
    alone = run(long)
    assert (alone.status, alone.red) == ("skipped", False)


def test_a_sample_on_which_the_program_breaks_is_red_and_the_others_are_judged() -> None:
    def breaks(sample: Sample) -> int:
        return 2 * sample.input if sample.input != 2 else 1 // 0

    suite = run(doubling([2, 4], solver=breaks))
    assert suite.figures[0].n == 1
    assert suite.wrong == ("numbers: sample n2 broke off with ZeroDivisionError: integer division or modulo by zero",)
    assert suite.red


def test_a_task_that_cannot_be_made_or_summed_up_is_red_and_the_others_are_run() -> None:
    @task
    def unmade(_: Given) -> Task:
        raise KeyError("id")

    def broken(_: Sequence[Scored]) -> float:
        raise ValueError("no mean")

    suite = run(unmade, doubling([2], Metric("broken", value=broken)), doubling([2]))
    assert [figure.name for figure in suite.figures] == ["doubled"]
    assert suite.wrong == (
        "unmade: broke off with KeyError: 'id'",
        "numbers: broke off with ValueError: no mean",
    )
    assert suite.red


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "is not here"), (b'{"id": ', "cannot be read"), (b'{"id": "\xe9"}', "cannot be read")],
)
def test_data_of_our_own_that_are_not_here_or_damaged_are_red_and_never_skipped(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / "own.jsonl").write_bytes(content)

    @task
    def own(given: Given) -> Task:
        return Task([Sample(line["id"], line) for line in given.lines("own.jsonl")], lambda s: s, is_target, [])

    with pytest.raises(DataDamaged, match=reason):
        Given(tmp_path, None).lines("own.jsonl")
    suite = run_suite("proef", [own, doubling([2])], Given(tmp_path, None))
    assert (suite.skipped, suite.red) == ((), True)
    assert reason in suite.wrong[0]


def test_two_figures_of_one_name_are_red() -> None:
    assert run(doubling([2]), doubling([4])).wrong == ("figures of the same name: doubled",)


def test_the_worst_samples_are_the_lowest_with_their_reasons() -> None:
    def near(sample: Sample, output: int) -> Score:
        return Score(1 - sample.input / 10, str(output), f"{sample.input} is far")

    suite = run(doubling([1, 5, 3, 9, 0], scorer=near))
    assert suite.figures[0].worst == ("n9", "n5", "n3")
    assert suite.figures[0].interval == "bootstrap"
    assert {s.id: s.why for s in suite.samples}["n9"] == "9 is far"


# -------------------------------------------------------------------------------------------- baselines


@pytest.mark.parametrize(
    ("accepted", "tolerance", "wrong"),
    [
        (0.75, 0.0, ""),
        (0.70, 0.0, ""),
        (0.80, 0.0, "below the accepted 0.800"),
        (0.80, 0.05, ""),
        (0.81, 0.05, "below the accepted 0.810"),
    ],
)
def test_a_figure_below_its_baseline_by_more_than_its_tolerance_is_red(
    accepted: float, tolerance: float, wrong: str
) -> None:
    suite = baselines.beside(run(doubling([1, 2, 4, 6], Metric("m", tolerance=tolerance))), {"m": accepted})
    assert (suite.figures[0].wrong, suite.red) == (wrong, bool(wrong))
    assert suite.figures[0].baseline == accepted


def test_a_figure_below_its_least_is_red_whatever_was_accepted() -> None:
    suite = baselines.beside(run(doubling([1, 2], Metric("m", least=0.9))), {"m": 0.5})
    assert suite.figures[0].wrong == "must be 0.900 at least"


def test_an_accepted_figure_that_is_measured_no_more_is_red_but_not_where_a_task_was_skipped() -> None:
    @task
    def elsewhere(_: Given) -> Task:
        raise DataMissing("not here")

    assert baselines.beside(run(doubling([2])), {"gone": 1.0}).wrong == ("'gone' is measured no more",)
    assert not baselines.beside(run(elsewhere, doubling([2])), {"gone": 1.0}).red


def test_accepting_figures_makes_the_next_run_be_held_to_them(tmp_path: Path) -> None:
    good, worse = run(doubling([2, 4])), run(doubling([1, 2]))
    assert baselines.accepted(tmp_path, "proef", full=False) == {}
    baselines.accept(tmp_path, good, full=False)
    assert baselines.accepted(tmp_path, "proef", full=False) == {"doubled": 1.0}
    assert baselines.accepted(tmp_path, "proef", full=True) == {}
    assert baselines.beside(worse, baselines.accepted(tmp_path, "proef", full=False)).red
    baselines.accept(tmp_path, worse, full=False)
    assert not baselines.beside(worse, baselines.accepted(tmp_path, "proef", full=False)).red


def test_accepting_keeps_the_figures_of_tasks_that_were_skipped(tmp_path: Path) -> None:
    @task
    def elsewhere(_: Given) -> Task:
        raise DataMissing("not here")

    baselines.accept(tmp_path, run(doubling([2], Metric("theirs")), doubling([2])), full=False)
    baselines.accept(tmp_path, run(elsewhere, doubling([1, 2])), full=False)
    assert baselines.accepted(tmp_path, "proef", full=False) == {"doubled": 0.5, "theirs": 1.0}


def test_a_suite_in_which_something_broke_or_fell_short_of_what_it_must_reach_is_not_to_be_accepted() -> None:
    assert baselines.may_be_accepted(run(doubling([1, 2])))
    assert not baselines.may_be_accepted(run(doubling([1, 2], Metric("m", least=0.9))))
    assert not baselines.may_be_accepted(run(doubling([2], Metric("odd", ("odd",)))))
    assert not baselines.may_be_accepted(run(doubling([2, 4], solver=lambda sample: 1 // (sample.input - 2))))


def test_accepted_figures_that_cannot_be_read_are_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "baselines").mkdir()
    (tmp_path / "baselines" / "proef.json").write_text("{")
    with pytest.raises(UsageError, match="accepted figures of proef cannot be read"):
        baselines.accepted(tmp_path, "proef", full=False)


# ------------------------------------------------------------------------------------------------- log


def test_a_log_holds_every_sample_and_what_made_the_figures(repository: Path) -> None:
    run_log = log.of_run([run(doubling([1, 2]))], full=False, seed=7, embedder="use", folder=repository / "evals")
    read = json.loads(run_log.to_json())
    assert (read["seed"], read["embedder"], read["model"], read["tokens"]) == (7, "use", "none", 0)
    assert {"rapporteur", "python", "commit", "dirty", "created"} <= read.keys()
    assert read["packages"]["numpy"]
    assert len(read["prompts"]["write_topic.v1"]) == 64
    assert [(s["id"], s["value"], s["why"]) for s in read["suites"][0]["samples"]] == [
        ("n1", 0.0, "it should be -1"),
        ("n2", 1.0, ""),
    ]


def test_outside_a_checkout_no_commit_is_made_up(tmp_path: Path) -> None:
    (tmp_path / "evals").mkdir()
    found = log.of_run([], full=False, seed=1, embedder="use", folder=tmp_path / "evals")
    assert (found.commit, found.dirty) == (None, None)


# ---------------------------------------------------------------------------------------------- metrics


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_wilson_interval_holds_its_share_and_stays_within_nought_and_one(counts: tuple[int, int]) -> None:
    right, n = counts
    found = metrics.wilson(right, n)
    assert 0 <= found.low <= right / n <= found.high + 1e-12 <= 1 + 1e-12
    more = metrics.wilson(right * 4, n * 4)
    assert more.high - more.low < found.high - found.low


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 5))
def test_a_bootstrap_interval_is_the_same_every_time_and_within_the_scores(values: list[float], seed: int) -> None:
    scored = [Scored(Sample(str(n), n), n, Score(v, "")) for n, v in enumerate(values)]
    first, again = metrics.bootstrap(metrics.mean, scored, seed), metrics.bootstrap(metrics.mean, scored, seed)
    assert first == again
    assert min(values) - 1e-9 <= first.low <= first.high <= max(values) + 1e-9


def test_ranking_metrics_are_those_of_the_textbook() -> None:
    assert metrics.ndcg([True, False, True], 2) == pytest.approx((1 + 0.5) / (1 + 0.6309), abs=1e-4)
    assert metrics.ndcg([True] * 20, 30) == 1.0
    assert metrics.ndcg([], 0) == 0.0
    assert metrics.recall([True, False, True], 4, 20) == 0.5
    assert metrics.recall([False, True], 1, 1) == 0.0
    assert metrics.average_precision([True, False, True]) == pytest.approx((1 + 2 / 3) / 2)
    assert metrics.f1(["a", "a", "b"], ["a", "b", "b"], "a") == pytest.approx(2 / 3)


@given(st.lists(st.integers(0, 10_000), unique=True, max_size=60), st.integers(1, 20))
def test_a_sample_of_a_large_set_is_the_same_in_any_order_and_all_of_it_in_full(items: list[int], most: int) -> None:
    drawn = GIVEN.some(items, most, str)
    assert len(drawn) == min(most, len(items))
    assert [item for item in items if item in set(drawn)] == drawn
    assert sorted(GIVEN.some(items[::-1], most, str)) == sorted(drawn)
    assert Given(Path(), None, full=True).some(items, most, str) == items


def test_what_was_looked_at_is_shown_on_one_line_in_words() -> None:
    assert shown(["kapper", ["a\nb", 2]]) == "kapper, a b, 2"
    assert shown(()) == "nothing"


def test_only_what_is_wrong_keeps_a_reason() -> None:
    assert judged(True, "x", "why") == Score(1.0, "x", "")
    assert judged(False, "x " * 400, "why").answer.endswith("…")
