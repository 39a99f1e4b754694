"""Files as text, with every failure as a DocumentUnreadable that says what is wrong."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

from rapporteur.errors import DocumentUnreadable

# A report of a thousand pages is some 5 MB of text; what is far larger is not a report.
LARGEST = 200_000_000


def bytes_of(path: Path, largest: int = LARGEST) -> bytes:
    """The file's bytes.

    Raises: DocumentUnreadable if it is absent, a folder, empty, far too large or closed to us.
    """
    try:
        if path.is_dir():
            raise DocumentUnreadable(f"{path.name} is a folder, not a document.", where=str(path))
        if path.exists() and not path.is_file():
            raise DocumentUnreadable(f"{path.name} is not a file that can be read to its end.", where=str(path))
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except FileNotFoundError:
        raise DocumentUnreadable(f"There is no file {path.name}.", where=str(path)) from None
    except OSError as error:
        raise DocumentUnreadable(f"{path.name} cannot be opened: {error.strerror}.", where=str(path)) from error
    if len(data) > largest:
        what = f"{path.name} is too large to be a report: over {largest // 1_000_000} MB."
        raise DocumentUnreadable(what, where=str(path))
    if not data.strip():
        raise DocumentUnreadable(f"{path.name} is empty.", where=str(path))
    return data


def text_of(path: Path, largest: int = LARGEST) -> str:
    """The file's text: as its byte order mark says, else UTF-8, else Windows-1252.

    Raises: DocumentUnreadable if it is none of these, not text, or of more bytes than `largest`.
    """
    data = bytes_of(path, largest)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentUnreadable(f"{path.name} is not a text file.", where=str(path))


def value_of(text: str) -> object:
    """JSON as a plain value.

    Raises: ValueError if it is not JSON or holds half a character, RecursionError if it is nested too deeply.
    """
    value: object = json.loads(text)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")
