"""rapporteur draft: write a first report of a theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, ConsoleProgress, pass_app, print_json, print_table, theme_as_stored
from rapporteur.errors import OutputUnwritable

if TYPE_CHECKING:
    from rapporteur.config import Settings
    from rapporteur.pipeline.drafting import Draft
    from rapporteur.writing.voices.llm import Estimate, LLMVoice


@click.command()
@click.argument("theme", callback=theme_as_stored)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it: .docx, .md, .html or .json.")
@click.option("--model", metavar="NAME", help="Who writes: none, or openai:MODEL. Overrides the settings.")
@click.option("--dry-run", is_flag=True, help="Say what a language model would be asked, and ask nothing.")
@click.option("--ledger", is_flag=True, help="Add a page of what was not used, and print it.")
@click.option("--json", "as_json", is_flag=True, help="Print what was drafted as JSON.")
@pass_app
def draft(
    app: App, theme: str, output: Path | None, model: str | None, dry_run: bool, ledger: bool, as_json: bool
) -> None:
    """Draft all sections of a theme's report, save it as a revision and write it as a Word file.

    Prints the topics of each section with their quotes and support. With a model in the settings it writes the prose;
    what it was asked and answered is kept, so that a run that was stopped goes on where it was.

    \b
    rapporteur draft ontmoeten-in-de-buurt
    rapporteur draft ontmoeten-in-de-buurt -o concept.docx
    rapporteur draft ontmoeten-in-de-buurt --ledger
    rapporteur draft ontmoeten-in-de-buurt --model openai:gpt-4o-mini --dry-run
    """
    from rapporteur import wiring
    from rapporteur.files import check_writable, write_atomically
    from rapporteur.pipeline import drafting
    from rapporteur.writing.export.registry import exporter_for
    from rapporteur.writing.outline.template import for_track
    from rapporteur.writing.voices.extractive import ExtractiveVoice

    settings = app.settings(model=model)
    target = output or Path(f"{theme}.docx")
    with wiring.store(settings) as store:
        store.require_theme(theme)
        store.require_writable()
        exporter = exporter_for(target, settings.house_style_file)
        check_writable(target)
        embedder = wiring.corpus_embedder(settings, store)
        template = for_track(settings.track)
        voice = wiring.voice(settings, store, theme, ConsoleProgress())
        if dry_run:
            _print_estimate(
                None
                if isinstance(voice, ExtractiveVoice)
                else drafting.estimate_draft(theme, store=store, embedder=embedder, template=template, voice=voice)
            )
            return
        drafted = drafting.draft_report(
            theme,
            store=store,
            embedder=embedder,
            template=template,
            voice=voice,
            programme=settings.programme,
            author=settings.author,
            with_ledger=ledger,
            progress=ConsoleProgress(),
        )
        rendered = drafting.render_report(drafted.revision, store)
    try:
        write_atomically(target, exporter.to_bytes(rendered))
    except OutputUnwritable as error:
        error.hint = f"The draft is saved: write it elsewhere with `rapporteur export {theme} -o FILE`."
        raise
    _log(settings, drafted, embedder.name)
    if not isinstance(voice, ExtractiveVoice):
        _print_spent(voice)
    if as_json:
        print_json(_as_json(drafted, target))
    else:
        _print(drafted)
        if ledger:
            _print_unused(drafted)
        click.echo(f"Saved as revision {drafted.revision.number} of {theme}; written to {target}.", err=True)


def _log(settings: Settings, drafted: Draft, embedder: str) -> None:
    """Note what this run used. The report is there by now, so that a log that cannot be written is only said."""
    from rapporteur import runlog

    revision = drafted.revision
    used = {
        "theme": revision.theme,
        "revision": revision.number,
        "voice": revision.report.voice,
        "embedder": embedder,
        "corpus": revision.report.corpus_fingerprint,
    }
    try:
        runlog.write(settings, "draft", used)
    except OutputUnwritable as error:
        click.echo(f"The log of this run could not be written: {error.what}", err=True)


def _print_estimate(estimate: Estimate | None) -> None:
    if estimate is None:
        click.echo("No language model is set: drafting makes no call.")
        return
    click.echo(
        f"About {estimate.calls} calls, {estimate.prompt_tokens} tokens in and {estimate.completion_tokens} out; "
        f"{estimate.kept} answers are there already. Corrections come on top."
    )


def _print_spent(voice: LLMVoice) -> None:
    spent = voice.answers.spent
    click.echo(
        f"{spent.calls} calls to {voice.answers.model}, {spent.prompt_tokens} tokens in and "
        f"{spent.completion_tokens} out; "
        f"{spent.kept} answers were kept from before.",
        err=True,
    )
    for block, why in sorted(voice.fallbacks.items()):
        click.echo(f"  {block} is written without the model: {why}", err=True)


def _print(drafted: Draft) -> None:
    rows = []
    for key, topics in drafted.outline.topics.items():
        for topic in topics:
            where = ", ".join(map(str, topic.support.dialogues)) or "unknown"
            rows.append([key, topic.title, str(len(topic.quotes)), str(topic.support.people), where])
        if not topics:
            rows.append([key, "(no topics)", "0", "0", ""])
    print_table(["section", "topic", "quotes", "people", "dialogues"], rows, right=(2, 3))


def _print_unused(drafted: Draft) -> None:
    rows = [
        [
            "unknown" if row.dialogue is None else str(row.dialogue),
            row.section,
            str(row.quoted),
            str(len(row.fragments)),
        ]
        for row in drafted.unused
    ]
    click.echo()
    print_table(["dialogue", "section", "quoted", "not used"], rows, right=(2, 3))


def _as_json(drafted: Draft, target: Path) -> dict[str, object]:
    return {
        "theme": drafted.revision.theme,
        "revision": drafted.revision.number,
        "voice": drafted.revision.report.voice,
        "file": str(target),
        "sections": {
            key: [
                {
                    "title": topic.title,
                    "people": topic.support.people,
                    "dialogues": list(topic.support.dialogues),
                    "fragments": list(topic.fragments),
                    "quotes": [quote.fragment for quote in topic.quotes],
                }
                for topic in topics
            ]
            for key, topics in drafted.outline.topics.items()
        },
        "unused": [
            {
                "dialogue": row.dialogue,
                "section": row.section,
                "quoted": row.quoted,
                "fragments": [fragment.id for fragment in row.fragments],
            }
            for row in drafted.unused
        ],
    }
