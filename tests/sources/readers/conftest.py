"""Files as people make them: a small .docx from its XML, an .xlsx from rows, anything else from text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.registry import READERS
from tests.sources.readers.ledger import adds_up

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Kop2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Kop3"><w:name w:val="heading 3"/></w:style></w:styles>'
)

MakeDocx = Callable[..., Path]
MakeXlsx = Callable[[Mapping[str, Sequence[Sequence[object]]]], Path]
Read = Callable[..., Reading]


@pytest.fixture
def make_docx(tmp_path: Path) -> MakeDocx:
    """Write a .docx of which `body` is the XML inside `w:body`, with further parts by name."""

    def make(body: str, *, prologue: str = "", **parts: str) -> Path:
        document = f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        path = tmp_path / "dialoog-1.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("_rels/.rels", RELS)
            archive.writestr("word/styles.xml", STYLES)
            archive.writestr("word/document.xml", document)
            for name, content in parts.items():
                archive.writestr(f"word/{name}.xml", content)
        return path

    return make


@pytest.fixture
def make_xlsx(tmp_path: Path) -> MakeXlsx:
    def make(sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.worksheets[0])
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / "dialoog-1.xlsx"
        workbook.save(path)
        workbook.close()
        return path

    return make


@pytest.fixture
def read_text_as(tmp_path: Path) -> Read:
    """Write text (or bytes) with a suffix and read it with the reader of that suffix."""

    def read(suffix: str, content: str | bytes) -> Reading:
        path = tmp_path / f"verslag{suffix}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return adds_up(READERS[suffix].read(path, path.name))

    return read
