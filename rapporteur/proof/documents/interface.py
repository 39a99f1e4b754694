"""Step 1, the seam: a finished document, read as a stranger would.

A document reader finds every stretch that claims to be someone's words, and says where it stands and to
whom the document attributes it. It never looks at the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rapporteur.proof.documents.properties import Property
from rapporteur.types import Finding, Quotation


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of running text, with its place, for the checks that read prose.

    `heading` is the nearest heading above, `level` that of the passage if it is one (1 is the highest).
    `quotations` are the numbers, in `ReadDocument.quotations`, of those that start in it; `prose` is its text
    without them and without what follows them to say who spoke.
    """

    text: str
    place: str
    heading: str = ""
    level: int | None = None
    quotations: tuple[int, ...] = ()
    prose: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Quotations in reading order, all text as passages, and what the file says of itself.

    `findings` are what a person must know of the reading itself: what was hidden, struck out or changed under
    tracking, what could not be read, and where the file contradicts itself. `properties` are no part of the text.
    """

    name: str
    quotations: tuple[Quotation, ...]
    passages: tuple[Passage, ...] = ()
    corpus_fingerprint: str | None = None
    theme: str | None = None
    findings: tuple[Finding, ...] = ()
    properties: tuple[Property, ...] = ()


class DocumentReader(Protocol):
    """Raises: DocumentUnreadable, with the reason, for anything it cannot read."""

    suffixes: tuple[str, ...]

    def read(self, path: Path) -> ReadDocument: ...
