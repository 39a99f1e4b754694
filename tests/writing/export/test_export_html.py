"""What a browser finds in the web page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from rapporteur.writing.export.html import HtmlExporter
from rapporteur.writing.export.interface import Paragraph, Quote, RenderedReport

Make = Callable[..., RenderedReport]
MakeQuote = Callable[..., Quote]


def page(report: RenderedReport) -> html.HtmlElement:
    return html.document_fromstring(HtmlExporter().to_bytes(report).decode())


def test_the_page_says_its_language_title_theme_and_fingerprints(report: RenderedReport) -> None:
    root = page(report)
    assert root.get("lang") == "nl-NL"
    assert root.findtext(".//title") == "Groen in de wijk"
    told = {meta.get("name"): meta.get("content") for meta in root.iter("meta")}
    assert told["theme"] == "groen-in-de-wijk"
    assert told["corpus_fingerprint"] == "3f9c2a71"
    assert told["voice"] == "extractive"


def test_headings_follow_one_title_and_skip_no_level(report: RenderedReport) -> None:
    levels = [int(heading.tag[1]) for heading in page(report).xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_quote_is_a_blockquote_with_its_source_cited_and_its_fragment_known(report: RenderedReport) -> None:
    root = page(report)
    (found,) = root.xpath("//blockquote[@id='rq_knel-1-q1']")
    assert found.text_content().strip() == (
        "‘Ik heb drie maanden naar dezelfde schutting gekeken.’ (student, dialoog 1)"
    )
    assert found.findtext(".//cite") == "(student, dialoog 1)"
    assert found.get("data-fragment") == "groen-in-de-wijk/1#knel-1-q1"
    assert len(root.xpath("//blockquote")) == len([i for i in report.items if isinstance(i, Quote)])


def test_the_page_has_a_head_a_main_part_and_a_foot_side_by_side(report: RenderedReport) -> None:
    root = page(report)
    assert [child.tag for child in root.find("body")] == ["header", "main", "footer"]
    assert root.findtext("./body/header/h1") == report.title
    assert root.findtext("./body/footer/h2") == "Colofon"
    assert all(table.get("aria-label") for table in root.iter("table"))


def test_facts_are_a_table_with_row_headers(report: RenderedReport) -> None:
    assert [th.text for th in page(report).xpath("//table//th[@scope='row']")] == [
        "Gesprekken",
        "Deelnemers",
        "Gastheren en gastvrouwen",
    ]


def test_lists_carry_their_mark(report: RenderedReport) -> None:
    styles = [found.get("style") for found in page(report).iter("ul")]
    assert styles[:2] == ["list-style-type: '– '", "list-style-type: '+ '"]


def test_the_page_needs_nothing_from_elsewhere_and_can_be_printed(report: RenderedReport) -> None:
    root = page(report)
    assert not root.xpath("//script|//link|//img|//@src|//@href")
    style = root.findtext(".//style")
    assert "@media print" in style
    assert "url(" not in style


def test_ids_are_unique(report: RenderedReport) -> None:
    ids = page(report).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_awkward_words_read_back_mark_for_mark(with_items: Make, quote: MakeQuote, awkward: str) -> None:
    (found,) = page(with_items(quote("q", awkward))).xpath("//blockquote/p")
    assert found.text_content() == f"‘{awkward}’ (deelnemer, dialoog 1)"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1))
def test_any_words_read_back_mark_for_mark(words: str) -> None:
    report = RenderedReport("T", "", (Quote("q", words, words, "f"), Paragraph(words)), "t")
    assert [p.text_content() for p in page(report).xpath("//main//p")] == [f"‘{words}’ ({words})", words]


def test_the_same_report_gives_the_same_bytes(report: RenderedReport) -> None:
    shuffled = replace(report, properties=dict(reversed(report.properties.items())))
    assert HtmlExporter().to_bytes(shuffled) == HtmlExporter().to_bytes(report)
