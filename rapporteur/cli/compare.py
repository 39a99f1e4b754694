"""rapporteur eval compare: language models side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from rapporteur.cli.account import log_run
from rapporteur.cli.app import App, pass_app, plural, print_json, print_table, themes_as_stored
from rapporteur.errors import RapporteurError, ServiceFailed, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapporteur.config import Settings
    from rapporteur.evaluation.comparing import Compared, Planned
    from rapporteur.sources.embedding.interface import Embedder
    from rapporteur.sources.store import Store
    from rapporteur.writing.outline.template import ReportTemplate
    from rapporteur.writing.voices.asking import Asking
    from rapporteur.writing.voices.llm import LLMVoice


@click.command()
@click.option("--model", "models", metavar="NAME", multiple=True, required=True, help="openai:MODEL; give it twice.")
@click.option("--base-url", "urls", metavar="URL", multiple=True, help="Where the models are: once, or once for each.")
@click.option("--theme", "themes", multiple=True, callback=themes_as_stored)
@click.option("--judge", metavar="NAME", help="A model that marks the prose, 1 to 5. Never needed.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@pass_app
def compare(
    app: App, models: tuple[str, ...], urls: tuple[str, ...], themes: tuple[str, ...], judge: str | None, as_json: bool
) -> int:
    """Have several language models write the same outline: what was right, what it took, how it reads.

    Nothing is saved but the answers, which are not asked again, and a log of the run. Prices are those of the settings.
    A model that fails is told and the others are compared; exit code 3 then. A judge that fails gives no marks.

    \b
    rapporteur eval compare --model openai:gpt-4o-mini --model openai:gpt-4o --theme groen-en-buitenruimte
    rapporteur eval compare --model openai:a --base-url http://een/v1 --model openai:b --base-url http://twee/v1
    """
    from rapporteur import wiring
    from rapporteur.evaluation import comparing
    from rapporteur.writing import prompts
    from rapporteur.writing.outline.template import for_track

    settings = app.settings()
    endpoints = _endpoints(models, urls or (settings.base_url,))
    template = for_track(settings.track)
    rows = []
    failed: dict[str, str] = {}
    with wiring.store(settings) as store:
        embedder = wiring.corpus_embedder(settings, store)
        planned = [_planned(theme, store, embedder, template) for theme in themes or store.theme_names()]
        marking = None
        if judge:
            asked = _asking(replace(settings, model=judge), store)
            marking = comparing.judged_by(asked, wiring.mask(settings, store), lambda e: _tell("The judge", e))
        for model, address in endpoints:
            own = replace(settings, model=model, base_url=address)
            voices, shown = _voices(own, store, _asking(own, store)), str(own.printable()["base_url"])
            try:
                rows.append(comparing.compare(model, planned, voices, template, marking, shown))
            except ServiceFailed as error:
                _tell(model, error)
                failed[f"{model} {shown}".strip()] = error.what
    if as_json:
        print_json([asdict(row) for row in rows])
    elif rows:
        _print(rows)
    _print_what_was_kept(rows)
    if judge:
        _print_what_was_not_marked(rows)
    used = {
        "themes": [plan.theme for plan in planned],
        "judge": judge,
        "models": [asdict(row) for row in rows],
        "failed": failed,
        "prompts": prompts.digests(),
    }
    log_run(settings, "eval-compare", used)
    return ServiceFailed.exit_code if failed else 0


def _planned(theme: str, store: Store, embedder: Embedder, template: ReportTemplate) -> Planned:
    """A theme as every model gets it."""
    from rapporteur.evaluation.comparing import Planned
    from rapporteur.pipeline.drafting import plan_theme

    outline, facts = plan_theme(theme, store=store, embedder=embedder, template=template)
    return Planned(theme, outline, facts)


def _endpoints(models: Sequence[str], urls: Sequence[str]) -> list[tuple[str, str]]:
    """Each model with its address. Raises: UsageError where they do not fit, or one is there twice."""
    if len(urls) not in (1, len(models)):
        raise UsageError(f"There are {len(models)} models and {len(urls)} addresses.", hint="Give --base-url for each.")
    found = [(model, urls[number % len(urls)]) for number, model in enumerate(models)]
    if twice := [model for number, (model, _) in enumerate(found) if found[number] in found[:number]]:
        raise UsageError(
            f"The model '{twice[0]}' was given twice.", hint="Answers are kept: it would not be asked again."
        )
    return found


def _tell(who: str, error: RapporteurError) -> None:
    click.echo(f"{who} failed: {error.what} {error.hint}", err=True)


def _print_what_was_kept(rows: Sequence[Compared]) -> None:
    for row in rows:
        if row.kept:
            told = "their tokens, euros and seconds do not count here"
            click.echo(f"{row.model}: {row.kept} answers were kept from before; {told}.", err=True)


def _print_what_was_not_marked(rows: Sequence[Compared]) -> None:
    for row in rows:
        if missing := row.topics - row.marked:
            told = f"no usable mark for {missing} of {plural(row.topics, 'topic', 'topics')}"
            click.echo(f"{row.model}: the judge gave {told}.", err=True)


def _asking(settings: Settings, store: Store) -> Asking:
    """What asks the model of these settings. Raises: UsageError for 'none'."""
    from rapporteur import wiring
    from rapporteur.progress import SILENT

    asking = wiring.asking(settings, store, SILENT)
    if asking is None:
        raise UsageError("'none' is no model that can be compared.", hint="Write openai:MODEL.")
    return asking


def _voices(settings: Settings, store: Store, asking: Asking) -> Callable[[str], LLMVoice]:
    """Makes the voice of one model for a theme."""
    from rapporteur import wiring
    from rapporteur.writing.voices.llm import LLMVoice

    def voice_of(theme: str) -> LLMVoice:
        return LLMVoice(asking, wiring.mask(settings, store, theme), theme)

    return voice_of


def _print(rows: Sequence[Compared]) -> None:
    headings = "model pieces corrected fallbacks calls kept tokens euros seconds words/sentence ease judge".split()
    several = len({row.model for row in rows}) < len(rows)
    print_table(
        headings,
        [
            [
                f"{row.model} ({row.address})" if several else row.model,
                *map(str, (row.pieces, row.corrected, row.fallbacks, row.calls, row.kept, row.tokens)),
                "" if row.cost is None else f"{row.cost:.4f}",
                *map(str, (row.seconds, row.words, row.ease)),
                "" if row.judged is None else f"{row.judged:.2f} (n = {row.marked})",
            ]
            for row in rows
        ],
        right=range(1, len(headings)),
    )
