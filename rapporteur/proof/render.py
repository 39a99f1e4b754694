"""CheckedDocument -> plain objects for JSON and JSON lines, as design.md lays them down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapporteur.types import CheckedDocument, Finding, Quotation, Verdict

JsonObject = dict[str, object]


def to_json(checked: CheckedDocument) -> JsonObject:
    """{"document", "summary", "quotations", "findings"}."""
    return {
        "document": checked.document,
        "summary": _summary(checked),
        "quotations": [_quotation(quotation, verdict) for quotation, verdict in checked.quotations],
        "findings": [_finding(finding) for finding in checked.findings],
    }


def counts_against(finding: Finding, *, strict: bool) -> bool:
    """Whether a finding makes a document fail: an error does, with `strict` a warning too."""
    return finding.severity == "error" or (strict and finding.severity == "warning")


def fails(checked: CheckedDocument, *, strict: bool) -> bool:
    return any(counts_against(finding, strict=strict) for finding in checked.findings)


def _summary(checked: CheckedDocument) -> JsonObject:
    """How many quotations there were, how many are clean, and how many got each verdict and severity."""
    verdicts = [verdict for _, verdict in checked.quotations]
    return {
        "quotations": len(verdicts),
        "clean": sum(verdict.clean for verdict in verdicts),
        "verdicts": dict(Counter(verdict.kind for verdict in verdicts)),
        "findings": dict(Counter(finding.severity for finding in checked.findings)),
    }


def to_jsonl(checked: CheckedDocument) -> Iterator[JsonObject]:
    """One per quotation, in order: {"id", "verdict", "fragment", "span", "marks", "difference", "why"}.

    Of a document, which gives its quotations no id, also where each stands: "document", "place", "text", "attribution".
    """
    for quotation, verdict in checked.quotations:
        yield {
            "id": quotation.id,
            "verdict": verdict.kind,
            "fragment": verdict.fragment,
            "span": [verdict.span.start, verdict.span.end] if verdict.span else None,
            "marks": list(verdict.marks),
            "difference": [dict(change) for change in verdict.difference],
            "why": verdict.why,
            **({} if _is_a_list(checked.document) else _where(checked.document, quotation)),
        }


def _is_a_list(document: str) -> bool:
    return document.lower().endswith(".jsonl")


def _where(document: str, quotation: Quotation) -> JsonObject:
    return {
        "document": document,
        "place": quotation.place,
        "text": quotation.text,
        "attribution": quotation.attribution.text if quotation.attribution else None,
    }


def _quotation(quotation: Quotation, verdict: Verdict) -> JsonObject:
    return {
        "text": quotation.text,
        "attribution": quotation.attribution.text if quotation.attribution else None,
        "place": quotation.place,
        "verdict": verdict.kind,
        "fragment": verdict.fragment,
        "difference": [dict(change) for change in verdict.difference],
        "why": verdict.why,
    }


def _finding(finding: Finding) -> JsonObject:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "text": finding.text,
        "place": finding.place,
        "why": finding.why,
        "suggestion": finding.suggestion,
    }
