"""Bad input, item by item as issue 3 lists it: real files, through `rapporteur index`, beside a good record.

Whatever a file is, the others are read, the command ends with 2 when one was refused and with 0 otherwise, every
file has a line, and nobody sees a traceback.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from rapporteur.sources.readers.registry import READ_SUFFIXES, READERS
from tests.conftest import REPOSITORY
from tests.workspaces import settings_for, write_record

SETTINGS = ["--set", "embedder=hashing"]
GOOD = "corpus/groen/dialoog-900.json"
WORDS = "Wij misten het zwembad allemaal, en de buren van de overkant ook."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
O = "urn:oasis:names:tc:opendocument:xmlns"  # noqa: E741 - the letter of the format's name
BINARY = (".docx", ".odt", ".xlsx", ".pdf")

measured = pytest.mark.skipif(
    not Path("/proc/self/status").is_file(), reason="only Linux says how much memory a process took at most"
)

Line = Mapping[str, Any]
Index = Callable[..., dict[str, Line]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus with one good record, in the current folder."""
    write_record(tmp_path / "corpus", "groen", 900)
    return tmp_path / "corpus" / "groen"


@pytest.fixture
def index(folder: Path, capsys: pytest.CaptureFixture[str]) -> Index:
    """Run `rapporteur index`; the lines of the ledger by file. The good record is read, the exit code is right."""

    def run(*arguments: str) -> dict[str, Line]:
        code = main([*SETTINGS, "index", "--json", *arguments])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        lines = {line["source"]: line for line in json.loads(shown.out)["files"]}
        assert lines[GOOD]["status"] == "read"
        assert code == (2 if any(line["status"] == "refused" for line in lines.values()) else 0)
        return lines

    return run


def refused(lines: Mapping[str, Line], name: str) -> str:
    """What is said of a refused file, with what to do about it."""
    line = lines[f"corpus/groen/{name}"]
    assert line["status"] == "refused", line
    return f"{line['why']} {line['hint']}"


def said(name: str) -> list[str]:
    """The words of a file that are in the store."""
    with wiring.store(settings_for(Path.cwd())) as store:
        (record,) = (r for r in store.records() if r.source == f"corpus/groen/{name}")
        return [turn.text for turn in record.turns]


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def docx(path: Path, body: str = "", prologue: str = "", **more: str | bytes) -> Path:
    body = body or f"<w:p><w:r><w:t>Anna (kok): {WORDS}</w:t></w:r></w:p>"
    document = f'{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped(path, {"_rels/.rels": RELS, "word/document.xml": document, **more})


def odt(path: Path, body: str = "", prologue: str = "", **more: str | bytes) -> Path:
    spaces = f'xmlns:office="{O}:office:1.0" xmlns:text="{O}:text:1.0" xmlns:table="{O}:table:1.0"'
    body = body or f"<text:p>Anna (kok): {WORDS}</text:p>"
    content = (
        f"{prologue}<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(path, {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


def xlsx(path: Path, rows: list[list[object]] | None = None, change: Callable[[str], str] | None = None) -> Path:
    """`change` is done to the XML of the sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows or [["spreker", "rol", "tekst"], ["Anna", "kok", WORDS]]:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # a text, also '=1+1'
    book.save(path)
    book.close()
    if change:
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        sheet_part = "xl/worksheets/sheet1.xml"
        zipped(path, {**parts, sheet_part: change(parts[sheet_part].decode())})
    return path


def pdf(path: Path, *, password: str = "") -> Path:
    """A page without a text layer, as a scanner makes it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    writer.write(path)
    writer.close()
    return path


TEXTS = {
    ".vtt": f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Anna>{WORDS}</v>\n",
    ".srt": f"1\n00:00:01,000 --> 00:00:04,000\nAnna: {WORDS}\n",
    ".md": f"**Anna (kok):** {WORDS}\n",
    ".txt": f"Anna (kok): {WORDS}\n",
    ".html": f"<html><body><p>Anna (kok): {WORDS}</p></body></html>",
    ".csv": f'spreker;rol;tekst\nAnna;kok;"{WORDS}"\n',
    ".json": json.dumps({"turns": [{"speaker": "Anna", "role": "kok", "text": WORDS}]}),
}
MAKERS: dict[str, Callable[[Path], object]] = {".docx": docx, ".odt": odt, ".xlsx": xlsx}


def good_file(suffix: str, path: Path) -> Path | None:
    """A good record of a format; None where this file cannot make one."""
    if suffix in TEXTS:
        path.write_text(TEXTS[suffix], "utf-8")
    elif suffix in MAKERS:
        MAKERS[suffix](path)
    elif suffix == ".pdf":
        pdf(path)
    else:
        return None
    return path


# ------------------------------------------------------------------------- empty, truncated, wrongly named


def test_an_empty_file_of_every_type_is_refused(folder: Path, index: Index) -> None:
    names = []
    for number, suffix in enumerate(READERS, start=1):
        for at, content in enumerate((b"", b" \n\t\n")):
            names.append(f"dialoog-{10 * number + at}{suffix}")
            (folder / names[-1]).write_bytes(content)
    lines = index()
    assert all("The file is empty." in refused(lines, name) for name in names)


def test_a_truncated_file_of_every_type_is_refused_or_gives_the_words_that_are_left(folder: Path, index: Index) -> None:
    number = 0
    for suffix in [*TEXTS, *BINARY]:
        whole = good_file(suffix, folder / f"heel{suffix}")
        assert whole
        data = whole.read_bytes()
        whole.unlink()
        for part in (0.1, 0.5, 0.9, 0.99):
            number += 1
            (folder / f"dialoog-{number}{suffix}").write_bytes(data[: int(part * len(data))])
    lines = index()
    for name, line in lines.items():
        suffix = Path(name).suffix
        if name == GOOD:
            continue
        assert line["status"] in ("read", "refused") and (line["words"] or line["why"])
        if suffix in (*BINARY, ".json"):
            assert line["status"] == "refused", line
        elif line["status"] == "read":
            assert all(turn in f'{WORDS}"</v></p></body></html>' for turn in said(Path(name).name)), line


def test_a_file_under_the_ending_of_every_other_type_is_read_as_what_it_is_or_refused(
    folder: Path, index: Index
) -> None:
    number = 0
    binary = []
    for true in [*TEXTS, *BINARY]:
        for suffix in READERS:
            number += 1
            name = f"dialoog-{number}{suffix}"
            good_file(true, folder / name)
            if true in BINARY and suffix != true:
                binary.append(name)
    lines = index()
    assert all(refused(lines, name) for name in binary)
    assert all(line["status"] in ("read", "refused") for line in lines.values())
    assert all("\x00" not in turn and "PK" not in turn for turn in _all_turns())


def _all_turns() -> Iterator[str]:
    with wiring.store(settings_for(Path.cwd())) as store:
        yield from (turn.text for record in store.records() for turn in record.turns)


# ------------------------------------------------------------------------------- old, or with a password


def test_old_and_locked_office_files_are_refused_with_what_to_do_in_dutch_too(folder: Path, index: Index) -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)  # .doc, and any Office file with a password
    for number, suffix in enumerate((".doc", ".dot", ".docx", ".xlsx", ".odt"), start=1):
        (folder / f"dialoog-{number}{suffix}").write_bytes(ole)
    entry = f'<m:manifest xmlns:m="{O}:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    odt(folder / "dialoog-6.odt", **{"META-INF/manifest.xml": entry})
    pdf(folder / "dialoog-7.pdf", password="geheim")
    lines = index()
    asks = "sla op als {} zonder wachtwoord"
    for name, ending in (
        ("dialoog-1.doc", ".docx"),
        ("dialoog-2.dot", ".docx"),
        ("dialoog-3.docx", ".docx"),
        ("dialoog-4.xlsx", ".xlsx"),
        ("dialoog-5.odt", ".odt"),
        ("dialoog-6.odt", ".odt"),
        ("dialoog-7.pdf", "PDF"),
    ):
        assert asks.format(ending) in refused(lines, name)
        assert "password" in refused(lines, name)


def test_what_to_do_stands_under_the_line_of_a_refused_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "dialoog-1.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert main([*SETTINGS, "index"]) == 2
    shown = capsys.readouterr().out.splitlines()
    (at,) = (n for n, line in enumerate(shown) if line.startswith("refused    corpus/groen/dialoog-1.doc: "))
    assert shown[at + 1].startswith("           next: Open it in its own program")


def test_a_pdf_of_pictures_is_refused_with_what_to_do(folder: Path, index: Index) -> None:
    pdf(folder / "dialoog-1.pdf")
    assert "its pages are pictures" in refused(index(), "dialoog-1.pdf")


# ---------------------------------------------------------------------------------------- zip and XML bombs


def test_archives_that_unpack_to_too_much_are_refused(folder: Path, index: Index) -> None:
    docx(folder / "dialoog-1.docx", "<w:p/>" * 2_000_000)
    docx(folder / "dialoog-2.docx", **{f"word/{n}.xml": "<x/>" for n in range(6_000)})
    xlsx(
        folder / "dialoog-3.xlsx", change=lambda xml: xml.replace("</sheetData>", "<row/>" * 2_000_000 + "</sheetData>")
    )
    odt(folder / "dialoog-4.odt", "<text:p/>" * 2_000_000)
    lines = index()
    for name in ("dialoog-1.docx", "dialoog-3.xlsx", "dialoog-4.odt"):
        assert "unpacks to an unreasonable size" in refused(lines, name)
    assert "far more than a session record" in refused(lines, "dialoog-2.docx")


def test_an_archive_inside_an_archive_is_never_unpacked(folder: Path, index: Index) -> None:
    inner = zipped(folder.parent / "binnen.zip", {"nullen": bytes(50_000_000)})
    docx(folder / "dialoog-1.docx", **{"word/media/binnen.zip": inner.read_bytes()})
    inner.unlink()
    assert index()["corpus/groen/dialoog-1.docx"]["status"] == "read"


@measured
@pytest.mark.parametrize(("suffix", "part"), [(".docx", "word/document.xml"), (".odt", "content.xml")])
def test_an_archive_that_lies_about_its_sizes_is_refused_in_little_memory(
    suffix: str, part: str, folder: Path, index: Index
) -> None:
    """Declared as 2 kB, the stream inflates to a gigabyte. What is read is held to what was declared."""
    path = folder / f"dialoog-1{suffix}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELS)
        with archive.open(part, "w") as stream:
            for _ in range(1_000):
                stream.write(b"<w:p/>" * 170_000)
    data = bytearray(path.read_bytes())
    name = part.encode()
    struct.pack_into("<I", data, data.rfind(b"PK\x03\x04", 0, data.find(name)) + 22, 2_000)
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02", 0, data.rfind(name)) + 24, 2_000)
    path.write_bytes(data)
    assert "damaged" in refused(index(), path.name)
    assert _peak_memory(path) < 100_000_000


def test_a_small_archive_of_many_small_elements_is_stopped_by_the_limit_on_memory(
    folder: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its ratio is that of any text; only its tree is a hundred times as large."""
    monkeypatch.setattr("rapporteur.sources.readers.confined.MAX_MEMORY", 250_000_000)
    pytest.importorskip("resource", reason="this platform has no limits on memory")
    marks = "".join(f"<w:p><w:bookmarkEnd w:id='{n}'/></w:p>" for n in range(900_000))
    docx(folder / "dialoog-1.docx", marks)
    docx(folder / "dialoog-2.docx")
    lines = index()
    assert "takes more than 250 MB of memory" in refused(lines, "dialoog-1.docx")
    assert "in parts if it is long" in refused(lines, "dialoog-1.docx")
    assert lines["corpus/groen/dialoog-2.docx"]["status"] == "read"


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_read(
    folder: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapporteur.sources.readers.confined.MAX_SECONDS", 3)
    (folder / "dialoog-1.txt").write_text("Anna: hoi\n" + "x\n" * 4_900_000, "utf-8")
    docx(folder / "dialoog-2.docx")
    lines = index()
    assert "takes more than 3 seconds" in refused(lines, "dialoog-1.txt")
    assert lines["corpus/groen/dialoog-2.docx"]["status"] == "read"


def test_entities_are_never_expanded_and_nothing_outside_is_read(folder: Path, index: Index, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("Koperen trompet", "utf-8")
    grows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    prologues = (
        f'<!DOCTYPE x [<!ENTITY e0 "lol">{grows}<!ENTITY a "&e9;">]>',
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "http://198.51.100.7/a">]>',
        '<!DOCTYPE x SYSTEM "http://198.51.100.7/a.dtd">',
    )
    for number, prologue in enumerate(prologues):
        entity = "&a;" if "ENTITY" in prologue else "a"
        docx(folder / f"dialoog-{number}1.docx", f"<w:p><w:r><w:t>Anna: {entity}</w:t></w:r></w:p>", prologue)
        odt(folder / f"dialoog-{number}2.odt", f"<text:p>Anna: {entity}</text:p>", prologue)
        xlsx(folder / f"dialoog-{number}3.xlsx", change=lambda xml, p=prologue: p + xml)
        (folder / f"dialoog-{number}4.html").write_text(f"{prologue}<p>Anna: {entity} {WORDS}</p>", "utf-8")
    lines = index()
    for name in lines:
        if name.endswith((".docx", ".odt", ".xlsx")):
            assert "document type or entities" in refused(lines, Path(name).name)
    assert not any("trompet" in turn or "lollol" in turn for turn in _all_turns())


def test_a_sidecar_or_front_matter_that_refers_to_itself_is_refused(folder: Path, index: Index) -> None:
    """Ten lines of references to references are billions of words."""
    grows = "a0: &a0 [lol, lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    (folder / "dialoog-1.vtt").write_text(TEXTS[".vtt"], "utf-8")
    (folder / "dialoog-1.yaml").write_text(f"{grows}thema: *a11\n", "utf-8")
    (folder / "dialoog-2.md").write_text(f"---\n{grows}thema: *a11\n---\n{TEXTS['.md']}", "utf-8")
    lines = index()
    assert "The sidecar refers to other parts of itself" in refused(lines, "dialoog-1.vtt")
    assert "The front matter refers to other parts of itself" in refused(lines, "dialoog-2.md")


def test_parts_named_after_places_outside_are_written_nowhere(folder: Path, index: Index, tmp_path: Path) -> None:
    evil = {"../../../kwaad.txt": "x", "/kwaad.txt": "x", "..\\kwaad.txt": "x", "C:\\kwaad.txt": "x"}
    docx(folder / "dialoog-1.docx", **evil)
    odt(folder / "dialoog-2.odt", **evil)
    lines = index()
    assert {lines[f"corpus/groen/dialoog-{n}"]["status"] for n in ("1.docx", "2.odt")} == {"read"}
    assert not [*tmp_path.rglob("*kwaad*"), *tmp_path.parent.glob("*kwaad*")]


# ----------------------------------------------------------------------------------------------- tables


def test_a_million_declared_rows_cost_nothing_and_what_is_in_the_last_is_read(folder: Path, index: Index) -> None:
    def declared(xml: str) -> str:
        start, end = xml.index("<dimension"), xml.index("/>", xml.index("<dimension")) + 2
        return xml.replace(xml[start:end], '<dimension ref="A1:XFD1048576"/>')

    def last_row(xml: str) -> str:
        row = '<row r="1048576"><c r="C1048576" t="inlineStr"><is><t>Het laatste woord was aan mij.</t></is></c></row>'
        return declared(xml).replace("</sheetData>", f"{row}</sheetData>")

    xlsx(folder / "dialoog-1.xlsx", change=declared)
    xlsx(folder / "dialoog-2.xlsx", change=last_row)
    index()
    assert said("dialoog-1.xlsx") == [WORDS]
    assert said("dialoog-2.xlsx") == [WORDS, "Het laatste woord was aan mij."]


def test_words_beyond_the_hundredth_column_are_said_to_be_left_out(folder: Path, index: Index) -> None:
    far: list[object] = ["Anna", "kok", WORDS, *[None] * 200, "dit staat ver weg"]
    xlsx(folder / "dialoog-1.xlsx", [["spreker", "rol", "tekst"], far])
    line = index()["corpus/groen/dialoog-1.xlsx"]
    assert (line["status"], len(line["left_out"])) == ("read", 1)
    assert "row 2: 4 words, stands beyond column 100" in line["left_out"][0]


def test_cells_and_rows_that_say_they_repeat_a_million_times_are_read_once(folder: Path, index: Index) -> None:
    def cell(text: str, repeated: int = 1) -> str:
        paragraph = f"<text:p>{text}</text:p>" if text else ""
        return f'<table:table-cell table:number-columns-repeated="{repeated}">{paragraph}</table:table-cell>'

    header = "".join(map(cell, ("spreker", "rol", "opmerking", "tekst")))
    row = cell("Anna") + cell("", 2) + cell(WORDS) + cell("", 1_000_000)
    odt(
        folder / "dialoog-1.odt",
        f"<table:table><table:table-row>{header}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1000000">{row}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="1000000">{cell("", 1_000_000)}</table:table-row></table:table>',
    )
    line = index()["corpus/groen/dialoog-1.odt"]
    assert said("dialoog-1.odt") == [WORDS]
    assert [warning for warning in line["warnings"] if "was read once" in warning]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "=cmd|'/c calc'!A1 ", "=HYPERLINK(1) ", "\t=", "\r="])
def test_a_cell_that_looks_like_a_formula_is_read_as_words(start: str, folder: Path, index: Index) -> None:
    text = f"{start}SUM(1;2) {WORDS}"
    if "\r" not in text:
        xlsx(folder / "dialoog-1.xlsx", [["spreker", "rol", "tekst"], ["Anna", "kok", text]])
    (folder / "dialoog-2.csv").write_text(f'spreker,rol,tekst\nAnna,kok,"{text}"\n', "utf-8")
    lines = index()
    for name in ("dialoog-1.xlsx", "dialoog-2.csv"):
        if f"corpus/groen/{name}" in lines:
            assert said(name) == [text.strip()]


# ---------------------------------------------------------------------------------------- text and times


def test_a_text_of_a_hundred_megabytes_is_refused_unread(folder: Path, index: Index) -> None:
    with (folder / "dialoog-1.txt").open("w", encoding="utf-8") as file:
        file.writelines(["Anna: ", *["stil op het plein en " * 50_000] * 95])
    with (folder / "dialoog-2.md").open("w", encoding="utf-8") as file:
        file.writelines(["**Anna:** hoi daar iedereen\n\n" * 100_000] * 17)
    lines = index()
    assert "The file is 99.8 MB; the limit is 10 MB." in refused(lines, "dialoog-1.txt")
    assert "The file is 49.3 MB; the limit is 10 MB." in refused(lines, "dialoog-2.md")
    assert "one session in each file" in refused(lines, "dialoog-1.txt")


@measured
@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_text_of_nearly_the_limit_is_read_in_a_few_times_its_size(between: str, tmp_path: Path) -> None:
    path = tmp_path / "dialoog-1.txt"
    said_often = between.join(["Anna (kok): het was stil op het plein en wij misten de buren van de overkant"] * 60_000)
    path.write_text(said_often, "utf-8")
    assert _peak_memory(path) < 50_000_000 + 20 * path.stat().st_size


def _peak_memory(path: Path) -> int:
    """Of reading one file, in a Python of its own, in bytes."""
    code = (
        "import sys; from pathlib import Path\n"
        "from rapporteur.errors import RecordRefused\n"
        "from rapporteur.sources.readers.registry import read_record\n"
        "path = Path(sys.argv[1])\n"
        "try: read_record(path, path.name, theme='groen', dialogue=1)\n"
        "except RecordRefused: pass\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", code, str(path)]
    return 1024 * int(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)


def test_nul_bytes_and_broken_encodings_are_said_never_guessed(folder: Path, index: Index) -> None:
    (folder / "dialoog-1.txt").write_bytes(f"Anna: {WORDS}\0 {WORDS}\n".encode())
    (folder / "dialoog-2.txt").write_bytes(f"Anna: {WORDS} Café.\n".encode("cp1252"))
    (folder / "dialoog-3.txt").write_bytes(f"Zoë: {WORDS}\n".encode() + b"Anna: caf\xe9.\n")
    (folder / "dialoog-4.txt").write_bytes(f"Anna: {WORDS}\n".encode("utf-16-le"))
    (folder / "dialoog-5.txt").write_bytes(f"Anna: {WORDS}\n".encode("utf-16"))
    lines = index()
    assert said("dialoog-1.txt") == [f"{WORDS} {WORDS}"]
    assert said("dialoog-5.txt") == [WORDS]
    assert "NUL bytes" in lines["corpus/groen/dialoog-1.txt"]["warnings"][0]
    assert said("dialoog-2.txt") == [f"{WORDS} Café."]
    assert "Windows-1252" in lines["corpus/groen/dialoog-2.txt"]["warnings"][0]
    assert "Line 2 is not valid UTF-8" in refused(lines, "dialoog-3.txt")
    assert "UTF-16 without a byte order mark" in refused(lines, "dialoog-4.txt")


def test_characters_that_nobody_sees_make_no_second_speaker_and_turn_no_name_around(folder: Path, index: Index) -> None:
    names = ("Anna", "An\u200bna", "\u202eAnna\u202c", "A\u00adnna", "\u2066Anna\u2069", "\ufeffAnna")
    (folder / "dialoog-1.txt").write_text("\n\n".join(f"{name} (kok): {WORDS}" for name in names), "utf-8")
    index()
    with wiring.store(settings_for(Path.cwd())) as store:
        assert {f.speaker for f in store.fragments() if f.record == "groen/1"} == {"Anna"}


def test_overlapping_and_negative_times_cost_no_words_and_are_said(folder: Path, index: Index) -> None:
    cues = (
        ("00:01.000", "00:09.000"),
        ("00:05.000", "00:12.000"),
        ("-00:03.000", "00:01.000"),
        ("00:30.000", "00:20.000"),
    )
    vtt = "WEBVTT\n\n" + "\n\n".join(f"{a} --> {b}\n<v Anna>Zin {n}.</v>" for n, (a, b) in enumerate(cues))
    srt = "\n\n".join(f"{n}\n{_srt(a)} --> {_srt(b)}\nAnna: Zin {n}." for n, (a, b) in enumerate(cues))
    (folder / "dialoog-1.vtt").write_text(vtt, "utf-8")
    (folder / "dialoog-2.srt").write_text(srt, "utf-8")
    lines = index()
    for name in ("dialoog-1.vtt", "dialoog-2.srt"):
        assert " ".join(said(name)) == "Zin 0. Zin 1. Zin 2. Zin 3."
        warned = " ".join(lines[f"corpus/groen/{name}"]["warnings"])
        assert "before zero" in warned and "end before they start" in warned and "before the one above them" in warned


def _srt(time: str) -> str:
    sign = "-" if time.startswith("-") else ""
    return f"{sign}00:{time.removeprefix('-').replace('.', ',')}"


# ------------------------------------------------------------------------- links, pipes, rights and names


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links, pipes and names")
def test_links_pipes_sockets_and_odd_names_each_get_a_line_and_nothing_waits(
    folder: Path, index: Index, tmp_path: Path
) -> None:
    outside = tmp_path / "buiten.txt"
    outside.write_text("Bo: Koperen trompet onder het bed van mijn opa.", "utf-8")
    (folder / "dialoog-1.txt").symlink_to(outside)
    (folder / "dialoog-2.txt").symlink_to("dialoog-2.txt")
    (folder / "dialoog-3.txt").symlink_to("nergens.txt")
    (folder / "rondje").symlink_to("..", target_is_directory=True)
    os.mkfifo(folder / "dialoog-4.vtt")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket may not be long
        listening.bind("dialoog-5.vtt")
        os.chdir(here)
        (folder / "dialoog-6\nrood.txt").write_text(TEXTS[".txt"], "utf-8")
        (folder / os.fsdecode(b"dialoog-7\xff.txt")).write_text(TEXTS[".txt"], "utf-8")
        lines = index()
    whys = {Path(name).name: (line["status"], line["why"]) for name, line in lines.items() if line["why"]}
    assert whys == {
        "dialoog-1.txt": ("skipped", "a link to a file outside the folder"),
        "dialoog-2.txt": ("skipped", "not a file that can be read"),
        "dialoog-3.txt": ("skipped", "not a file that can be read"),
        "rondje": ("skipped", "a link to a folder"),
        "dialoog-4.vtt": ("skipped", "not a file that can be read"),
        "dialoog-5.vtt": ("skipped", "not a file that can be read"),
        "dialoog-6\\nrood.txt": ("refused", "its name holds characters that cannot be printed: rename it"),
        "dialoog-7\\xff.txt": ("refused", "its name holds characters that cannot be printed: rename it"),
    }
    assert not any("trompet" in turn for turn in _all_turns())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_a_pipe_or_a_dead_link_that_the_user_names_is_refused_and_the_others_are_read(
    folder: Path, index: Index
) -> None:
    os.mkfifo(folder / "dialoog-4.vtt")
    (folder / "dialoog-3.txt").symlink_to("nergens.txt")
    lines = index("corpus/groen/dialoog-4.vtt", "corpus/groen/dialoog-3.txt", GOOD)
    assert "not a file that can be read" in refused(lines, "dialoog-4.vtt")
    assert "not a file that can be read" in refused(lines, "dialoog-3.txt")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_files_and_folders_that_may_not_be_read_are_refused_and_the_others_are_read(
    folder: Path, without_privileges: list[str]
) -> None:
    (folder / "dialoog-1.txt").write_text(TEXTS[".txt"], "utf-8")
    (folder / "dialoog-1.txt").chmod(0)
    (folder.parent / "dicht").mkdir(mode=0)
    (folder.parent / "half").mkdir()
    (folder.parent / "half" / "dialoog-2.txt").write_text(TEXTS[".txt"], "utf-8")
    (folder.parent / "half").chmod(0o400)
    run = subprocess.run([*without_privileges, *SETTINGS, "index", "--json"], capture_output=True, text=True)
    for closed in (folder.parent / "dicht", folder.parent / "half"):
        closed.chmod(0o700)
    assert run.returncode == 2 and run.stdout and "Traceback" not in run.stderr, run.stderr
    lines = {line["source"]: line for line in json.loads(run.stdout)["files"]}
    assert lines[GOOD]["status"] == "read"
    for name in ("groen/dialoog-1.txt", "dicht", "half/dialoog-2.txt"):
        line = lines[f"corpus/{name}"]
        assert line["status"] == "refused" and "Permission denied" in line["why"], line


def test_what_is_read_is_every_format_that_is_tested_here() -> None:
    assert {*TEXTS, *BINARY} <= set(READ_SUFFIXES)
