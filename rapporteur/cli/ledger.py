"""What `index` and `records` both say of the words of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rapporteur.sources.indexing import FileLine, Totals


def print_notes(line: FileLine) -> None:
    """What of a file went into no fragment, and what a person should look at."""
    for item in line.left_out:
        click.echo(f"           left out: {item}")
    for warning in line.warnings:
        click.echo(f"           warning: {warning}")


def balance(totals: Totals) -> str:
    """The sum that must come out: what stands in the files is in fragments or said to be something else."""
    lost = totals.words_left_out - sum(totals.read_as.values())
    kinds = sorted(totals.read_as.items(), key=lambda kind: -kind[1])
    others = [*(f"{words} {kind}" for kind, words in kinds if words), f"{lost or 'nothing'} left out"]
    return (
        f"{totals.words_in_file} words in the files = {totals.words} in fragments + {totals.words_left_out} others "
        f"({'; '.join(others)})."
    )
