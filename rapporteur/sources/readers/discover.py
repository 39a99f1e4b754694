"""Before step 1: folders and files -> the record files in them, and what was passed over.

Nothing vanishes: what is no record file is reported with the reason, except what people never mean to be
read (sidecars of a record, README files, hidden files, lock files of Office).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapporteur.errors import InputMissing
from rapporteur.sources.readers.other_kinds import WHAT_TO_DO
from rapporteur.sources.readers.registry import READ_SUFFIXES, READERS
from rapporteur.sources.readers.sidecar import SUFFIXES as SIDECAR_SUFFIXES

# ruff: noqa: PTH112, PTH114 - pathlib raises where a folder may be listed and not entered, os.path says no
_NO_FILE = "not a file that can be read"


@dataclass(frozen=True, slots=True)
class Skipped:
    """What is not read. `record`: it looks like a record, so that not reading it is a refusal; `hint`: what to do."""

    path: Path
    why: str
    record: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Files in sorted order per path given, each once."""

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def record_files(paths: Sequence[Path]) -> Found:
    """Walk folders; a file named by the user is taken at their word, whatever it is called.

    Raises: InputMissing for a path that does not exist, and where there is no record file at all.
    """
    files: dict[Path, Path] = {}
    skipped: list[Skipped] = []
    for path in paths:
        if not os.path.lexists(path):
            raise InputMissing(f"There is no file or folder {path}.", where=str(path))
        for found in _walk(path) if os.path.isdir(path) else [_named(path)]:
            if isinstance(found, Skipped):
                skipped.append(found)
            elif not _is_plain(found):
                skipped.append(
                    Skipped(found, "its name holds characters that cannot be printed: rename it", record=True)
                )
            else:
                files.setdefault(Path(os.path.realpath(found)), found)
    if not files and not any(item.record for item in skipped):
        places = ", ".join(map(str, paths))
        raise InputMissing(
            f"No session records were found ({', '.join(READ_SUFFIXES)}).",
            where=places,
            hint="Put them there, for instance as THEME/dialoog-1.docx, or give another folder or file.",
        )
    return Found(tuple(files.values()), tuple(skipped))


def _walk(root: Path) -> Iterator[Path | Skipped]:
    inside = root.resolve()
    unreadable: list[Skipped] = []

    def note(error: OSError) -> None:
        unreadable.append(Skipped(Path(error.filename), f"cannot be opened: {error.strerror}", record=True))

    for folder, folders, names in os.walk(root, onerror=note):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        yield from (Skipped(here / name, "a link to a folder") for name in folders if os.path.islink(here / name))
        for name in sorted(names):
            if not _is_never_meant(here / name, names):
                yield _why_not(here / name, inside, names) or _file(here / name)
    yield from unreadable


def _named(path: Path) -> Path | Skipped:
    """A path that the user gave: what cannot be read of it is a refusal."""
    found = _file(path)
    return replace(found, record=True) if isinstance(found, Skipped) else found


def _file(path: Path) -> Path | Skipped:
    """A path, if it leads to a file: to open a pipe or a device could take forever."""
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return Skipped(path, _NO_FILE)
    except OSError as error:
        in_a_circle = error.errno == errno.ELOOP
        return Skipped(path, _NO_FILE if in_a_circle else f"cannot be opened: {error.strerror}", record=not in_a_circle)
    return path if stat.S_ISREG(kind) else Skipped(path, _NO_FILE)


def _is_plain(path: Path) -> bool:
    """Whether a path is valid UTF-8 without control characters, so that every line can name it."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return str(path).isprintable()


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _is_never_meant(path: Path, siblings: Sequence[str]) -> bool:
    if _is_hidden(path.name) or path.name.startswith("~$") or path.stem.casefold() == "readme":
        return True
    others = READERS.keys() | WHAT_TO_DO.keys()
    return path.suffix.lower() in SIDECAR_SUFFIXES and any(
        Path(name).stem == path.stem and Path(name).suffix.lower() in others for name in siblings
    )


def _why_not(path: Path, inside: Path, siblings: Sequence[str]) -> Skipped | None:
    """Why a file in a folder is no record file; None if it may be one.

    What may hold a session is refused, unless a record of that name stands beside it: the same, saved or written out.
    """
    suffix = path.suffix.lower()
    if suffix in SIDECAR_SUFFIXES:
        return Skipped(path, "no record of that name stands beside it")
    if suffix in WHAT_TO_DO and not _is_beside_a_record(path, siblings):
        return Skipped(path, f"files ending in '{path.suffix}' are not read", record=True, hint=WHAT_TO_DO[suffix])
    if suffix not in READERS:
        return Skipped(path, f"files ending in '{path.suffix}' are not read" if suffix else "a file without an ending")
    if os.path.islink(path) and not Path(os.path.realpath(path)).is_relative_to(inside):
        return Skipped(path, "a link to a file outside the folder")
    return None


def _is_beside_a_record(path: Path, siblings: Sequence[str]) -> bool:
    return any(Path(name).stem == path.stem and Path(name).suffix.lower() in READ_SUFFIXES for name in siblings)
