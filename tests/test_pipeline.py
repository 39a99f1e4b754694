"""The promise end to end, on the fictional corpus: every quote in a draft is the record's own words."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.config import Settings
from rapporteur.errors import NothingToReport, ThemeUnknown
from rapporteur.files import write_atomically
from rapporteur.pipeline import checking, drafting
from rapporteur.pipeline.drafting import Draft
from rapporteur.sources.store import Store
from rapporteur.types import Report
from rapporteur.writing import report as reports
from rapporteur.writing.export.interface import Quote, RenderedReport, quotes_of
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice
from tests.workspaces import index, settings_for, write_record

THEMES = ("groen-en-buitenruimte", "ontmoeten-in-de-buurt", "werken-en-leren")
NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[tuple[Settings, Store]]:
    settings = settings_for(tmp_path_factory.mktemp("voorbeeld"))
    index(settings, corpus_folder)
    with wiring.store(settings) as store:
        yield settings, store


@pytest.fixture(scope="module")
def drafts(example: tuple[Settings, Store]) -> dict[str, Draft]:
    return {theme: draft(theme, *example) for theme in THEMES}


def draft(theme: str, settings: Settings, store: Store) -> Draft:
    return drafting.draft_report(
        theme,
        store=store,
        embedder=wiring.embedder(settings),
        template=CITIZENS,
        voice=ExtractiveVoice(),
        now=NOON,
    )


def rendered(drafted: Draft, store: Store) -> RenderedReport:
    return drafting.render_report(drafted.revision, store)


def quotes(report: RenderedReport) -> list[Quote]:
    return list(quotes_of(report.items))


def prose(report: Report) -> str:
    return "\n".join(
        " ".join([b.title, b.text, *b.items, *(f"{k} {v}" for k, v in b.rows)])
        for s in report.sections
        for b in s.blocks
    )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".json"])
def test_every_quotation_of_a_draft_is_proved_in_every_format(
    theme: str, suffix: str, example: tuple[Settings, Store], drafts: dict[str, Draft], tmp_path: Path
) -> None:
    _, store = example
    made = rendered(drafts[theme], store)
    file = tmp_path / f"rapport{suffix}"
    write_atomically(file, exporter_for(file).to_bytes(made))
    checked = checking.check_document(file, store)
    assert checked.findings == ()
    assert {v.kind for _, v in checked.quotations} == {"verbatim"}
    assert len(checked.quotations) == len(quotes(made)) > 20


@pytest.mark.parametrize("suffix", [".odt", ".pdf"])
@pytest.mark.parametrize("theme", THEMES)
def test_every_quotation_of_a_draft_is_proved_after_libreoffice_saved_or_printed_it(
    theme: str, suffix: str, example: tuple[Settings, Store], drafts: dict[str, Draft], tmp_path: Path
) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here")
    made = rendered(drafts[theme], example[1])
    word = tmp_path / "rapport.docx"
    write_atomically(word, exporter_for(word).to_bytes(made))
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", suffix[1:]]
    subprocess.run([*office, "--outdir", str(tmp_path), str(word)], check=True, capture_output=True, timeout=180)
    checked = checking.check_document(word.with_suffix(suffix), example[1])
    assert checked.findings == ()
    assert all(verdict.clean for _, verdict in checked.quotations)
    assert len(checked.quotations) == len(quotes(made))


@pytest.mark.parametrize("theme", THEMES)
def test_every_section_of_the_template_is_there_in_order(theme: str, drafts: dict[str, Draft]) -> None:
    keys = [s.key for s in drafts[theme].revision.report.sections]
    assert keys == ["samenvatting", "inleiding", "knel", "kiem", "dromen", "ideeen", "procesobservaties"]
    assert all(drafts[theme].outline.topics.values())


@pytest.mark.parametrize("theme", THEMES)
def test_no_name_and_no_personal_datum_is_in_a_report(
    theme: str, example: tuple[Settings, Store], drafts: dict[str, Draft], repository: Path
) -> None:
    _, store = example
    made = rendered(drafts[theme], store)
    text = "\n".join([prose(drafts[theme].revision.report), *(f"{q.text} {q.attribution}" for q in quotes(made))])
    for name in store.speakers():
        assert name not in text
    for planted in (
        "06 00",
        "@",
        "Halfwerk",
        "Wilgenpad",
        "Meidoornlaan",
        "Haverkotte",
        "Stoffelsma",
        "Ottink",
        "instructies",
    ):
        assert planted not in text


@pytest.mark.parametrize("theme", THEMES)
def test_no_words_are_quoted_twice_but_for_the_pull_quote(
    theme: str, example: tuple[Settings, Store], drafts: dict[str, Draft]
) -> None:
    made = quotes(rendered(drafts[theme], example[1]))
    body = [q.text.casefold() for q in made if not q.pull]
    assert len(body) == len(set(body))
    assert [q.text.casefold() in body for q in made if q.pull] == [True]


@pytest.mark.parametrize("theme", THEMES)
def test_support_is_counted_from_the_fragments_a_topic_rests_on(theme: str, drafts: dict[str, Draft]) -> None:
    outline = drafts[theme].outline
    fragments = {i: j.fragment for i, j in outline.by_id.items()}
    leading = {"gespreksleider", "notulist", "wethouder", "burgemeester"}
    for topic in (t for topics in outline.topics.values() for t in topics):
        residents = [fragments[i] for i in topic.fragments if fragments[i].role not in leading]
        assert topic.support.people == len({(f.record, f.speaker) for f in residents})
        assert topic.support.dialogues == tuple(sorted({f.dialogue for f in residents if f.dialogue}))


@pytest.mark.parametrize("theme", THEMES)
def test_quotes_stand_under_the_topic_they_came_from(theme: str, drafts: dict[str, Draft]) -> None:
    for topics in drafts[theme].outline.topics.values():
        assert all(q.fragment in topic.fragments for topic in topics for q in topic.quotes)


@pytest.mark.parametrize("theme", THEMES)
def test_every_dialogue_is_heard(theme: str, example: tuple[Settings, Store], drafts: dict[str, Draft]) -> None:
    heard = {q.dialogue for q in quotes(rendered(drafts[theme], example[1]))}
    assert heard == {1, 2, 3, 4}


def test_the_introduction_states_the_facts_of_the_records(drafts: dict[str, Draft]) -> None:
    text = prose(drafts["ontmoeten-in-de-buurt"].revision.report)
    assert "vonden vier dialogen plaats, van 22 maart tot en met 12 mei 2022" in text
    assert "in totaal 32 mensen" in text
    assert "gemeenten Haarveen en Lindewaard" in text


def test_the_same_corpus_gives_the_same_report(example: tuple[Settings, Store], drafts: dict[str, Draft]) -> None:
    again = draft(THEMES[0], *example)
    assert again.revision.report == drafts[THEMES[0]].revision.report
    assert again.revision.number == drafts[THEMES[0]].revision.number + 1


def test_a_saved_revision_comes_back_as_it_was(example: tuple[Settings, Store], drafts: dict[str, Draft]) -> None:
    _, store = example
    saved = drafts["werken-en-leren"].revision
    assert drafting.last_revision("werken-en-leren", store, saved.number) == saved
    assert reports.from_json(json.loads(json.dumps(reports.to_json(saved.report)))) == saved.report


def test_a_theme_without_a_draft_says_to_make_one(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    index(settings, write_record(tmp_path / "corpus", "groen", 1))
    with wiring.store(settings) as store:
        with pytest.raises(NothingToReport, match="no draft of the theme 'groen' yet"):
            drafting.last_revision("groen", store)
        with pytest.raises(ThemeUnknown):
            drafting.last_revision("rood", store)


def test_a_theme_with_nothing_to_quote_is_said_so(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    index(settings, write_record(tmp_path / "corpus", "groen", 1, [("Bo Vink", "kapper", "Ja, dat vind ik ook.")]))
    with wiring.store(settings) as store, pytest.raises(NothingToReport, match="no fragment that can be quoted"):
        draft("groen", settings, store)


def test_a_draft_of_words_that_are_gone_cannot_be_printed(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    file = write_record(tmp_path / "corpus", "groen", 1)
    index(settings, file)
    with wiring.store(settings) as store:
        drafted = draft("groen", settings, store)
    write_record(
        tmp_path / "corpus", "groen", 1, [("Bo Vink", "kapper", "Ik zei iets heel anders dan wat er eerst stond.")]
    )
    index(settings, file)
    with wiring.store(settings) as store, pytest.raises(NothingToReport, match="no longer in the corpus"):
        drafting.render_report(drafted.revision, store)


def test_a_quote_without_a_known_dialogue_is_attributed_by_role_only(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    index(settings, write_record(tmp_path / "corpus", "groen", None, name="zonder-dialoog.json"))
    with wiring.store(settings) as store:
        made = quotes(rendered(draft("groen", settings, store), store))
    assert {q.attribution for q in made} <= {"kapper", "mantelzorger"}
