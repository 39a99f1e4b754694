"""Step 1, the seam: a finished document, read as a stranger would.

A document reader finds every stretch that claims to be someone's words, and says where it stands and to
whom the document attributes it. It never looks at the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rapporteur.types import Quotation


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of running text, with its place, for the checks that read prose."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Quotations in reading order, all text as passages, and what the file says of itself."""

    name: str
    quotations: tuple[Quotation, ...]
    passages: tuple[Passage, ...] = ()
    corpus_fingerprint: str | None = None
    theme: str | None = None


class DocumentReader(Protocol):
    """Raises: DocumentUnreadable, with the reason, for anything it cannot read."""

    suffixes: tuple[str, ...]

    def read(self, path: Path) -> ReadDocument: ...
