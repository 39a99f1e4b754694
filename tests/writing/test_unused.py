"""The ledger of what was not used: every quotable fragment is quoted or stands in it, without its words."""

from __future__ import annotations

from rapporteur.types import Fragment, Judgement, Locator, SectionKey, Span
from rapporteur.writing.unused import as_section, unused


def judged(
    name: str, dialogue: int | None, section: SectionKey | None, quotability: float = 0.5, left_out: str | None = None
) -> Judgement:
    text = f"Woorden van {name}."
    fragment = Fragment(
        name, f"groen/{dialogue}", "groen", dialogue, name, 0, Span(0, len(text)), text, "Bo", "kok",
        locator=Locator("d.docx", paragraph=7),
    )  # fmt: skip
    return Judgement(fragment, {}, section, quotability, left_out)


def test_what_is_quotable_is_either_quoted_or_in_the_ledger() -> None:
    judgements = [
        judged("a", 2, "knel", 0.4),
        judged("b", 2, "knel", 0.9),
        judged("c", 2, "knel"),
        judged("d", 1, "dromen"),
        judged("e", None, "knel"),
        judged("weg", 2, "knel", left_out="too short"),
        judged("geen", 2, None),
    ]
    rows = unused(judgements, frozenset({"c", "d"}))
    assert [(r.dialogue, r.section, r.quoted, [f.id for f in r.fragments]) for r in rows] == [
        (1, "dromen", 1, []),
        (2, "knel", 1, ["b", "a"]),
        (None, "knel", 0, ["e"]),
    ]


def test_the_page_says_who_and_where_and_none_of_the_words() -> None:
    section = as_section(unused([judged("a", 2, "ideeen"), judged("b", 2, "ideeen")], frozenset({"b"})))
    lines = [line for block in section.blocks for line in (block.title, block.text, *block.items)]
    assert "Dialoog 2" in lines
    assert "Ideeën: een geciteerd, een niet: kok (alinea 7)" in lines
    assert not any("Woorden" in line for line in lines)
