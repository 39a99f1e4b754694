"""rapporteur eval: how we know that it works."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.account import log_run
from rapporteur.cli.app import App, pass_app, plural, print_json
from rapporteur.cli.compare import compare
from rapporteur.cli.publication import publication
from rapporteur.errors import UsageError

if TYPE_CHECKING:
    from rapporteur.evaluation.log import EvalLog, Figure, SuiteLog

FELL_SHORT = 1
_DEFAULT = "suites"


class _Evals(click.Group):
    """`eval` with names of suites and options of `suites`, or with a command of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = args and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if own else [_DEFAULT, *args])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        options = (one for one in self.commands[_DEFAULT].params if isinstance(one, click.Option))
        told = (option.get_help_record(ctx) for option in options)
        with formatter.section(f"Options without a command, those of {_DEFAULT}"):
            formatter.write_dl([record for record in told if record])


@click.group("eval", cls=_Evals, subcommand_metavar="[SUITE]… | COMMAND [ARGS]…")
def evaluate() -> None:
    """How we know that it works: the suites, the gate before publication, and models side by side.

    Names of suites and options of `suites` may stand right behind `eval`.

    \b
    rapporteur eval
    rapporteur eval quote_provenance privacy --report uitslag.json
    rapporteur eval --list
    rapporteur eval publication ontmoeten.docx
    rapporteur eval compare --model openai:gpt-4o-mini --model openai:gpt-4o
    """


@evaluate.command(_DEFAULT)
@click.argument("suites", metavar="[SUITE]…", nargs=-1)
@click.option("--list", "only_list", is_flag=True, help="Say what each suite asks, and run none.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE.json", help="Write every figure and sample.")
@click.option("--baseline", is_flag=True, help="Accept the figures of this run: a later one may not fall below them.")
@click.option("--full", is_flag=True, help="Take all samples of large sets, and unseen themes; takes minutes.")
@click.option("--json", "as_json", is_flag=True, help="Print every figure and sample as JSON, as --report writes them.")
@pass_app
def run_suites(
    app: App,
    suites: Sequence[str],
    only_list: bool,
    report: Path | None,
    baseline: bool,
    full: bool,
    as_json: bool,
) -> int:
    """Measure how well it works: figures with their intervals beside the accepted ones, and the worst samples.

    Needs no network and no model. Exit code 1 when a figure fell short, something broke, or nothing was evaluated; then
    --baseline accepts nothing of that suite.

    \b
    rapporteur eval
    rapporteur eval quote_provenance privacy --report uitslag.json
    rapporteur eval --list
    """
    from rapporteur.evaluation import suites as found
    from rapporteur.files import check_writable, write_atomically

    place = found.folder()
    names = found.chosen(suites, place)
    if only_list:
        _print_questions({name: found.question(name, place) for name in names}, as_json=as_json)
        return 0
    if baseline and not found.in_a_checkout(place):
        raise UsageError(
            "Figures can only be accepted in a checkout of rapporteur, where its baselines are kept.",
            where=str(place),
            hint="Leave --baseline out; --report FILE.json keeps the figures of this run.",
        )
    if report:
        check_writable(report)
    log = _run(names, place, baseline=baseline, full=full, done=None if as_json else _print_suite)
    if report:
        write_atomically(report, log.to_json().encode())
    if as_json:
        print_json(log.as_dict())
    log_run(app.settings(), "eval", log.as_dict())
    _print_summary(log)
    return FELL_SHORT if log.red else 0


def _run(
    names: Sequence[str], place: Path, *, baseline: bool, full: bool, done: Callable[[SuiteLog], None] | None
) -> EvalLog:
    """Run the suites one by one; `done` is told of each."""
    from rapporteur.evaluation import baselines, log, running
    from rapporteur.evaluation import suites as found

    given = found.given(place, full=full)
    suites = []
    for name in names:
        suite = running.run_suite(name, found.load(name, place), given)
        if baseline and baselines.may_be_accepted(suite):
            baselines.accept(place, suite, full=full)
        suite = baselines.beside(suite, baselines.accepted(place, name, full=full))
        if done:
            done(suite)
        suites.append(suite)
    return log.of_run(suites, full=full, seed=given.seed, embedder=given.embedder, folder=place)


def _print_questions(questions: Mapping[str, str], *, as_json: bool) -> None:
    if as_json:
        print_json([{"suite": name, "question": question} for name, question in questions.items()])
        return
    for name, question in questions.items():
        click.echo(f"{name:<18} {question}")


def _print_suite(suite: SuiteLog) -> None:
    click.echo(f"{suite.name}  ({suite.seconds:.0f} s)")
    width = max((len(figure.name) for figure in suite.figures), default=0)
    for figure in suite.figures:
        click.echo(f"  {_row(figure, width)}")
    _print_worst(suite)
    for reason in suite.skipped:
        click.echo(f"  skipped, {reason}")
    for reason in suite.not_run:
        click.echo(f"  not run, {reason}")
    for fault in suite.wrong:
        click.echo(f"  RED: {fault}")


def _print_worst(suite: SuiteLog) -> None:
    """The lowest samples of each figure with their reasons; one that several figures count is told once."""
    logged = {sample.id: sample for sample in suite.samples}
    told: set[str] = set()
    for figure in suite.figures:
        for sample in (logged[name] for name in figure.worst if name not in told):
            told.add(sample.id)
            value = sample.value if isinstance(sample.value, str) else f"{sample.value:z.2f}"
            click.echo(f"    {value}  {sample.id}: {' | '.join(filter(None, (sample.why, sample.answer)))}")


def _row(figure: Figure, width: int) -> str:
    """Name, value, n, 95 % interval, baseline, and what is wrong."""
    if figure.value is None:
        return f"{figure.name:<{width}} {'–':>7}  n = 0{_unscored(figure)}  RED: {figure.wrong}"
    accepted = "no baseline" if figure.baseline is None else f"accepted {figure.baseline:.3f}"
    within = f"95 % [{figure.low:z.3f}, {figure.high:z.3f}] {figure.interval}"
    wrong = f"  RED: {figure.wrong}" if figure.wrong else ""
    name, value = f"{figure.name:<{width}}", f"{figure.value:z7.3f}"
    return f"{name} {value}  n = {figure.n:<6} {within}  {accepted}{_unscored(figure)}{wrong}"


def _unscored(figure: Figure) -> str:
    return f"  {figure.unscored} could not be scored" if figure.unscored else ""


def _print_summary(log: EvalLog) -> None:
    from rapporteur.evaluation.baselines import fallen

    seconds = sum(suite.seconds for suite in log.suites)
    if not log.evaluated:
        click.echo("Nothing was evaluated.", err=True)
    for broken in log.suites:
        for fault in broken.wrong:
            click.echo(f"RED: {broken.name}, {fault}.", err=True)
    for suite, figure in fallen(log.suites):
        click.echo(f"RED: {suite}, {figure.name}: {figure.wrong}.", err=True)
    verdict = "red" if log.red else "green"
    click.echo(f"{plural(len(log.suites), 'suite', 'suites')}, {verdict}, {seconds:.0f} s.", err=True)


evaluate.add_command(publication)
evaluate.add_command(compare)
