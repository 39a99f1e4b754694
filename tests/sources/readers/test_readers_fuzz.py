"""What `python -m tests.fuzz` does for hours, for seconds; and each thing it found, as a small file that shows it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rapporteur.dutch.sentences import sentences
from rapporteur.errors import RecordRefused
from rapporteur.sources import fragments
from rapporteur.sources.readers.assemble import RecordRead
from rapporteur.sources.readers.pdf_layout import in_reading_order, lines_of
from rapporteur.sources.readers.pdf_text import Page, Run
from rapporteur.sources.readers.registry import READERS, read_record
from rapporteur.sources.readers.text import reason
from tests.fuzz.campaign import KINDS, Campaign
from tests.fuzz.mutations import parts_of
from tests.fuzz.talks import WRITERS, Said, docx, odt, zipped
from tests.sources.readers.ledger import words

CASES = {"same": 8}
MANY = 40

ReadRecord = Callable[..., RecordRead]


@pytest.mark.parametrize("kind", KINDS)
def test_no_case_of_a_short_campaign_breaks_a_promise(tmp_path: Path, kind: str) -> None:
    campaign = Campaign(tmp_path, seed=0)
    found = [campaign.run(kind, number) for number in range(CASES.get(kind, MANY))]
    assert [finding for finding in found if finding] == []
    assert campaign.outcomes[kind]["read"], "all cases were refused: this campaign tests nothing"


@pytest.fixture
def read(tmp_path: Path) -> ReadRecord:
    """Write a file, with a sidecar if one is given, and read it as the third talk about housing."""

    def read(suffix: str, content: str, sidecar: str = "") -> RecordRead:
        path = tmp_path / "wonen" / f"dialoog-3{suffix}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
        if sidecar:
            path.with_suffix(".yaml").write_text(sidecar, "utf-8")
        return read_record(path, path.name)

    return read


# ------------------------------------------------------------------------------------------ sidecars


@pytest.mark.parametrize("value", ["!!bool x", "!!int ''", "!!float ''", "!!timestamp x", "0001-01-01T00:00:00+23:59"])
def test_a_value_that_is_not_of_its_kind_is_refused_or_read_as_nothing(read: ReadRecord, value: str) -> None:
    try:
        assert read(".txt", "Anna: Ja.", f"notitie: {value}\n").record.turns
    except RecordRefused as refusal:
        assert str(refusal).startswith("The sidecar is not valid YAML: ")
        assert refusal.where == "dialoog-3.yaml"


def test_a_number_too_long_for_print_is_refused(read: ReadRecord) -> None:
    with pytest.raises(RecordRefused, match="The sidecar is not valid YAML: Exceeds the limit"):
        read(".txt", "Anna: Ja.", "deelnemers: 0x" + "f" * 5_000)


# ---------------------------------------------------------------------------------- messages and times


def test_what_a_warning_quotes_of_a_file_is_short_and_on_one_line(read: ReadRecord) -> None:
    turns = [{"text": "Ja.", "round": "\x1b[2J" + "dromen\n" * 500}]
    [warning] = read(".json", json.dumps({"theme": "x" * 5_000, "turns": turns})).warnings[:1]
    assert warning.startswith("'[2Jdromen dromen")
    assert warning.endswith("…' is no round that rapporteur knows.")
    assert all(len(each) < 300 for each in read(".json", json.dumps({"theme": "x" * 5_000, "turns": turns})).warnings)


def test_a_time_and_an_id_hold_nothing_that_a_terminal_obeys(read: ReadRecord) -> None:
    said = {"text": "Ja.", "start": "\x1b[2J\nstraks", "id": "a\x1b[2J"}
    [turn] = read(".json", json.dumps({"turns": [said]})).record.turns
    assert (turn.start, turn.id) == ("[2J straks", "a[2J")
    [row] = read(".csv", "tijd;tekst\n\x1b[2Jstraks;Ja.\n").record.turns
    assert row.start == "[2Jstraks"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("Unsupported filter /Flate:."), "Unsupported filter /Flate"),
        (ValueError("One.\nTwo.\n"), "One. Two"),
        (KeyError(), "KeyError"),
    ],
)
def test_what_a_library_says_ends_a_sentence_of_ours(error: Exception, said: str) -> None:
    assert reason(error) == said


def test_two_ids_that_differ_only_in_what_cannot_be_stored_are_refused(read: ReadRecord) -> None:
    turns = [{"text": "Ja.", "id": "a"}, {"text": "Nee.", "id": "a\x07"}]
    with pytest.raises(RecordRefused, match="Two turns have the id 'a'"):
        read(".json", json.dumps({"turns": turns}))


# ---------------------------------------------------------------------------------------- fragments


@pytest.mark.parametrize("reverse", [False, True])
def test_an_id_that_a_record_gives_may_look_like_one_of_ours(read: ReadRecord, reverse: bool) -> None:
    long = {"text": "Wij gaan naar de markt. " * 100, "id": "a"}
    part = fragments.cut(read(".json", json.dumps({"turns": [long]})).record)[0].id.removeprefix("wonen/3/")
    turns = [long, {"text": "Ja.", "id": part}, {"text": "Ja."}, {"text": "Ja."}]
    [*_, again] = fragments.cut(read(".json", json.dumps({"turns": turns})).record)
    turns.append({"text": "Nee.", "id": again.id.removeprefix("wonen/3/")})
    cut = fragments.cut(read(".json", json.dumps({"turns": turns[::-1] if reverse else turns})).record)
    assert len({fragment.id for fragment in cut}) == len(cut) > len(turns)
    assert len({fragment.turn for fragment in cut}) == len(turns)


@pytest.mark.parametrize("signs", ["Nu " + "." * 100_000 + "x", "A. " * 30_000])
def test_no_run_of_signs_makes_cutting_sentences_take_ever_longer(signs: str) -> None:
    """Not timed: what takes time that grows with the square of these would never end."""
    assert sentences(f"Zo ging het. {signs} Einde.")[0].end == len("Zo ging het.")


# ---------------------------------------------------------------------------- Markdown and the ledger


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("> " * 100 + "En dit diep.", "En dit diep."),
        ("2020.\n\n**Bram:** Nee.", "2020."),
        ("``` en dan dit\nook\n```", "en dan dit ook"),
    ],
)
def test_markdown_drops_no_words_that_stand_deep_alone_or_behind_a_mark(read: ReadRecord, body: str, said: str) -> None:
    turns = read(".md", f"**Anna:** Ja.\n\n{body}\n").record.turns
    assert turns[0].text == f"Ja.\n{said}"
    assert [turn.speaker for turn in turns[1:]] == ["Bram"] * body.count("Bram")


def test_markdown_too_deep_to_read_is_refused(read: ReadRecord) -> None:
    with pytest.raises(RecordRefused, match="too deep in one another"):
        read(".md", "**Anna:** Ja.\n\n" + ">" * 50_000 + " En dit.")


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".txt", "Anna: Ja.\n\n[Bram]Nee.\n"),
        (".txt", "[00:01:02] [Anna]Ja.\n\n(0:01) nee\n"),
        (".txt", "Iets vooraf.\n(0:01)\nAnna: Ja.\n"),
        (".srt", "1\n0:0:1,0 --> 0:0:2,0\n[Anna]Ja.\n"),
    ],
)
def test_a_word_that_a_name_or_a_time_is_part_of_is_counted_once(read: ReadRecord, suffix: str, content: str) -> None:
    ledger = read(suffix, content)
    said = words(*(turn.text for turn in ledger.record.turns))
    assert ledger.words == said + sum(ledger.read_as.values()) + sum(entry.words for entry in ledger.left_out)


def test_what_is_left_out_has_words(read: ReadRecord) -> None:
    assert read(".txt", "…\n\nAnna: Ja.\n").left_out == ()


def test_what_openpyxl_prints_does_not_reach_our_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = parts_of(WRITERS["xlsx"]([Said("Anna", "kok", "Ja.")]))
    path = tmp_path / "verslag.xlsx"
    path.write_bytes(zipped([(name, content.replace(b'xfId="0"', b'xfId="9"')) for name, content in parts]))
    with contextlib.suppress(RecordRefused):
        READERS[".xlsx"].read(path, path.name)
    assert capsys.readouterr() == ("", "")


# ------------------------------------------------------------------------------------- Office files


def test_a_number_of_thousands_of_digits_in_a_style_is_no_weight_and_no_level(tmp_path: Path) -> None:
    digits = "9" * 5_000
    styled = f"<w:p><w:pPr><w:outlineLvl w:val='{digits}'/></w:pPr><w:r><w:t>Anna: Ja.</w:t></w:r></w:p>"
    name = f"<w:style w:styleId='a'><w:name w:val='heading {digits}'/></w:style>"
    bold = "<text:p><text:span text:style-name='T9'>Anna:</text:span> Ja.</text:p>"
    for suffix, content in ((".docx", docx(styled, styles=name)), (".odt", odt(bold, weight=digits))):
        path = tmp_path / f"verslag{suffix}"
        path.write_bytes(content)
        [turn] = READERS[suffix].read(path, path.name).turns
        assert (turn.speaker, turn.text) == ("Anna", "Ja.")


def test_a_page_header_in_another_is_counted_once(tmp_path: Path) -> None:
    header = "<style:header>" * 100 + "<text:p>Verslag van de avond</text:p>" + "</style:header>" * 100
    path = tmp_path / "verslag.odt"
    path.write_bytes(odt("<text:p>Anna: Ja.</text:p>", margin=header))
    assert [entry.words for entry in READERS[".odt"].read(path, path.name).left_out] == [4]


# ---------------------------------------------------------------------------------------------- print


def test_print_without_any_line_at_the_left_is_read_in_the_order_of_the_file() -> None:
    page = Page(
        1, 595.0, [Run(f"{word}\n", 400.0, y, 11.0, False, False) for word, y in (("Anna:", 700.0), ("Ja.", 686.0))]
    )
    lines = lines_of(page)
    assert in_reading_order([(page, lines)]) == lines


def test_a_line_of_thousands_of_runs_at_one_place_is_read() -> None:
    runs = [Run("Anna: ", 70.0, 700.0, 11.0, False, False), *[Run("Ja. ", 400.0, 700.0, 11.0, False, False)] * 3_000]
    page = Page(1, 595.0, runs)
    words = " ".join(line.text for line in in_reading_order([(page, lines_of(page))]))
    assert words.split() == ["Anna:", *["Ja."] * 3_000]
