"""CheckedDocuments -> one web page on which a reviewer walks quote by quote beside its source.

In: the documents, the sources in context, the fingerprints of the corpora. Out: HTML that needs nothing from
elsewhere and no script. The page is Dutch; what a check says in English is marked as English. How it looks stands in
check.html.jinja.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from jinja2 import Environment, StrictUndefined

from rapporteur.dutch.places import in_dutch
from rapporteur.proof.context import SourceInContext
from rapporteur.proof.labels import MARKS, VERDICTS
from rapporteur.types import CheckedDocument, Finding, Fragment, Quotation, Verdict

_SEVERITIES = MappingProxyType({"error": ("Fout", "✗"), "warning": ("Let op", "!"), "info": ("Ter informatie", "i")})
_CHECKS = MappingProxyType(
    {
        "provenance": "Woorden en spreker",
        "attribution": "Zonder spreker",
        "nothing-checked": "Niets gecontroleerd",
        "other-records": "Andere verslagen",
        "personal-data": "Persoonsgegevens",
        "dialogue": "Dialoog bestaat niet",
        "role": "Rol bestaat niet",
        "used-twice": "Twee keer gebruikt",
        "count": "Aantallen",
        "quantifier": "Woorden voor hoeveel",
        "balance": "Verdeling van de citaten",
        "unsupported": "Onderwerp zonder citaat",
    }
)
_ABOUT_VERDICTS = "provenance"
_IN_DUTCH = frozenset({"other-records"})
_PLACES = (
    ("note paragraph", "noot, alinea"),
    ("page edge paragraph", "kop- of voettekst, alinea"),
    ("paragraph", "alinea"),
    ("line", "regel"),
    ("the whole document", "het hele document"),
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A turn as it is shown: by role, never by name; `around` is what stands before, in and after the quoted words."""

    role: str
    around: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Source:
    where: str
    locator: str
    before: _Said | None
    quoted: _Said
    after: _Said | None


@dataclass(frozen=True, slots=True)
class _Quote:
    id: str
    number: int
    place: str
    text: str
    attribution: str
    label: str
    sign: str
    clean: bool
    why: str
    marks: tuple[str, ...]
    difference: tuple[tuple[str, str], ...]
    source: _Source | None


@dataclass(frozen=True, slots=True)
class _Shown:
    """A finding, `why` in `language`.

    Of one about a quotation `quote` is that one's id; of one about its verdict `verdict` says which.
    """

    check: str
    label: str
    sign: str
    severity: str
    text: str
    place: str
    why: str
    suggestion: str
    language: str
    quote: str
    verdict: str


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    name: str
    clean: int
    counts: tuple[tuple[str, int], ...]
    fingerprints: tuple[tuple[str, str], ...]
    findings: tuple[_Shown, ...]
    quotes: tuple[_Quote, ...]


def to_html(
    checked: Sequence[CheckedDocument],
    sources: Mapping[str, SourceInContext],
    corpora: Mapping[str, str],
    *,
    made: str,
) -> str:
    """The page. `corpora` maps a theme to the fingerprint of its records now, `made` is the date as it is printed."""
    documents = [_document(f"d{n}", one, sources, corpora) for n, one in enumerate(checked, start=1)]
    template = (resources.files(__package__) / "check.html.jinja").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(documents=documents, made=made)


def _document(
    identity: str, one: CheckedDocument, sources: Mapping[str, SourceInContext], corpora: Mapping[str, str]
) -> _Document:
    quotes = tuple(
        _quote(f"{identity}-c{n}", n, quotation, verdict, sources)
        for n, (quotation, verdict) in enumerate(one.quotations, start=1)
    )
    shown = ((severity, label) for severity, (label, _) in _SEVERITIES.items())
    return _Document(
        id=identity,
        name=one.document,
        clean=sum(quote.clean for quote in quotes),
        counts=tuple((label, sum(f.severity == severity for f in one.findings)) for severity, label in shown),
        fingerprints=tuple(_fingerprints(one, corpora)),
        findings=tuple(_finding(finding, one, quotes) for finding in one.findings),
        quotes=quotes,
    )


def _fingerprints(one: CheckedDocument, corpora: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "Dit document", one.fingerprint
    now = [corpora[theme] for theme in one.themes if theme in corpora]
    for theme in one.themes:
        if theme in corpora:
            yield f"De verslagen van {theme}, nu", corpora[theme]
    if one.corpus_fingerprint:
        agrees = "dezelfde als nu" if one.corpus_fingerprint in now else "andere dan nu: er is sindsdien iets veranderd"
        yield "De verslagen waaruit het document zegt te zijn gemaakt", f"{one.corpus_fingerprint} ({agrees})"


def _finding(finding: Finding, one: CheckedDocument, quotes: Sequence[_Quote]) -> _Shown:
    about = (
        shown
        for shown, (quotation, _) in zip(quotes, one.quotations, strict=True)
        if (quotation.text, quotation.place) == (finding.text, finding.place)
    )
    quote = next(about, None)
    label, sign = _SEVERITIES[finding.severity]
    return _Shown(
        check=_CHECKS.get(finding.check, finding.check),
        label=label,
        sign=sign,
        severity=finding.severity,
        text=finding.text,
        place=_place(finding.place),
        why=finding.why,
        suggestion=finding.suggestion,
        language="nl" if finding.check in _IN_DUTCH else "en",
        quote=quote.id if quote else "",
        verdict=quote.label if quote and finding.check == _ABOUT_VERDICTS else "",
    )


def _quote(
    identity: str, number: int, quotation: Quotation, verdict: Verdict, sources: Mapping[str, SourceInContext]
) -> _Quote:
    label, sign = VERDICTS[verdict.kind]
    source = sources.get(verdict.fragment or "")
    return _Quote(
        id=identity,
        number=number,
        place=_place(quotation.place),
        text=quotation.text,
        attribution=quotation.attribution.text if quotation.attribution else "",
        label=label,
        sign=sign,
        clean=verdict.clean,
        why=verdict.why,
        marks=tuple(MARKS.get(mark, mark) for mark in verdict.marks),
        difference=tuple((change.get("verslag", ""), change.get("citaat", "")) for change in verdict.difference),
        source=_source(source, verdict) if source else None,
    )


def _source(source: SourceInContext, verdict: Verdict) -> _Source:
    fragment, span = source.fragment, verdict.span
    start, end = (span.start, span.end) if span else (0, 0)
    around = (fragment.text[:start], fragment.text[start:end], fragment.text[end:])
    dialogue = f"dialoog {fragment.dialogue}" if fragment.dialogue is not None else "dialoog onbekend"
    return _Source(
        where=f"{_role(fragment)}, {dialogue}, thema {fragment.theme}",
        locator=in_dutch(fragment.locator),
        before=_said(source.before),
        quoted=_Said(_role(fragment), around),
        after=_said(source.after),
    )


def _said(fragment: Fragment | None) -> _Said | None:
    return _Said(_role(fragment), (fragment.text, "", "")) if fragment else None


def _role(fragment: Fragment) -> str:
    return fragment.role or "rol onbekend"


def _place(place: str) -> str:
    for english, dutch in _PLACES:
        if place.startswith(english):
            return dutch + place[len(english) :]
    return place
