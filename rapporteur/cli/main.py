"""The command line: parses, calls wiring and pipeline, prints. One handler speaks for every failure."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from rapporteur import __version__
from rapporteur.cli.app import App
from rapporteur.cli.check import check
from rapporteur.cli.diff import diff
from rapporteur.cli.doctor import doctor
from rapporteur.cli.draft import draft
from rapporteur.cli.eval import evaluate
from rapporteur.cli.export import export
from rapporteur.cli.forget import forget
from rapporteur.cli.fragments import fragments
from rapporteur.cli.history import history
from rapporteur.cli.import_ import import_
from rapporteur.cli.index import index
from rapporteur.cli.init import init
from rapporteur.cli.lock import lock, unlock
from rapporteur.cli.pipes import outlive_readers
from rapporteur.cli.records import records
from rapporteur.cli.redraft import redraft
from rapporteur.cli.restore import restore
from rapporteur.cli.schema import schema
from rapporteur.cli.search import search
from rapporteur.cli.themes import themes
from rapporteur.errors import RapporteurError

USAGE, BUG, INTERRUPTED = 2, 70, 130


class InOrder(click.Group):
    """Lists commands in the order people use them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rapporteur")
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    help="The workspace; by default the nearest folder, from here upward, that is one.",
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set any setting for this run only.")
@click.option("--debug", is_flag=True, help="Show the traceback when something goes wrong.")
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None, settings: Sequence[str], debug: bool) -> None:
    """From the records of citizen dialogues to theme reports in which every quote is proved.

    \b
    rapporteur init mijn-dialogen --example && cd mijn-dialogen
    rapporteur index
    rapporteur draft ontmoeten-in-de-buurt -o ontmoeten.docx
    rapporteur check ontmoeten.docx
    """
    ctx.obj = App(workspace, tuple(settings), debug)


for command in (
    *(init, index, records, forget, themes, fragments, search),
    *(draft, redraft, history, diff, restore, lock, unlock, export, import_),
    *(check, evaluate, schema, doctor),
):
    cli.add_command(command)


def run(arguments: Sequence[str] | None = None) -> None:
    """The console script: runs a command and exits with its code."""
    outlive_readers()
    sys.exit(main(arguments))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code. Whatever goes wrong is said in three lines on stderr."""
    debug = "--debug" in (sys.argv[1:] if arguments is None else arguments)
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments), prog_name="rapporteur", standalone_mode=False
        )
        return int(code or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was finished is kept.", err=True)
        return INTERRUPTED
    except RapporteurError as error:
        _speak(error.what, error.where, error.hint, debug=debug)
        return error.exit_code
    except OSError as error:
        _speak(
            f"The system refused: {error.strerror or error}.",
            str(error.filename or ""),
            "If the disk is full or read-only, make room or work elsewhere; what was finished is kept.",
            debug=debug,
        )
        return USAGE
    except Exception as error:  # noqa: BLE001 the last resort: whatever it is, people get three lines
        report = _bug_report()
        _speak(
            f"This is a mistake of rapporteur itself: {type(error).__name__}.",
            str(report),
            "Send that file to the makers. Read it first: an error can quote words of a record.",
            debug=debug,
        )
        return BUG


def _speak(what: str, where: str, hint: str, *, debug: bool) -> None:
    """What happened, where, what to do next."""
    if debug:
        traceback.print_exc()
    click.echo(f"Error: {what}", err=True)
    click.echo(f"Where: {where or Path.cwd()}", err=True)
    click.echo(f"Next:  {hint}", err=True)


def _bug_report() -> Path:
    """Write a ready-made bug report beside the user, or in the folder for temporary files."""
    import platform
    import tempfile

    name = f"rapporteur-bug-{datetime.now(UTC):%Y%m%dT%H%M%S}.txt"
    text = (
        f"rapporteur {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"command: {' '.join(sys.argv[1:2])}\n\n{traceback.format_exc()}"
    )
    path = Path(tempfile.gettempdir()) / name
    path.write_text(text, "utf-8")
    return path


if __name__ == "__main__":  # so that `python -m rapporteur.cli.main` is no silent nothing
    run()
