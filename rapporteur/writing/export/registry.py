"""Step 4: which exporter sets which kind of file. An exporter's libraries load only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from rapporteur.errors import OutputUnwritable
from rapporteur.writing.export.interface import Exporter


def _docx(house_style: Path | None = None) -> Exporter:
    from rapporteur.writing.export.docx import DocxExporter
    from rapporteur.writing.export.house_style import read_house_style

    return DocxExporter(read_house_style(house_style) if house_style else None)


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


def exporter_for(file: Path, house_style: Path | None = None) -> Exporter:
    """The exporter for a file's suffix, capitals or not; `house_style` is a .docx that gives a Word file its look.

    Raises: OutputUnwritable if there is none; HouseStyleUnusable.
    """
    if house_style and file.suffix.lower() == ".docx":
        return _docx(house_style)
    make = EXPORTERS.get(file.suffix.lower())
    if make is None:
        known = ", ".join(EXPORTERS)
        raise OutputUnwritable(
            f"A report cannot be written as '{file.suffix or file.name}'.",
            where=str(file),
            hint=f"Give a file name that ends in one of {known}.",
        )
    return make()
