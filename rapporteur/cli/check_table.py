"""The verdicts and findings of `rapporteur check` as a table for people, with rich."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rapporteur.cli.app import plural, printable, said_by, shortened
from rapporteur.proof.fixing.interface import Fixed
from rapporteur.types import CheckedDocument, Finding, Fragment, Quotation, Verdict, VerdictKind

Source = Callable[[str], str]

_COLOURS: Mapping[VerdictKind, str] = {"verbatim": "green", "edited": "green", "ambiguous": "yellow"}
_UNCLEAN = "bold red"
_SEVERITIES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_RECORD, _QUOTE = "green", "red"
_WIDTH = 120
_LONGEST_WORD_OF_A_PLACE = len("paragraph") + 1
_LONGEST, _LONGEST_CLEAN = 160, 90
# Those of a quotation's verdict stand in its own row.
_ABOUT_VERDICTS = "provenance"


def tables(checked: Sequence[CheckedDocument], source: Source, console: Console) -> None:
    """Print a table of quotations and a table of findings for each document; `source` tells where a fragment stands."""
    for document in checked:
        if document.quotations:
            console.print(_quotations(document, source))
        findings = [f for f in document.findings if f.check != _ABOUT_VERDICTS]
        if findings:
            console.print(_findings(document, findings))


def as_text(checked: Sequence[CheckedDocument], source: Source) -> str:
    """The same, for a file: no colours, one width."""
    page = io.StringIO()
    tables(checked, source, Console(file=page, width=_WIDTH, color_system=None))
    return page.getvalue()


def console() -> Console:
    """Standard output; where that is no terminal, of a width that bears four columns."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=_WIDTH)


def summary(document: CheckedDocument) -> str:
    """'report.docx: 12 quotations, 11 proved, 1 finding, 2 warnings.'"""
    counts = {severity: sum(f.severity == severity for f in document.findings) for severity in _SEVERITIES}
    clean = sum(verdict.clean for _, verdict in document.quotations)
    told = [
        plural(len(document.quotations), "quotation", "quotations"),
        f"{clean} proved",
        plural(counts["error"], "finding", "findings"),
        *([plural(counts["warning"], "warning", "warnings")] if counts["warning"] else []),
        *([f"{counts['info']} for information"] if counts["info"] else []),
    ]
    return f"{printable(document.document)}: {', '.join(told)}."


def where(fragment: Fragment | None, identity: str) -> str:
    """'kok, dialogue 2; corpus/buurt/dialoog-2.docx, paragraph 7'; the id of one that is no longer there."""
    if fragment is None:
        return identity
    return f"{said_by(fragment)}; {fragment.locator}" if fragment.locator else said_by(fragment)


def fixes(fixed: Fixed) -> Iterator[str]:
    """What `--fix` changed and what it left, line by line."""
    shown = "as tracked changes by 'rapporteur'" if fixed.tracked else "in place: Markdown has no tracked changes"
    yield f"{plural(len(fixed.changes), 'quotation', 'quotations')} mended in {printable(fixed.name)}, {shown}."
    for change in fixed.changes:
        yield f"  {printable(change.place)}: ‘{printable(change.before)}’ is now ‘{printable(change.after)}’"
    for left in fixed.left:
        yield f"  {printable(left.place)}: not mended. {printable(left.why)}"


def _quotations(document: CheckedDocument, source: Source) -> Table:
    table = Table(title=printable(document.document), box=box.SIMPLE_HEAD, title_justify="left", expand=True)
    table.add_column("place", ratio=2, width=_LONGEST_WORD_OF_A_PLACE, overflow="fold")
    table.add_column("verdict", no_wrap=True)
    table.add_column("quotation, and what differs", ratio=7)
    table.add_column("source", ratio=4, overflow="fold")
    for quotation, verdict in document.quotations:
        stands = source(verdict.fragment) if verdict.fragment else "–"
        table.add_row(printable(quotation.place), _verdict(verdict), _told(quotation, verdict), printable(stands))
    return table


def _verdict(verdict: Verdict) -> Text:
    return Text(verdict.kind, style=_COLOURS.get(verdict.kind, _UNCLEAN))


def _told(quotation: Quotation, verdict: Verdict) -> Text:
    text = Text(f"‘{shortened(quotation.text, _LONGEST_CLEAN if verdict.clean else _LONGEST)}’")
    attribution = quotation.attribution.text if quotation.attribution else ""
    text.append(f" {printable(attribution) or '(no attribution)'}", style="dim")
    for change in verdict.difference:
        text.append("\nrecord: ")
        text.append(printable(change.get("verslag", "")), style=_RECORD)
        text.append("\nquoted: ")
        text.append(printable(change.get("citaat", "")), style=_QUOTE)
    if verdict.why and not verdict.difference:
        text.append(f"\n{printable(verdict.why)}")
    return text


def _findings(document: CheckedDocument, findings: Sequence[Finding]) -> Table:
    table = Table(
        title=f"{printable(document.document)}: findings", box=box.SIMPLE_HEAD, title_justify="left", expand=True
    )
    table.add_column("place", ratio=2, width=_LONGEST_WORD_OF_A_PLACE, overflow="fold")
    table.add_column("severity", no_wrap=True)
    table.add_column("check", no_wrap=True)
    table.add_column("what, and why", ratio=9)
    for finding in findings:
        severity = Text(finding.severity, style=_SEVERITIES[finding.severity])
        said = f"‘{shortened(finding.text, _LONGEST)}’ " if finding.text else ""
        table.add_row(printable(finding.place), severity, finding.check, Text(f"{said}{printable(finding.why)}"))
    return table
