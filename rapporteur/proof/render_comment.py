"""A verdict and its source in context -> a few Dutch lines for the margin beside a quote."""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.dutch.places import in_dutch
from rapporteur.proof.context import SourceInContext
from rapporteur.proof.labels import MARKS, VERDICTS
from rapporteur.types import Fragment, Span, Verdict

_WORDS = 40  # of the record on either side of the quote
_ENDS = " .,;:!?…’”'\")"


def to_comment(verdict: Verdict, source: SourceInContext | None) -> str:
    """The verdict, where the words stand in the records, and what was said before and after them; line by line."""
    label, sign = VERDICTS[verdict.kind]
    lines = [f"{sign} {label}", *_about(verdict)]
    if source is None:
        return "\n".join([*lines, "Geen plaats in de verslagen gevonden."])
    fragment = source.fragment
    dialogue = "dialoog onbekend" if fragment.dialogue is None else f"dialoog {fragment.dialogue}"
    return "\n".join(
        [
            *lines,
            f"Fragment: {fragment.id}",
            f"Gezegd door: {_role(fragment)}, {dialogue}, thema {fragment.theme}",
            f"Plaats: {in_dutch(fragment.locator)}",
            *_around(source, verdict.span or Span(0, len(fragment.text))),
        ]
    )


def _about(verdict: Verdict) -> Iterator[str]:
    if verdict.marks:
        yield f"Zichtbare bewerking: {', '.join(MARKS.get(mark, mark) for mark in verdict.marks)}"
    for change in verdict.difference:
        yield f"In het verslag: {change['verslag']} / in het citaat: {change['citaat']}"
    if verdict.why and not verdict.difference:
        yield verdict.why


def _around(source: SourceInContext, quoted: Span) -> Iterator[str]:
    """What stands before and after the quoted words: of the same turn if there is anything, and of its neighbours."""
    before = source.fragment.text[: quoted.start].split()
    after = source.fragment.text[quoted.end :].lstrip(_ENDS).split()
    if source.before and len(before) < _WORDS:
        yield f"Eerder ({_role(source.before)}): {_last(source.before.text.split(), _WORDS - len(before))}"
    if before:
        yield f"Ervoor: {_last(before, _WORDS)}"
    if after:
        yield f"Erna: {_first(after, _WORDS)}"
    if source.after and len(after) < _WORDS:
        yield f"Daarna ({_role(source.after)}): {_first(source.after.text.split(), _WORDS - len(after))}"


def _last(words: list[str], most: int) -> str:
    return " ".join(words) if len(words) <= most else f"… {' '.join(words[-most:])}"


def _first(words: list[str], most: int) -> str:
    return " ".join(words) if len(words) <= most else f"{' '.join(words[:most])} …"


def _role(fragment: Fragment) -> str:
    return fragment.role or "rol onbekend"
