"""Word files: each changed word as a tracked change, so that Word shows what was and what is.

The XML is changed in place and nothing else in the file is touched. Runs are cut where a change starts and ends; what
is put in has the format of what it stands for. Quotation marks are no part of a repair, so they stay.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from lxml import etree

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.files import bytes_of
from rapporteur.proof.fixing.interface import Mended, Repair
from rapporteur.proof.fixing.words import Edit, edits

AUTHOR = "rapporteur"

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NAMESPACE}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_REMOVED = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_AS_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "‑", f"{_W}softHyphen": "\u00ad"}
_HIDDEN = ("vanish", "specVanish", "strike", "dstrike")
_PLACE = re.compile(r"paragraph (?P<number>\d+)\Z")


class DocxMender:
    suffixes = (".docx",)
    tracked = True

    def __init__(self, now: datetime | None = None) -> None:
        self._date = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def mend(self, path: Path, repairs: Sequence[Repair]) -> Mended:
        try:
            package = zipfile.ZipFile(BytesIO(bytes_of(path)))
            parts = {name: _xml(package.read(name)) for name in package.namelist() if _PARTS.fullmatch(name)}
        except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            raise DocumentUnreadable(f"{path.name} is not a Word file, or was damaged.", where=str(path)) from error
        paragraphs = {name: list(_paragraphs(root)) for name, root in _in_reading_order(parts)}
        pen = _Pen(self._date, _first_free_id(parts.values()))
        done = [repair for repair in repairs if _mend(repair, paragraphs, pen)]
        return Mended(_repacked(package, parts), tuple(done))


def _xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _in_reading_order(parts: dict[str, etree._Element]) -> Iterator[tuple[str, etree._Element]]:
    """The document itself first: its paragraphs are those that places count."""
    yield from sorted(parts.items(), key=lambda part: (part[0] != "word/document.xml", part[0]))


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """In document order, as the reader of documents counts them."""
    for child in element:
        if child.tag in _REMOVED:
            continue
        if child.tag == f"{_W}p":
            yield child
        yield from _paragraphs(child)


def _mend(repair: Repair, paragraphs: dict[str, list[etree._Element]], pen: _Pen) -> bool:
    """Whether the words of a repair were found in one paragraph, and changed there."""
    words = _pattern(repair.before)
    place = _PLACE.match(repair.place)
    body = paragraphs["word/document.xml"]
    first = body[int(place["number"]) - 1 :][:1] if place else []
    for paragraph in (*first, *(p for part in paragraphs.values() for p in part)):
        match = words.search(_text(paragraph))
        if match:
            _change(paragraph, match, repair, pen)
            return True
    return False


def _pattern(text: str) -> re.Pattern[str]:
    """The text with any white space for its own; none is needed after a hyphen, where a line may have ended."""
    pieces = re.split(r"\s+", text.strip())
    joined = re.escape(pieces[0])
    for before, piece in pairwise(pieces):
        joined += (r"\s*" if before.endswith(("-", "‐")) else r"\s+") + re.escape(piece)
    return re.compile(joined)


def _change(paragraph: etree._Element, match: re.Match[str], repair: Repair, pen: _Pen) -> None:
    """Every edit of a repair, from the last to the first so that offsets stay true."""
    found = match.group()
    flat = re.sub(r"\s+", " ", found)
    offsets = [m.start() for m in re.finditer(r"\s+|\S", found)] + [len(found)]
    for edit in sorted(edits(flat, repair.after), key=lambda e: -e.start):
        start, end = (match.start() + offsets[at] for at in (edit.start, edit.end))
        pen.write(paragraph, Edit(start, end, edit.after))


# --------------------------------------------------------------------------------- the runs of a paragraph


@dataclass(frozen=True, slots=True)
class _Piece:
    """A child of a run and the text it stands for; most have none."""

    run: etree._Element
    child: etree._Element
    text: str


def _text(paragraph: etree._Element) -> str:
    return "".join(piece.text for piece in _pieces(paragraph))


def _pieces(element: etree._Element) -> Iterator[_Piece]:
    for child in element:
        if child.tag == f"{_W}p" or child.tag in _REMOVED:
            continue
        if child.tag != f"{_W}r":
            yield from _pieces(child)
        elif not _is_hidden(child):
            for part in child:
                if part.tag != f"{_W}rPr":
                    text = (part.text or "") if part.tag == f"{_W}t" else _AS_TEXT.get(part.tag, "")
                    yield _Piece(child, part, text)


def _is_hidden(run: etree._Element) -> bool:
    found = (run.find(f"{_W}rPr/{_W}{name}") for name in _HIDDEN)
    return any(one is not None and one.get(f"{_W}val") not in ("0", "false", "off") for one in found)


def _cut(paragraph: etree._Element, at: int) -> None:
    """Make a run end at an offset of the paragraph's text."""
    position = 0
    for piece in list(_pieces(paragraph)):
        if position < at < position + len(piece.text):
            _split_text(piece, at - position)
            _split_run(piece.run, piece.child)
            return
        position += len(piece.text)
        if position == at and piece.text:
            _split_run(piece.run, piece.child)
            return


def _split_text(piece: _Piece, at: int) -> None:
    rest = deepcopy(piece.child)
    piece.child.text, rest.text = piece.text[:at], piece.text[at:]
    piece.child.addnext(rest)
    for part in (piece.child, rest):
        part.tail = None
        part.set(_SPACE, "preserve")


def _split_run(run: etree._Element, last: etree._Element) -> None:
    """Move what stands after `last` in a run to a run of its own, with the same format."""
    following = list(last.itersiblings())
    if not following:
        return
    rest = _run_like(run)
    rest.extend(following)
    run.addnext(rest)


def _run_like(run: etree._Element) -> etree._Element:
    new = run.makeelement(f"{_W}r")
    properties = run.find(f"{_W}rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    return new


def _runs_between(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs whose text lies in a stretch that starts and ends with a run."""
    position, runs = 0, []
    for piece in _pieces(paragraph):
        if start <= position and piece.text and position + len(piece.text) <= end and piece.run not in runs:
            runs.append(piece.run)
        position += len(piece.text)
    return runs


class _Pen:
    """Writes tracked changes, each with a number of its own."""

    def __init__(self, date: str, first_id: int) -> None:
        self._date = date
        self._next = first_id

    def write(self, paragraph: etree._Element, edit: Edit) -> None:
        _cut(paragraph, edit.start)
        _cut(paragraph, edit.end)
        removed = _runs_between(paragraph, edit.start, edit.end)
        beside = removed or _runs_between(paragraph, 0, edit.start)[-1:] or _runs_between(paragraph, 0, 10**9)[:1]
        inserted = _run_like(beside[0])
        last = beside[-1]
        for run in removed:
            last = self._remove(run)
        if edit.after:
            change = self._mark(inserted, "ins")
            text = etree.SubElement(inserted, f"{_W}t")
            text.text = edit.after
            text.set(_SPACE, "preserve")
            last.addnext(change)

    def _remove(self, run: etree._Element) -> etree._Element:
        for text in run.findall(f"{_W}t"):
            text.tag = f"{_W}delText"
            text.set(_SPACE, "preserve")
        place = run.getparent().index(run)
        parent = run.getparent()
        change = self._mark(run, "del")
        parent.insert(place, change)
        return change

    def _mark(self, run: etree._Element, kind: str) -> etree._Element:
        change = run.makeelement(f"{_W}{kind}")
        change.set(f"{_W}id", str(self._next))
        change.set(f"{_W}author", AUTHOR)
        change.set(f"{_W}date", self._date)
        self._next += 1
        change.append(run)
        return change


# -------------------------------------------------------------------------------------------- the file


def _first_free_id(roots: Iterable[etree._Element]) -> int:
    """Numbers of changes, comments and bookmarks share one space."""
    ids = [e.get(f"{_W}id", "") for root in roots for e in root.iter()]
    return max((int(i) for i in ids if i.lstrip("-").isdigit()), default=0) + 1


def _repacked(package: zipfile.ZipFile, parts: dict[str, etree._Element]) -> bytes:
    """The same file with the parts as they are now; everything else byte for byte, in the same order."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as copy:
        for member in package.infolist():
            data = package.read(member.filename)
            if member.filename in parts:
                data = etree.tostring(parts[member.filename], xml_declaration=True, encoding="UTF-8", standalone=True)
            copy.writestr(member, data, compress_type=member.compress_type)
    return content.getvalue()
