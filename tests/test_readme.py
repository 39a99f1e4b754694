"""The README's help block is what the program says. `python -m tests.test_readme` writes it."""

from __future__ import annotations

from pathlib import Path

import click

from rapporteur.cli.main import cli

README = Path(__file__).resolve().parent.parent / "README.md"
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


if __name__ == "__main__":
    old = README.read_text("utf-8")
    README.write_text(old[: old.index(BEGIN) + len(BEGIN)] + help_block() + old[old.index(END) :], "utf-8")
