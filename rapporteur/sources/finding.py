"""Before step 1: places that a user names -> record files to index, each with the name that the ledger gives it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapporteur.sources.indexing import FileLine, RecordFile
from rapporteur.sources.readers.discover import record_files
from rapporteur.sources.readers.sidecar import sidecar_of


@dataclass(frozen=True, slots=True)
class FoundRecords:
    """`skipped` are files that will not be read, as lines of the ledger."""

    files: tuple[RecordFile, ...]
    skipped: tuple[FileLine, ...]


def find_records(root: Path, places: Sequence[Path]) -> FoundRecords:
    """The record files in these files and folders; names are relative to `root`.

    Raises: InputMissing for a place that does not exist, and where there is no record file at all.
    """
    found = record_files(places)
    names = _names(root, found.files)
    sidecars = map(sidecar_of, found.files)
    return FoundRecords(
        tuple(
            RecordFile(path, name, (beside,) if beside else ())
            for path, name, beside in zip(found.files, names, sidecars, strict=True)
        ),
        tuple(
            FileLine(name, "refused" if item.record else "skipped", why=item.why, hint=item.hint)
            for item, name in zip(found.skipped, _names(root, [item.path for item in found.skipped]), strict=True)
        ),
    )


def _names(root: Path, paths: Sequence[Path]) -> list[str]:
    """What the ledger calls each file: its path from the workspace, with '/' on every platform, fit to be printed."""
    names = [Path(os.path.relpath(path, root)).as_posix() for path in paths]
    return [
        "".join(c if c.isprintable() else ascii(c)[1:-1] for c in os.fsencode(n).decode("utf-8", "backslashreplace"))
        for n in names
    ]
