"""What commands that may ask a language model share: what it may see, what it took, and the log of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rapporteur.errors import OutputUnwritable

if TYPE_CHECKING:
    from rapporteur.config import Settings
    from rapporteur.writing.voices.answers import Answers
    from rapporteur.writing.voices.interface import Voice

_F = TypeVar("_F", bound=Callable[..., Any])


def _as_setting(_: click.Context, __: click.Parameter, value: bool | None) -> str | None:
    return None if value is None else "on" if value else "off"


def anonymise_option(function: _F) -> _F:
    """--anonymise, as the setting wants it: 'on', 'off' or None where not given."""
    return click.option(
        "--anonymise/--no-anonymise",
        default=None,
        callback=_as_setting,
        help="Keep all personal data, not names alone, from the model. On by default unless it runs on this machine.",
    )(function)


def asked(settings: Settings, voice: Voice) -> dict[str, object]:
    """What a language model was asked, for the log; nothing where none writes."""
    from rapporteur import runlog
    from rapporteur.writing.voices.extractive import ExtractiveVoice

    if isinstance(voice, ExtractiveVoice):
        return {}
    from rapporteur.writing.voices.llm import LLMVoice

    assert isinstance(voice, LLMVoice)  # noqa: S101 - there is no third
    return {"anonymised": settings.anonymises, "asked": runlog.calls(voice.account.spent, voice.fallbacks)}


def fallbacks_of(voice: Voice) -> Mapping[str, str]:
    """The pieces that a model did not get right, and why."""
    found: Mapping[str, str] = getattr(voice, "fallbacks", {})
    return found


def log_run(settings: Settings, command: str, used: Mapping[str, object]) -> None:
    """Note what a run used. Its work is saved by now, so that a log that cannot be written is only said."""
    from rapporteur import runlog

    try:
        runlog.write(settings, command, used)
    except OutputUnwritable as error:
        click.echo(f"The log of this run could not be written: {error.what}", err=True)


def print_spent(answers: Answers, unwritten: Mapping[str, str]) -> None:
    """Say what a run asked and took, and which pieces are `unwritten` by the model and why."""
    spent = answers.spent
    retries = f" (and {spent.retries} tries again)" if spent.retries else ""
    click.echo(
        f"{spent.calls} calls{retries} to {spent.model or answers.model}, {spent.prompt_tokens} tokens in and "
        f"{spent.completion_tokens} out{euros(spent.cost)}; {spent.kept} answers were kept from before.",
        err=True,
    )
    for where, why in unwritten.items():
        click.echo(f"  {where} is written without the model: {why}", err=True)


def euros(cost: float | None) -> str:
    return "" if cost is None else f", € {cost:.4f}"
