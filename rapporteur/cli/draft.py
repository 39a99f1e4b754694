"""rapporteur draft: write a first report of a theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import click

from rapporteur.cli.account import anonymise_option, asked, euros, fallbacks_of, log_run, print_spent
from rapporteur.cli.app import App, ConsoleProgress, pass_app, print_json, print_table, themes_as_stored, write_report
from rapporteur.errors import IndexMissing, OutputUnwritable, RapporteurError, ServiceFailed, UsageError

if TYPE_CHECKING:
    from rapporteur.config import Settings
    from rapporteur.pipeline.drafting import Draft
    from rapporteur.sources.store import Store
    from rapporteur.writing.export.interface import Exporter
    from rapporteur.writing.voices.asking import Asking
    from rapporteur.writing.voices.extractive import ExtractiveVoice
    from rapporteur.writing.voices.llm import Estimate, LLMVoice


@dataclass(frozen=True, slots=True)
class _Written:
    """A theme that was drafted, and the file it is in."""

    draft: Draft
    target: Path
    voice: ExtractiveVoice | LLMVoice


@click.command()
@click.argument("themes", metavar="[THEME]...", nargs=-1, callback=themes_as_stored)
@click.option("--all", "all_themes", is_flag=True, help="Draft every theme of the corpus.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where to write it: .docx, .md, .html or .json. For several themes a folder.",
)
@click.option("--model", metavar="NAME", help="Who writes: none, or openai:MODEL. Overrides the settings.")
@click.option("--dry-run", is_flag=True, help="Say what a language model would be asked, and ask nothing.")
@anonymise_option
@click.option("--ledger", is_flag=True, help="Add a page of what was not used, and print it.")
@click.option("--json", "as_json", is_flag=True, help="Print what was drafted as JSON; a list for several themes.")
@pass_app
def draft(
    app: App,
    themes: tuple[str, ...],
    all_themes: bool,
    output: Path | None,
    model: str | None,
    dry_run: bool,
    anonymise: str | None,
    ledger: bool,
    as_json: bool,
) -> None:
    """Draft all sections of a theme's report, save it as a revision and write it as a Word file.

    Prints the topics of each section with their quotes and support. With a model in the settings it writes the prose;
    what it was asked and answered is kept, so that a run that was stopped goes on where it was. Several themes are
    drafted side by side, under one budget.

    \b
    rapporteur draft ontmoeten-in-de-buurt
    rapporteur draft ontmoeten-in-de-buurt -o concept.docx
    rapporteur draft ontmoeten-in-de-buurt --ledger
    rapporteur draft ontmoeten-in-de-buurt --model openai:gpt-4o-mini --dry-run
    rapporteur draft --all -o concepten
    """
    from rapporteur import wiring
    from rapporteur.pipeline import drafting
    from rapporteur.writing.export.registry import exporter_for

    settings = app.settings(model=model, anonymise=anonymise)
    progress = ConsoleProgress()
    with wiring.store(settings) as store:
        wanted = _wanted(themes, all_themes, store)
        store.require_writable()
        targets = _targets(wanted, output)
        exporters = {theme: exporter_for(target, settings.house_style_file) for theme, target in targets.items()}
        for target in targets.values():
            wiring.check_output(target, settings, store)
        asking = wiring.asking(settings, store, progress)
        work = _Work(settings, store, asking, ledger, progress)
        if dry_run:
            _print_estimate([work.estimate(theme) for theme in wanted] if asking else [], settings)
            return
        at_once = len(wanted) if asking else 1
        done = drafting.draft_side_by_side(
            wanted, lambda theme: work.write(theme, targets[theme], exporters[theme]), at_once=at_once
        )
    progress.finish()
    written = [each for each in done if isinstance(each, _Written)]
    if asking:
        print_spent(asking.answers, _unwritten(written))
    _print_done(written, as_json=as_json, several=len(wanted) > 1, ledger=ledger)
    _raise_failures(wanted, done)


def _wanted(themes: Sequence[str], all_themes: bool, store: Store) -> list[str]:
    if all_themes == bool(themes):
        raise UsageError("Name the themes to draft, or give --all.", hint="`rapporteur themes` lists them.")
    wanted = list(store.theme_names()) if all_themes else list(dict.fromkeys(themes))
    for theme in wanted:
        store.require_theme(theme)
    if not wanted:
        raise IndexMissing("Nothing has been indexed yet: the corpus is empty.")
    return wanted


def _targets(themes: Sequence[str], output: Path | None) -> dict[str, Path]:
    """The file of each theme; a folder for several is made. Raises: UsageError for a file where a folder is needed."""
    if len(themes) == 1 and output is not None and (output.suffix or not output.is_dir()):
        return {themes[0]: output}
    if output is not None and output.suffix and not output.is_dir():
        raise UsageError(f"Several themes do not go into one file, {output}.", hint="Give a folder with -o.")
    if output is not None and output.parent.is_dir():
        output.mkdir(exist_ok=True)
    return {theme: (output or Path()) / f"{theme}.docx" for theme in themes}


def _raise_failures(themes: Sequence[str], done: Sequence[_Written | RapporteurError]) -> None:
    """Raises: the first error, once the others are told."""
    failed = [(theme, each) for theme, each in zip(themes, done, strict=True) if isinstance(each, RapporteurError)]
    for theme, error in failed[1:]:
        click.echo(f"{theme} was not drafted: {error.what}", err=True)
    if failed:
        raise failed[0][1]


@dataclass(frozen=True, slots=True)
class _Work:
    """What drafting the themes of one run shares."""

    settings: Settings
    store: Store
    asking: Asking | None
    ledger: bool
    progress: ConsoleProgress
    turn: Lock = field(default_factory=Lock)

    def write(self, theme: str, target: Path, exporter: Exporter) -> _Written:
        """Draft a theme, save it, log it and write its file."""
        from rapporteur import wiring
        from rapporteur.pipeline import drafting
        from rapporteur.writing.outline.template import for_track

        embedder = wiring.corpus_embedder(self.settings, self.store)
        voice = wiring.voice(self.settings, self.store, theme, self.asking)
        try:
            drafted = drafting.draft_report(
                theme,
                store=self.store,
                embedder=embedder,
                template=for_track(self.settings.track),
                voice=voice,
                programme=self.settings.programme,
                author=self.settings.author,
                with_ledger=self.ledger,
                progress=self.progress,
                turn=self.turn,
            )
        except ServiceFailed as error:
            log_run(self.settings, "draft", {"theme": theme, "failed": error.what, **asked(self.settings, voice)})
            raise
        log_run(self.settings, "draft", _used(drafted, embedder.name) | asked(self.settings, voice))
        rendered = drafting.render_report(drafted.revision, self.store)
        try:
            write_report(target, exporter.to_bytes(rendered), self.store)
        except OutputUnwritable as error:
            error.hint = f"The draft is saved: write it elsewhere with `rapporteur export {theme} -o FILE`."
            raise
        return _Written(drafted, target, voice)

    def estimate(self, theme: str) -> Estimate:
        from rapporteur import wiring
        from rapporteur.pipeline import drafting
        from rapporteur.writing.outline.template import for_track
        from rapporteur.writing.voices.llm import LLMVoice

        voice = wiring.voice(self.settings, self.store, theme, self.asking)
        assert isinstance(voice, LLMVoice)  # noqa: S101 - there is something to ask
        embedder = wiring.corpus_embedder(self.settings, self.store)
        template = for_track(self.settings.track)
        return drafting.estimate_draft(theme, store=self.store, embedder=embedder, template=template, voice=voice)


def _print_done(written: Sequence[_Written], *, as_json: bool, several: bool, ledger: bool) -> None:
    if as_json:
        found = [_as_json(each.draft, each.target) for each in written]
        if found:
            print_json(found if several else found[0])
        return
    for each in written:
        revision = each.draft.revision
        if several:
            click.echo(f"\n{revision.theme}")
        _print(each.draft)
        if ledger:
            _print_unused(each.draft)
        click.echo(f"Saved as revision {revision.number} of {revision.theme}; written to {each.target}.", err=True)


def _used(drafted: Draft, embedder: str) -> dict[str, object]:
    revision = drafted.revision
    return {
        "theme": revision.theme,
        "revision": revision.number,
        "voice": revision.report.voice,
        "embedder": embedder,
        "corpus": revision.report.corpus_fingerprint,
    }


def _print_estimate(estimates: Sequence[Estimate], settings: Settings) -> None:
    from rapporteur import wiring

    if not estimates:
        click.echo("No language model is set: drafting makes no call.")
        return
    calls, kept = sum(e.calls for e in estimates), sum(e.kept for e in estimates)
    tokens_in, tokens_out = sum(e.prompt_tokens for e in estimates), sum(e.completion_tokens for e in estimates)
    cost = wiring.prices(settings).of(tokens_in, tokens_out)
    click.echo(
        f"About {calls} calls, {tokens_in} tokens in and {tokens_out} out{euros(cost)}; "
        f"{kept} answers are there already. Corrections come on top."
    )
    if settings.max_tokens and tokens_in + tokens_out > settings.max_tokens:
        click.echo(f"That passes `max_tokens` ({settings.max_tokens}): the run would stop before it is done.")
    if settings.max_cost and (cost or 0.0) > settings.max_cost:
        click.echo(f"That passes `max_cost` (€ {settings.max_cost:g}): the run would stop before it is done.")


def _unwritten(written: Sequence[_Written]) -> dict[str, str]:
    """The pieces that the model did not get right, and why; of several themes with their theme."""
    return {
        f"{each.draft.revision.theme}, {block}" if len(written) > 1 else block: why
        for each in written
        for block, why in sorted(fallbacks_of(each.voice).items())
    }


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
