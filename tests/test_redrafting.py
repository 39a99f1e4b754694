"""One section anew and the rest byte for byte as it was, on the fictional corpus."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from rapporteur import wiring
from rapporteur.cli.main import cli
from rapporteur.config import Settings
from rapporteur.errors import PartLocked, PartUnknown, UsageError
from rapporteur.files import write_atomically
from rapporteur.pipeline import checking, drafting, redrafting
from rapporteur.pipeline.redraft.request import Asked
from rapporteur.pipeline.redrafting import Redraft
from rapporteur.sources.retrieval import Retriever
from rapporteur.sources.store import Store
from rapporteur.types import Block, Lock, Origin, Report, Revision, Section
from rapporteur.writing import report as reports
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline import naming
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice
from tests.workspaces import index, settings_for

THEME = "ontmoeten-in-de-buurt"
KEYS = ("knel", "kiem", "dromen", "ideeen", "procesobservaties")
NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)


class Desk:
    """An editor at work on one theme of the example."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings, self.store, self.embedder = settings, store, wiring.embedder(settings)

    def draft(self, theme: str = THEME) -> Revision:
        voice = ExtractiveVoice()
        return drafting.draft_report(
            theme, store=self.store, embedder=self.embedder, template=CITIZENS, voice=voice, now=NOON
        ).revision

    def redraft(self, key: str, asked: Asked = Asked(), theme: str = THEME) -> Redraft:
        return redrafting.redraft_section(
            drafting.last_revision(theme, self.store),
            key,
            asked,
            store=self.store,
            embedder=self.embedder,
            template=CITIZENS,
            voice=ExtractiveVoice(),
            now=NOON,
        )

    def save(self, report: Report) -> int:
        base = drafting.last_revision(report.theme, self.store).number
        origin = Origin("import", "een redacteur", base)
        return self.store.save_revision(report.theme, "2022-06-01", "edited", reports.to_json(report), origin=origin)


@pytest.fixture(scope="module")
def indexed_example(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Path:
    root = tmp_path_factory.mktemp("voorbeeld")
    settings = settings_for(root)
    index(settings, corpus_folder)
    with wiring.store(settings) as store:
        Desk(settings, store).draft()
    return root


@pytest.fixture
def desk(indexed_example: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(indexed_example, tmp_path / "ws")
    settings = settings_for(tmp_path / "ws")
    with wiring.store(settings) as store:
        yield Desk(settings, store)


def section(report: Report, key: str) -> Section:
    return next(s for s in report.sections if s.key == key)


def quotes(part: Section) -> list[Block]:
    return [b for b in part.blocks if b.kind == "quote" and b.quote]


def quoted(part: Section) -> set[str]:
    return {b.quote.fragment for b in part.blocks if b.quote}


def topic_quotes(part: Section) -> list[Block]:
    return [b for b in quotes(part) if b.id[len(part.key) + 1].isdigit() and "anders" not in b.id]


def serialised(report: Report, but: set[str]) -> dict[str, str]:
    """Every block as the store keeps it, but those of these ids."""
    data = reports.to_json(report)
    return {b["id"]: json.dumps(b, sort_keys=True) for s in data["sections"] for b in s["blocks"] if b["id"] not in but}


def assert_only_the_section_and_what_leans_on_it_changed(before: Report, key: str, result: Redraft) -> None:
    own = {b.id for s in (before, result.report) for b in section(s, key).blocks}
    told = own | set(result.recomputed) | {f"samenvatting-{key}", f"samenvatting-{key}-lijst"}
    for other in ("knel", "kiem"):
        told |= {f"{other}-koppen", *(f"{other}-kop-c{n}" for n in range(1, 6))} if key in ("knel", "kiem") else set()
    assert serialised(before, told) == serialised(result.report, told)


# ------------------------------------------------------------------------------------------------- nothing asked


@pytest.mark.parametrize("key", KEYS)
def test_a_section_of_which_nothing_is_asked_stays_and_makes_no_revision(key: str, desk: Desk) -> None:
    base = drafting.last_revision(THEME, desk.store)
    result = desk.redraft(key)
    assert result.revision is None
    assert result.report == base.report
    assert drafting.last_revision(THEME, desk.store).number == base.number


def test_a_topic_of_which_nothing_is_asked_stays(desk: Desk) -> None:
    for key in KEYS:
        for block in section(drafting.last_revision(THEME, desk.store).report, key).blocks:
            if block.kind == "topic":
                assert desk.redraft(key, Asked(topic=block.id)).revision is None


# ------------------------------------------------------------------------------------------------- only the section


@pytest.mark.parametrize("key", KEYS)
def test_only_the_section_and_what_leans_on_it_changes(key: str, desk: Desk) -> None:
    before = drafting.last_revision(THEME, desk.store).report
    result = desk.redraft(key, Asked(seed=7, instruction="minder citaten"))
    assert result.revision is not None
    assert_only_the_section_and_what_leans_on_it_changed(before, key, result)
    assert result.revision.origin.action == "redraft"
    assert result.revision.origin.parts == (key,)
    assert drafting.last_revision(THEME, desk.store) == result.revision


def paragraphs_by_section(content: bytes) -> dict[str, list[bytes]]:
    """The paragraphs of a Word file under each heading of the first level, as they are in document.xml."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = etree.fromstring(zipfile.ZipFile(BytesIO(content)).read("word/document.xml"))[0]
    found: dict[str, list[bytes]] = {"": []}
    heading = ""
    for part in body:
        style = part.find(f"{w}pPr/{w}pStyle")
        text = "".join(part.itertext())
        if style is not None and style.get(f"{w}val") == "Heading1":
            heading = text
        for mark in part.iter(f"{w}bookmarkStart", f"{w}bookmarkEnd"):
            mark.attrib.pop(f"{w}id")  # they are numbered through the whole document
        found.setdefault(heading, []).append(etree.tostring(part))
    return found


def test_the_other_sections_of_the_word_file_are_the_same_paragraphs(desk: Desk) -> None:
    base = drafting.last_revision(THEME, desk.store)
    result = desk.redraft("dromen", Asked(instruction="minder citaten"))
    exporter = exporter_for(Path("x.docx"))
    assert result.revision
    before, after = (
        paragraphs_by_section(exporter.to_bytes(drafting.render_report(r, desk.store))) for r in (base, result.revision)
    )
    dreams = section(base.report, "dromen").heading
    assert before[dreams] != after[dreams]
    untouched = set(before) - {dreams, "Samenvatting", "Colofon", ""}
    assert len(untouched) >= 4
    assert all(before[h] == after[h] for h in untouched - {"Over dit verslag", "Verantwoording"})


@pytest.mark.parametrize("key", KEYS)
def test_every_quote_of_a_redraft_is_proved(key: str, desk: Desk, tmp_path: Path) -> None:
    result = desk.redraft(key, Asked(instruction="meer citaten", seed=3))
    assert result.revision
    file = tmp_path / "r.docx"
    write_atomically(file, exporter_for(file).to_bytes(drafting.render_report(result.revision, desk.store)))
    checked = checking.check_document(file, desk.store)
    assert {v.kind for _, v in checked.quotations} == {"verbatim"}
    assert [f for f in checked.findings if f.severity != "info"] == []


def test_no_fragment_is_quoted_twice_and_no_id_is_used_twice(desk: Desk) -> None:
    for key in KEYS:
        report = desk.redraft(key, Asked(seed=5, instruction="meer citaten")).report
    body = [b for s in report.sections for b in s.blocks if b.quote and b.kind != "pull-quote"]
    assert len({b.quote.fragment for b in body if b.quote}) == len(body)
    ids = [b.id for s in report.sections for b in s.blocks]
    assert len(ids) == len(set(ids))


def test_one_topic_can_be_written_anew_alone(desk: Desk) -> None:
    base = drafting.last_revision(THEME, desk.store).report
    topics = [b for b in section(base, "knel").blocks if b.kind == "topic"]
    result = desk.redraft("knel", Asked(topic=topics[0].title, seed=2, instruction="minder citaten"))
    own = {b.id for r in (base, result.report) for b in section(r, "knel").blocks if b.id.startswith(topics[0].id)}
    allowed = own | set(result.recomputed)
    assert result.revision and result.revision.origin.parts == (topics[0].id,)
    assert serialised(base, allowed) == serialised(result.report, allowed)


# ------------------------------------------------------------------------------------------------------- wishes


def names(block_or_fragment: str, words: str) -> bool:
    return words in block_or_fragment.casefold()


def test_a_matter_that_is_not_wanted_is_quoted_no_more(desk: Desk) -> None:
    result = desk.redraft("knel", Asked(instruction="zonder de buurtapp"))
    known = desk.store.fragments_by_id(quoted(section(result.report, "knel")))
    topics = topic_quotes(section(result.report, "knel"))
    assert topics
    assert not [b for b in topics if b.quote and names(known[b.quote.fragment].text, "buurtapp")]


def test_people_who_are_wanted_are_quoted_more(desk: Desk) -> None:
    def by_volunteers(report: Report) -> int:
        known = desk.store.fragments_by_id(quoted(section(report, "knel")))
        return sum(
            "gepensioneerd" in (known[b.quote.fragment].role or "")
            for b in topic_quotes(section(report, "knel"))
            if b.quote
        )

    before = drafting.last_revision(THEME, desk.store).report
    after = desk.redraft("knel", Asked(instruction="meer van ouderen")).report
    assert by_volunteers(after) >= by_volunteers(before)
    known = desk.store.fragments_by_id(quoted(section(after, "knel")))
    assert any("gepensioneerd" in (f.role or "") or "oud-" in (f.role or "") for f in known.values())


def test_a_dialogue_that_is_not_wanted_is_not_quoted(desk: Desk) -> None:
    after = section(desk.redraft("knel", Asked(instruction="geen citaten uit dialoog 3")).report, "knel")
    known = desk.store.fragments_by_id(quoted(after))
    assert {known[b.quote.fragment].dialogue for b in topic_quotes(after) if b.quote} <= {1, 2, 4}


def test_fewer_quotes_are_fewer_and_shorter_ones_are_shorter(desk: Desk) -> None:
    before = section(drafting.last_revision(THEME, desk.store).report, "knel")
    fewer = section(desk.redraft("knel", Asked(instruction="minder citaten")).report, "knel")
    assert len(topic_quotes(fewer)) < len(topic_quotes(before))

    def length(part: Section) -> float:
        spans = [sum(map(len, b.quote.spans)) for b in topic_quotes(part) if b.quote]
        return sum(spans) / len(spans)

    shorter = section(desk.redraft("knel", Asked(instruction="kortere citaten")).report, "knel")
    assert length(shorter) < length(fewer)


def test_what_was_not_understood_is_said(desk: Desk) -> None:
    result = desk.redraft("knel", Asked(instruction="blauw, en schrijf eenvoudiger zinnen, meer over ruimtevaart"))
    assert any("'blauw' was not understood" in note for note in result.notes)
    assert any("sentences" in note for note in result.notes)
    assert any("ruimtevaart" in note for note in result.notes)


def test_what_is_left_out_still_counts(desk: Desk) -> None:
    before = section(drafting.last_revision(THEME, desk.store).report, "knel")
    after = section(desk.redraft("knel", Asked(instruction="zonder de buurtapp")).report, "knel")
    assert after.blocks[0] == before.blocks[0]  # 'Over wat in de knel kwam, deelden 28 deelnemers ...'


def test_another_seed_is_another_choice_and_the_same_one_the_same(desk: Desk) -> None:
    one = desk.redraft("knel", Asked(seed=1)).report
    other = desk.redraft("knel", Asked(seed=2)).report
    assert quoted(section(one, "knel")) != quoted(section(other, "knel"))
    again = desk.redraft("knel", Asked(seed=1)).report
    assert quoted(section(one, "knel")) == quoted(section(again, "knel"))


# ---------------------------------------------------------------------------------------------- keep, drop, lock


def test_a_dropped_quote_is_replaced_and_does_not_come_back_until_it_is_kept(desk: Desk) -> None:
    first = topic_quotes(section(drafting.last_revision(THEME, desk.store).report, "knel"))[0]
    assert first.quote
    fragment = first.quote.fragment
    result = desk.redraft("knel", Asked(drop=(f"rq_{first.id.replace('-', '_')}",)))
    assert result.report.dropped == (fragment,)
    for seed in range(3):
        assert fragment not in reports.fragments_of(desk.redraft("knel", Asked(seed=seed)).report)
    kept = desk.redraft("knel", Asked(keep=(fragment,))).report
    assert kept.dropped == ()
    assert fragment in quoted(section(kept, "knel"))


def test_a_kept_quote_stays_whatever_is_asked(desk: Desk) -> None:
    for block in topic_quotes(section(drafting.last_revision(THEME, desk.store).report, "dromen")):
        assert block.quote
        for asked in (
            Asked(seed=4),
            Asked(instruction="geen citaten"),
            Asked(instruction="niet uit dialoog 1, 2, 3 en 4"),
        ):
            now = section(desk.redraft("dromen", replace(asked, keep=(block.quote.fragment,))).report, "dromen")
            assert block.quote.fragment in quoted(now)


def test_a_quote_that_is_not_there_is_an_error_that_names_those_that_are(desk: Desk) -> None:
    with pytest.raises(PartUnknown, match="no quote 'knel-99-c1'") as refused:
        desk.redraft("knel", Asked(keep=("knel-99-c1",)))
    assert "knel-1-c1" in refused.value.hint
    with pytest.raises(PartUnknown, match="stands in knel"):
        desk.redraft("dromen", Asked(drop=("knel-1-c1",)))
    with pytest.raises(UsageError, match="kept and dropped at once"):
        desk.redraft("knel", Asked(keep=("knel-1-c1",), drop=("knel-1-c1",)))
    with pytest.raises(PartUnknown, match="no section 'slot'"):
        desk.redraft("slot")
    with pytest.raises(PartUnknown, match="says what the others say"):
        desk.redraft("samenvatting")
    with pytest.raises(PartUnknown, match="no topic 'iets'"):
        desk.redraft("knel", Asked(topic="iets"))


def lock(desk: Desk, *parts: str, words: str = "") -> None:
    number = drafting.last_revision(THEME, desk.store).number
    assert desk.store.lock(THEME, [Lock(part, words=words) for part in parts], number)


def test_a_locked_section_or_topic_is_not_redrafted(desk: Desk) -> None:
    lock(desk, "knel", "kiem-1")
    with pytest.raises(PartLocked):
        desk.redraft("knel")
    with pytest.raises(PartLocked):
        desk.redraft("kiem", Asked(topic="kiem-1"))


@pytest.mark.parametrize("part", ["knel-2", "knel-2-c1", "knel-opening", "knel-kop-c2", "knel-1"])
def test_what_is_locked_stands_as_it_was_at_its_place(part: str, desk: Desk) -> None:
    before = section(drafting.last_revision(THEME, desk.store).report, "knel")
    lock(desk, part)
    for asked in (
        Asked(seed=9),
        Asked(instruction="kortere citaten, meer over de kerk"),
        Asked(instruction="geen citaten"),
    ):
        after = desk.redraft("knel", asked)
        part_now = section(after.report, "knel")
        locked = [b for b in before.blocks if b.id == part or (b.id.startswith(f"{part}-") and part[-1].isdigit())]
        assert [b for b in part_now.blocks if b in locked] == locked
        fragments = [b.quote.fragment for b in part_now.blocks if b.quote]
        assert len(fragments) == len(set(fragments))


def test_a_locked_sentence_stays_in_its_topic(desk: Desk) -> None:
    block = next(
        b for b in section(drafting.last_revision(THEME, desk.store).report, "knel").blocks if b.id == "knel-1"
    )
    words = block.text.split(". ")[0] + "."
    lock(desk, "knel-1:1", words=words)
    after = desk.redraft("knel", Asked(seed=11, instruction="minder citaten")).report
    assert next(b for b in section(after, "knel").blocks if b.id == "knel-1").text.startswith(words)


# ------------------------------------------------------------------------------------------------- editors, summary


def with_block(report: Report, block: Block) -> Report:
    def changed(part: Section) -> Section:
        return replace(part, blocks=tuple(block if b.id == block.id else b for b in part.blocks))

    return replace(report, sections=tuple(changed(s) for s in report.sections))


def test_an_editors_text_in_the_section_makes_way_and_is_said_to_stand_in_the_history(desk: Desk) -> None:
    base = drafting.last_revision(THEME, desk.store).report
    topic = next(b for b in section(base, "knel").blocks if b.kind == "topic")
    edited = desk.save(with_block(base, replace(topic, text="Hier schreef een redacteur iets eigens.")))
    result = desk.redraft("knel", Asked(instruction="minder citaten"))
    assert topic.id in result.replaced
    assert result.base.number == edited
    saved = drafting.last_revision(THEME, desk.store, edited).report
    assert "iets eigens" in next(b for b in section(saved, "knel").blocks if b.id == topic.id).text


def test_a_redraft_of_another_section_leaves_the_editors_text_alone(desk: Desk) -> None:
    base = drafting.last_revision(THEME, desk.store).report
    topic = next(b for b in section(base, "knel").blocks if b.kind == "topic")
    own = replace(topic, text="Hier schreef een redacteur iets eigens.", title="Een eigen titel")
    desk.save(with_block(base, own))
    result = desk.redraft("dromen", Asked(instruction="minder citaten"))
    assert own in section(result.report, "knel").blocks
    assert result.replaced == ()


def test_lines_of_the_summary_follow_their_section_unless_someone_changed_them(desk: Desk) -> None:
    base = drafting.last_revision(THEME, desk.store).report
    seeded = desk.redraft("knel", Asked(instruction="zonder ontmoetingsplekken"))
    assert "samenvatting-knel-lijst" in seeded.recomputed
    lines = next(b for b in section(base, "samenvatting").blocks if b.id == "samenvatting-knel-lijst")
    own = replace(lines, items=("Een eigen regel",))
    desk.save(with_block(base, own))
    result = desk.redraft("knel", Asked(instruction="zonder ontmoetingsplekken"))
    assert own in section(result.report, "samenvatting").blocks
    assert any(
        "samenvatting-knel-lijst was changed by someone" in why or "samenvatting-knel" in why for why in result.left
    )


def test_a_pull_quote_that_is_dropped_goes_from_the_summary_too(desk: Desk) -> None:
    base = drafting.last_revision(THEME, desk.store).report
    pull = next(b for b in section(base, "samenvatting").blocks if b.kind == "pull-quote")
    assert pull.quote
    key, block = next((s.key, b.id) for s in base.sections[2:] for b in quotes(s) if b.quote == pull.quote)
    result = desk.redraft(key, Asked(drop=(block,)))
    assert pull.id in result.recomputed
    assert pull.quote.fragment not in reports.fragments_of(result.report)


# ------------------------------------------------------------------------------------------------------ work, voices


def test_the_work_is_that_of_one_section(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: dict[str, int] = {"grouped": 0, "embedded": 0, "searches": 0}

    def counting(name: str, function: Callable[..., object], count: Callable[..., int]) -> Callable[..., object]:
        def counted(*args: object, **more: object) -> object:
            calls[name] += count(*args)
            return function(*args, **more)

        return counted

    monkeypatch.setattr(naming, "named_groups", counting("grouped", naming.named_groups, lambda *_: 1))
    monkeypatch.setattr(Retriever, "search", counting("searches", Retriever.search, lambda *_: 1))
    embedder = type(desk.embedder)
    monkeypatch.setattr(embedder, "embed", counting("embedded", embedder.embed, lambda _, texts: len(texts)))
    desk.redraft("knel", Asked(instruction="minder over de buurtapp, meer over de kerk", seed=3))
    assert calls["grouped"] == 1
    assert calls["embedded"] == 0
    of_section = dict(calls)
    desk.draft()
    assert calls["grouped"] - of_section["grouped"] == 5
    assert of_section["searches"] <= calls["searches"] - of_section["searches"]


def test_the_colophon_names_both_voices_where_sections_have_different_ones(desk: Desk) -> None:
    base = drafting.last_revision(THEME, desk.store).report
    desk.save(replace(base, voice="taalmodel proef"))
    result = desk.redraft("knel", Asked(instruction="minder citaten"))
    assert result.report.voice == "taalmodel proef; extractief"
    assert result.revision
    colophon = " ".join(drafting.render_report(result.revision, desk.store).colophon)
    assert "het taalmodel proef" in colophon
    assert "zonder taalmodel" in colophon


def test_the_command_says_what_changed_and_exports_at_once(desk: Desk, tmp_path: Path) -> None:
    root = str(desk.settings.root)
    command = ["-w", root, "--set", "embedder=hashing", "redraft", THEME, "knel"]
    file = tmp_path / "r.md"
    done = CliRunner().invoke(cli, [*command, "--instruct", "minder citaten", "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert "Revision 2" in done.output and "gone: knel-" in done.output
    assert "## 1. Knelpunten" in file.read_text("utf-8")
    same = CliRunner().invoke(cli, command)
    assert "Nothing came out differently" in same.output
    told = json.loads(CliRunner().invoke(cli, [*command, "--seed", "2", "--json"]).stdout)
    assert told["base"] == 2 and told["revision"] == 3 and told["changed"]


# ------------------------------------------------------------------------------------------------------- the rule

INSTRUCTIONS = (
    "",
    "minder citaten",
    "meer citaten",
    "zonder de buurtapp",
    "meer van ouderen",
    "kortere citaten",
    "alleen dialoog 2",
)


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_through_any_sequence_dropped_quotes_stay_away_kept_ones_stay_and_the_rest_is_the_same(
    data: st.DataObject, indexed_example: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("reeks") / "ws"
    shutil.copytree(indexed_example, root)
    own = settings_for(root)
    with wiring.store(own) as store:
        desk = Desk(own, store)
        dropped: set[str] = set()
        for _ in range(data.draw(st.integers(1, 4))):
            before = drafting.last_revision(THEME, store).report
            key = data.draw(st.sampled_from(KEYS))
            there = sorted({b.quote.fragment for b in topic_quotes(section(before, key)) if b.quote})
            chosen = data.draw(st.lists(st.sampled_from(there), unique=True, max_size=3)) if there else []
            keep, drop = tuple(chosen[:1]), tuple(chosen[1:])
            seed = data.draw(st.one_of(st.none(), st.integers(0, 5)))
            asked = Asked(instruction=data.draw(st.sampled_from(INSTRUCTIONS)), keep=keep, drop=drop, seed=seed)
            result = desk.redraft(key, asked)
            dropped |= set(drop)
            now = result.report
            assert set(now.dropped) == dropped
            assert not dropped & reports.fragments_of(now)
            assert set(keep) <= quoted(section(now, key))
            assert_only_the_section_and_what_leans_on_it_changed(before, key, result)
            ids = [b.id for s in now.sections for b in s.blocks]
            assert len(ids) == len(set(ids))
            body = [b.quote.fragment for s in now.sections for b in s.blocks if b.quote and b.kind != "pull-quote"]
            assert len(body) == len(set(body))
            drafting.render_report(drafting.last_revision(THEME, store), store)
