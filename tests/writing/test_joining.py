"""Two editors at once: what each changed stays, and only a section that both changed is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.types import Block, Comment, QuoteRef, Report, Section, Span
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


# ------------------------------------------------------------------------- a quote that was dropped in between


def _quote(text: str = "", *, kind: str = "quote", end: int = 9) -> Block:
    return Block("knel-1-c1", kind, text, quote=QuoteRef("f1", (Span(0, end),)))  # type: ignore[arg-type]


def _with(quote: Block | None, knel: str = "knel", *, dropped: tuple[str, ...] = ()) -> Report:
    """A report with a quote in its section 'knel', below a paragraph."""
    plain = report(knel=knel)
    knelt = replace(plain.sections[1], blocks=(*plain.sections[1].blocks, *((quote,) if quote else ())))
    return replace(plain, sections=(plain.sections[0], knelt, *plain.sections[2:]), dropped=dropped)


def _ids(joined: Report, key: str = "knel") -> list[str]:
    return [block.id for section in joined.sections if section.key == key for block in section.blocks]


BASE, DROPPED = _with(_quote()), _with(None, "een", dropped=("f1",))


def test_a_quote_that_a_colleague_dropped_does_not_come_back_with_a_section_that_both_changed() -> None:
    joined = join(BASE, DROPPED, _with(_quote(), "twee"))
    assert (_ids(joined.report), text_of(joined.report, "knel")) == (["knel-1"], "twee")
    assert (joined.both, joined.left_out, joined.stay) == (("knel",), {"knel-1-c1": "f1"}, {})
    assert joined.report.dropped == ("f1",)


@pytest.mark.parametrize("mine", [_quote(end=5), _quote("Getypte woorden"), replace(_quote(), id="knel-redactie-1")])
def test_a_quote_that_the_editor_changed_or_put_there_stays_though_a_colleague_dropped_it(mine: Block) -> None:
    joined = join(BASE, DROPPED, _with(mine, "twee"))
    assert _ids(joined.report) == ["knel-1", mine.id]
    assert (joined.left_out, joined.stay, joined.report.dropped) == ({}, {mine.id: "f1"}, ())


def test_a_dropped_quote_stays_away_where_sections_were_added_or_moved_too() -> None:
    mine = _with(_quote())
    joined = join(BASE, DROPPED, replace(mine, sections=mine.sections[::-1]))
    assert (_ids(joined.report), joined.left_out) == (["knel-1"], {"knel-1-c1": "f1"})
    assert joined.report.dropped == ("f1",)


def test_of_a_kader_only_the_dropped_quote_goes_if_an_editor_wrote_in_it() -> None:
    box = replace(_quote(kind="box"), title="De soeptafel")
    empty = join(_with(box), DROPPED, _with(box, "twee"))
    told = join(_with(box), DROPPED, _with(replace(box, text="Elke vrijdag."), "twee"))
    assert _ids(empty.report) == ["knel-1"]
    assert [(b.text, b.quote) for b in told.report.sections[1].blocks[1:]] == [("Elke vrijdag.", None)]
    assert empty.left_out == told.left_out == {"knel-1-c1": "f1"}


def test_a_comment_on_a_quote_that_is_left_out_stands_beside_what_is_above_it() -> None:
    comment = Comment("knel-1-c1", "Redacteur", "", "Mag dit van haar?")
    joined = join(BASE, DROPPED, replace(_with(_quote(), "twee"), comments=(comment,))).report
    assert joined.comments == (replace(comment, block="knel-1"),)


def test_a_quote_that_is_wanted_again_is_dropped_no_longer() -> None:
    base = replace(BASE, dropped=("f2",))
    assert join(base, replace(BASE, dropped=()), replace(base, title="Anders")).report.dropped == ()
    assert join(base, replace(base, dropped=("f2", "f3")), replace(base, title="Anders")).report.dropped == ("f2", "f3")


def test_a_block_that_a_colleague_moved_into_a_section_left_alone_stands_there_only() -> None:
    def moved(quote: Block) -> Report:
        plain = _with(None)
        last = replace(plain.sections[3], blocks=(*plain.sections[3].blocks, quote))
        return replace(plain, sections=(*plain.sections[:3], last))

    untouched = join(BASE, moved(_quote()), _with(_quote(), "twee")).report
    assert (_ids(untouched), _ids(untouched, "dromen")) == (["knel-1"], ["dromen-1", "knel-1-c1"])
    changed = join(BASE, moved(_quote()), _with(_quote(end=5), "twee")).report
    assert (_ids(changed), _ids(changed, "dromen")) == (["knel-1", "knel-1-c1-1"], ["dromen-1", "knel-1-c1"])
