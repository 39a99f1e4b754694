"""Twelve reports as a hurried writer or a careless model makes them, and what has to be said of each.

They stand in tests/proof/sloppy/*.txt, a paragraph a line, written before the checks were looked at. Under a paragraph,
`! check: words` names a finding (error or warning) and words of its text; `? check: words` one for information, whose
words may stand in its reason too. Whatever else is called an error or a warning is a false alarm.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

import docx

from rapporteur.proof.checks.personal_data import masked
from rapporteur.types import Finding

FOLDER = Path(__file__).with_name("sloppy")


@dataclass(frozen=True)
class Expected:
    """A finding that has to be there: its check, and words of its text."""

    check: str
    words: str

    def __str__(self) -> str:
        return f"{self.check}: {self.words}"

    def is_met_by(self, finding: Finding) -> bool:
        words = masked(self.words) if self.check == "personal-data" else self.words
        return self.check == finding.check and words in finding.text

    def is_told_by(self, finding: Finding) -> bool:
        return self.check == finding.check and self.words in f"{finding.text} {finding.why}"


@dataclass(frozen=True)
class SloppyReport:
    name: str
    paragraphs: tuple[str, ...]
    wrong: tuple[Expected, ...]
    worth_knowing: tuple[Expected, ...]


def sloppy_reports() -> tuple[SloppyReport, ...]:
    return tuple(_report(file) for file in sorted(FOLDER.glob("*.txt")))


def _report(file: Path) -> SloppyReport:
    lines = file.read_text("utf-8").splitlines()
    return SloppyReport(
        file.stem,
        tuple(line for line in lines if not line.startswith(("! ", "? "))),
        tuple(_expected(line) for line in lines if line.startswith("! ")),
        tuple(_expected(line) for line in lines if line.startswith("? ")),
    )


def _expected(line: str) -> Expected:
    check, _, words = line[2:].partition(": ")
    return Expected(check, words)


# ------------------------------------------------------------------------------ as files of people


def write(report: SloppyReport, folder: Path, suffix: str) -> Path:
    """The report as a file, made without anything of rapporteur's own export."""
    path = folder / f"{report.name}{suffix}"
    WRITERS[suffix](report.paragraphs, path)
    return path


def _markdown(paragraphs: tuple[str, ...], path: Path) -> None:
    text = "\n\n".join(paragraphs).replace("\n\n> (", "\n> (")  # the attribution in the same block quotation
    path.write_text(text.replace("[", "\\["), "utf-8")


def _word(paragraphs: tuple[str, ...], path: Path) -> None:
    document = docx.Document()
    for text in paragraphs:
        level, bare = _heading(text)
        if level:
            document.add_heading(bare, level)
            continue
        paragraph = document.add_paragraph(style="Quote" if text.startswith("> ") else None)
        for number, piece in enumerate(re.split(r"\*\*", bare)):
            paragraph.add_run(piece).bold = number % 2 == 1
    document.save(str(path))


def _html(paragraphs: tuple[str, ...], path: Path) -> None:
    body = []
    for text in paragraphs:
        level, bare = _heading(text)
        bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(bare, quote=False))
        tag = f"h{level}" if level else "blockquote" if text.startswith("> ") else "p"
        body.append(f"<{tag}>{bold}</{tag}>")
    path.write_text(f"<!doctype html><html lang=nl><body>{''.join(body)}</body></html>", "utf-8")


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _odt(paragraphs: tuple[str, ...], path: Path) -> None:
    body = []
    for text in paragraphs:
        level, bare = _heading(text)
        words = escape(bare.replace("**", ""), quote=False)
        style = ' text:style-name="Quotations"' if text.startswith("> ") else ""
        body.append(
            f'<text:h text:outline-level="{level}">{words}</text:h>' if level else f"<text:p{style}>{words}</text:p>"
        )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:text="{_ODF}:text:1.0" office:version="1.2"><office:body><office:text>{"".join(body)}'
        "</office:text></office:body></office:document-content>"
    )
    styles = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:style="{_ODF}:style:1.0" office:version="1.2"><office:styles>'
        '<style:style style:name="Quotations" style:family="paragraph"/></office:styles></office:document-styles>'
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        package.writestr("styles.xml", styles)


WRITERS = {".docx": _word, ".md": _markdown, ".html": _html, ".odt": _odt}


def _heading(text: str) -> tuple[int, str]:
    """The level of a heading, 0 for none, and the text without the signs for it."""
    hashes = len(text) - len(text.lstrip("#"))
    return hashes, text.lstrip("# ") if hashes else text.removeprefix("> ")
