"""A rendered report to a file where the user wants it; what a person did to a file that stood there is not lost."""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.errors import OutputUnwritable
from rapporteur.files import write_atomically

if TYPE_CHECKING:
    from rapporteur.sources.store import Store


def place(path: Path, content: bytes, store: Store) -> Path | None:
    """Write a report. A file that stands there and is not as we wrote it, or as it was taken in, is kept beside it.

    Returns: where that is kept, None where there was nothing to keep. Raises: OutputUnwritable.
    """
    kept = None
    if path.is_file() and not _is_known(before := path.read_bytes(), store) and before not in (b"", content):
        kept = _free(path)
        try:
            path.rename(kept)
        except OSError as error:
            raise OutputUnwritable(
                f"{path} was changed, and cannot be kept as {kept.name}.", where=str(path)
            ) from error
    write_atomically(path, content)
    remember(content, store)
    return kept


def remember(content: bytes, store: Store) -> None:
    """Note that a file with this content may be written over: its words are in the store."""
    if not store.read_only:
        store.set_setting(_key(content), "")


def _is_known(content: bytes, store: Store) -> bool:
    return store.setting(_key(content)) is not None


def _key(content: bytes) -> str:
    return f"file {sha256(content).hexdigest()}"


def _free(path: Path) -> Path:
    """'verslag.bewerkt.docx' for 'verslag.docx', with a number where that is taken."""
    names = (f"{path.stem}.bewerkt{'' if n == 1 else f'-{n}'}{path.suffix}" for n in count(1))
    return next(free for name in names if not (free := path.with_name(name)).exists())
