"""rapporteur eval compare: language models side by side."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, print_json, print_table, theme_as_stored
from rapporteur.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapporteur.config import Settings
    from rapporteur.evaluation.comparing import Compared
    from rapporteur.sources.store import Store
    from rapporteur.writing.voices.asking import Asking
    from rapporteur.writing.voices.llm import LLMVoice


@click.command()
@click.option("--model", "models", metavar="NAME", multiple=True, required=True, help="openai:MODEL; give it twice.")
@click.option("--base-url", "urls", metavar="URL", multiple=True, help="Where the models are: once, or once for each.")
@click.option("--theme", "themes", multiple=True, callback=lambda c, p, v: tuple(theme_as_stored(c, p, t) for t in v))
@click.option("--judge", metavar="NAME", help="A model that marks the prose, 1 to 5. Never needed.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@pass_app
def compare(
    app: App, models: tuple[str, ...], urls: tuple[str, ...], themes: tuple[str, ...], judge: str | None, as_json: bool
) -> None:
    """Have several language models write the same outline: what was right, what it took, how it reads.

    Nothing is saved but the answers, which are not asked again. Prices are those of the settings.

    \b
    rapporteur eval compare --model openai:gpt-4o-mini --model openai:gpt-4o --theme groen-en-buitenruimte
    rapporteur eval compare --model openai:a --base-url http://een/v1 --model openai:b --base-url http://twee/v1
    """
    from rapporteur import wiring
    from rapporteur.evaluation import comparing
    from rapporteur.pipeline.drafting import plan_theme
    from rapporteur.writing.outline.template import for_track

    if len(urls) not in (0, 1, len(models)):
        raise UsageError(f"There are {len(models)} models and {len(urls)} addresses.", hint="Give --base-url for each.")
    settings = app.settings()
    template = for_track(settings.track)
    rows = []
    with wiring.store(settings) as store:
        wanted = [theme for theme in themes if theme] or list(store.theme_names())
        embedder = wiring.corpus_embedder(settings, store)
        planned = []
        for theme in wanted:
            outline, facts = plan_theme(theme, store=store, embedder=embedder, template=template)
            planned.append(comparing.Planned(theme, outline, facts))
        marking = None
        if judge:
            marking = comparing.judged_by(_asking(replace(settings, model=judge), store), wiring.mask(settings, store))
        for number, model in enumerate(models):
            url = urls[number % len(urls)] if urls else settings.base_url
            own = replace(settings, model=model, base_url=url)
            voices = _voices(own, store, _asking(own, store))
            rows.append(comparing.compare(model, planned, voices, template, marking))
    if as_json:
        print_json([asdict(row) for row in rows])
    else:
        _print(rows)


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


def _print(rows: list[Compared]) -> None:
    headings = "model pieces corrected fallbacks calls kept tokens euros seconds words/sentence ease judge".split()
    print_table(
        headings,
        [
            [
                row.model,
                *map(str, (row.pieces, row.corrected, row.fallbacks, row.calls, row.kept, row.tokens)),
                "" if row.cost is None else f"{row.cost:.4f}",
                *map(str, (row.seconds, row.words, row.ease)),
                "" if row.judged is None else f"{row.judged:.2f}",
            ]
            for row in rows
        ],
        right=range(1, len(headings)),
    )
