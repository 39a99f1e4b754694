"""rapporteur doctor: what is installed, reachable, indexed; what to do about what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rapporteur.cli.app import App, pass_app, print_json

if TYPE_CHECKING:
    from rapporteur.diagnosis import Diagnosis

_MARK = {"ok": ("ok", "green"), "note": ("note", "yellow"), "wrong": ("wrong", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@pass_app
def doctor(app: App, as_json: bool) -> int:
    """Say what is installed, reachable and indexed, and what to do about what is not.

    Exit code 2 when something must be mended here, 3 when a service does not do its work.

    \b
    rapporteur doctor
    """
    from dataclasses import asdict

    from rapporteur.diagnosis import diagnose

    found = diagnose(app.settings())
    if as_json:
        print_json({"checks": [asdict(d) for d in found]})
    else:
        for diagnosis in found:
            _print(diagnosis)
    return max((d.exit_code for d in found), default=0)


def _print(diagnosis: Diagnosis) -> None:
    word, colour = _MARK[diagnosis.state]
    click.echo(f"{click.style(f'{word:<6}', fg=colour)} {diagnosis.subject}: {diagnosis.says}")
    if diagnosis.advice:
        click.echo(f"       {diagnosis.advice}")
