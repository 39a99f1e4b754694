"""`python -m tests.fuzz [--minutes M] [--reader vtt] [--seed N]`: fuzz the readers, and say what they broke."""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import click

from tests.fuzz.campaign import KINDS, Campaign

MAX_MEMORY = 1_500_000_000


@click.command()
@click.option("--minutes", type=float, default=1.0, show_default=True, help="Time in all, shared by the readers.")
@click.option("--reader", "kinds", type=click.Choice(KINDS), multiple=True, help="Fuzz these only.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--case", "cases", type=int, multiple=True, help="Run these cases of the readers only, and show them.")
def main(minutes: float, kinds: tuple[str, ...], seed: int, cases: tuple[int, ...]) -> None:
    """Fuzz the readers. Files that broke something are kept in a temporary folder; exit code 1 if there are any."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, hard))
    folder = Path(tempfile.mkdtemp(prefix="rapporteur-fuzz-"))
    campaign = Campaign(folder, seed)
    for kind in kinds or KINDS:
        _fuzz(campaign, kind, 60 * minutes / len(kinds or KINDS), cases)
    sys.exit(bool(campaign.findings))


def _fuzz(campaign: Campaign, kind: str, seconds: float, cases: tuple[int, ...]) -> None:
    started, number = time.monotonic(), 0
    seen: set[str] = set()
    while number < len(cases) if cases else not number or time.monotonic() - started < seconds:
        found = campaign.run(kind, cases[number] if cases else number)
        number += 1
        if found and found.what not in seen:
            seen.add(found.what)
            click.echo(f"--- {found.what}, case {found.number}, kept in {_kept(campaign.folder, found.number)}")
            click.echo(found.detail)
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(campaign.outcomes[kind].items()))
    seconds, slowest = campaign.slowest[kind]
    minutes = (time.monotonic() - started) / 60
    click.echo(f"{kind}: {number} cases in {minutes:.1f} minutes: {outcomes}; case {slowest} took {seconds:.1f} s")


def _kept(folder: Path, number: int) -> Path:
    return Path(shutil.copytree(folder / "wonen", folder / f"case-{number}" / "wonen", dirs_exist_ok=True))


if __name__ == "__main__":
    main()
