"""CheckedDocuments -> JUnit XML, which the systems that run checks on every change read.

A suite per document; a case per quotation, and one per finding that is not about a quotation's verdict. Source: the
schema that Jenkins and GitLab accept (https://github.com/testmoapp/junitxml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from rapporteur.proof.render import counts_against
from rapporteur.types import CheckedDocument, Finding, Quotation, Verdict

_ABOUT_VERDICTS = "provenance"
_LONGEST_NAME = 80
# What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(checked: Sequence[CheckedDocument], *, strict: bool) -> str:
    """The XML text. What does not make a document fail is told in the case's output."""
    root = Element("testsuites", name="rapporteur check")
    for document in checked:
        suite = SubElement(root, "testsuite", name=_xml(document.document))
        suite.extend(_case(document.document, q, v) for q, v in document.quotations)
        suite.extend(_cases_of_findings(document, strict=strict))
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("errors", "0")
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(document: str, quotation: Quotation, verdict: Verdict) -> Element:
    case = _element(document, f"{quotation.place}: {_short(quotation.text)}")
    if not verdict.clean:
        _failure(case, verdict.kind, verdict.why, quotation.text)
    return case


def _cases_of_findings(document: CheckedDocument, *, strict: bool) -> Iterator[Element]:
    for finding in document.findings:
        if finding.check != _ABOUT_VERDICTS:
            yield _case_of_finding(document.document, finding, fails=counts_against(finding, strict=strict))


def _case_of_finding(document: str, finding: Finding, *, fails: bool) -> Element:
    case = _element(document, f"{finding.check}, {finding.place}: {_short(finding.text)}".rstrip(": "))
    if fails:
        _failure(case, finding.check, finding.why, f"{finding.text}\n{finding.suggestion}".strip())
    else:
        told = SubElement(case, "system-out")
        told.text = _xml(f"{finding.severity}: {finding.why} {finding.suggestion}".strip())
    return case


def _element(document: str, name: str) -> Element:
    return Element("testcase", classname=_xml(document), name=_xml(name))


def _failure(case: Element, kind: str, message: str, text: str) -> None:
    failure = SubElement(case, "failure", type=_xml(kind), message=_xml(message))
    failure.text = _xml(text)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_NAME else flat[: _LONGEST_NAME - 1] + "…"


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
