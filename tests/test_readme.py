"""The README's help block is what the program says. `python -m tests.test_readme` writes it."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from rapporteur.cli.main import cli
from rapporteur.evaluation.suites import names as suites_in

REPOSITORY = Path(__file__).resolve().parent.parent
README = REPOSITORY / "README.md"
BEGIN, END = "<!-- help:begin (python -m tests.test_readme writes this block) -->\n", "<!-- help:end -->"


def help_block() -> str:
    """The commands with their short help, as `rapporteur --help` lists them."""
    context = click.Context(cli, info_name="rapporteur")
    rows = [
        f"| `rapporteur {name}` | {cli.commands[name].get_short_help_str(120)} |" for name in cli.list_commands(context)
    ]
    return "\n".join(["| command | does |", "|---|---|", *rows]) + "\n"


def test_the_readme_shows_the_commands_as_they_are() -> None:
    text = README.read_text("utf-8")
    assert text[text.index(BEGIN) + len(BEGIN) : text.index(END)] == help_block()


@pytest.mark.parametrize("folder", ["benchmarks", "evals"])
def test_every_program_and_suite_is_told_of_in_the_readme_beside_it(folder: str) -> None:
    told = (REPOSITORY / folder / "README.md").read_text("utf-8")
    programs = [file for file in (REPOSITORY / folder).glob("*.py") if "__main__" in file.read_text("utf-8")]
    suites = suites_in(REPOSITORY / folder)
    untold = [file.name for file in programs if f"{folder}/{file.name}" not in told and f"`{file.name}`" not in told]
    assert not untold + [name for name in suites if f"`{name}`" not in told]
    assert programs


if __name__ == "__main__":
    old = README.read_text("utf-8")
    README.write_text(old[: old.index(BEGIN) + len(BEGIN)] + help_block() + old[old.index(END) :], "utf-8")
