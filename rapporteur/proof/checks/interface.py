"""The seam of the checks: a document laid out -> Findings. A check has a name and is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapporteur.proof.checks.examined import Examined
from rapporteur.types import Finding

Check = Callable[[Examined], Iterator[Finding]]

_LONGEST = 160


def shown(text: str) -> str:
    """A stretch of the document as a finding cites it: on one line, not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + "…"
