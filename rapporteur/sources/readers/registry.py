"""Step 1, the whole of it: a file of any known format -> RecordRead.

A reader is chosen by suffix, never by guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.assemble import RecordRead, Source, assemble, from_file_name
from rapporteur.sources.readers.canonical import CanonicalReader
from rapporteur.sources.readers.csv import CsvReader
from rapporteur.sources.readers.docx import DocxReader
from rapporteur.sources.readers.html import HtmlReader
from rapporteur.sources.readers.interface import Metadata, Reader
from rapporteur.sources.readers.markdown import MarkdownReader
from rapporteur.sources.readers.names import Understood, also_known_as
from rapporteur.sources.readers.odt import OdtReader
from rapporteur.sources.readers.old_word import OldWordReader
from rapporteur.sources.readers.other_kinds import WHAT_TO_DO
from rapporteur.sources.readers.pdf import PdfReader
from rapporteur.sources.readers.people import at_the_table
from rapporteur.sources.readers.sidecar import read_sidecar, sidecar_of
from rapporteur.sources.readers.srt import SrtReader
from rapporteur.sources.readers.txt import TxtReader
from rapporteur.sources.readers.vtt import VttReader
from rapporteur.sources.readers.xlsx import XlsxReader

_ALL: tuple[Reader, ...] = (
    VttReader(),
    SrtReader(),
    DocxReader(),
    OdtReader(),
    PdfReader(),
    MarkdownReader(),
    TxtReader(),
    HtmlReader(),
    XlsxReader(),
    CsvReader(),
    CanonicalReader(),
    OldWordReader(),
)
READERS: dict[str, Reader] = {suffix: reader for reader in _ALL for suffix in reader.suffixes}
READ_SUFFIXES = tuple(suffix for suffix in READERS if suffix not in OldWordReader.suffixes)


def read_record(
    path: Path,
    name: str,
    *,
    theme: str | None = None,
    dialogue: int | None = None,
    track: str = "burger",
    programme: str | None = None,
    names: Mapping[str, Sequence[str]] = MappingProxyType({}),
    of_all: Path | None = None,
) -> RecordRead:
    """Read one file with all that is known of it.

    `name` is what the record, its locators and errors call the file. `theme` and `dialogue` are the user's
    word and win from the file; `track` and `programme` are for records that do not say. `names` are the user's own
    words for columns and metadata, by our key. `of_all` is the folder of all records, whose name is no theme.
    Raises: RecordRefused.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READ_SUFFIXES)
        what = f"Files ending in '{path.suffix}' are not read; {known} are."
        raise RecordRefused(what, where=name, hint=WHAT_TO_DO.get(path.suffix.lower(), ""))
    with also_known_as(names):
        beside = _beside(path, name)
        with at_the_table(beside.metadata.people):
            reading = reader.read(path, name)
    sources = (
        Source("the command line", Metadata(theme=theme, dialogue=dialogue)),
        Source("the file", reading.metadata),
        Source("its sidecar", beside.metadata),
        Source("the folder and file name", from_file_name(path, of_all)),
    )
    defaults = Metadata(programme=programme, track=track, language="nl")
    read = assemble(reading, sources, defaults, path=path, name=name)
    return replace(read, warnings=beside.warnings + read.warnings)


def _beside(path: Path, name: str) -> Understood:
    sidecar = sidecar_of(path)
    if sidecar is None:
        return Understood(Metadata())
    return read_sidecar(sidecar, str(Path(name).with_suffix(sidecar.suffix)))
