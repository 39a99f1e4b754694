"""personal-data: what may name or reach a person, in prose, in quotations and in the properties of the document.

An error for the names of participants and third parties and for what reaches one person; a warning for the name of
a host or facilitator, who may be named on purpose, and for what is likely but not certain. A finding never holds the
whole of what it found. Who made the document may stand in its properties: there a name counts that is a participant's
from its first word to its last, and in the others that of who speaks in the records, not of whom they speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapporteur.dutch import personal
from rapporteur.proof.checks.examined import Examined
from rapporteur.proof.checks.names import KnownNames, Whose
from rapporteur.proof.documents.properties import Property
from rapporteur.types import Finding, Fragment, Severity, Span

NAME = "personal-data"

_NAMES: dict[Whose, tuple[Severity, str]] = {
    "participant": ("error", "the name of a participant"),
    "leader": ("warning", "the name of a host, facilitator or note-taker"),
    "third party": ("error", "the name of someone the records speak of"),
}
_SPEAKERS: frozenset[Whose] = frozenset({"participant", "leader"})
_BESIDE_PEOPLE = re.compile(r"[;/&\n]|\sen\s|\sand\s")
_COMMA = re.compile(r"[;,\n]")
_KINDS_BY_NAME = frozenset({"name", "possible name"})
_NOT_CERTAIN = frozenset({"year of birth", "possible date of birth"})
_YEAR_AND_LETTERS = re.compile(r"(?:19|20)\d\d [A-Z]{2}\Z")
_POSTCODE_ONLY = re.compile(r"\d{4}\s?[A-Z]{2}\Z")
_STREET = re.compile(r"[A-Z][\w-]*\s+\d+\w?\Z")
# An address that no person is behind may be printed on purpose.
_OF_AN_OFFICE = re.compile(r"(?:info|contact|redactie|secretariaat|post|mail|communicatie|bureau)@", re.IGNORECASE)
_UNUSED_LETTERS = frozenset({"SA", "SD", "SS"})
_HIDDEN = "…"
_BESIDE = 30  # code points


@dataclass(frozen=True, slots=True)
class _Datum:
    span: Span
    severity: Severity
    what: str


def personal_data(examined: Examined) -> Iterator[Finding]:
    texts = [(p.text, p.place) for p in examined.paragraphs]
    texts = texts or [(p.quotation.text, p.quotation.place) for p in examined.proved]
    kept = [(one, part) for one in examined.properties for part in _parts(one)]
    names = KnownNames(examined.facts, (*(text for text, _ in texts), *(part for _, part in kept)))
    sought = [(text, place, _found(text, names)) for text, place in texts]
    sought += [(part, one.place, _in_property(one, part, names)) for one, part in kept]
    for text, place, found in sought:
        told: set[str] = set()
        for before, datum, after in zip([None, *found], found, [*found[1:], None], strict=False):
            secret = text[datum.span.start : datum.span.end]
            if secret.casefold() in told:
                continue
            told.add(secret.casefold())
            why = f"This is {datum.what}."
            words = _in_its_words(
                text, datum.span, before.span.end if before else 0, after.span.start if after else len(text)
            )
            yield Finding(NAME, datum.severity, words, place, why, "Leave it out, or write X or [a role] for it.")


def _parts(one: Property) -> list[str]:
    """Its texts: each keyword is one by itself."""
    return [_words_at(span, one.text) for span in _between(_COMMA, one.text)] if one.is_list else [one.text]


def _in_property(one: Property, text: str, names: KnownNames) -> list[_Datum]:
    if not one.names_people:
        return _found(text, names, _SPEAKERS)
    people = (_Datum(span, *_NAMES["participant"]) for span in _participants(text, names))
    return sorted((*_found(text, names, frozenset()), *people), key=lambda datum: datum.span.start)


def _participants(text: str, names: KnownNames) -> Iterator[Span]:
    """The names of participants in a list of who made a document; a comma may stand inside one: 'Bakker, Roos'."""
    for span in _between(_BESIDE_PEOPLE, text):
        name = _words_at(span, text)
        if names.whole(name):
            inside = [span]
        else:
            inside = [Span(span.start + part.start, span.start + part.end) for part in _between(_COMMA, name)]
        yield from (one for one in inside if names.whole(_words_at(one, text)) == "participant")


def _words_at(span: Span, text: str) -> str:
    return text[span.start : span.end]


def _between(sign: re.Pattern[str], text: str) -> Iterator[Span]:
    """The stretches between signs, without the white space around them."""
    start = 0
    for end, after in (*(match.span() for match in sign.finditer(text)), (len(text), len(text))):
        words = text[start:end]
        if words.strip():
            yield Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
        start = after


def _in_its_words(text: str, span: Span, start: int, end: int) -> str:
    """A datum, masked, among the words beside it from `start` to `end`, by which a reviewer finds it."""
    before = text[max(start, span.start - _BESIDE) : span.start]
    after = text[span.end : min(end, span.end + _BESIDE)]
    if span.start - _BESIDE > start:
        before = before.partition(" ")[2]
    if span.end + _BESIDE < end:
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{masked(text[span.start : span.end])}{after}".split())


def masked(secret: str) -> str:
    """The first character of each word, so that a reviewer finds it and no one else can use it."""
    return " ".join(word[:1] + _HIDDEN for word in secret.split())


def _found(text: str, names: KnownNames, whose: frozenset[Whose] = frozenset(_NAMES)) -> list[_Datum]:
    """What was found, of names those of some, in order; what overlaps is one, of the kind of the longer."""
    found = [datum for one in personal.find(text) if (datum := _of_rule(one, text))]
    for name in (name for name in names.find(text) if name.whose in whose):
        severity, what = _NAMES[name.whose]
        found.append(_Datum(name.span, severity if name.sure else "warning", what if name.sure else f"perhaps {what}"))
    kept: list[_Datum] = []
    for datum in sorted(found, key=lambda d: (d.span.start, -len(d.span))):
        if kept and datum.span.start < kept[-1].span.end:
            longer = max(kept[-1], datum, key=lambda d: len(d.span))
            kept[-1] = replace(longer, span=Span(kept[-1].span.start, max(kept[-1].span.end, datum.span.end)))
        else:
            kept.append(datum)
    return _taken_together(kept, text)


def _taken_together(found: list[_Datum], text: str) -> list[_Datum]:
    """Neighbours of one kind as one: a street with its number, and the postcode behind it."""
    together: list[_Datum] = []
    for datum in found:
        before = together[-1] if together else None
        if before and before.what == datum.what and not text[before.span.end : datum.span.start].strip(" ,;"):
            severity: Severity = "error" if "error" in (before.severity, datum.severity) else datum.severity
            together[-1] = _Datum(Span(before.span.start, datum.span.end), severity, datum.what)
        else:
            together.append(datum)
    return together


def _of_rule(one: personal.PersonalDatum, text: str) -> _Datum | None:
    """A datum with a form of its own; names are found by KnownNames, with more care than drafting takes."""
    if one.kind in _KINDS_BY_NAME:
        return None
    secret = text[one.span.start : one.span.end]
    severity: Severity = "error"
    if one.kind == "address" and (_POSTCODE_ONLY.match(secret) or _STREET.match(secret)):
        if _YEAR_AND_LETTERS.match(secret) or secret[-2:] in _UNUSED_LETTERS:
            return None
        severity = "warning"
    if one.kind == "e-mail address" and _OF_AN_OFFICE.match(secret):
        severity = "info"
    if one.kind in _NOT_CERTAIN:
        severity = "warning"
    article = "an" if one.kind[:1] in "aeI" else "a"
    return _Datum(one.span, severity, f"{article} {one.kind}")


def holds_personal_data(text: str, names: KnownNames) -> bool:
    return bool(_found(text, names))


def without_personal_data(fragment: Fragment, names: KnownNames, *, but: str = "") -> Fragment:
    """A fragment whose personal data are masked, as long as they were, but for what stands in `but` anyway.

    Offsets stay: a reviewer is shown the words around a quotation, not who they name.
    """
    text = fragment.text
    for datum in _found(text, names):
        secret = text[datum.span.start : datum.span.end]
        if secret not in but:
            hidden = "".join(c if c.isspace() else "█" for c in secret[1:])
            text = text[: datum.span.start + 1] + hidden + text[datum.span.end :]
    return replace(fragment, text=text)
