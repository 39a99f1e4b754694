"""rapporteur redraft: write one section or topic of a report anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.account import anonymise_option, asked, fallbacks_of, log_run, print_spent
from rapporteur.cli.app import App, ConsoleProgress, pass_app, plural, print_json, theme_as_stored, write_report
from rapporteur.errors import Conflict, ServiceFailed

if TYPE_CHECKING:
    from rapporteur.pipeline.redrafting import Redraft


@click.command()
@click.argument("theme", callback=theme_as_stored)
@click.argument("section")
@click.option("--topic", metavar="TOPIC", default="", help="Only this topic: its id (knel-2) or its title.")
@click.option("--instruct", metavar="TEXT", default="", help="What you want, in Dutch: 'minder over X, meer van Y'.")
@click.option("--keep", metavar="QUOTE", multiple=True, help="A quote that must stay: its id, bookmark or fragment.")
@click.option("--drop", metavar="QUOTE", multiple=True, help="A quote that must go, for good.")
@click.option("--seed", type=int, help="Another choice among what is nearly equal; the same one for the same number.")
@click.option("--model", metavar="NAME", help="Who writes: none, or openai:MODEL. Overrides the settings.")
@anonymise_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Export at once: .docx, .md, .html or .json.")
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@pass_app
def redraft(
    app: App,
    theme: str,
    section: str,
    topic: str,
    instruct: str,
    keep: tuple[str, ...],
    drop: tuple[str, ...],
    seed: int | None,
    model: str | None,
    anonymise: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Write one section of a report anew, or one topic of it, as a new revision; all else stays as it is.

    Sections are knel, kiem, dromen, ideeen and procesobservaties. A quote is named as its block (knel-2-c1), as its
    bookmark in the Word file (rq_knel_2_c1) or as its fragment. A dropped quote does not come back, until you keep it.

    \b
    rapporteur redraft ontmoeten-in-de-buurt knel --instruct "minder over de buurtapp, meer van jongeren"
    rapporteur redraft ontmoeten-in-de-buurt knel --topic knel-2 --drop knel-2-c1
    rapporteur redraft ontmoeten-in-de-buurt dromen --seed 3 -o concept.docx
    """
    from rapporteur import wiring
    from rapporteur.pipeline import drafting, redrafting
    from rapporteur.pipeline.redraft.request import Asked
    from rapporteur.writing.export.registry import exporter_for
    from rapporteur.writing.outline.template import for_track

    settings = app.settings(model=model, anonymise=anonymise)
    exporter = exporter_for(output, settings.house_style_file) if output else None
    progress = ConsoleProgress()
    with wiring.store(settings) as store:
        store.require_theme(theme)
        store.require_writable()
        if output:
            wiring.check_output(output, settings, store)
        asking = wiring.asking(settings, store, progress)
        voice = wiring.voice(settings, store, theme, asking, instruct)
        embedder = wiring.corpus_embedder(settings, store)
        used: dict[str, object] = {"theme": theme, "part": topic or section, "embedder": embedder.name}
        try:
            result = redrafting.redraft_section(
                drafting.last_revision(theme, store),
                section,
                Asked(topic, instruct, keep, drop, seed),
                store=store,
                embedder=embedder,
                template=for_track(settings.track),
                voice=voice,
                programme=settings.programme,
                author=settings.author,
                progress=progress,
            )
            used |= _used(result)
        except (ServiceFailed, Conflict) as error:
            used["failed"] = error.what
            raise
        finally:
            progress.finish()
            if used.keys() & {"base", "failed"}:
                log_run(settings, "redraft", used | asked(settings, voice))
            if asking and asking.answers.spent.calls + asking.answers.spent.kept:
                print_spent(asking.answers, fallbacks_of(voice))
        if output and exporter:
            rendered = drafting.render_report(result.revision or result.base, store)
            write_report(output, exporter.to_bytes(rendered), store)
    if as_json:
        print_json(_as_json(result, output))
    else:
        _print(result, theme, section)
    if output:
        click.echo(f"Written to {output}.", err=True)


def _used(result: Redraft) -> dict[str, object]:
    """What the log says of a redraft; `revision` is None where nothing came out differently."""
    return {
        "base": result.base.number,
        "revision": result.revision.number if result.revision else None,
        "voice": result.report.voice,
        "corpus": result.report.corpus_fingerprint,
    }


def _print(result: Redraft, theme: str, section: str) -> None:
    """What changed, what followed, what was left, and where the text that was replaced can be found."""
    if result.revision is None:
        click.echo(f"Nothing came out differently: {section} stays as it is in revision {result.base.number}.")
    else:
        click.echo(f"Revision {result.revision.number} of {theme}, from revision {result.base.number}.")
        for label, ids in (
            ("new or different", result.changed),
            ("gone", result.gone),
            ("brought in line", result.recomputed),
        ):
            if ids:
                click.echo(f"  {label}: {', '.join(ids)}")
        if result.replaced:
            many = plural(len(result.replaced), "paragraph or quote", "paragraphs and quotes")
            click.echo(
                f"  {many} by an editor made way ({', '.join(result.replaced)}); "
                f"they stand in revision {result.base.number}."
            )
    for note in (*result.left, *result.notes):
        click.echo(f"  note: {note}.", err=True)


def _as_json(result: Redraft, output: Path | None) -> dict[str, object]:
    return {
        "theme": result.base.theme,
        "base": result.base.number,
        "revision": result.revision.number if result.revision else None,
        "voice": result.report.voice,
        "changed": list(result.changed),
        "gone": list(result.gone),
        "recomputed": list(result.recomputed),
        "replaced": list(result.replaced),
        "left": list(result.left),
        "notes": list(result.notes),
        "dropped": list(result.report.dropped),
        "file": str(output) if output else None,
    }
