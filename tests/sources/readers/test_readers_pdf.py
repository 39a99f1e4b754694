"""PDF: print read as the document it was printed from, page by page, or refused with what to do."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zlib
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf.annotations import FreeText

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers import pdf_text
from rapporteur.sources.readers.docx import DocxReader
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.pdf import PdfReader

CORPUS = Path(__file__).parents[3] / "corpus"
FONTS = {"": "Helvetica", "bold": "Helvetica-Bold"}
PICTURE = b"q 100 0 0 100 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"

Show = tuple[float, float, str, str, float]  # x, y, text, weight, size


def line(y: float, text: str, *, x: float = 70, weight: str = "", size: float = 11) -> Show:
    return (x, y, text, weight, size)


def lines(texts: Sequence[str], *, top: float = 700, x: float = 70, leading: float = 14) -> list[Show]:
    """Lines of print under each other; an empty text is a line of space."""
    return [line(top - leading * at, text, x=x) for at, text in enumerate(texts) if text]


def pdf(*pages: Sequence[Show] | bytes) -> bytes:
    """A PDF as small as one can be: per page what it shows, or the operators themselves."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    for face in FONTS.values():
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>"
        objects.append(font.encode())
    for at, page in enumerate(pages):
        stream = page if isinstance(page, bytes) else b"\n".join(map(_operators, page))
        resources = "/Resources << /Font << /F 3 0 R /Fbold 4 0 R >> >>"
        what = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {6 + 2 * at} 0 R >>"
        objects += [what.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]
    return assembled(objects)


def assembled(objects: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


def _operators(show: Show) -> bytes:
    x, y, text, weight, size = show
    escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"BT /F{weight} {size} Tf 1 0 0 1 {x} {y} Tm (".encode() + escaped + b") Tj ET"


@pytest.fixture
def read(tmp_path: Path):
    def read(*pages: Sequence[Show] | bytes) -> Reading:
        return read_bytes(tmp_path, pdf(*pages))

    return read


def read_bytes(folder: Path, data: bytes) -> Reading:
    path = folder / "dialoog-1.pdf"
    path.write_bytes(data)
    return PdfReader().read(path, path.name)


def said(reading: Reading) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.role, turn.text) for turn in reading.turns]


# ------------------------------------------------------------------------------- lines and paragraphs


def test_wrapped_lines_are_one_paragraph_and_a_space_between_starts_another(read) -> None:
    texts = ["Anna (kok): Eerst dit", "en dan dat.", "", "En toen dit", "nog eens.", "", "Bram (bakker): Ja."]
    assert said(read(lines(texts))) == [
        ("Anna", "kok", "Eerst dit en dan dat.\nEn toen dit nog eens."),
        ("Bram", "bakker", "Ja."),
    ]


def test_turns_without_space_between_them_are_known_by_their_labels(read) -> None:
    texts = ["Anna (kok): Eerst dit", "en dan dat.", "Bram (bakker en", "oprichter): Ja.", "Cor: Nee", "hoor."]
    assert said(read(lines(texts))) == [
        ("Anna", "kok", "Eerst dit en dan dat."),
        ("Bram", "bakker en oprichter", "Ja.\nCor: Nee hoor."),
    ]


def test_a_name_at_the_start_of_a_wrapped_line_is_no_speaker_where_turns_are_set_apart(read) -> None:
    texts = ["Anna: We gingen naar", "Amsterdam: daar begon het.", "", "Bram: Ja.", "", "Anna: Nee."]
    assert [turn[0] for turn in said(read(lines(texts)))] == ["Anna", "Bram", "Anna"]


def test_bare_labels_open_a_turn_where_the_line_before_ends_a_sentence(read) -> None:
    texts = ["Anna: Ik ging naar", "Bram: dat is een stad.", "Cor: Ja."]
    assert [turn[0] for turn in said(read(lines(texts)))] == ["Anna", "Cor"]


def test_a_label_in_bold_is_a_label_as_in_word(read) -> None:
    page = [
        line(700, "student mbo:", weight="bold"),
        line(700, "Ik leer", x=150),
        line(686, "graag."),
        line(660, "Let op: de deur."),
    ]
    assert said(read(page)) == [("student mbo", None, "Ik leer graag.\nLet op: de deur.")]


def test_a_first_line_indent_and_a_hanging_indent_both_make_paragraphs(read) -> None:
    first = lines(["Anna (kok): een twee", "drie vier", "vijf."])
    indented = [line(658, "Zes zeven", x=85), line(644, "acht."), line(630, "Negen.", x=85)]
    assert said(read(first + indented))[0][2] == "een twee drie vier vijf.\nZes zeven acht.\nNegen."


def test_larger_or_bold_lines_are_headings_and_not_someones_words(read) -> None:
    page = [
        line(760, "Verslag van de avond", size=18),
        line(720, "Knel en kiem", weight="bold"),
        line(700, "Anna (kok): Een."),
        line(670, "Groepje bij het raam", weight="bold"),
        line(650, "Bram (bakker): Twee."),
        line(620, "Ronde 2: dromen", size=14),
        line(600, "Anna (kok): Drie."),
    ]
    reading = read(page)
    assert [turn.round for turn in reading.turns] == ["knel-kiem", None, "dromen"]
    assert [(entry.words, entry.why) for entry in reading.left_out] == [(4, "a heading, not someone's words")]


def test_ligatures_are_letters(tmp_path: Path) -> None:
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfchar <01> <FB01> endbfchar endcmap"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length 67 >>\nstream\nBT /F 11 Tf 70 700 Td (Anna: \x01ets gezien.) Tj ET\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]
    assert said(read_bytes(tmp_path, assembled(objects)))[0][2] == "fiets gezien."


def test_a_place_beyond_all_numbers_is_no_reason_to_lose_words(read) -> None:
    larger = b"1%s 0 0 1 0 0 cm " % (b"0" * 30) * 20
    far = larger + b"BT /F 11 Tf 1 0 0 1 70 700 Tm (Anna \\(kok\\): Ja.) Tj ET"
    assert said(read(far)) == [("Anna", "kok", "Ja.")]


# ------------------------------------------------------------------------------------ over the page


def test_a_turn_over_a_page_break_is_one_turn_and_stands_where_it_starts(read) -> None:
    first, second = (
        lines(["Anna (kok): Dit gaat over", "de hele verga-"]),
        lines(["dering door.", "", "Bram (bakker): Ja."]),
    )
    reading = read(first, second)
    assert said(reading)[0] == ("Anna", "kok", "Dit gaat over de hele vergadering door.")
    assert [(t.locator.page, t.locator.paragraph) for t in reading.turns if t.locator] == [(1, 1), (2, 1)]


MORE = [(1, "gaat nog"), (2, "gaat door"), (3, "houdt op.")]


def furnished(number: int, of: int, texts: Sequence[str]) -> list[Show]:
    head = [line(800, f"Verslag dialoog 3 - concept {number}"), line(40, f"Pagina {number} van {of}", x=250)]
    return head + lines(texts)


def test_running_headers_footers_and_page_numbers_are_left_out_and_said_to_be(read) -> None:
    pages = [furnished(n, 3, [f"Anna (kok): Zin nummer {n}", more]) for n, more in MORE]
    reading = read(*pages)
    assert [turn[2] for turn in said(reading)] == [f"Zin nummer {n} {more}" for n, more in MORE]
    assert [(e.words, e.why) for e in reading.left_out] == [(27, "is a running header, footer or page number")]


def test_headers_that_differ_on_left_and_right_pages_are_running_too(read) -> None:
    pages = [
        [line(800, "Wonen" if n % 2 else "Dialoog 3"), *lines([f"Anna (kok): Zin {n}."])] for n in (1, 2, 3, 4, 5, 6)
    ]
    assert [entry.words for entry in read(*pages).left_out] == [9]


def test_what_people_say_at_the_head_or_foot_of_every_page_is_no_header(read) -> None:
    pages = [lines([f"Anna: Ja, {word}.", "", "Bram (bakker): Nee."]) for word in ("een", "een", "twee")]
    reading = read(*pages)
    assert reading.left_out == ()


def test_a_number_at_the_foot_is_a_page_number_only_if_it_is_the_number_of_the_page(read) -> None:
    reading = read([*lines(["Anna (kok): Het was in"]), line(40, "1")])
    assert [entry.words for entry in reading.left_out] == [1]
    reading = read([*lines(["Anna (kok): Het was in"]), line(686, "2021")])
    assert (said(reading)[0][2], reading.left_out) == ("Het was in 2021", ())


# --------------------------------------------------------------------------------------- columns

LEFT = ["Anna (kok): links een", "links twee", "links drie", "links vier"]
RIGHT = ["rechts een", "rechts twee.", "", "Bram (bakker): Ja."]
IN_ORDER = [
    ("Anna", "kok", "links een links twee links drie links vier rechts een rechts twee."),
    ("Bram", "bakker", "Ja."),
]


def test_two_columns_are_read_one_after_the_other(read) -> None:
    assert said(read(lines(LEFT) + lines(RIGHT, x=320))) == IN_ORDER


def test_two_columns_that_are_stored_row_by_row_are_too(read) -> None:
    title = [line(760, "Verslag van een lange avond over wonen en werken in de stad", size=14)]
    page = title + sorted(lines(LEFT) + lines(RIGHT, x=320), key=lambda show: -show[1])
    assert said(read(page)) == IN_ORDER


def test_labels_with_their_words_in_a_column_beside_them_are_not_two_columns(read) -> None:
    texts = [("Anna:", "Ik zei dit."), ("Bram:", "Ik zei dat."), ("Anna:", "Ik zei niets."), ("Bram:", "Ik ook niet.")]
    page = [
        show
        for at, (name, text) in enumerate(texts)
        for show in (line(700 - 14 * at, name), line(700 - 14 * at, text, x=260))
    ]
    assert said(read(page)) == [(name[:-1], None, text) for name, text in texts]


# ---------------------------------------------------------------------------------------- tables


def test_a_table_of_metadata_is_read_as_such(read) -> None:
    rows = [
        ("Thema", "Wonen"),
        ("Dialoog", "3"),
        ("Datum", "12 april 2022"),
        ("Host gemeente", "Haarveen"),
        ("Zaal", "2"),
    ]
    table = [
        show
        for at, (name, value) in enumerate(rows)
        for show in (line(760 - 14 * at, name), line(760 - 14 * at, value, x=250))
    ]
    reading = read(table + lines(["Anna (kok): Ja."], top=600))
    assert (reading.metadata.theme, reading.metadata.dialogue, reading.metadata.date) == ("Wonen", 3, "2022-04-12")
    assert reading.metadata.host is not None
    assert reading.metadata.host.municipality == "Haarveen"
    assert said(reading) == [("Anna", "kok", "Ja.")]


def test_metadata_typed_line_by_line_is_read_as_in_plain_text(read) -> None:
    reading = read(lines(["Thema: Wonen", "Dialoog: 3", "Locatie: het buurthuis", "", "Anna (kok): Ja."]))
    assert (reading.metadata.theme, reading.metadata.dialogue) == ("Wonen", 3)
    assert said(reading) == [("Anna", "kok", "Ja.")]


def test_turns_in_a_table_are_refused_rather_than_given_to_the_wrong_speaker(read) -> None:
    page = [line(700, "Spreker"), line(700, "Functie", x=200), line(700, "Tekst", x=300), *lines(["Anna"], top=680)]
    with pytest.raises(RecordRefused, match="turns in a table") as refusal:
        read(page)
    assert "Word, Excel or OpenDocument" in refusal.value.hint


# ------------------------------------------------------------------------------------- every word


def test_every_word_of_the_file_is_in_a_turn_in_the_metadata_or_left_out(read) -> None:
    sideways = b"BT /F 11 Tf 0 1 -1 0 30 300 Tm (langs de kant) Tj ET"
    shows = [
        line(800, "kop van de bladzij"),
        line(760, "Thema"),
        line(760, "Wonen", x=250),
        line(740, "Aanwezig waren tien mensen."),
        *lines(["Anna (kok): Ik wil dat", "wel graag.", "", "Bram (bakker): Nee.", "", "Anna (kok): O."]),
        line(560, "Pauze met koffie", weight="bold"),
    ]
    pages = [
        b"\n".join([*map(_operators, shows), sideways]),
        [line(800, "kop van de bladzij"), *lines(["Cor (kok): Ja."])],
    ]
    reading = read(*pages)
    spoken = " ".join(f"{t.speaker} {t.role or ''} {t.text}" for t in reading.turns)
    in_file = (4 + 2 + 4) + (5 + 2 + 3 + 3) + (3 + 3) + (4 + 3)
    assert reading.metadata.theme == "Wonen"
    assert sum(entry.words for entry in reading.left_out if entry.why == "is written sideways") == 3
    assert in_file == len(spoken.split()) + len(["Thema", "Wonen"]) + sum(entry.words for entry in reading.left_out)


def test_comments_are_left_out_and_said_to_be(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(lines(["Anna (kok): Ja."]))))
    writer.add_annotation(0, FreeText(text="klopt dit wel", rect=(50, 550, 200, 650)))
    writer.write(tmp_path / "met.pdf")
    reading = read_bytes(tmp_path, (tmp_path / "met.pdf").read_bytes())
    assert [(e.words, e.why) for e in reading.left_out] == [(3, "stands in a comment or a form field")]


# --------------------------------------------------------------------------------------- refusals


def test_pages_that_are_pictures_are_refused_and_a_page_among_others_is_warned_of(read) -> None:
    with pytest.raises(RecordRefused, match="its pages are pictures") as refusal:
        read(PICTURE, PICTURE)
    assert "ocrmypdf" in refusal.value.hint
    reading = read(lines(["Anna (kok): Ja."]), PICTURE)
    assert [warning for warning in reading.warnings if "no text on page 2" in warning]


def test_a_password_is_refused_and_a_lock_on_printing_is_not(tmp_path: Path) -> None:
    for password, opens in (("geheim", False), ("", True)):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(lines(["Anna (kok): Ja."]))))
        writer.encrypt(password, owner_password="baas", algorithm="RC4-128")
        writer.write(tmp_path / "slot.pdf")
        data = (tmp_path / "slot.pdf").read_bytes()
        if opens:
            assert said(read_bytes(tmp_path, data)) == [("Anna", "kok", "Ja.")]
            continue
        with pytest.raises(RecordRefused, match="protected with a password") as refusal:
            read_bytes(tmp_path, data)
        assert "without a password" in refusal.value.hint


def test_a_file_that_is_cut_off_is_refused_wherever_it_is(tmp_path: Path) -> None:
    data = pdf(*[lines(["Anna (kok): Ja."])] * 3)
    for share in (0.2, 0.5, 0.8, 0.97):
        with pytest.raises(RecordRefused, match="cut off"):
            read_bytes(tmp_path, data[: int(share * len(data))])


def test_no_pages_and_too_many_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordRefused, match="It has no pages"):
        read_bytes(tmp_path, pdf())
    kids = b"3 0 R " * (pdf_text.MAX_PAGES + 1)
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pdf_text.MAX_PAGES + 1)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    with pytest.raises(RecordRefused, match="2001 pages; the limit is 2000"):
        read_bytes(tmp_path, assembled([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page]))


def test_a_page_that_unpacks_to_an_unreasonable_size_is_refused(tmp_path: Path) -> None:
    packed = zlib.compress(b"0 0 m " * 40_000_000)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    assert len(packed) < 1_000_000
    with pytest.raises(RecordRefused, match=r"far more than a session record|of memory|text in it"):
        read_bytes(tmp_path, assembled([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, stream]))


def test_a_tree_of_pages_that_holds_itself_is_refused(tmp_path: Path) -> None:
    tree = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"
    with pytest.raises(RecordRefused):
        read_bytes(tmp_path, assembled([b"<< /Type /Catalog /Pages 2 0 R >>", tree]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 100_000))
def test_a_damaged_pdf_gives_text_or_a_refusal(tmp_path: Path, seed: int) -> None:
    """Without the process around it, which only adds what `confined` promises."""
    damage = random.Random(seed)  # noqa: S311 - a seed that hypothesis can shrink, no secret
    data = bytearray(pdf(lines(LEFT) + lines(RIGHT, x=320), furnished(2, 2, ["Anna (kok): Ja."])))
    for _ in range(damage.randrange(1, 12)):
        data[damage.randrange(len(data))] = damage.randrange(256)
    path = tmp_path / "kapot.pdf"
    path.write_bytes(data)
    try:
        pdf_text.extract(path, path.name)
    except RecordRefused as refusal:
        assert str(refusal).endswith(".")
        assert refusal.hint


# ------------------------------------------------------------------------------------ LibreOffice


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_a_word_file_saved_as_pdf_says_the_same(tmp_path: Path) -> None:
    source = CORPUS / "werken-en-leren" / "dialoog-2.docx"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    path = tmp_path / "dialoog-2.pdf"
    ours, words = PdfReader().read(path, path.name), DocxReader().read(source, source.name)
    assert [(t.speaker, t.role, t.round, " ".join(t.text.split())) for t in ours.turns] == [
        (t.speaker, t.role, t.round, " ".join(t.text.split())) for t in words.turns
    ]
    assert (ours.metadata, ours.left_out) == (words.metadata, words.left_out)
