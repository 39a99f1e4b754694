"""What a Markdown reader, markdown-it, finds in the Markdown file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rapporteur.writing.export.interface import (
    Box,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Quote,
    RenderedReport,
    TopicLead,
)
from rapporteur.writing.export.markdown import MarkdownExporter

Make = Callable[..., RenderedReport]
MakeQuote = Callable[..., Quote]

# Any characters that can stand in one line of text, the marks of Markdown often among them.
lines = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]()<>&~|$#^+-=.!:;\"'‘’“”–… 1é"),
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    ),
    min_size=1,
).filter(lambda text: text == text.strip() != "")


def exported(report: RenderedReport) -> str:
    return MarkdownExporter().to_bytes(report).decode()


def body_tokens(text: str) -> list[Token]:
    """The tokens of what follows the front matter, in CommonMark with tables and strikethrough."""
    _, _, body = text.removeprefix("---\n").partition("\n---\n")
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)


def inline_texts(text: str) -> list[tuple[str, str]]:
    """Each piece of running text with the kind of block around it, as plain characters."""
    tokens = body_tokens(text)
    return [
        (
            "blockquote" if token.level == 2 else tokens[position - 1].tag,
            "".join(child.content for child in token.children or []),
        )
        for position, token in enumerate(tokens)
        if token.type == "inline"
    ]


def test_the_front_matter_is_yaml_that_names_theme_and_fingerprints(report: RenderedReport) -> None:
    front = exported(report).removeprefix("---\n").partition("\n---\n")[0]
    assert yaml.safe_load(front) == {
        "title": "Groen in de wijk",
        "programme": "Nederland in gesprek",
        "theme": "groen-in-de-wijk",
        "language": "nl-NL",
        "drafted": report.drafted,
        **report.properties,
    }


def test_a_title_that_yaml_would_read_otherwise_comes_back_as_it_was(report: RenderedReport) -> None:
    title = "Ja: nee – 'thema' #1 \"groen\" \\ {en} meer " + "lang " * 40
    front = exported(replace(report, title=title)).removeprefix("---\n").partition("\n---\n")[0]
    assert yaml.safe_load(front)["title"] == title


def test_each_kind_of_item_reads_as_it_should(with_items: Make, quote: MakeQuote) -> None:
    report = with_items(
        Heading("1. Knel & kiem", 1),
        Paragraph("- geen lijst"),
        TopicLead("Ruimte", "Mensen misten die."),
        quote("q", "Zo is het.", "opa", 2),
        Bullets(("steen",)),
        Bullets(("plant",), mark="+"),
        Box("Kader één", ("Tekst.",)),
        Box("Kader twee", ("Tekst.",)),
        Facts((("Deelnemers", "31"),)),
    )
    text = exported(report)
    assert inline_texts(text)[2:-3] == [
        ("h2", "1. Knel & kiem"),
        ("p", "- geen lijst"),
        ("p", "Ruimte: Mensen misten die."),
        ("blockquote", "‘Zo is het.’ (opa, dialoog 2)"),
        ("p", "– steen"),
        ("p", "+ plant"),
        ("p", "Kader één"),
        ("p", "Tekst."),
        ("p", "Kader twee"),
        ("p", "Tekst."),
        ("p", "Deelnemers: 31"),
    ]
    assert "> ‘Zo is het.’ (opa, dialoog 2)\n" in text
    assert [token.type for token in body_tokens(text)].count("hr") == 3


def test_awkward_words_read_back_mark_for_mark(with_items: Make, quote: MakeQuote, awkward: str) -> None:
    assert ("blockquote", f"‘{awkward}’ (deelnemer, dialoog 1)") in inline_texts(
        exported(with_items(quote("q", awkward)))
    )


@given(lines)
def test_any_words_read_back_mark_for_mark_wherever_they_stand(words: str) -> None:
    quotation = Quote("q", words, words, "f")
    items = (quotation, Paragraph(words), Heading(words, 1), Bullets((words,)), TopicLead("Kop", words))
    assert inline_texts(exported(RenderedReport("T", "", items, "t"))) == [
        ("h1", "T"),
        ("blockquote", f"‘{words}’ ({words})"),
        ("p", words),
        ("h2", words),
        ("p", f"– {words}"),
        ("p", f"Kop: {words}"),
    ]


def test_a_comment_that_no_one_sees_ties_each_quote_to_its_fragment(with_items: Make, quote: MakeQuote) -> None:
    report = with_items(quote("a", "Eén."), replace(quote("b", "Twee."), fragment="thema/2#--><b>"))
    comment = body_tokens(exported(report))[-1]
    assert comment.type == "html_block"
    found = re.fullmatch(r"<!-- rapporteur-quotes (.*) -->\n?", comment.content)
    assert found is not None
    assert json.loads(found[1]) == {"a": "groen-in-de-wijk/1#a", "b": "thema/2#--><b>"}


def test_the_same_report_gives_the_same_bytes(report: RenderedReport) -> None:
    shuffled = replace(report, properties=dict(reversed(report.properties.items())))
    assert exported(shuffled) == exported(report)
