"""Step 4: a Word file of the user's own, which gives a report its look. Read with distrust, emptied of its words.

In: a .docx or .dotx. Out: a python-docx Document with its styles, page, headers, footers, pictures in them and theme,
and nothing of what it said, asked or was protected by. Which of its styles a piece of a report gets stands in
house_looks.py.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from lxml.etree import LxmlError

from rapporteur.errors import HouseStyleUnusable, RecordRefused
from rapporteur.sources.readers.package import Package, reading
from rapporteur.writing.export import ooxml

_LARGEST = 50_000_000
_KIND = "a Word document (.docx or .dotx)"
_CONTENT_TYPES = "[Content_Types].xml"
_DOCUMENT = "wordprocessingml.document.main+xml"
_TEMPLATE = "wordprocessingml.template.main+xml"
# What the main part may refer to beside what its page refers to; the rest belonged to words that were taken out.
_KEPT = frozenset({"styles", "numbering", "settings", "webSettings", "fontTable", "theme", "customXml"})
# What a template asks of Word that a report must not: to open another file, to lock the text, to hold notes.
_NOT_A_REPORTS = (
    *("attachedTemplate", "linkStyles", "documentProtection", "writeProtection", "mailMerge"),
    *("footnotePr", "endnotePr", "docVars"),
)
_ABOUT_THE_TEMPLATE = ("category", "content_status", "identifier", "keywords", "last_modified_by", "version")
_A4 = {"w": "11906", "h": "16838"}


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """A checked .docx; `data` is opened anew for every report."""

    name: str
    data: bytes


def read_house_style(path: Path) -> HouseStyle:
    """Raises: HouseStyleUnusable for what is absent, no Word document, unsafe, or holds macros."""
    data = _bytes_of(path)
    try:
        with reading(data, _KIND, path.name) as package:
            template = _is_template(package, path)
    except RecordRefused as error:
        raise _unusable(path, error.what) from error
    house_style = HouseStyle(path.name, _as_document(data) if template else data)
    try:
        emptied(house_style)
    except (KeyError, ValueError, AttributeError, LxmlError) as error:
        raise _unusable(path, "It is not laid out as Word does it.") from error
    return house_style


def emptied(house_style: HouseStyle) -> Document:
    """Its document without words, ready for those of a report."""
    document = docx.Document(BytesIO(house_style.data))
    _keep_the_page_only(document)
    _forget(document)
    _allow_lists(document)
    for name in _ABOUT_THE_TEMPLATE:
        setattr(document.core_properties, name, "")
    return document


# ------------------------------------------------------------------------------------------- reading


def _unusable(path: Path, why: str) -> HouseStyleUnusable:
    return HouseStyleUnusable(f"{path.name} cannot be used as a house style. {why}", where=str(path))


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise _unusable(path, "There is no such file.") from None
    except OSError as error:
        raise _unusable(path, f"It cannot be opened: {error.strerror}.") from error
    if len(data) > _LARGEST:
        raise _unusable(path, f"It is larger than {_LARGEST // 1_000_000} MB.")
    return data


def _is_template(package: Package, path: Path) -> bool:
    """Whether it is a .dotx. Raises: HouseStyleUnusable for any kind but .docx and .dotx."""
    types = [entry.get("ContentType", "") for entry in package.xml(_CONTENT_TYPES)]
    if any("macroEnabled" in kind or "vba" in kind.casefold() for kind in types):
        raise _unusable(path, "It holds macros, or may hold them (.docm, .dotm).")
    if any("vbaproject" in name.casefold() for name in package.parts):
        raise _unusable(path, "It holds macros.")
    if any(kind.endswith(_TEMPLATE) for kind in types):
        return True
    if not any(kind.endswith(_DOCUMENT) for kind in types):
        raise _unusable(path, f"It is not {_KIND}.")
    return False


def _as_document(data: bytes) -> bytes:
    """A .dotx as a .docx: they differ in the type that they state of their main part."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            copy.writestr(
                name, content.replace(_TEMPLATE.encode(), _DOCUMENT.encode()) if name == _CONTENT_TYPES else content
            )
    return target.getvalue()


# ------------------------------------------------------------------------------------------ emptying


def _keep_the_page_only(document: Document) -> None:
    """Leave of the body the page of its last section, with the headers and footers that this one shows."""
    body = document.element.body
    shown: dict[tuple[str, str], BaseOxmlElement] = {}
    page = None
    for page in body.iter(qn("w:sectPr")):
        for kind in ("w:headerReference", "w:footerReference"):
            shown |= {(kind, reference.get(qn("w:type"))): reference for reference in page.findall(qn(kind))}
    if page is None:
        page = OxmlElement("w:sectPr")
    for reference in (*page.findall(qn("w:headerReference")), *page.findall(qn("w:footerReference"))):
        page.remove(reference)
    for child in list(body):
        body.remove(child)
    body.append(page)
    for reference in reversed(list(shown.values())):
        page.insert(0, reference)
    size = page.get_or_add_pgSz()
    for name, length in _A4.items():
        if size.get(qn(f"w:{name}")) is None:
            size.set(qn(f"w:{name}"), length)


def _forget(document: Document) -> None:
    """Cut loose what belonged to the template's own words, and what it asks of Word."""
    used = {value for element in document.element.iter() for value in element.attrib.values()}
    relations = document.part.rels
    for key, relation in list(relations.items()):
        kind = relation.reltype.rpartition("/")[2]
        if key not in used and (kind not in _KEPT or (kind == "customXml" and _is_a_manifest(relation.target_part))):
            del relations[key]
    about = document.part.package.rels
    for key, relation in list(about.items()):
        # LibreOffice relates them by a name of its own, and python-docx would write a second part of the same name.
        if relation.reltype.endswith("/core-properties") and relation.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES:
            del about[key]
    settings = document.settings
    for name in _NOT_A_REPORTS:
        for element in settings.element.findall(qn(f"w:{name}")):
            settings.element.remove(element)
    asked = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    left = {value for element in settings.element.iter() for value in element.attrib.values()}
    for key in [key for key in asked if key not in left]:
        del asked[key]


def _is_a_manifest(part: Part) -> bool:
    """Whether a part is the manifest of another report: a house style may be made from one of ours."""
    return ooxml.MANIFEST_NAMESPACE.encode() in part.blob


def _allow_lists(document: Document) -> None:
    """Give the document a part for lists if it has none, which python-docx does not do."""
    if any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in document.part.rels.values()):
        return
    root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    package = document.part.package
    part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
