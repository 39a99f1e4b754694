"""Verdicts become findings, and both become plain objects for machines."""

from __future__ import annotations

from rapporteur.proof.checks.provenance import provenance
from rapporteur.proof.render import to_json, to_jsonl
from rapporteur.types import Attribution, CheckedDocument, Quotation, Span, Verdict

QUOTATION = Quotation("Het kan wel", "line 3", Attribution("(kok, dialoog 2)", "kok", 2), id="a")
CHANGE = {"verslag": "kan niet wel", "citaat": "kan wel"}
ALTERED = Verdict("altered", "f1", Span(2, 9), (), (CHANGE,), "verslag: …")
CLEAN = Verdict("edited", "f1", Span(2, 9), ("ellipsis",))


def test_a_clean_quotation_with_a_speaker_gives_no_finding() -> None:
    assert provenance([(QUOTATION, CLEAN)]) == ()


def test_an_unclean_quotation_is_an_error_that_says_what_and_why() -> None:
    (finding,) = provenance([(QUOTATION, ALTERED)])
    assert (finding.check, finding.severity, finding.place) == ("provenance", "error", "line 3")
    assert finding.why == "altered: verslag: …"
    assert finding.suggestion


def test_a_quotation_that_names_nobody_is_a_warning() -> None:
    nobody = Quotation("Het kan wel", "line 3", Attribution("", theme="buurt"))
    assert [(f.check, f.severity) for f in provenance([(nobody, CLEAN)])] == [("attribution", "warning")]


def test_a_turn_of_phrase_that_is_near_a_record_only_in_common_words_is_a_warning() -> None:
    phrase = Quotation("er zijn zoals je nu bent", "line 3", may_be_the_writers=True)
    assert [(f.check, f.severity) for f in provenance([(phrase, ALTERED)])] == [("attribution", "warning")]
    telling = Quotation("er koken zoals je nu bent", "line 3", may_be_the_writers=True)
    assert ("provenance", "error") in [(f.check, f.severity) for f in provenance([(telling, ALTERED)])]


def test_a_document_in_which_nothing_was_checked_is_an_error() -> None:
    assert [(f.check, f.severity) for f in provenance([])] == [("nothing-checked", "error")]


def test_the_json_object_is_the_one_of_the_design() -> None:
    pairs = ((QUOTATION, ALTERED), (QUOTATION, CLEAN))
    checked = CheckedDocument("report.docx", pairs, provenance(pairs))
    rendered = to_json(checked)
    assert rendered["summary"] == {
        "quotations": 2,
        "clean": 1,
        "verdicts": {"altered": 1, "edited": 1},
        "findings": {"error": 1},
    }
    assert rendered["quotations"][0] == {  # type: ignore[index]
        "text": "Het kan wel",
        "attribution": "(kok, dialoog 2)",
        "place": "line 3",
        "verdict": "altered",
        "fragment": "f1",
        "difference": [CHANGE],
        "why": "verslag: …",
    }
    assert list(rendered["findings"][0]) == ["check", "severity", "text", "place", "why", "suggestion"]  # type: ignore[index]


def test_each_json_line_is_the_one_of_the_design() -> None:
    lines = list(to_jsonl(CheckedDocument("q.jsonl", ((QUOTATION, CLEAN), (QUOTATION, Verdict("not-found"))))))
    assert lines[0] == {
        "id": "a",
        "verdict": "edited",
        "fragment": "f1",
        "span": [2, 9],
        "marks": ["ellipsis"],
        "difference": [],
        "why": "",
    }
    assert (lines[1]["fragment"], lines[1]["span"]) == (None, None)
