"""The gate for publication: what makes it red, orange or green, and what the page to sign says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur import wiring
from rapporteur.cli.app import App
from rapporteur.cli.publication import publication as command
from rapporteur.errors import DocumentUnreadable, OutputUnwritable
from rapporteur.evaluation.publication import gate
from rapporteur.evaluation.publication.docx import to_docx
from rapporteur.evaluation.publication.html import to_html
from rapporteur.evaluation.publication.page import page_of
from rapporteur.evaluation.publication.placing import MARGIN, Place, belongs_elsewhere, places_of
from rapporteur.evaluation.publication.points import points_of
from rapporteur.evaluation.publication.result import Publication
from rapporteur.evaluation.publication.verifying import belongs
from rapporteur.pipeline import drafting
from rapporteur.proof.documents.interface import Passage
from rapporteur.proof.documents.registry import read_document
from rapporteur.types import SECTION_KEYS, Finding, SectionKey
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline.template import CITIZENS, ReportTemplate
from rapporteur.writing.voices.extractive import ExtractiveVoice
from tests.proof.sloppy_reports import sloppy_reports
from tests.workspaces import STORIES, Said, indexed, settings_for, write_record

NOW = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
LOSS, CARE, IDEA, DREAM = (STORIES[n][2] for n in (1, 3, 4, 5))
# A report of a theme on which two people spoke: every quote in the section it reads as.
HONEST = f"""# Buurt

## 1. Knelpunten en kiemen

Als knelverhalen deelden mensen ervaringen over:

Een stille zaak: er kwam in die tijd bijna niemand meer binnen.

‘{LOSS}’ (kapper, dialoog 1)

Er alleen voor staan: wie zorgde, kreeg weinig hulp.

‘{CARE}’ (mantelzorger, dialoog 1)

## 2. Dromen en wensen

‘{DREAM}’ (mantelzorger, dialoog 1)

## 3. Eerste stappen en ideeën

‘{IDEA}’ (kapper, dialoog 1)
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[Path]:
    """A workspace with the example corpus and a draft of each of two kinds of file."""
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(corpus_folder, root / "corpus")
    with indexed(root) as (settings, store):
        drafted = drafting.draft_report(
            "ontmoeten-in-de-buurt",
            store=store,
            embedder=wiring.corpus_embedder(settings, store),
            template=CITIZENS,
            voice=ExtractiveVoice(),
        )
        rendered = drafting.render_report(drafted.revision, store)
    for name in ("ontmoeten.docx", "ontmoeten.md", "ontmoeten.json", "ontmoeten.html"):
        (root / name).write_bytes(exporter_for(Path(name)).to_bytes(rendered))
    yield root


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace with one record, and an honest report on it."""
    write_record(tmp_path / "corpus", "buurt", 1)
    with indexed(tmp_path):
        (tmp_path / "verslag.md").write_text(HONEST, "utf-8")
    return tmp_path


def assess(
    root: Path, name: str = "verslag.md", now: datetime = NOW, template: ReportTemplate | None = CITIZENS
) -> Publication:
    settings = settings_for(root, author="R. Viewer")
    with wiring.store(settings) as store:
        return gate.assess(
            root / name,
            store=store,
            embedder=wiring.corpus_embedder(settings, store),
            template=template,
            author=settings.author,
            now=now,
        )


def rewritten(root: Path, old: str, new: str) -> Publication:
    """What the gate finds of the honest report with some words replaced."""
    assert old in HONEST
    (root / "verslag.md").write_text(HONEST.replace(old, new), "utf-8")
    return assess(root)


def said_by(publication: Publication) -> dict[str, bool]:
    """Each point by its check, with whether it blocks."""
    return {point.check: point.blocks for point in publication.points}


def run(root: Path, *arguments: str) -> int:
    app = App(root, ("embedder=hashing", "author=R. Viewer"), debug=False)
    return int(command.main(list(arguments), obj=app, standalone_mode=False) or 0)


def page_text(page: bytes, name: str, folder: Path) -> str:
    (folder / name).write_bytes(page)
    return "\n".join(passage.text for passage in read_document(folder / name).passages)


# ----------------------------------------------------------------------------------------- outcomes


@pytest.mark.parametrize("name", ["ontmoeten.docx", "ontmoeten.md", "ontmoeten.json", "ontmoeten.html"])
def test_our_own_draft_is_never_red_and_all_its_quotes_are_compared_with_their_section(
    example: Path, name: str
) -> None:
    found = assess(example, name)
    assert found.outcome in ("groen", "oranje")
    assert found.quotations == found.proved > 20
    assert found.placing.compared > 20
    assert found.placing.unknown == 0
    assert not {point.check for point in found.points} - {"section", "balance"}


def test_an_honest_report_with_every_section_quoted_is_green(tmp_path: Path) -> None:
    told: list[Said] = [
        *STORIES,
        (
            "Cas Wit",
            "bakker",
            "Door de crisis leerde ik mijn buren kennen en we helpen elkaar nog steeds, dat is mooi.",
        ),
        ("Cas Wit", "bakker", "Ik vond het een goed gesprek, iedereen kwam aan het woord en er is echt geluisterd."),
    ]
    write_record(tmp_path / "corpus", "buurt", 1, told, participants=3)
    grown = HONEST.replace(
        "## 2.", f"Als kiemverhalen deelden mensen ervaringen over:\n\n‘{told[6][2]}’ (bakker, dialoog 1)\n\n## 2."
    )
    with indexed(tmp_path):
        (tmp_path / "verslag.md").write_text(
            f"{grown}\n## 4. Procesobservaties\n\n‘{told[7][2]}’ (bakker, dialoog 1)\n", "utf-8"
        )
    found = assess(tmp_path)
    assert [point.what for point in found.points] == []
    assert found.outcome == "groen"


def test_without_points_it_is_green_only_where_quotations_were_seen_and_all_are_proved(small: Path) -> None:
    found = replace(assess(small), points=())
    assert found.outcome == "groen"
    assert replace(found, proved=found.proved - 1).outcome == "oranje"
    assert replace(found, quotations=0, proved=0).outcome == "rood"


def test_an_altered_quote_is_red_and_the_page_says_what_the_record_has(small: Path) -> None:
    found = rewritten(small, "dat was zwaar", "dat was licht")
    [point] = found.to_mend
    assert (found.outcome, point.check) == ("rood", "altered")
    assert '"was zwaar en"' in point.why
    assert '"was licht en"' in point.why


def test_another_speaker_and_personal_data_are_red(small: Path) -> None:
    assert said_by(rewritten(small, "(mantelzorger, dialoog 1)", "(kapper, dialoog 1)"))["misattributed"]
    assert said_by(rewritten(small, "er kwam in", "Bo Vink zag dat, er kwam in"))["personal-data"]


def test_the_name_of_a_participant_in_the_properties_is_red_and_its_place_is_told_in_dutch(tmp_path: Path) -> None:
    said = [("Roos Bakker", "kapper", LOSS), ("Wil de Boer", "mantelzorger", CARE)]
    write_record(tmp_path / "corpus", "buurt", 1, said)
    with indexed(tmp_path):
        report = docx.Document()
        report.add_paragraph(f"‘{LOSS}’ (kapper, dialoog 1)")
        report.core_properties.author = "R. Viewer"
        report.core_properties.last_modified_by = "Roos Bakker"
        report.save(str(tmp_path / "verslag.docx"))
    (point,) = [p for p in assess(tmp_path, "verslag.docx").points if p.check == "personal-data"]
    assert point.blocks and point.place == "documenteigenschappen: laatst gewijzigd door"


def test_a_document_without_a_quote_is_red_never_green(small: Path) -> None:
    (small / "verslag.md").write_text("# Buurt\n\nEr werd veel gezegd.\n", "utf-8")
    found = assess(small)
    assert said_by(found) == {"nothing-checked": True}
    assert found.outcome == "rood"


def test_an_empty_file_is_refused_and_gets_no_page(small: Path) -> None:
    (small / "leeg.docx").write_bytes(b"")
    with pytest.raises(DocumentUnreadable):
        run(small, str(small / "leeg.docx"))
    assert not list(small.glob("*.ondertekenblad.*"))


def test_a_quote_without_its_speaker_is_for_a_person_to_decide(small: Path) -> None:
    found = rewritten(small, f"{IDEA}’ (kapper, dialoog 1)", f"{IDEA}’")
    assert said_by(found)["attribution"] is False
    assert found.outcome == "oranje"


def test_words_of_several_people_are_for_a_person_to_decide(tmp_path: Path) -> None:
    both = "Dat is mooi."
    write_record(
        tmp_path / "corpus", "buurt", 1, [*STORIES, ("Bo Vink", "kapper", both), ("Ans Roos", "tuinder", both)]
    )
    with indexed(tmp_path):
        (tmp_path / "verslag.md").write_text(f"{HONEST}\n‘{both}’ (dialoog 1)\n", "utf-8")
    found = assess(tmp_path)
    assert said_by(found)["ambiguous"] is False
    assert found.outcome == "oranje"


def test_words_between_no_marks_and_hidden_words_are_open(small: Path) -> None:
    assert said_by(rewritten(small, f"‘{IDEA}’", IDEA))
    document = docx.Document()
    for line in filter(None, HONEST.splitlines()):
        document.add_paragraph(line.lstrip("# "), style="Heading 1" if line.startswith("#") else None)
    document.add_paragraph().add_run("Dit staat er niet zichtbaar bij.").font.hidden = True
    document.save(str(small / "verslag.docx"))
    found = assess(small, "verslag.docx")
    assert said_by(found)["not-read"] is False


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ('<span style="display:none">een</span>', "Hier zijn woorden verborgen."),
        ("<s>een twee</s>", "Hier zijn woorden doorgestreept."),
        ("<script>een</script>", "In dit bestand zit een programma (script)"),
        ("<style>p::after { content: 'een' }</style>", "De opmaak van dit bestand kan woorden verbergen"),
        ("<iframe>een</iframe>", "Hier staan woorden in een onderdeel dat niet gewoon te lezen is"),
    ],
)
def test_a_page_that_is_not_all_read_is_not_green_and_says_so_in_dutch(small: Path, how: str, told: str) -> None:
    quotes = "".join(
        f"<p>‘{words}’ ({who}, dialoog 1)</p>" for words, who in ((LOSS, "kapper"), (CARE, "mantelzorger"))
    )
    (small / "verslag.html").write_text(f"<html><body>{quotes}<p>Slot. {how}</p></body></html>", "utf-8")
    found = assess(small, "verslag.html")
    assert found.outcome == "oranje"
    [point] = [point for point in found.points if point.check == "not-read"]
    assert point.what.startswith(told) and not point.english


@pytest.mark.parametrize("how", ["hidden", "struck out", "white on white", "too small to see", "in a comment"])
@pytest.mark.parametrize("words", ["1 word is", "12 words are"])
def test_whatever_keeps_words_from_a_reader_has_a_reason_in_dutch(how: str, words: str) -> None:
    unread = Finding("not-read", "info", "woorden", "paragraph 3", f"{words} {how} and so not read.")
    [point] = points_of([unread])
    assert not point.english and point.what.endswith(f"niet is gecontroleerd: {words.split()[0]}.")


def test_a_list_of_quotations_is_proved_but_never_green(small: Path) -> None:
    line = {"quote": LOSS, "role": "kapper", "dialogue": 1, "theme": "buurt"}
    (small / "lijst.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    found = assess(small, "lijst.jsonl")
    assert found.proved == 1
    assert found.outcome == "oranje"
    assert "not-read" in said_by(found)


def test_a_document_of_another_corpus_is_red_and_its_fingerprint_does_not_agree(example: Path, small: Path) -> None:
    shutil.copyfile(example / "ontmoeten.docx", small / "ander.docx")
    found = assess(small, "ander.docx")
    assert found.outcome == "rood"
    assert found.origins.agrees is False
    assert "other-records" in said_by(found)


def test_records_that_changed_since_the_draft_are_a_point(example: Path, tmp_path: Path) -> None:
    before = assess(example, "ontmoeten.docx")
    assert before.origins.agrees is True
    assert before.origins.revision == 1
    grown = tmp_path / "grown"
    shutil.copytree(example, grown)
    write_record(grown / "corpus", "ontmoeten-in-de-buurt", 5)
    with indexed(grown):
        pass
    found = assess(grown, "ontmoeten.docx")
    assert found.origins.agrees is False
    assert said_by(found)["other-records"] is False


def test_a_record_that_was_refused_is_a_point(small: Path) -> None:
    (small / "corpus" / "buurt" / "dialoog-2.json").write_text("{", "utf-8")
    with indexed(small):
        pass
    [point] = [point for point in assess(small).points if point.check == "records"]
    assert not point.blocks
    assert point.text.endswith("dialoog-2.json")


def test_one_voice_too_often_and_a_section_without_a_quote_are_points(small: Path) -> None:
    talk: list[Said] = [("Bo Vink", "kapper", f"In straat {n} zag ik toen dat er iets veranderde.") for n in range(5)]
    write_record(small / "corpus", "buurt", 1, [*STORIES, *talk])
    with indexed(small):
        quotes = "\n\n".join(f"‘{words}’ (kapper, dialoog 1)" for _, _, words in talk)
        (small / "verslag.md").write_text(f"{HONEST}\n{quotes}\n", "utf-8")
    balance = [point.what for point in assess(small).points if point.check == "balance"]
    assert any("Eén persoon is 7 keer geciteerd: kapper, dialoog 1." in what for what in balance)
    assert any("Procesobservaties" in what for what in balance)
    assert not any("Bo Vink" in what for what in balance)


def test_a_file_that_changes_while_it_is_checked_gets_no_page(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rapporteur.evaluation.publication import gate as module

    facts = module.file_facts
    monkeypatch.setattr(module, "file_facts", lambda path: replace(facts(path), sha256="0" * 64))
    with pytest.raises(DocumentUnreadable, match="changed while"):
        assess(small)


# -------------------------------------------------------------------------------- where quotes stand


def passage(text: str, level: int | None = None, quotations: tuple[int, ...] = ()) -> Passage:
    return Passage(text, "here", level=level, quotations=quotations)


def test_a_quote_stands_in_the_section_of_its_chapter_whatever_the_headings_of_topics_say() -> None:
    places = places_of(
        [
            passage("Samenvatting", 1),
            passage("Dromen", 2),
            passage("‘a’", quotations=(0,)),
            passage("1. Knelpunten en kiemen", 1),
            passage("‘b’", quotations=(1,)),
            passage("Als kiemverhalen deelden mensen ervaringen over:"),
            passage("‘c’", quotations=(2,)),
            passage("Knelverhalen", 2),
            passage("‘d’", quotations=(3,)),
            passage("2. Dromen en wensen voor de toekomst", 1),
            passage("Ideeën voor later", 2),
            passage("‘e’", quotations=(4,)),
            passage("Een gast aan tafel", 1),
            passage("‘f’", quotations=(5,)),
        ]
    )
    both: frozenset[SectionKey] = frozenset({"knel", "kiem"})
    assert places[0].apart
    assert [places[n].sections for n in range(1, 6)] == [both, {"kiem"}, {"knel"}, {"dromen"}, frozenset()]


def test_headings_are_known_in_a_file_that_does_not_tell_them_apart() -> None:
    places = places_of(
        [
            passage("Samenvatting"),
            passage("Ideeën"),
            passage("‘a’", quotations=(0,)),
            passage("3. Eerste stappen en ideeën"),
            passage("‘b’", quotations=(1,)),
            passage("Dit is een zin met dromen erin."),
            passage("‘c’", quotations=(2,)),
        ]
    )
    assert places[0].apart
    assert places[1].sections == places[2].sections == {"ideeen"}


@given(
    st.fixed_dictionaries({key: st.floats(0, 1) for key in SECTION_KEYS}),
    st.frozensets(st.sampled_from(SECTION_KEYS), min_size=1),
)
def test_only_a_clear_margin_calls_a_place_in_question(
    scores: dict[SectionKey, float], sections: frozenset[SectionKey]
) -> None:
    other = belongs_elsewhere(Place(sections), scores)
    lead = max(scores.values()) - max(scores[key] for key in sections)
    assert (other is not None) == (lead > MARGIN)
    assert other not in sections
    assert belongs_elsewhere(Place(sections, apart=True), scores) is None
    assert belongs_elsewhere(Place(), scores) is None


def test_what_could_not_be_compared_with_its_section_is_a_point(example: Path) -> None:
    found = assess(example, "ontmoeten.docx", template=None)
    assert found.placing.compared == 0
    assert found.unused is None
    assert found.outcome == "oranje"
    assert said_by(found)["section"] is False


def test_a_quote_in_a_section_it_does_not_read_as_is_a_point_that_does_not_block(example: Path) -> None:
    text = (example / "ontmoeten.md").read_text("utf-8")
    wrong = text.replace("1. Knelpunten en kiemen", "@").replace("3. Eerste stappen en ideeën", "4. Procesobservaties")
    (example / "verwisseld.md").write_text(wrong.replace("@", "2. Dromen en wensen"), "utf-8")
    points = [point for point in assess(example, "verwisseld.md").points if point.check == "section"]
    assert len(points) > 10
    assert not any(point.blocks for point in points)
    assert any(point.what == "Dit citaat staat onder Dromen, maar leest als Knel." for point in points)


# ------------------------------------------------------------------------------------------ the page


def test_every_finding_of_careless_reports_is_a_point_in_dutch(example: Path) -> None:
    for report in sloppy_reports():
        (example / "slordig.md").write_text("\n\n".join(report.paragraphs), "utf-8")
        found = assess(example, "slordig.md")
        assert found.outcome == "rood"
        assert [point.english for point in found.points if point.english] == []
        assert len(found.points) >= len(report.wrong)


@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_a_finding_of_a_check_we_do_not_know_is_a_point_too(severity: str) -> None:
    [point] = points_of([Finding("new", severity, "words", "paragraph 3", "Something is up.")])  # type: ignore[arg-type]
    assert point.blocks == (severity == "error")
    assert (point.english, point.place) == ("Something is up.", "alinea 3")


@pytest.mark.parametrize("change", ["a quote in the summary", "a quote that is not proved"])
def test_the_quotes_of_the_row_on_their_place_add_up_to_those_that_were_found(small: Path, change: str) -> None:
    if change == "a quote in the summary":
        summary = f"## Samenvatting\n\n‘{DREAM}’ (mantelzorger, dialoog 1)\n\n## 1. Knelpunten en kiemen"
        found = rewritten(small, "## 1. Knelpunten en kiemen", summary)
    else:
        found = rewritten(small, "dat was zwaar", "dat was licht")
    rows = {name: result for name, result, _ in page_of(found).checked}
    assert rows["Citaten"].startswith(f"{found.quotations} gevonden")
    parts = [int(part.split()[0]) for part in rows["Plaats van de citaten"].split("; ")]
    assert len(parts) == 2 and sum(parts) == found.quotations


def test_both_pages_name_the_file_and_say_all_points(small: Path) -> None:
    found = rewritten(small, "dat was zwaar", "dat was licht")
    page = page_of(found)
    for name, made in (("blad.docx", to_docx(page)), ("blad.html", to_html(page))):
        text = page_text(made, name, small)
        assert found.file.sha256 in text
        assert "verslag.md" in text
        assert "Uitkomst: ROOD" in text
        assert "R. Viewer, op 02-03-2026 om 09:05 UTC" in text
        assert "niet om te tekenen" in text
        assert all(point.what in text for point in found.points)


def test_two_runs_give_the_same_pages_but_for_the_time(small: Path) -> None:
    first, again, later = assess(small), assess(small), assess(small, now=NOW.replace(hour=17))
    assert to_docx(page_of(first)) == to_docx(page_of(again))
    assert to_html(page_of(first)) == to_html(page_of(again))
    assert to_html(page_of(later)).replace(b"17:05", b"09:05") == to_html(page_of(first))


def test_the_word_page_can_be_read_aloud(small: Path) -> None:
    (small / "blad.docx").write_bytes(to_docx(page_of(assess(small))))
    document = docx.Document(str(small / "blad.docx"))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[:4] == [
        "Wat is gecontroleerd",
        "Wat is niet gecontroleerd",
        "Bij welk bestand hoort dit blad?",
        "Ondertekening",
    ]
    assert 'w:lang w:val="nl-NL"' in document.styles.element.xml
    for table in document.tables:
        assert "w:tblHeader" in table._tbl.xml
        assert "w:tblDescription" in table._tbl.xml
    assert document.core_properties.title.startswith("Ondertekenblad")


def test_what_stands_in_a_document_cannot_become_code_on_the_page(small: Path) -> None:
    found = rewritten(small, "er kwam in", "‘<script>alert(1)</script> zei de kok toen’ (kok, dialoog 1) er kwam in")
    assert b"<script" not in to_html(page_of(found))


@pytest.mark.skipif(not shutil.which("soffice") or not shutil.which("pdfinfo"), reason="LibreOffice is not here")
def test_a_green_page_is_one_sheet_of_a4(example: Path, tmp_path: Path) -> None:
    found = replace(assess(example, "ontmoeten.docx"), points=())
    (tmp_path / "blad.docx").write_bytes(to_docx(page_of(found)))
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    subprocess.run([*office, "blad.docx"], cwd=tmp_path, check=True, capture_output=True, timeout=300)
    told = subprocess.run(["pdfinfo", "blad.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+1\n", told)
    assert "A4" in told


# ------------------------------------------------------------------------------------- the command


def test_the_command_writes_both_pages_beside_the_report_and_ends_with_0_or_1(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small, str(small / "verslag.md")) == 0
    assert {p.name for p in small.glob("*.ondertekenblad.*")} == {
        "verslag.ondertekenblad.docx",
        "verslag.ondertekenblad.html",
    }
    rewritten(small, "dat was zwaar", "dat was licht")
    capsys.readouterr()
    assert run(small, str(small / "verslag.md"), "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["outcome"] == "rood"
    assert any(point["blocks"] and point["check"] == "altered" for point in told["points"])
    assert len(told["pages"]) == 2


def test_the_page_goes_to_a_folder_or_a_file_and_never_over_the_report(small: Path) -> None:
    (small / "bladen").mkdir()
    assert run(small, str(small / "verslag.md"), "-o", str(small / "bladen")) == 0
    assert len(list((small / "bladen").iterdir())) == 2
    assert run(small, str(small / "verslag.md"), "-o", str(small / "los.docx")) == 0
    shutil.copyfile(small / "los.docx", small / "zelf.docx")
    for target in ("zelf.docx", "blad.pdf", "nergens/blad.docx"):
        with pytest.raises(OutputUnwritable):
            run(small, str(small / "zelf.docx"), "-o", str(small / target))


def test_a_page_that_a_person_filled_in_is_not_overwritten(small: Path) -> None:
    page = small / "verslag.ondertekenblad.docx"
    assert run(small, str(small / "verslag.md")) == 0
    assert run(small, str(small / "verslag.md")) == 0
    document = docx.Document(str(page))
    document.add_paragraph("Akkoord.")
    document.core_properties.modified = datetime(2030, 1, 1, tzinfo=UTC)
    document.save(str(page))
    before = page.read_bytes()
    with pytest.raises(OutputUnwritable, match="decisions"):
        run(small, str(small / "verslag.md"))
    assert page.read_bytes() == before


def test_a_page_belongs_to_one_state_of_one_file(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = small / "verslag.md"
    assert run(small, str(report)) == 0
    for page in small.glob("*.ondertekenblad.*"):
        assert run(small, "--verify", str(page), str(report)) == 0
    assert "oranje" in capsys.readouterr().out
    report.write_text(HONEST + "\n", "utf-8")
    for page in small.glob("*.ondertekenblad.*"):
        assert run(small, "--verify", str(page), str(report)) == 1


def test_two_reports_that_differ_by_their_suffix_each_keep_a_page_of_their_own(small: Path) -> None:
    reports = [small / "verslag.md", small / "verslag.html"]
    reports[1].write_text(f"<h1>Buurt</h1><p>‘{LOSS}’ (kapper, dialoog 1)</p>", "utf-8")
    for report in (*reports, *reports):
        assert run(small, str(report)) == 0
    pages = {reports[0]: "verslag.ondertekenblad", reports[1]: "verslag.html.ondertekenblad"}
    assert len(list(small.glob("*.ondertekenblad.*"))) == 4
    for report, name in pages.items():
        for suffix in (".docx", ".html"):
            for other in reports:
                agrees = run(small, "--verify", str(small / f"{name}{suffix}"), str(other)) == 0
                assert agrees == (other == report)


def test_what_is_no_page_to_sign_cannot_be_verified(small: Path) -> None:
    report = small / "verslag.md"
    with pytest.raises(DocumentUnreadable):
        belongs(report, report)
    digest = gate.file_facts(report).sha256
    (small / "twee.md").write_text(f"Ondertekenblad\n\nUitkomst: GROEN\n\n{digest}\n\n{'a' * 64}\n", "utf-8")
    with pytest.raises(DocumentUnreadable):
        belongs(small / "twee.md", report)
