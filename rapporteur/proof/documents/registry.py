"""Suffix -> document reader. A reader is imported when the first file of its kind is read."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from os.path import isdir
from pathlib import Path
from types import MappingProxyType

from rapporteur.errors import DocumentUnreadable
from rapporteur.files import refuse_macros
from rapporteur.proof.documents.interface import DocumentReader, ReadDocument

READERS: Mapping[str, str] = MappingProxyType(
    {
        ".docx": "docx:DocxReader",
        ".htm": "html:HtmlReader",
        ".html": "html:HtmlReader",
        ".json": "report_json:ReportJsonReader",
        ".jsonl": "jsonl:JsonLinesReader",
        ".markdown": "markdown:MarkdownReader",
        ".md": "markdown:MarkdownReader",
        ".odt": "odt:OdtReader",
        ".pdf": "pdf:PdfReader",
    }
)


def read_document(path: Path) -> ReadDocument:
    """Read a finished document by the reader of its kind. Raises: DocumentUnreadable."""
    return reader_for(path).read(path)


def reader_for(path: Path) -> DocumentReader:
    """The reader for a file, by its suffix. Raises: DocumentUnreadable, saying which suffixes are known."""
    refuse_macros(path)
    suffix = path.suffix.lower()
    if suffix not in READERS:
        nameless = "a folder" if isdir(path) else "a file without a suffix"  # noqa: PTH112 (never raises)
        kind = f"a {suffix} file" if suffix else nameless
        known = ", ".join(READERS)
        raise DocumentUnreadable(f"{path.name or path} is {kind}; these can be read: {known}.", where=str(path))
    module, name = READERS[suffix].split(":")
    reader: DocumentReader = getattr(import_module(f"{__package__}.{module}"), name)()
    return reader
