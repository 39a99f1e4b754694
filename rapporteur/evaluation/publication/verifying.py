"""Does a page to sign belong to this file? By the page's own words, as a person who signed it read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rapporteur.errors import DocumentUnreadable
from rapporteur.evaluation.publication.gate import file_facts
from rapporteur.evaluation.publication.page import OUTCOME, TITLE
from rapporteur.evaluation.publication.result import FileFacts
from rapporteur.proof.documents.registry import read_document

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_OUTCOME = re.compile(rf"{OUTCOME}: (\w+)")


@dataclass(frozen=True, slots=True)
class Belonging:
    """`agrees`: the page names the digest of this file. `outcome` is what the page says of it."""

    file: FileFacts
    agrees: bool
    outcome: str


def belongs(page: Path, report: Path) -> Belonging:
    """Compare the digest on a page, whatever kind of file it is, with that of a file.

    Raises: DocumentUnreadable, also for a page that names no digest, or more than one.
    """
    text = "\n".join(passage.text for passage in read_document(page).passages)
    named = set(_DIGEST.findall(text))
    outcome = _OUTCOME.search(text)
    if TITLE not in text or len(named) != 1 or outcome is None:
        raise DocumentUnreadable(
            f"{page.name} is no page to sign that names one file.",
            where=str(page),
            hint="Give the page that `rapporteur eval publication` wrote, and then the report.",
        )
    file = file_facts(report)
    return Belonging(file, file.sha256 in named, outcome[1].lower())
