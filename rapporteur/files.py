"""Files that are there whole or not at all, and those that we do not open."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rapporteur.errors import DocumentUnreadable, OutputUnwritable

_WITH_MACROS = frozenset({".docm", ".dotm"})


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never half of one.

    Raises: OutputUnwritable; then nothing was changed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise OutputUnwritable(f"{path} cannot be written: {error.strerror}.", where=str(path.parent)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise OutputUnwritable(f"{path} cannot be written: {error.strerror}.", where=str(path)) from error


def check_writable(path: Path) -> None:
    """Say before the work starts that its result could not be written.

    Raises: OutputUnwritable.
    """
    folder = path.parent
    if path.is_dir():
        raise OutputUnwritable(f"{path} is a folder, not a file.", where=str(path))
    if path.exists() and not path.is_file():
        raise OutputUnwritable(f"{path} is a device, not a file.", where=str(path))
    if not folder.is_dir():
        raise OutputUnwritable(
            f"The folder {folder} does not exist.",
            where=str(path),
            hint="Make the folder first, or give another place.",
        )
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise OutputUnwritable(f"{path} may not be written to.", where=str(path))


def refuse_record(path: Path, corpus: Path, sources: Iterable[Path]) -> None:
    """Say before the work starts that its result would stand among the records, or in the place of one.

    `corpus` is the folder of records, `sources` are the files that were read, wherever they are.
    Raises: OutputUnwritable.
    """
    place = path.resolve()
    if place.is_relative_to(corpus.resolve()) or any(place == source.resolve() for source in sources):
        raise OutputUnwritable(
            f"{path} is in the place of a record, or among the records: nothing is ever written there.",
            where=str(path),
            hint="Give a place outside the folder with records.",
        )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def refuse_macros(path: Path) -> None:
    """Raises: DocumentUnreadable for a Word file of the kind that holds macros, by its suffix."""
    suffix = path.suffix.lower()
    if suffix in _WITH_MACROS:
        raise DocumentUnreadable(
            f"{path.name} is a Word file with macros ({suffix}), which can change its text when somebody opens it.",
            where=str(path),
            hint="Save it in Word as a .docx (‘Opslaan als’, ‘Word-document’), and give that.",
        )
