"""Step 4: which exporter sets which kind of file. An exporter's libraries load only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from rapporteur.errors import OutputUnwritable
from rapporteur.writing.export.interface import Exporter


def _docx() -> Exporter:
    from rapporteur.writing.export.docx import DocxExporter

    return DocxExporter()


def _markdown() -> Exporter:
    from rapporteur.writing.export.markdown import MarkdownExporter

    return MarkdownExporter()


def _html() -> Exporter:
    from rapporteur.writing.export.html import HtmlExporter

    return HtmlExporter()


def _json() -> Exporter:
    from rapporteur.writing.export.json import JsonExporter

    return JsonExporter()


EXPORTERS: Mapping[str, Callable[[], Exporter]] = MappingProxyType(
    {".docx": _docx, ".md": _markdown, ".html": _html, ".json": _json}
)


def exporter_for(file: Path) -> Exporter:
    """The exporter for a file's suffix, capitals or not.

    Raises: OutputUnwritable if there is none.
    """
    make = EXPORTERS.get(file.suffix.lower())
    if make is None:
        known = ", ".join(EXPORTERS)
        raise OutputUnwritable(
            f"A report cannot be written as '{file.suffix or file.name}'.",
            where=str(file),
            hint=f"Give a file name that ends in one of {known}.",
        )
    return make()
