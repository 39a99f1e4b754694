"""rapporteur search: the fragments nearest to a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, print_json, said_by, section_option, theme_as_stored

if TYPE_CHECKING:
    from rapporteur.types import Candidate


@click.command()
@click.argument("text")
@click.option("--theme", callback=theme_as_stored, help="Only in this theme.")
@click.option("--dialogue", type=int, help="Only in this dialogue.")
@click.option("--role", help="Only said by someone with this role.")
@section_option("Only what fits this section.")
@click.option("-n", "--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print the fragments as JSON.")
@pass_app
def search(
    app: App,
    text: str,
    theme: str | None,
    dialogue: int | None,
    role: str | None,
    section: str | None,
    top: int,
    as_json: bool,
) -> None:
    """Find the fragments nearest to a text, by meaning and by words.

    \b
    rapporteur search "geen plek voor jongeren"
    rapporteur search "rust" --theme ontmoeten-in-de-buurt --dialogue 2
    """
    from rapporteur import wiring
    from rapporteur.pipeline import searching
    from rapporteur.sources.index.interface import Filter
    from rapporteur.writing.outline.template import for_track

    if not text.strip():
        raise click.BadParameter("give some words to look for.", param_hint="TEXT")
    settings = app.settings()
    with wiring.store(settings) as store:
        if theme is not None:
            store.require_theme(theme)
        with wiring.retriever(settings, store) as retriever:
            deep = top if section is None else top * 20
            found = searching.search(text, retriever, deep, Filter(theme, dialogue, role))
        if section is not None:
            template, embedder = (
                for_track(settings.track),
                wiring.corpus_embedder(settings, store),
            )
            found = searching.only_section(found, section, template, store, embedder)[:top]
    if as_json:
        print_json({"fragments": [_as_json(c) for c in found]})
        return
    for candidate in found:
        fragment = candidate.fragment
        click.echo(f"{candidate.rank:>3}. {candidate.score:.3f}  {fragment.theme}, {said_by(fragment)}")
        click.echo(f"     {fragment.text}")
        click.echo(f"     {fragment.id}")
    if not found:
        click.echo("Nothing was found.", err=True)


def _as_json(candidate: Candidate) -> dict[str, object]:
    fragment = candidate.fragment
    return {
        "rank": candidate.rank,
        "score": round(candidate.score, 4),
        "id": fragment.id,
        "theme": fragment.theme,
        "dialogue": fragment.dialogue,
        "role": fragment.role,
        "text": fragment.text,
        "locator": str(fragment.locator) if fragment.locator else None,
    }
