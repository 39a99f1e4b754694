"""A page to sign that is there already: does it belong to a file, and has a person worked on it?

Whether it belongs is told by its own words, as the person who signed it read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rapporteur.errors import DocumentUnreadable
from rapporteur.evaluation.publication.gate import file_facts
from rapporteur.evaluation.publication.page import OUTCOME, SUBTITLE, TITLE
from rapporteur.evaluation.publication.result import FileFacts
from rapporteur.proof.documents.package import Package
from rapporteur.proof.documents.registry import read_document

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_OUTCOME = re.compile(rf"\W*{OUTCOME}: (GROEN|ORANJE|ROOD)\b")  # where a passage starts: a file's name may hold it

_SUBTITLE = re.compile(r"(?P<name>.+)".join(map(re.escape, SUBTITLE.split("{}"))))


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
    texts = [passage.text for passage in read_document(page).passages]
    named = {digest for text in texts for digest in _DIGEST.findall(text)}
    outcome = next((match[1] for text in texts if (match := _OUTCOME.match(text))), "")
    if not any(TITLE in text for text in texts) or len(named) != 1 or not outcome:
        raise DocumentUnreadable(
            f"{page.name} is no page to sign that names one file.",
            where=str(page),
            hint="Give the page that `rapporteur eval publication` wrote, and then the report.",
        )
    file = file_facts(report)
    return Belonging(file, file.sha256 in named, outcome.lower())


def is_of_another(page: Path, report: Path) -> bool:
    """Whether a page says that it is of a report of another name; what cannot be read says nothing."""
    try:
        texts = [" ".join(passage.text.split()) for passage in read_document(page).passages]
    except DocumentUnreadable:
        return False
    named = next((match["name"] for text in texts if (match := _SUBTITLE.fullmatch(text))), None)
    return named not in (None, " ".join(report.name.split()))


def was_worked_on(page: Path) -> bool:
    """Whether a Word file was saved again since it was written, so that it may hold decisions or a signature.

    Word and LibreOffice note when a file was last saved; docx.py writes it as saved when it was made. What cannot be
    read is taken for somebody's work.
    """
    try:
        core = Package(page, "a Word file").xml("docProps/core.xml")
    except DocumentUnreadable:
        return True
    times = {element.tag.rpartition("}")[2]: element.text for element in (core if core is not None else ())}
    return times.get("created") is None or times.get("created") != times.get("modified")
