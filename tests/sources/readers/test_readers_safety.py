"""No file, however broken or hostile, gives anything but a Reading or a refusal that a person can act on."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers import files
from rapporteur.sources.readers.registry import READERS, read_record

CORPUS = Path(__file__).parents[3] / "corpus"
GOOD = sorted(path for path in (CORPUS / "werken-en-leren").glob("dialoog-*") if path.suffix in READERS)
TEXT = [".vtt", ".srt", ".md", ".txt", ".html", ".csv", ".json"]
OFFICE = [".docx", ".odt", ".xlsx"]


def read_or_refuse(path: Path) -> bool:
    """True for a Reading; a refusal must be a sentence that says where and what to do."""
    try:
        READERS[path.suffix].read(path, path.name)
    except RecordRefused as refusal:
        assert str(refusal).endswith(".")
        assert refusal.where == path.name
        assert refusal.hint
        return False
    return True


@pytest.mark.parametrize("suffix", READERS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400)
    | st.sampled_from(
        [b"WEBVTT\n\n", b"PK\x03\x04", b"---\n", b"{", b"<p>", b"tekst;rol\n", b"0:0:1,0 --> 0:0:2,0\n"]
    ).flatmap(lambda head: st.binary(max_size=200).map(lambda rest: head + rest))
)
def test_arbitrary_bytes_give_a_reading_or_a_refusal(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"iets{suffix}"
    path.write_bytes(data)
    read_or_refuse(path)


@pytest.mark.parametrize("good", GOOD, ids=lambda path: path.suffix)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_a_damaged_record_gives_a_reading_or_a_refusal(tmp_path: Path, good: Path, seed: int) -> None:
    damage = random.Random(seed)  # noqa: S311 - a seed that hypothesis can shrink, no secret
    data = bytearray(good.read_bytes())
    for _ in range(damage.randrange(1, 6)):
        data[damage.randrange(len(data))] = damage.randrange(256)
    if damage.random() < 0.3:
        del data[damage.randrange(len(data)) :]
    path = tmp_path / f"kapot{good.suffix}"
    path.write_bytes(data)
    read_or_refuse(path)


@pytest.mark.parametrize("good", GOOD, ids=lambda path: path.suffix)
@pytest.mark.parametrize("suffix", READERS)
def test_a_record_with_the_ending_of_another_format_is_never_a_traceback(
    tmp_path: Path, good: Path, suffix: str
) -> None:
    path = tmp_path / f"anders{suffix}"
    path.write_bytes(good.read_bytes())
    read_or_refuse(path)


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"leeg{suffix}"
    path.write_bytes(content)
    with pytest.raises(RecordRefused, match="The file is empty"):
        READERS[suffix].read(path, path.name)


def test_a_folder_a_missing_file_and_a_file_that_is_too_big_are_refused(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "map.md").mkdir()
    (tmp_path / "groot.md").write_text("**Anna:** veel te veel woorden", "utf-8")
    monkeypatch.setattr(files, "MAX_TEXT_BYTES", 10)
    for name, reason in (("map.md", "not a file"), ("weg.md", "no such file"), ("groot.md", "the limit is")):
        with pytest.raises(RecordRefused, match=reason):
            READERS[".md"].read(tmp_path / name, name)


@pytest.mark.parametrize("suffix", OFFICE)
def test_an_old_or_locked_office_file_is_named_as_such(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"oud{suffix}"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    with pytest.raises(RecordRefused, match="old or password-protected"):
        READERS[suffix].read(path, path.name)


def test_a_document_type_is_refused_before_any_entity_is_read(make_docx) -> None:
    prologue = '<!DOCTYPE w [<!ENTITY a "weg">]>'
    path = make_docx("<w:p><w:r><w:t>Anna: &a;</w:t></w:r></w:p>", prologue=prologue)
    with pytest.raises(RecordRefused, match="document type or entities"):
        READERS[".docx"].read(path, path.name)


def test_a_document_type_in_any_part_of_a_workbook_is_refused(make_xlsx, tmp_path: Path) -> None:
    path, changed = make_xlsx({"blad": [["spreker", "tekst"], ["Anna", "Hoi."]]}), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            new.writestr(part, content)
    with pytest.raises(RecordRefused, match="document type or entities"):
        READERS[".xlsx"].read(changed, changed.name)


def test_a_small_file_that_unpacks_to_millions_of_paragraphs_is_refused_unread(make_docx) -> None:
    path = make_docx("<w:p/>" * 1_000_000)
    assert path.stat().st_size < 50_000
    with pytest.raises(RecordRefused, match="unreasonable size"):
        READERS[".docx"].read(path, path.name)


def test_xml_nested_too_deeply_is_refused(make_docx) -> None:
    path = make_docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)
    with pytest.raises(RecordRefused, match="damaged"):
        READERS[".docx"].read(path, path.name)


@pytest.mark.parametrize("suffix", OFFICE)
def test_a_zip_that_is_no_office_file_is_refused(tmp_path: Path, suffix: str) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as new:
        new.writestr("foto.txt", "geen verslag")
    path = tmp_path / f"zip{suffix}"
    path.write_bytes(archive.getvalue())
    with pytest.raises(RecordRefused, match="It is not a"):
        READERS[suffix].read(path, path.name)


MARKDOWN = "**Zoë:** Café, ideeën en één plein.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_people_have(read_text_as, encoding: str) -> None:
    reading = read_text_as(".md", MARKDOWN.encode(encoding))
    assert (reading.turns[0].speaker, reading.turns[0].text) == ("Zoë", "Café, ideeën en één plein.")
    assert len(reading.warnings) == (encoding == "cp1252")


def test_utf8_with_a_bad_byte_is_refused_not_read_as_something_else(read_text_as) -> None:
    with pytest.raises(RecordRefused, match="Line 3 is not valid UTF-8"):
        read_text_as(".md", MARKDOWN.encode() + b"\n**Zo\xeb:** Hoi.\n")


@pytest.mark.parametrize("suffix", TEXT)
def test_bytes_that_are_no_text_in_any_accepted_encoding_are_refused(read_text_as, suffix: str) -> None:
    with pytest.raises(RecordRefused, match="not valid UTF-8 or Windows-1252 text"):
        read_text_as(suffix, b"\x81\x8d\x8f")


def test_a_format_that_is_not_read_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "verslag.pages"
    path.write_bytes(b"PK")
    with pytest.raises(RecordRefused, match=r"'\.pages' are not read; \.vtt, "):
        read_record(path, path.name)
