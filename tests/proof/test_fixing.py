"""Mending altered quotes in a copy: tracked in Word, in place in Markdown, told in both, and nothing else touched."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from rapporteur import wiring
from rapporteur.errors import UsageError
from rapporteur.pipeline import checking, fixing
from rapporteur.proof.fixing.interface import Fixed
from rapporteur.proof.fixing.words import edits
from rapporteur.sources.store import Store
from tests.workspaces import index, settings_for, write_record

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KOOR = "Ik heb het koor zo gemist dat ik in de auto ben gaan zingen, met de ramen dicht & de *radio* uit."
SOEP = "Wij brachten soep rond in de flat, en dat zijn we daarna niet meer gaan missen. Het was mooi."
THEO = "Toen belde mevrouw Vlasblom mij op, en zij zei dat het hek weer open was voor wie wilde."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root = tmp_path_factory.mktemp("werkplaats")
    write_record(root / "corpus", "buurt", 1, [("Ans Roos", "koster", KOOR), ("Bo Vink", "kok", SOEP)])
    write_record(root / "corpus", "buurt", 2, [("Cor Bies", "kapper", THEO)])
    settings = settings_for(root)
    index(settings, root / "corpus")
    with wiring.store(settings) as opened:
        yield opened


def fix(file: Path, store: Store) -> tuple[Fixed, Path]:
    copy = file.with_name(f"goed{file.suffix}")
    return fixing.fix_document(file, copy, checking.check_document(file, store), store), copy


def word_file(folder: Path, *paragraphs: list[str]) -> Path:
    """A Word file; a paragraph is its runs, each second one in bold."""
    document = Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for number, text in enumerate(runs):
            paragraph.add_run(text).bold = number % 2 == 1
    file = folder / "verslag.docx"
    document.save(str(file))
    return file


def body(file: Path) -> Element:
    root: Element = fromstring(zipfile.ZipFile(file).read("word/document.xml"))
    return root


def words(elements: list[Element], tag: str) -> list[str]:
    return ["".join(t.text or "" for t in element.iter(f"{W}{tag}")) for element in elements]


# --------------------------------------------------------------------------------------------- Word


def test_only_the_changed_words_are_tracked_by_rapporteur_with_a_date(store: Store, tmp_path: Path) -> None:
    file = word_file(tmp_path, ["Zij zei: ‘", SOEP.replace("niet meer", "toch weer"), "’ (kok, dialoog 1)"])
    fixed, copy = fix(file, store)
    removed, added = list(body(copy).iter(f"{W}del")), list(body(copy).iter(f"{W}ins"))
    assert words(removed, "delText") == ["toch weer"] and words(added, "t") == ["niet meer"]
    assert {e.get(f"{W}author") for e in (*removed, *added)} == {"rapporteur"}
    assert all(e.get(f"{W}date") for e in (*removed, *added))
    assert (fixed.tracked, [c.after for c in fixed.changes], fixed.left) == (True, [SOEP], ())


def test_the_copy_is_clean_and_the_document_is_as_it_was(store: Store, tmp_path: Path) -> None:
    file = word_file(tmp_path, ["‘", SOEP.replace("niet ", ""), "’ (kok, dialoog 1)"], ["Verder niets."])
    before = file.read_bytes()
    _, copy = fix(file, store)
    ((quotation, verdict),) = checking.check_document(copy, store).quotations
    assert verdict.clean and quotation.text == SOEP and file.read_bytes() == before


def test_the_format_of_runs_is_kept_on_both_sides_of_a_change(store: Store, tmp_path: Path) -> None:
    text = SOEP.replace("soep rond", "taart langs")
    at = text.index("aart")
    file = word_file(tmp_path, ["‘" + text[:at], text[at : at + 20], text[at + 20 :] + "’ (kok, dialoog 1)"])
    _, copy = fix(file, store)
    kept = "".join(
        t.text or "" for p in body(copy).iter(f"{W}p") for r in p.findall(f"{W}r") for t in r.findall(f"{W}t")
    )
    assert kept == f"‘{SOEP}’ (kok, dialoog 1)".replace("soep rond", "")
    bold = {t.text for r in body(copy).iter(f"{W}r") if r.find(f"{W}rPr/{W}b") is not None for t in r.iter(f"{W}t")}
    assert " in de flat, " in "".join(filter(None, bold)) or any(b and "in de fl" in b for b in bold)


def test_two_quotes_of_one_paragraph_are_mended_over_a_link_and_a_bookmark(store: Store, tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Zij zei: ‘Ik heb het koor zo ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "koor")
    link.append(document.add_paragraph().add_run("gehaat dat ik")._r)
    paragraph._p.append(link)
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), "7")
        mark.set(qn("w:name"), "koor")
        paragraph._p.append(mark)
    paragraph.add_run(" in de auto ben gaan zingen’ (koster, dialoog 1), en een ander: ‘Wij brachten ")
    paragraph.add_run("koffie").bold = True
    paragraph.add_run(" rond in de flat’ (kok, dialoog 1).")
    file = tmp_path / "verslag.docx"
    document.save(str(file))
    fixed, copy = fix(file, store)
    assert len(fixed.changes) == 2 and fixed.left == ()
    assert words(list(body(copy).iter(f"{W}ins")), "t") == ["gemist", "soep"]
    assert all(verdict.clean for _, verdict in checking.check_document(copy, store).quotations)


def test_a_word_that_was_lost_comes_back_where_it_was_even_at_the_end(store: Store, tmp_path: Path) -> None:
    file = word_file(
        tmp_path, ["‘Wij brachten soep rond in de flat, en dat zijn we daarna gaan missen.’ (kok, dialoog 1)"]
    )
    fixed, copy = fix(file, store)
    assert words(list(body(copy).iter(f"{W}del")), "delText") == []
    assert words(list(body(copy).iter(f"{W}ins")), "t") == ["niet meer "]
    assert fixed.changes[0].after == SOEP.removesuffix(" Het was mooi.")


def test_honest_marks_of_the_quote_stay(store: Store, tmp_path: Path) -> None:
    file = word_file(
        tmp_path, ["‘Wij brachten taart rond (…) en dat zijn we daarna niet meer gaan missen’ (kok, dialoog 1)"]
    )
    fixed, _ = fix(file, store)
    assert [c.after for c in fixed.changes] == [
        "Wij brachten soep rond (…) en dat zijn we daarna niet meer gaan missen"
    ]


def test_other_parts_of_the_file_are_byte_for_byte_the_same(store: Store, tmp_path: Path) -> None:
    file = word_file(tmp_path, ["‘", SOEP.replace("niet ", ""), "’ (kok, dialoog 1)"])
    _, copy = fix(file, store)
    one, other = zipfile.ZipFile(file), zipfile.ZipFile(copy)
    assert one.namelist() == other.namelist()
    assert [n for n in one.namelist() if one.read(n) != other.read(n)] == ["word/document.xml"]


def test_numbers_of_changes_do_not_meet_those_that_are_there(store: Store, tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph(f"‘{SOEP.replace('niet meer', 'toch weer')}’ (kok, dialoog 1)")
    mark = OxmlElement("w:bookmarkStart")
    mark.set(f"{W}id", "41")
    mark.set(f"{W}name", "plek")
    paragraph._p.append(mark)
    document.save(str(tmp_path / "v.docx"))
    _, copy = fix(tmp_path / "v.docx", store)
    ids = [e.get(f"{W}id") for tag in ("ins", "del") for e in body(copy).iter(f"{W}{tag}")]
    assert sorted(ids) == ["42", "43"]  # type: ignore[type-var]


# ----------------------------------------------------------------------------------------- Markdown


def test_markdown_is_mended_in_place_and_all_else_is_kept(store: Store, tmp_path: Path) -> None:
    text = "# Verslag\n\nEen *inleiding*.\n\n> ‘{}’ (koster, dialoog 1)\n\nEn verder.\n"
    quote = KOOR.replace("*", "\\*").replace("&", "&amp;")
    file = tmp_path / "verslag.md"
    file.write_text(text.format(quote.replace("in de auto", "in **de** schuur")), "utf-8")
    fixed, copy = fix(file, store)
    assert copy.read_text("utf-8") == text.format(quote.replace("in de auto", "in **de** auto"))
    assert (fixed.tracked, len(fixed.changes), fixed.left) == (False, 1, ())


def test_emphasis_does_not_stay_behind_half(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "verslag.md"
    file.write_text(f"‘{SOEP.replace('de flat', 'geen *enkele* flat')}’ (kok, dialoog 1)", "utf-8")
    _, copy = fix(file, store)
    assert copy.read_text("utf-8") == f"‘{SOEP}’ (kok, dialoog 1)"


def test_the_same_fault_twice_is_mended_twice(store: Store, tmp_path: Path) -> None:
    line = f"‘{SOEP.replace('niet meer', 'toch weer')}’ (kok, dialoog 1)"
    file = tmp_path / "verslag.md"
    file.write_text(f"{line}\n\nNogmaals:\n\n{line}", "utf-8")
    _, copy = fix(file, store)
    assert copy.read_text("utf-8").count("niet meer") == 2


# ------------------------------------------------------------------------------------ what is left


def test_a_quote_that_would_disclose_a_name_is_left_and_told(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "verslag.md"
    file.write_text(
        "‘Toen belde iemand mij op, en zij zei dat het hek weer open was voor wie wilde.’ (kapper, dialoog 2)"
    )
    fixed, copy = fix(file, store)
    assert fixed.changes == () and "personal data" in fixed.left[0].why
    assert copy.read_text("utf-8") == file.read_text("utf-8")


def test_words_under_another_name_are_left_and_told(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "verslag.md"
    file.write_text(f"‘{SOEP.replace('niet meer', 'toch weer')}’ (kapper, dialoog 2)", "utf-8")
    fixed, _ = fix(file, store)
    assert fixed.changes == () and len(fixed.left) == 1


def test_a_copy_may_not_be_the_document_nor_another_kind(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "verslag.md"
    file.write_text(f"‘{SOEP}’ (kok, dialoog 1)", "utf-8")
    checked = checking.check_document(file, store)
    for copy in (file, tmp_path / "verslag.docx"):
        with pytest.raises(UsageError):
            fixing.fix_document(file, copy, checked, store)


@given(st.lists(st.sampled_from(["a", "b", "niet", "wel"])), st.lists(st.sampled_from(["a", "b", "niet", "wel"])))
def test_edits_turn_the_one_text_into_the_other(one: list[str], other: list[str]) -> None:
    before, after = " ".join(one), " ".join(other)
    made, position = "", 0
    for edit in edits(before, after):
        made += before[position : edit.start] + edit.after
        position = edit.end
    assert made + before[position:] == after
