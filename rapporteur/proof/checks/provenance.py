"""Are the words the record's, and are they said to be the right person's? Verdicts -> Findings.

The checks: 'provenance' for a quotation the records do not bear; 'attribution' for one that names
nobody; 'nothing-checked' where there was no quotation: a green check that checked nothing is a lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from rapporteur.dutch.stopwords import FUNCTION_WORDS
from rapporteur.types import Attribution, Finding, Quotation, Verdict, VerdictKind

_SUGGESTIONS: Mapping[VerdictKind, str] = MappingProxyType(
    {
        "altered": "Restore the record's words, or show the change with […] or [brackets].",
        "misleading-cut": "Quote the whole sentence.",
        "misattributed": "Name the speaker's own role and dialogue.",
        "ambiguous": "Quote more words, or name both role and dialogue.",
        "not-found": "Quote from the records, or take the quotation marks away.",
    }
)
_NOTHING_CHECKED = Finding(
    "nothing-checked",
    "error",
    text="",
    place="the whole document",
    why="No quotation was found in this document, so nothing was proved.",
    suggestion="Check that this is the report, and that its quotes stand between quotation marks.",
)


def provenance(proved: Sequence[tuple[Quotation, Verdict]]) -> tuple[Finding, ...]:
    """The findings about a document's quotations, in reading order."""
    if not proved:
        return (_NOTHING_CHECKED,)
    return tuple(finding for quotation, verdict in proved for finding in _about(quotation, verdict))


def _about(quotation: Quotation, verdict: Verdict) -> Iterator[Finding]:
    if quotation.may_be_the_writers and (verdict.kind == "not-found" or _is_near_by_chance(quotation, verdict)):
        why = "not-found: No record holds these words; they may be a title, or the writer's own turn of phrase."
        suggestion = "If somebody said them, quote the records and add '(role, dialoog N)'."
        yield Finding("attribution", "warning", quotation.text, quotation.place, why, suggestion)
        return
    if not verdict.clean:
        why, suggestion = f"{verdict.kind}: {verdict.why}", _SUGGESTIONS[verdict.kind]
        yield Finding("provenance", "error", quotation.text, quotation.place, why, suggestion)
    if _says_nothing(quotation.attribution):
        why, suggestion = "Nothing is said of who spoke these words.", "Add '(role, dialoog N)' after them."
        yield Finding("attribution", "warning", quotation.text, quotation.place, why, suggestion)


def _is_near_by_chance(quotation: Quotation, verdict: Verdict) -> bool:
    """Whether words resemble a record's only in what anyone says: ‘er zijn zoals je nu bent’."""
    words = re.findall(r"\w+", quotation.text.casefold())
    return verdict.kind == "altered" and FUNCTION_WORDS.issuperset(words)


def _says_nothing(attribution: Attribution | None) -> bool:
    return attribution is None or (not attribution.role and attribution.dialogue is None)
