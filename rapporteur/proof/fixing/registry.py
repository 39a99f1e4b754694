"""Suffix -> what mends a document of that kind; imported when the first is mended."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from rapporteur.errors import UsageError
from rapporteur.proof.fixing.interface import Mender

MENDERS: Mapping[str, str] = MappingProxyType(
    {".docx": "docx:DocxMender", ".md": "markdown:MarkdownMender", ".markdown": "markdown:MarkdownMender"}
)


def mender_for(path: Path) -> Mender:
    """Raises: UsageError, saying which kinds can be mended."""
    suffix = path.suffix.lower()
    if suffix not in MENDERS:
        known = ", ".join(MENDERS)
        raise UsageError(f"{path.name} cannot be mended.", where=str(path), hint=f"--fix mends {known}.")
    module, name = MENDERS[suffix].split(":")
    mender: Mender = getattr(import_module(f"{__package__}.{module}"), name)()
    return mender
