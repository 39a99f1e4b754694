"""The Office Open XML that python-docx does not write: bookmarks, fields, list marks, a manifest.

It knows WordprocessingML and nothing of reports. All ids count up from what is there, so the same document
gives the same bytes.
"""

from __future__ import annotations

import json
import re
import uuid
import zipfile
from collections.abc import Mapping
from importlib import resources
from io import BytesIO

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

MANIFEST_NAMESPACE = "urn:rapporteur:manifest"
MANIFEST_PROPERTY = "rapporteur_manifest_"

_BOOKMARK_LENGTH = 40
# Word on Windows keeps 255 UTF-16 units of a custom property and drops the rest.
# Source: github.com/OfficeDev/office-js-docs/pull/861
_PROPERTY_LENGTH = 255
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_PROPERTY_ID = 2
_XML_CANNOT_HOLD = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The first moment a zip can hold, and what Word itself writes.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNUSED = ("thumbnail", "stylesWithEffects")


def printable(text: str) -> str:
    """The text without the control characters that no XML file can hold."""
    return _XML_CANNOT_HOLD.sub("", text)


# ------------------------------------------------------------------------------------- in the text


def bookmark_name(wanted: str, taken: set[str]) -> str:
    """A valid bookmark name near `wanted`, not in `taken` (which holds names in lower case), and take it.

    Word wants a letter first, then letters, digits and underscores, 40 characters at most, and does not tell
    capitals from small letters.
    """
    base = re.sub(r"[^A-Za-z0-9_]", "_", wanted)
    name, number = base[:_BOOKMARK_LENGTH], 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: _BOOKMARK_LENGTH - len(str(number)) - 1]}_{number}"
    taken.add(name.lower())
    return name


def bookmark(run: Run, name: str, number: int) -> None:
    """Put a bookmark around a run; `number` is unique in the document."""
    run._r.addprevious(_element("w:bookmarkStart", id=str(number), name=name))
    run._r.addnext(_element("w:bookmarkEnd", id=str(number)))


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field such as PAGE, which Word and LibreOffice fill in when they lay out the page."""
    field = _element("w:fldSimple", instr=code)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def mark_language(paragraph: Paragraph, language: str) -> None:
    """Say in which language all words of a paragraph are, where it is not the document's."""
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(_element("w:lang", val=language))


def add_list_mark(document: Document, mark: str) -> int:
    """Define a list with a hanging `mark` and return its number, for `use_list_mark`."""
    numbering = document.part.numbering_part.element
    definition_number = 1 + _highest(numbering, "w:abstractNum", "w:abstractNumId")
    number = 1 + _highest(numbering, "w:num", "w:numId")
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{definition_number}"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
    )
    definition.find(f".//{qn('w:lvlText')}").set(qn("w:val"), printable(mark))
    use = parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{definition_number}"/></w:num>')
    uses = numbering.findall(qn("w:num"))
    if uses:  # the schema wants all definitions before the first w:num
        uses[0].addprevious(definition)
        uses[-1].addnext(use)
    else:
        numbering.append(definition)
        numbering.append(use)
    return number


def _highest(numbering: BaseOxmlElement, tag: str, attribute: str) -> int:
    return max((int(element.get(qn(attribute))) for element in numbering.findall(qn(tag))), default=0)


def use_list_mark(paragraph: Paragraph, number: int) -> None:
    """Put a paragraph in a list; number 0 takes it out of the one its style has."""
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = number


def add_comment(document: Document, runs: list[Run], author: str, date: str, text: str) -> None:
    """A comment on these runs; `date` is ISO 8601, '' for none."""
    comment = document.add_comment(runs, printable(text), printable(author), None)._comment_elm
    moment = qn("w:date")  # python-docx writes the moment of now
    del comment.attrib[moment]
    if date:
        comment.set(moment, printable(date))


def make_headers(table: Table, description: str, *, first_column: bool) -> None:
    """Say that the first row names the columns (and the first cell its row), and what the table is about.

    Who cannot see it hears these; the first row comes again on a next page.
    """
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name in ("lastRow", "lastColumn", "noHBand", "noVBand"):
        look.set(qn(f"w:{name}"), "0")
    look.set(qn("w:firstRow"), "1")
    look.set(qn("w:firstColumn"), "1" if first_column else "0")
    look.set(qn("w:val"), "00A0" if first_column else "0020")
    table._tbl.tblPr.append(_element("w:tblDescription", val=printable(description)))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def keep_rows_whole(table: Table) -> None:
    """Tear no row in two at the end of a page."""
    for row in table._tbl.tr_lst:
        row.get_or_add_trPr().insert(0, _element("w:cantSplit"))


# ------------------------------------------------------------------------------------- in the file


def our_styles() -> BaseOxmlElement:
    return parse_xml((resources.files(__package__) / "word_styles.xml").read_bytes())


def adopt_styles(document: Document, language: str) -> None:
    """Give the document our styles instead of the template's, in `language` (a tag such as nl-NL)."""
    styles = document.styles.element
    ours = our_styles()
    for old in (*styles.findall(qn("w:docDefaults")), *styles.findall(qn("w:style"))):
        styles.remove(old)
    defaults = ours.find(qn("w:docDefaults"))
    defaults.find(f".//{qn('w:lang')}").set(qn("w:val"), language)
    styles.insert(0, defaults)
    styles.extend(ours.findall(qn("w:style")))
    document.part.numbering_part.element.clear()  # its lists belonged to the styles that left
    _modernise(document, language)


def _modernise(document: Document, language: str) -> None:
    """Leave behind what the template tells of another document, and Word's compatibility mode."""
    settings = document.settings.element
    set_theme_language(document, language)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED)]:
            del relations[key]


def set_theme_language(document: Document, language: str) -> None:
    for setting in document.settings.element.findall(qn("w:themeFontLang")):
        setting.set(qn("w:val"), language)


def store_manifest(document: Document, manifest: Mapping[str, object]) -> None:
    """Keep the manifest twice: as custom XML, which Word keeps whole, and as custom properties, which
    survive a detour through odt.

    The properties are `rapporteur_manifest_1`, `_2`, …: one JSON text cut in pieces.
    """
    _add_custom_xml(document, json.dumps(manifest, indent=1))
    text = json.dumps(manifest, separators=(",", ":"))
    # Inside JSON strings these escapes mean the same, and so no program trims a space at the end of a piece
    # or takes '_x0041_' for the escape that such properties know.
    text = text.replace(" ", "\\u0020").replace("_x", "\\u005fx")
    pieces = [text[start : start + _PROPERTY_LENGTH] for start in range(0, len(text), _PROPERTY_LENGTH)]
    _add_custom_properties(document, {f"{MANIFEST_PROPERTY}{n}": piece for n, piece in enumerate(pieces, start=1)})


def to_bytes(document: Document) -> bytes:
    """The file, with the moment of saving taken out."""
    saved, frozen = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(frozen, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return frozen.getvalue()


def _add_custom_xml(document: Document, text: str) -> None:
    manifest = parse_xml(f'<manifest xmlns="{MANIFEST_NAMESPACE}"/>')
    manifest.text = text
    item = _new_part(document, "/customXml/item%d.xml", CONTENT_TYPE.XML, manifest)
    store = parse_xml(
        '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{{{str(uuid.uuid5(uuid.NAMESPACE_URL, MANIFEST_NAMESPACE)).upper()}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    properties = _new_part(document, "/customXml/itemProps%d.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, store)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _add_custom_properties(document: Document, values: Mapping[str, str]) -> None:
    """Put custom properties beside those there are, in the place of what an older manifest left."""
    root = _custom_properties(document)
    for old in [entry for entry in root if (entry.get("name") or "").startswith(MANIFEST_PROPERTY)]:
        root.remove(old)
    first = 1 + max((int(entry.get("pid")) for entry in root), default=_FIRST_PROPERTY_ID - 1)
    for number, (name, value) in enumerate(values.items(), start=first):
        entry = parse_xml(
            '<property xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes" '
            f'fmtid="{_CUSTOM_FORMAT}" pid="{number}"><vt:lpwstr/></property>'
        )
        entry.set("name", name)
        entry[0].text = value
        root.append(entry)
    part = _new_part(document, "/docProps/custom.xml", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, root)
    document.part.package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _custom_properties(document: Document) -> BaseOxmlElement:
    """The custom properties, cut loose from the file to be put back; none if it has none."""
    relations = document.part.package.rels
    for key, relation in list(relations.items()):
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:
            del relations[key]
            return parse_xml(relation.target_part.blob)
    return parse_xml('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>')


def _new_part(document: Document, name: str, content_type: str, root: BaseOxmlElement) -> Part:
    """A part of the package; `name` may hold %d, for the next number that is free."""
    package = document.part.package
    partname = package.next_partname(name) if "%d" in name else PackURI(name)
    return Part(partname, content_type, serialize_part_xml(root), package)


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})
