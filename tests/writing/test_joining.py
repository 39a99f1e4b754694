"""Two editors at once: what each changed stays, and only a section that both changed is named."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rapporteur.types import Block, Comment, Report, Section
from rapporteur.writing.joining import join

KEYS = ("samenvatting", "knel", "kiem", "dromen")


def report(**texts: str) -> Report:
    sections = tuple(Section(key, key, (Block(f"{key}-1", "paragraph", texts.get(key, key)),)) for key in KEYS)
    return Report("groen", "Groen", "burger.v1", "extractief", "nl", "2026-01-01", "abc", sections)


def text_of(joined: Report, key: str) -> str:
    return next(section.blocks[0].text for section in joined.sections if section.key == key)


_CHANGES = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["een", "twee"]))


@given(_CHANGES, _CHANGES)
def test_nothing_that_one_of_them_changed_is_lost_unseen(theirs: dict[str, str], mine: dict[str, str]) -> None:
    joined = join(report(), report(**theirs), report(**mine))
    for key in KEYS:
        assert text_of(joined.report, key) == mine.get(key, theirs.get(key, key))
    assert set(joined.both) == {key for key in mine if key in theirs and theirs[key] != mine[key]}


def test_a_comment_comes_with_the_section_it_stands_in() -> None:
    comment = Comment("knel-1", "Redacteur", "", "Klopt dit?")
    between = replace(report(knel="anders"), comments=(comment,), dropped=("f1",))
    joined = join(report(), between, report(dromen="mijn tekst")).report
    assert (joined.comments, joined.dropped) == ((comment,), ("f1",))


def test_where_sections_were_added_or_moved_every_change_of_the_other_is_named() -> None:
    mine = report(dromen="mijn tekst")
    joined = join(report(), report(knel="anders"), replace(mine, sections=mine.sections[::-1]))
    assert joined.both == ("knel",) and text_of(joined.report, "knel") == "knel"
