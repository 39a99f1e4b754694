"""Word's old format (.doc): known by name, so that it is refused with what to do and never passed over."""

from __future__ import annotations

from pathlib import Path

from rapporteur.sources.readers.files import read_bytes
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.package import old_office


class OldWordReader:
    suffixes: tuple[str, ...] = (".doc", ".dot")

    def read(self, path: Path, name: str) -> Reading:
        """Raises: RecordRefused, whatever the file really holds."""
        read_bytes(path, name)
        raise old_office("a Word document (.docx)", name)
