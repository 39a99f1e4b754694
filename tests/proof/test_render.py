"""The verdicts as machines and reviewers get them: JSON lines, JUnit XML, and a page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from lxml import html

from rapporteur import wiring
from rapporteur.pipeline import checking
from rapporteur.proof.render import fails, to_jsonl
from rapporteur.proof.render_html import to_html
from rapporteur.proof.render_junit import to_junit
from rapporteur.sources.store import Store
from rapporteur.types import CheckedDocument, Finding, Quotation, Verdict
from tests.workspaces import index, settings_for, write_record

SOEP = "Wij brachten soep rond in de flat, en dat zijn we daarna niet meer gaan missen."
KOOR = "Ik heb het koor zo gemist dat ik in de auto ben gaan zingen, met de ramen dicht."
BEFORE = "Vertel eens, Ans Roos, wat viel er bij jou weg? Bel anders 06 00 12 34 56."
WARNING = Finding("used-twice", "warning", "woorden", "line 9", "The same words are quoted at line 3.", "Quote others.")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root = tmp_path_factory.mktemp("werkplaats")
    turns = [("Gea Plak", "gespreksleider", BEFORE), ("Ans Roos", "koster", KOOR), ("Bo Vink", "kok", SOEP)]
    write_record(root / "corpus", "buurt", 1, turns)
    settings = settings_for(root)
    index(settings, root / "corpus")
    with wiring.store(settings) as opened:
        yield opened


@pytest.fixture
def checked(store: Store, tmp_path: Path) -> CheckedDocument:
    file = tmp_path / "verslag <1>.md"
    file.write_text(
        f"---\ntheme: buurt\ncorpus_fingerprint: 0123456789abcdef\n---\n\n‘{KOOR}’ (koster, dialoog 1)\n\n"
        f"‘{SOEP.replace('niet ', '')}’ (kok, dialoog 1)\n\n‘Dit heeft niemand <b>ooit</b> gezegd.’ (kok, dialoog 1)\n",
        "utf-8",
    )
    return checking.check_document(file, store)


def page(checked: CheckedDocument, store: Store) -> str:
    sources = checking.sources_in_context([checked], store)
    return to_html([checked], sources, checking.corpus_fingerprints([checked], store), made="1 mei")


def test_lines_of_a_document_say_where_and_what_beside_the_verdict(checked: CheckedDocument) -> None:
    first = next(to_jsonl(checked))
    assert (first["document"], first["place"], first["text"]) == ("verslag <1>.md", "line 6", KOOR)
    assert first["attribution"] == "(koster, dialoog 1)"


def test_warnings_count_only_when_strict() -> None:
    document = CheckedDocument("v.md", (), (WARNING,))
    assert not fails(document, strict=False) and fails(document, strict=True)


def test_junit_has_a_case_per_quotation_and_a_failure_for_each_that_is_not_clean(checked: CheckedDocument) -> None:
    root = fromstring(to_junit([checked, checked], strict=False))
    # Twice three quotations, and that the records are others than it was drafted from.
    assert (root.get("tests"), root.get("failures")) == ("8", "4")
    assert [f.get("type") for f in root[0].iter("failure")] == ["altered", "not-found"]


def test_in_junit_a_warning_fails_only_when_strict() -> None:
    document = CheckedDocument("v.md", ((Quotation("a", "line 1"), Verdict("verbatim")),), (WARNING,))
    for strict, failures in ((False, "0"), (True, "1")):
        assert fromstring(to_junit([document], strict=strict)).get("failures") == failures


def test_junit_holds_no_character_that_xml_cannot(checked: CheckedDocument) -> None:
    odd = CheckedDocument("v\x00.md", ((Quotation("a\x1b[31m\ufffe", "line 1"), Verdict("not-found")),))
    assert fromstring(to_junit([odd], strict=False)).get("failures") == "1"


def test_the_page_shows_each_quotation_beside_its_source_with_what_was_said_around_it(
    checked: CheckedDocument, store: Store
) -> None:
    root = html.fromstring(page(checked, store))
    articles = root.findall(".//article")
    assert len(articles) == 3
    first, altered, unknown = (" ".join(a.text_content().split()) for a in articles)
    assert (
        "Letterlijk" in first and "koster, dialoog 1, thema buurt" in first and "corpus/buurt/dialoog-1.json" in first
    )
    assert articles[0].find(".//mark").text == KOOR.removesuffix(".")
    assert SOEP in first and "Vertel eens" in first
    assert "Gewijzigd" in altered and "niet meer" in altered
    assert "Geen plaats in de verslagen gevonden" in unknown


def test_the_page_names_no_one_around_the_quoted_words(checked: CheckedDocument, store: Store) -> None:
    text = page(checked, store)
    assert "Ans" not in text and "Roos" not in text and "Vink" not in text and "06 00" not in text
    assert "A██ ████" in text


def test_the_page_is_valid_for_a_screen_reader(checked: CheckedDocument, store: Store) -> None:
    text = page(checked, store)
    root = html.fromstring(text)
    assert root.get("lang") == "nl" and root.find(".//title").text
    assert [len(root.findall(f".//{tag}")) for tag in ("main", "header", "footer", "h1")] == [1, 1, 1, 1]
    levels = [int(h.tag[1]) for h in root.iter("h1", "h2", "h3", "h4", "h5")]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = [e.get("id") for e in root.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids))
    targets = [a.get("href") for a in root.iter("a")]
    assert all(t.startswith("#") and t[1:] in ids for t in targets)


def test_the_page_needs_nothing_from_elsewhere_and_escapes_what_a_document_says(
    checked: CheckedDocument, store: Store
) -> None:
    text = page(checked, store)
    assert "<script" not in text and "http" not in text and "<b>ooit" not in text and "verslag <1>" not in text
    assert "verslag &lt;1&gt;.md" in text


def test_the_page_says_that_the_records_changed_since_the_document_was_made(
    checked: CheckedDocument, store: Store
) -> None:
    text = page(checked, store)
    assert "0123456789abcdef (andere dan nu" in text and checked.fingerprint in text


def test_a_document_without_quotations_gets_a_page_that_says_so(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "leeg.md"
    file.write_text("Niets geciteerd.", "utf-8")
    document = checking.check_document(file, store)
    assert "nothing-checked" in {f.check for f in document.findings}
    assert "Er is dus niets bewezen" in page(document, store)
