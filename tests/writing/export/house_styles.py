"""A house style as an organisation has it: a letter in Dutch Word, with a logo, its own styles and much of its past."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

GREEN = "2E7D32"
LETTER = "Geachte wethouder, dit is een oude brief die niemand meer mag lezen."
FOOT = "Stichting De Wilg, Postbus 12"
# Word in Dutch keeps the English names and gives ids of its own.
_DUTCH_IDS = {
    "Normal": "Standaard",
    "Heading1": "Kop1",
    "Heading2": "Kop2",
    "Title": "Titel",
    "Quote": "Citaat1",
    "ListBullet": "Lijstopsomteken",
    "Header": "Koptekst",
    "Footer": "Voettekst",
}


def logo() -> bytes:
    """A green square as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = b"".join(b"\0" + bytes.fromhex(GREEN) * 40 for _ in range(40))
    head = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def house_style(file: Path) -> Path:
    """Write it to a .docx."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin = Cm(21), Cm(29.7), Cm(4)
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(logo()), width=Cm(1.5))
    section.footer.paragraphs[0].text = FOOT
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Georgia", Pt(12)
    for name in ("Title", "Heading 1", "Heading 2"):
        styles[name].font.color.rgb = RGBColor.from_string(GREEN)
    styles["Quote"].font.italic = True
    for missing in ("Heading 3", "Subtitle", "Intense Quote", "Strong"):
        styles.element.remove(styles[missing].element)
    for old, new in _DUTCH_IDS.items():
        for element in styles.element.iter(qn("w:style"), qn("w:basedOn"), qn("w:next"), qn("w:link")):
            attribute = qn("w:styleId") if element.tag == qn("w:style") else qn("w:val")
            if element.get(attribute) == old:
                element.set(attribute, new)
    heading = document.add_paragraph(LETTER)
    document.add_comment(heading.runs, "Nog bellen met Jan.", "Secretaris")
    document.add_paragraph().add_run().add_picture(io.BytesIO(logo() + b"past"), width=Cm(3))
    settings = document.settings.element
    part = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    key = part.relate_to("file:///X:/sjablonen/brief.dotm", f"{RELATIONSHIP_TYPE.SETTINGS}/../attachedTemplate", True)
    settings.insert(0, parse_xml(f"<w:attachedTemplate {nsdecls('w', 'r')} r:id='{key}'/>"))
    settings.insert(0, parse_xml(f"<w:documentProtection {nsdecls('w')} w:edit='readOnly' w:enforcement='1'/>"))
    document.core_properties.last_modified_by = "Jan van Dijk"
    document.save(str(file))
    return file


def with_part(file: Path, target: Path, name: str, change: tuple[bytes, bytes] | bytes) -> Path:
    """A copy in which one part holds other bytes, or has the first bytes replaced by the second."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in source.namelist():
            content = source.read(member)
            if member == name and isinstance(change, tuple):
                assert change[0] in content
                content = content.replace(*change)
            copy.writestr(member, content)
        if isinstance(change, bytes):
            copy.writestr(name, change)
    return target
