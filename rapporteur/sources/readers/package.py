"""Office files are zip archives of XML. This opens one that nobody has vouched for.

Everything that could make a parser run away is refused before it starts: sizes, ratios, numbers of parts,
document types and entities. In: bytes. Out: an archive that is safe to hand to a parser.
"""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.text import reason

MAX_PARTS = 5_000
MAX_PART_BYTES = 100_000_000
MAX_XML_BYTES = 50_000_000
MAX_TOTAL_BYTES = 300_000_000
# Style sheets of Word reach 30; text cannot reach 200, runs of empty paragraphs reach 1,000.
MAX_RATIO = 200
_RATIO_MATTERS_FROM = 1_000_000

_ENDING = re.compile(r"\.\w+")
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = "The file is damaged or cut off"
_SAVE_AGAIN = "Open it in its own program, save it again, and run `rapporteur index` again."


class Package:
    """The parts of an Office file, checked. Use it inside `reading`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())

    @property
    def parts(self) -> frozenset[str]:
        return self._names

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def content(self, part: str) -> bytes:
        """A part of XML as it stands. Raises: KeyError where there is no such part."""
        if self._archive.getinfo(part).file_size > MAX_XML_BYTES:
            raise ParseError(f"{part} is too large")
        return self._archive.read(part)

    def xml(self, part: str) -> Element:
        """The root of an XML part. Raises: KeyError where there is no such part."""
        return fromstring(self.content(part), forbid_dtd=True)


@contextlib.contextmanager
def reading(data: bytes, kind: str, name: str) -> Iterator[Package]:
    """Open an Office file; `kind` is what a person calls it ('a Word document (.docx)').

    Raises: RecordRefused for whatever the zip and XML libraries say of it, here and in the body.
    """
    if data.startswith(_OLE_MAGIC):
        raise old_office(kind, name)
    if not data.startswith(b"PK"):
        raise RecordRefused(f"It is not {kind}.", where=name, hint=_SAVE_AGAIN)
    try:
        with _checked(data, name) as archive:
            yield Package(archive)
    except DefusedXmlException as error:
        raise RecordRefused(
            "It declares a document type or entities, which no Office program writes.",
            where=name,
            hint=_SAVE_AGAIN,
        ) from error
    except KeyError as error:
        raise RecordRefused(f"It is not {kind}: a part is missing.", where=name, hint=_SAVE_AGAIN) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, RecursionError) as error:
        raise RecordRefused(f"{_DAMAGED}: {reason(error)}.", where=name, hint=_SAVE_AGAIN) from error


def old_office(kind: str, name: str) -> RecordRefused:
    """The refusal of an OLE file (.doc and the like), and of what is encrypted as one."""
    return RecordRefused(
        f"It is an old or password-protected Office file, not {kind}.", where=name, hint=save_unlocked(kind)
    )


def save_unlocked(kind: str) -> str:
    """What to do about a file with a password, for whoever has their Office programs in Dutch too."""
    ending = _ENDING.search(kind)
    dutch = f"sla op als {ending[0] if ending else kind.split()[-1]} zonder wachtwoord"
    return (
        f"Open it in its own program, save it as {kind} without a password ('{dutch}'), and run "
        "`rapporteur index` again."
    )


def _checked(data: bytes, name: str) -> zipfile.ZipFile:
    """zipfile and expat let more through than errors of their own, where an archive points nowhere."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_sizes(archive, name)
        _check_prologues(archive)
    except DefusedXmlException:  # a ValueError too, but not one of theirs
        raise
    except (ValueError, LookupError, NotImplementedError, OSError, struct.error) as error:
        raise zipfile.BadZipFile(str(error)) from error
    return archive


def _check_sizes(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_TOTAL_BYTES:
        raise RecordRefused("It holds far more than a session record does.", where=name)
    for part in parts:
        if part.flag_bits & 1 or part.compress_type not in _METHODS:
            raise RecordRefused("It is encrypted or packed in an unusual way.", where=name, hint=_SAVE_AGAIN)
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > MAX_PART_BYTES or (part.file_size > _RATIO_MATTERS_FROM and ratio > MAX_RATIO):
            raise RecordRefused("A part of it unpacks to an unreasonable size.", where=name)


def _check_prologues(archive: zipfile.ZipFile) -> None:
    """A document type can only stand before the root element: read every part up to there.

    The parsers behind us differ in what they do with entities; python-docx drops words, so none gets any.
    """
    for part in archive.infolist():
        # A picture, or broken XML: whoever needs it will say.
        with archive.open(part) as stream, contextlib.suppress(ParseError):
            next(iter(iterparse(stream, events=("start",), forbid_dtd=True)), None)
