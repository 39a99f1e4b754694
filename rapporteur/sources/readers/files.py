"""The first look at a file, before any parser: its size, and for text its encoding.

In: a path nobody has vouched for. Out: bytes or text, or RecordRefused.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from rapporteur.errors import RecordRefused

MAX_BYTES = 100_000_000
MAX_TEXT_BYTES = 10_000_000  # a hundred hours of talk; what is read of it takes up to a hundred times as much

_NAME_IT_RIGHT = "Give the file the ending of its own format, and run `rapporteur index` again."
_IN_PARTS = "Give one session in each file, without pictures or recordings, and run `rapporteur index` again."
_SAVE_AS_UTF8 = "Save the file as UTF-8 and run `rapporteur index` again."
# What other programs write at the start of a file, whatever its name says.
_OTHER_KINDS = {
    b"PK\x03\x04": "an Office document or other zip archive",
    b"%PDF-": "a PDF",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"ID3": "a sound recording",
    b"RIFF": "a sound recording or film",
    b"\x1f\x8b": "a compressed file",
}
_MOST_NULS = 0.01
_A_FEW_NULS = 3  # in a file so short that they are more than that
_NULS_OF_UTF16 = 0.25  # of all characters, at least, where every other byte of most is one
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    warnings: tuple[str, ...] = ()


def read_bytes(path: Path, name: str, limit: int = MAX_BYTES) -> bytes:
    """Raises: RecordRefused for what is not a readable, non-empty file of at most `limit` bytes."""
    try:
        if not path.is_file():
            raise RecordRefused("There is no such file." if not path.exists() else "It is not a file.", where=name)
        size = path.stat().st_size
        if size > limit:
            what = f"The file is {size / 1_000_000:.1f} MB; the limit is {limit // 1_000_000} MB."
            raise RecordRefused(what, where=name, hint=_IN_PARTS)
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise RecordRefused(f"The file cannot be opened: {reason}.", where=name) from error
    if not data.strip():
        raise RecordRefused("The file is empty.", where=name)
    return data


def read_text(path: Path, name: str) -> Decoded:
    """The file as text with `\\n` line ends: by its byte order mark, else UTF-8, else Windows-1252.

    No charset is guessed from statistics: that read a short 'Café' as Chinese (facts.md).
    Raises: RecordRefused, also for a file of another kind under a wrong name.
    """
    data = read_bytes(path, name, MAX_TEXT_BYTES)
    for start, kind in _OTHER_KINDS.items():
        if data.startswith(start):
            raise RecordRefused(f"It is {kind}, not text.", where=name, hint=_NAME_IT_RIGHT)
    decoded = _without_nuls(decode(data, name), name)
    return Decoded(decoded.text.replace("\r\n", "\n").replace("\r", "\n"), decoded.warnings)


def decode(data: bytes, name: str) -> Decoded:
    """Raises: RecordRefused where every choice would give wrong words."""
    if data.startswith(_UTF16):
        return Decoded(_strict(data, "utf-16", "UTF-16", name))
    if data.startswith(codecs.BOM_UTF8):
        return Decoded(_strict(data, "utf-8-sig", "UTF-8", name))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if not data[: error.start].isascii():
            # Whole UTF-8 characters before the bad byte: a damaged UTF-8 file, no Windows-1252.
            raise _damaged("UTF-8", error, data, name) from error
    text = _strict(data, "cp1252", "UTF-8 or Windows-1252", name)
    warning = f"{name} is not UTF-8 and was read as Windows-1252; check its accents, or save it as UTF-8."
    return Decoded(text, (warning,))


def _without_nuls(decoded: Decoded, name: str) -> Decoded:
    """A few NUL bytes are damage that costs no words; many are UTF-16 without its mark, or no text."""
    nuls = decoded.text.count("\0")
    length = len(decoded.text)
    if nuls > max(_A_FEW_NULS, _MOST_NULS * length) or nuls > _NULS_OF_UTF16 * length:
        raise RecordRefused("It is no text, or UTF-16 without a byte order mark.", where=name, hint=_SAVE_AS_UTF8)
    warning = (f"{name} held {nuls} NUL bytes, which were dropped; it may be damaged.",) if nuls else ()
    return Decoded(decoded.text.replace("\0", ""), decoded.warnings + warning)


def _strict(data: bytes, encoding: str, label: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(label, error, data, name) from error


def _damaged(label: str, error: UnicodeDecodeError, data: bytes, name: str) -> RecordRefused:
    line = data.count(b"\n", 0, error.start) + 1
    return RecordRefused(f"Line {line} is not valid {label} text.", where=name, hint=_SAVE_AS_UTF8)
