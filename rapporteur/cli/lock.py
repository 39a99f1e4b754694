"""rapporteur lock and unlock: parts of a report that may not change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, plural, print_json, print_table, shortened, theme_as_stored
from rapporteur.cli.history import when

if TYPE_CHECKING:
    from rapporteur.types import Lock, Report

_LONGEST = 48  # characters of a cell


@click.command()
@click.argument("theme", callback=theme_as_stored)
@click.argument("parts", nargs=-1, metavar="[PART]...")
@click.option("--why", default="", metavar="TEXT", help="Why, for whoever wants to change it.")
@click.option("--list", "only_list", is_flag=True, help="List the parts of the report, and what is locked of them.")
@click.option("--json", "as_json", is_flag=True, help="Print the locks as JSON.")
@pass_app
def lock(app: App, theme: str, parts: Sequence[str], why: str, only_list: bool, as_json: bool) -> None:
    """Lock parts of a theme's report: no later revision may change them, until `unlock`.

    A PART is a section (knel), a topic with what stands under it (knel-2), a paragraph or quote (knel-opening,
    knel-2-c1), or a sentence (knel-2:3 is the third of that topic). A chapter, topic or kader can be
    named by its title.

    \b
    rapporteur lock ontmoeten-in-de-buurt knel kiem-2 --why "akkoord van de gemeente"
    rapporteur lock ontmoeten-in-de-buurt "Dromen en wensen voor de toekomst"
    rapporteur lock ontmoeten-in-de-buurt --list
    """
    from dataclasses import asdict

    from rapporteur import wiring
    from rapporteur.pipeline import drafting, revisions

    if bool(parts) == only_list:
        raise click.UsageError("Give the parts to lock, or --list.")
    settings = app.settings()
    with wiring.store(settings) as store:
        locked: Sequence[Lock] = ()
        if parts:
            store.require_writable()
            locked = revisions.lock(theme, parts, store=store, author=settings.author, why=why)
        report = drafting.last_revision(theme, store).report
        locks = store.locks(theme)
    if as_json:
        print_json({"theme": theme, "locks": [asdict(one) for one in locks]})
    elif only_list:
        _print_parts(report, locks)
    else:
        names = ", ".join(one.part for one in locked)
        click.echo(f"Locked {names} of {theme}; {plural(len(locks), 'part is', 'parts are')} locked now.")


@click.command()
@click.argument("theme", callback=theme_as_stored)
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@click.option("--json", "as_json", is_flag=True, help="Print what is still locked as JSON.")
@pass_app
def unlock(app: App, theme: str, parts: Sequence[str], as_json: bool) -> None:
    """Let locked parts of a theme's report be changed again.

    \b
    rapporteur unlock ontmoeten-in-de-buurt kiem-2
    """
    from dataclasses import asdict

    from rapporteur import wiring
    from rapporteur.pipeline import revisions

    with wiring.store(app.settings()) as store:
        unlocked = revisions.unlock(theme, parts, store=store)
        locks = store.locks(theme)
    if as_json:
        print_json({"theme": theme, "locks": [asdict(one) for one in locks]})
    else:
        click.echo(f"Unlocked {', '.join(unlocked)} of {theme}; {plural(len(locks), 'part is', 'parts are')} locked.")


def _print_parts(report: Report, locks: Sequence[Lock]) -> None:
    """Every section and block with the lock that is on it, sentences that are locked below their block."""
    rows = []
    of_sentences = [one for one in locks if one.words]
    for section in report.sections:
        rows.append([section.key, "section", section.heading, *_lock_of(section.key, locks)])
        for block in section.blocks:
            rows.append(
                [
                    f"  {block.id}",
                    block.kind,
                    shortened(block.title or block.text, _LONGEST),
                    *_lock_of(block.id, locks),
                ]
            )
            rows += [
                [f"    {one.part}", "sentence", shortened(one.words, _LONGEST), *_said(one)]
                for one in of_sentences
                if one.part.rpartition(":")[0] == block.id
            ]
    print_table(["part", "kind", "begins", "locked", "by", "why"], rows)


def _lock_of(part: str, locks: Sequence[Lock]) -> tuple[str, str, str]:
    return next((_said(one) for one in locks if one.part == part and not one.words), ("", "", ""))


def _said(lock: Lock) -> tuple[str, str, str]:
    return when(lock.created) or "yes", lock.author, lock.why
