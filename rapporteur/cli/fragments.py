"""rapporteur fragments: every fragment of a theme and what the outline thinks of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import (
    App,
    csv_option,
    pass_app,
    percentages,
    print_json,
    said_by,
    section_option,
    theme_as_stored,
    write_csv,
)

if TYPE_CHECKING:
    from rapporteur.types import Judgement


@click.command()
@click.argument("theme", callback=theme_as_stored)
@section_option("Only fragments of this section, or none.", "none")
@click.option("--json", "as_json", is_flag=True, help="Print the fragments as JSON.")
@click.option("--explain", is_flag=True, help="Say why each fragment is where it is.")
@csv_option
@pass_app
def fragments(app: App, theme: str, section: str | None, as_json: bool, explain: bool, csv_file: Path | None) -> None:
    """List every fragment of a theme: where it stands, its section and scores, why it was left out.

    \b
    rapporteur fragments ontmoeten-in-de-buurt --section knel
    rapporteur fragments ontmoeten-in-de-buurt --json
    rapporteur fragments ontmoeten-in-de-buurt --csv fragmenten.csv
    """
    from rapporteur import wiring
    from rapporteur.pipeline import judging
    from rapporteur.writing.outline.template import for_track

    settings = app.settings()
    with wiring.store(settings) as store:
        embedder = wiring.corpus_embedder(settings, store)
        corpus = judging.load_theme(theme, store, embedder)
        judged = judging.judge_theme(corpus, for_track(settings.track), store, embedder)
    if section:
        judged = tuple(j for j in judged if (j.section or "none") == section)
    if csv_file:
        write_csv(csv_file, _COLUMNS, [_as_row(j) for j in judged])
    if as_json:
        print_json({"fragments": [_as_json(j) for j in judged]})
    elif not csv_file:
        for judgement in judged:
            _print(judgement, explain=explain)


_COLUMNS = ("id", "dialogue", "role", "round", "section", "quotability %", "left out", "text", "stands in")


def _as_row(judgement: Judgement) -> tuple[str | int | None, ...]:
    """Quotability as a whole number: a decimal point is a date to Dutch Excel."""
    fragment = judgement.fragment
    return (
        fragment.id,
        fragment.dialogue,
        fragment.role,
        fragment.round,
        judgement.section,
        round(100 * judgement.quotability),
        judgement.left_out,
        fragment.text,
        str(fragment.locator) if fragment.locator else None,
    )


def _as_json(judgement: Judgement) -> dict[str, object]:
    fragment = judgement.fragment
    return {
        "id": fragment.id,
        "text": fragment.text,
        "role": fragment.role,
        "dialogue": fragment.dialogue,
        "round": fragment.round,
        "record": fragment.record,
        "turn": fragment.turn,
        "locator": str(fragment.locator) if fragment.locator else None,
        "section": judgement.section,
        "sections": dict(judgement.sections),
        "quotability": judgement.quotability,
        "left_out": judgement.left_out,
        "why": list(judgement.why),
    }


def _print(judgement: Judgement, *, explain: bool) -> None:
    fragment = judgement.fragment
    click.echo(f"{fragment.id}  ({said_by(fragment)}, round {fragment.round or 'unknown'})")
    click.echo(f"  {fragment.text}")
    click.echo(f"  section: {judgement.section or 'none'}; quotability {judgement.quotability:.2f}")
    if judgement.left_out:
        click.echo(f"  left out: {judgement.left_out}")
    if explain:
        click.echo(f"  scores: {percentages(judgement.sections)}")
        click.echo(f"  why: {'; '.join(judgement.why)}")
        click.echo(f"  stands in: {fragment.locator or fragment.record}")
