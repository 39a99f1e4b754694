"""rapporteur eval: how we know that it works."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app
from rapporteur.cli.compare import compare
from rapporteur.cli.publication import publication
from rapporteur.errors import UsageError

if TYPE_CHECKING:
    from rapporteur.evaluation.log import EvalLog, Figure, SuiteLog

FELL_SHORT = 1


class _Evals(click.Group):
    """`eval` with names of suites, or with a command of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = args and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if own else ["suites", *args])


@click.group("eval", cls=_Evals)
def evaluate() -> None:
    """How we know that it works: the suites, the gate before publication, and models side by side.

    Names of suites may stand right behind `eval`.

    \b
    rapporteur eval
    rapporteur eval quote_provenance privacy --report uitslag.json
    rapporteur eval publication ontmoeten.docx
    rapporteur eval compare --model openai:gpt-4o-mini --model openai:gpt-4o
    """


@evaluate.command("suites")
@click.argument("suites", metavar="[SUITE]…", nargs=-1)
@click.option("--list", "only_list", is_flag=True, help="Say what each suite asks, and run none.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE.json", help="Write every figure and sample.")
@click.option("--baseline", is_flag=True, help="Accept the figures of this run: a later one may not fall below them.")
@click.option("--full", is_flag=True, help="Take all samples of large sets, and unseen themes; takes minutes.")
@pass_app
def run_suites(
    app: App, suites: Sequence[str], only_list: bool, report: Path | None, baseline: bool, full: bool
) -> int:
    """Measure how well it works: figures with their intervals beside the accepted ones, and the worst samples.

    Needs no network and no model. Exit code 1 when a figure fell short, or nothing was evaluated.

    \b
    rapporteur eval
    rapporteur eval quote_provenance privacy --report uitslag.json
    rapporteur eval --list
    """
    from rapporteur.evaluation import suites as found

    place = found.folder()
    names = found.chosen(suites, place)
    if only_list:
        for name in names:
            click.echo(f"{name:<18} {found.question(name, place)}")
        return 0
    if baseline and not found.in_a_checkout(place):
        raise UsageError(
            "Figures can only be accepted in a checkout of rapporteur, where its baselines are kept.",
            where=str(place),
            hint="Leave --baseline out; --report FILE.json keeps the figures of this run.",
        )
    log = _run(app, names, place, report=report, baseline=baseline, full=full)
    _print_summary(log)
    return FELL_SHORT if log.red else 0


def _run(app: App, names: Sequence[str], place: Path, *, report: Path | None, baseline: bool, full: bool) -> EvalLog:
    """Run the suites one by one, print each when it is done, and keep the log."""
    from rapporteur import runlog
    from rapporteur.evaluation import baselines, log, running
    from rapporteur.evaluation import suites as found
    from rapporteur.files import check_writable, write_atomically

    if report:
        check_writable(report)
    settings = app.settings()
    given = found.given(place, full=full)
    done = []
    for name in names:
        suite = running.run_suite(name, found.load(name, place), given)
        if baseline and suite.figures:
            baselines.accept(place, suite, full=full)
        suite = baselines.beside(suite, baselines.accepted(place, name, full=full))
        _print_suite(suite)
        done.append(suite)
    run = log.of_run(done, full=full, seed=given.seed, embedder=given.embedder, folder=place)
    if report:
        write_atomically(report, run.to_json().encode())
    runlog.write(settings, "eval", run.as_dict())
    return run


def _print_suite(suite: SuiteLog) -> None:
    click.echo(f"{suite.name}  ({suite.seconds:.0f} s)")
    for figure in suite.figures:
        click.echo(f"  {_row(figure)}")
    _print_worst(suite)
    for reason in suite.skipped:
        click.echo(f"  skipped, {reason}")
    for fault in suite.wrong:
        click.echo(f"  RED: {fault}")


def _print_worst(suite: SuiteLog) -> None:
    """The lowest samples of each figure with their reasons; one that several figures count is told once."""
    logged = {sample.id: sample for sample in suite.samples}
    told: set[str] = set()
    for figure in suite.figures:
        for sample in (logged[name] for name in figure.worst if name not in told):
            told.add(sample.id)
            value = sample.value if isinstance(sample.value, str) else f"{sample.value:.2f}"
            click.echo(f"    {value}  {sample.id}: {sample.why} | {sample.answer}")


def _row(figure: Figure) -> str:
    """Name, value, n, 95 % interval, baseline, and what is wrong."""
    if figure.value is None:
        return f"{figure.name:<44} {'–':>7}  n = 0{_unscored(figure)}  RED: {figure.wrong}"
    accepted = "no baseline" if figure.baseline is None else f"accepted {figure.baseline:.3f}"
    within = f"[{figure.low:.3f}, {figure.high:.3f}] {figure.interval}"
    wrong = f"  RED: {figure.wrong}" if figure.wrong else ""
    return f"{figure.name:<44} {figure.value:7.3f}  n = {figure.n:<6} {within}  {accepted}{_unscored(figure)}{wrong}"


def _unscored(figure: Figure) -> str:
    return f"  {figure.unscored} could not be scored" if figure.unscored else ""


def _print_summary(log: EvalLog) -> None:
    from rapporteur.evaluation.baselines import fallen

    seconds = sum(suite.seconds for suite in log.suites)
    if not log.evaluated:
        click.echo("Nothing was evaluated.", err=True)
    for suite, figure in fallen(log.suites):
        click.echo(f"RED: {suite}, {figure.name}: {figure.wrong}.", err=True)
    verdict = "red" if log.red else "green"
    click.echo(f"{len(log.suites)} suites, {verdict}, {seconds:.0f} s.", err=True)


evaluate.add_command(publication)
evaluate.add_command(compare)
