"""Every turn of the example corpus, and every published quote with its oddities of print, is proved."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from rapporteur.proof.documents.registry import read_document
from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import Attribution, Fragment, Quotation


def test_every_fragment_of_the_example_is_proved_as_its_speakers_own(
    example_fragments: tuple[Fragment, ...],
) -> None:
    checker = QuoteChecker(example_fragments)
    verdicts = {
        f.id: checker.check(Quotation(f.text, "", Attribution("", f.role, f.dialogue, f.theme), f.id))
        for f in example_fragments
    }
    assert len(verdicts) > 800
    assert {i: v for i, v in verdicts.items() if v.kind not in ("verbatim", "ambiguous")} == {}


def test_every_word_lost_or_added_in_the_example_is_caught(example_fragments: tuple[Fragment, ...]) -> None:
    checker = QuoteChecker(example_fragments)
    long_ones = [words for f in example_fragments if len(words := f.text.split()) > 12]
    for words in long_ones[::40]:
        for at in range(1, len(words) - 1):
            added = " ".join([*words[:at], "niet", *words[at:]])
            assert not checker.check(Quotation(added, "")).clean or words[at - 1 : at + 1].count("niet")
            lost = " ".join([*words[:at], *words[at + 1 :]])
            if any(map(str.isalnum, words[at])) and words[at] not in (words[at - 1], words[at + 1]):
                assert not checker.check(Quotation(lost, "")).clean


def test_every_published_quote_is_found_once_and_proved_in_every_format(
    published_fragments: tuple[Fragment, ...], published_quotes: tuple[dict[str, Any], ...], tmp_path: Path
) -> None:
    checker = QuoteChecker(published_fragments)
    printed = [str(quote["published"]) for quote in published_quotes]
    for path in (_as_markdown(printed, tmp_path), _as_word(printed, tmp_path), _as_json(printed, tmp_path)):
        quotations = read_document(path).quotations
        assert len(quotations) == len(printed), path.name
        for quotation, quote in zip(quotations, published_quotes, strict=True):
            assert quotation.text.split() == str(quote["text"]).split()
            assert checker.check(quotation).clean


@pytest.mark.parametrize("words", ["niet", "wel 12"])
def test_no_published_quote_with_a_word_too_many_is_proved(
    published_fragments: tuple[Fragment, ...], words: str
) -> None:
    checker = QuoteChecker(published_fragments)
    for fragment in published_fragments:
        altered = re.sub(r"(?<=\w) (?=\w)", f" {words} ", fragment.text, count=1)
        assert checker.check(Quotation(altered, "")).kind == "altered"


def _as_markdown(printed: list[str], folder: Path) -> Path:
    path = folder / "report.md"
    escaped = (re.sub(r"([\\`*_{}\[\]<>&~|$#^-])", r"\\\1", text) for text in printed)
    path.write_text("# Verslag\n\n" + "\n\n".join(escaped), encoding="utf-8")
    return path


def _as_word(printed: list[str], folder: Path) -> Path:
    document = docx.Document()
    for text in printed:
        document.add_paragraph(text)
    path = folder / "report.docx"
    document.save(str(path))
    return path


def _as_json(printed: list[str], folder: Path) -> Path:
    path = folder / "report.json"
    path.write_text(json.dumps({"sections": [{"blocks": [{"text": t} for t in printed]}]}), encoding="utf-8")
    return path
