"""What a part of a report is, and what it is for one to be locked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import PartUnknown
from rapporteur.types import Block, Lock, QuoteRef, Report, Section, Span
from rapporteur.writing import parts

TEXT = "Drie mensen misten de markt. Zij liepen er elke week. Nu is het er stil."


def a_topic(name: str, text: str = TEXT) -> tuple[Block, ...]:
    quote = QuoteRef(f"groen/{name}", (Span(0, 9),))
    return (
        Block(name, "topic", text, f"Onderwerp {name}"),
        Block(f"{name}-c1", "quote", quote=quote),
        Block(f"{name}-anders", "paragraph", "Een deelnemer zag dat anders."),
    )


def a_section(key: str) -> Section:
    opening = Block(f"{key}-opening", "paragraph", "Hierover ging het. Vijf mensen spraken.")
    closing = (
        Block(f"{key}-koppen", "paragraph", "Zij maakten krantenkoppen:"),
        Block(f"{key}-kop-c1", "quote", quote=QuoteRef("groen/kop", (Span(0, 4),))),
    )
    return Section(key, key.capitalize(), (opening, *a_topic(f"{key}-1"), *a_topic(f"{key}-2"), *closing))


REPORT = Report("groen", "Groen", "burger", "extractief", "nl", "nu", "f", (a_section("knel"), a_section("kiem")))
NAMES = parts.part_names(REPORT)
SENTENCES = tuple(f"{b.id}:{n}" for s in REPORT.sections for b in s.blocks for n in range(1, b.text.count(".") + 1))


def a_lock(part: str, report: Report = REPORT) -> Lock:
    return Lock(part, words=parts.sentence(report, part))


def edited(report: Report, block: str, **changes: object) -> Report:
    def one(old: Block) -> Block:
        return replace(old, **changes) if old.id == block else old  # type: ignore[arg-type]

    return replace(report, sections=tuple(replace(s, blocks=tuple(one(b) for b in s.blocks)) for s in report.sections))


def ids(part: str) -> list[str]:
    return [block.id for block in parts.blocks_of(REPORT, part)]


# ------------------------------------------------------------------------------------------- naming a part


def test_a_topic_is_meant_with_its_quotes_and_what_stands_under_it() -> None:
    assert ids("knel-1") == ["knel-1", "knel-1-c1", "knel-1-anders"]
    assert ids("knel-2") == ["knel-2", "knel-2-c1", "knel-2-anders"]  # and not the headlines of the section


def test_a_quote_that_an_editor_moved_under_a_topic_is_of_that_topic() -> None:
    knel, kiem = REPORT.sections
    moved = replace(knel, blocks=(*knel.blocks[:2], a_topic("kiem-1")[1], *knel.blocks[2:]))
    report = replace(REPORT, sections=(moved, kiem))
    assert [b.id for b in parts.blocks_of(report, "knel-1")] == ["knel-1", "kiem-1-c1", "knel-1-c1", "knel-1-anders"]


def test_a_section_a_paragraph_a_quote_and_a_sentence_are_named_by_key_id_and_number() -> None:
    assert len(ids("kiem")) == 9
    assert ids("kiem-opening") == ["kiem-opening"]
    assert ids("knel-2-c1") == ["knel-2-c1"]
    assert parts.sentence(REPORT, "knel-2:3") == "Nu is het er stil."
    assert parts.sentence(REPORT, "knel-2") == ""


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("knel-3", "Near it come: .*knel-2"),
        ("dromen", "Its sections are knel, kiem"),
        ("knel-2:4", "'knel-2' has 3 sentences"),
        ("knel-2-anders:2", "has 1 sentence."),
        ("knel-2-c1:1", "no sentences of its own"),
        ("knel-2:0", "no part 'knel-2:0'"),
        (":1", "no part"),
        ("", "no part"),
    ],
)
def test_a_part_that_is_not_there_is_said_with_what_comes_near(part: str, says: str) -> None:
    with pytest.raises(PartUnknown, match=says):
        parts.blocks_of(REPORT, part)


# --------------------------------------------------------------------------------------------- being locked


@given(st.sampled_from(NAMES))
def test_a_lock_on_a_section_or_topic_locks_all_below_it_and_nothing_else(part: str) -> None:
    below = {block.id for block in parts.blocks_of(REPORT, part)}
    for name in NAMES:
        inside = {block.id for block in parts.blocks_of(REPORT, name)} <= below
        assert parts.is_locked(REPORT, name, [a_lock(part)]) == inside


@given(st.sampled_from(SENTENCES))
def test_a_lock_on_a_sentence_locks_that_sentence_only(part: str) -> None:
    for name in (*NAMES, *SENTENCES):
        assert parts.is_locked(REPORT, name, [a_lock(part)]) == (name == part)


@given(st.sampled_from([name for name in NAMES if name not in ("knel", "kiem")]), st.sampled_from(SENTENCES))
def test_every_sentence_of_a_locked_block_is_locked(block: str, sentence: str) -> None:
    below = {one.id for one in parts.blocks_of(REPORT, block)}
    assert parts.is_locked(REPORT, sentence, [a_lock(block)]) == (sentence.partition(":")[0] in below)


@given(st.lists(st.sampled_from((*NAMES, *SENTENCES)), unique=True))
def test_a_report_is_unchanged_against_itself(locked: list[str]) -> None:
    assert parts.unchanged(REPORT, REPORT, [a_lock(part) for part in locked]) == ()


@given(st.lists(st.sampled_from(NAMES), unique=True), st.sampled_from([n for n in NAMES if n not in ("knel", "kiem")]))
def test_a_change_is_seen_by_exactly_the_locks_that_hold_the_block(locked: list[str], block: str) -> None:
    after = edited(REPORT, block, title="Anders")
    holding = [p for p in locked if block in {b.id for b in parts.blocks_of(REPORT, p)}]
    assert list(parts.unchanged(REPORT, after, [a_lock(part) for part in locked])) == holding


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_part_that_is_gone_has_changed(locked: str, gone: str) -> None:
    removed = {block.id for block in parts.blocks_of(REPORT, gone)}
    sections = tuple(
        replace(s, blocks=tuple(b for b in s.blocks if b.id not in removed)) for s in REPORT.sections if s.key != gone
    )
    held = {block.id for block in parts.blocks_of(REPORT, locked)}
    changed = bool(held & removed) or locked == gone
    assert bool(parts.unchanged(REPORT, replace(REPORT, sections=sections), [a_lock(locked)])) == changed


def test_a_locked_sentence_may_move_within_its_block_and_not_lose_a_word() -> None:
    held = [a_lock("knel-2:2")]
    moved = edited(REPORT, "knel-2", text="Nu is het er stil. Zij liepen er elke week.")
    assert parts.unchanged(REPORT, moved, held) == ()
    assert parts.is_locked(moved, "knel-2:2", held)
    shorter = edited(REPORT, "knel-2", text="Nu is het er stil. Zij liepen er.")
    assert parts.unchanged(REPORT, shorter, held) == ("knel-2:2",)


def test_a_locked_topic_that_moved_to_another_section_has_changed_and_within_its_own_it_has_not() -> None:
    knel, kiem = REPORT.sections
    within = replace(knel, blocks=(knel.blocks[0], *knel.blocks[4:7], *knel.blocks[1:4], *knel.blocks[7:]))
    assert parts.unchanged(REPORT, replace(REPORT, sections=(within, kiem)), [a_lock("knel-2")]) == ()
    without = replace(knel, blocks=(*knel.blocks[:4], *knel.blocks[7:]))
    elsewhere = replace(kiem, blocks=(kiem.blocks[0], *knel.blocks[4:7], *kiem.blocks[1:]))
    report = replace(REPORT, sections=(without, elsewhere))
    assert parts.unchanged(REPORT, report, [a_lock("knel-2")]) == ("knel-2",)


def test_something_added_to_a_locked_topic_changes_it() -> None:
    knel, kiem = REPORT.sections
    added = Block("nieuw", "paragraph", "Een zin erbij.")
    report = replace(REPORT, sections=(replace(knel, blocks=(*knel.blocks[:3], added, *knel.blocks[3:])), kiem))
    assert parts.unchanged(REPORT, report, [a_lock("knel-1"), a_lock("knel-2")]) == ("knel-1",)


def test_a_lock_on_what_the_report_no_longer_has_holds_nothing_up() -> None:
    assert parts.unchanged(REPORT, REPORT, [Lock("weg"), Lock("knel-2:1", words="Die zin is er niet.")]) == ()


# ---------------------------------------------------------------------------------------- named by its title


def test_a_title_stands_for_what_is_under_it_and_an_id_goes_before() -> None:
    chapters = (replace(REPORT.sections[0], heading="1. Wat knelt en kiemt"), replace(REPORT.sections[1], heading=""))
    report = replace(REPORT, sections=chapters)
    for name in ("1. Wat knelt en kiemt", "wat knelt  en kiemt"):
        assert parts.called(report, name) == ("knel", "kiem")
    assert parts.called(report, "Onderwerp knel-2:") == ("knel-2",)
    assert [parts.called(report, name) for name in ("knel", "kiem-1", "knel-1:2", "iets anders")] == [
        ("knel",),
        ("kiem-1",),
        ("knel-1:2",),
        ("iets anders",),
    ]
    with pytest.raises(PartUnknown, match="Several parts are called 'Onderwerp knel-1': knel-1, kiem-1"):
        parts.called(edited(report, "kiem-1", title="Onderwerp knel-1"), "Onderwerp knel-1")
