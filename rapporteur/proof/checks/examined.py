"""What a check looks at: a document's paragraphs with the quotations taken out, its proved quotations, its topics.

In: a ReadDocument, the verdicts, the fragments they name, and the facts of the records. Paragraphs keep their
offsets: where a quotation or an attribution stood there are spaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapporteur.dutch.speaking import VERBS_OF_SPEAKING
from rapporteur.proof.documents.finding import has_words, quotations_in
from rapporteur.proof.documents.interface import Passage, ReadDocument
from rapporteur.proof.documents.properties import Property
from rapporteur.proof.facts import CorpusFacts
from rapporteur.types import Finding, Fragment, Quotation, Severity, Verdict

_HEADING_WORDS = 12
_ENDS_A_SENTENCE = re.compile(r"[.!?…;,][\"'’”»)\]]*\Z")
_TITLED = re.compile(r"(?P<title>[^\W_][^:.!?\n]{2,90}):\s+(?=\S)")
_SUMMARY = re.compile(r"\W*samenvatting\b", re.IGNORECASE)
_CHAPTER = re.compile(r"\W*(?:samenvatting\b|(?:\w+\W+){0,6}inleiding\b|\d+\.?\s+(?-i:[A-Z]))", re.IGNORECASE)
_ITEMS = re.compile(r"\s*[,;]\s*")
_MOST_PASSAGES = 9
_SPACES_OF_A_MARK = 8  # more than these at the start of a paragraph stand for a quotation


@dataclass(frozen=True, slots=True)
class Proved:
    """A quotation with its verdict and the fragment that the verdict names."""

    quotation: Quotation
    verdict: Verdict
    fragment: Fragment | None

    @property
    def person(self) -> str | None:
        """Who the records say spoke; None where the words are not proved."""
        return self.fragment.person if self.fragment and self.verdict.clean else None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage of the document. `prose` is its text with spaces for what is quoted, `quoted` what stood there.

    `under` is the text of the passage right before it, which may be its heading.
    """

    text: str
    place: str
    prose: str
    quoted: tuple[Proved, ...] = ()
    under: str = ""

    @property
    def has_prose(self) -> bool:
        return has_words(self.prose)

    @property
    def is_heading(self) -> bool:
        """Whether it reads as a heading or a row of facts: short, no sentence, nothing quoted."""
        words = len(self.text.split())
        return not self.quoted and words <= _HEADING_WORDS and not _ENDS_A_SENTENCE.search(self.text)


@dataclass(frozen=True, slots=True)
class Topic:
    """A paragraph of prose and the quotations that stand in it or right under it.

    `title` is its lead title ('Gemis aan contact:'), empty if it has none; `claims` is the prose after it.
    """

    lead: Paragraph
    title: str
    quoted: tuple[Proved, ...]

    @property
    def people(self) -> int:
        """How many different people the records say are quoted here."""
        return len({p.person for p in self.quoted if p.person})

    @property
    def dialogues(self) -> int:
        found = {p.fragment.dialogue for p in self.quoted if p.fragment and p.person}
        return len(found - {None})

    @property
    def most_people(self) -> int:
        """How many different people can be quoted here: where words are nobody's, each time one more."""
        return len({p.fragment.person for p in self.quoted if p.fragment}) + self._of_nobody

    @property
    def most_dialogues(self) -> int:
        return len({p.fragment.dialogue for p in self.quoted if p.fragment} - {None}) + self._of_nobody

    @property
    def _of_nobody(self) -> int:
        return sum(p.fragment is None for p in self.quoted)


@dataclass(frozen=True)
class Examined:
    """A document as the checks see it."""

    paragraphs: tuple[Paragraph, ...]
    proved: tuple[Proved, ...]
    facts: CorpusFacts
    topics: tuple[Topic, ...] = field(default=())
    properties: tuple[Property, ...] = ()

    @cached_property
    def summary(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the page of the summary: the last heading of a chapter before them is its own."""
        found: list[Paragraph] = []
        chapter = ""
        for paragraph in self.paragraphs:
            if paragraph.is_heading and _CHAPTER.match(paragraph.text):
                chapter = paragraph.text
            if _SUMMARY.match(chapter):
                found.append(paragraph)
        return tuple(found)

    @property
    def prose(self) -> tuple[Paragraph, ...]:
        return tuple(p for p in self.paragraphs if p.has_prose)


def examine(
    document: ReadDocument,
    verdicts: Sequence[tuple[Quotation, Verdict]],
    fragments: Mapping[str, Fragment],
    facts: CorpusFacts,
) -> Examined:
    """Lay a document out for the checks. `fragments` holds those that the verdicts name."""
    proved = tuple(Proved(q, v, fragments.get(v.fragment or "")) for q, v in verdicts)
    paragraphs = _paragraphs(document.passages, proved)
    return Examined(paragraphs, proved, facts, tuple(_topics(paragraphs)), document.properties)


def on_known_theme(document: ReadDocument, known: Sequence[str]) -> ReadDocument:
    """The document; if it names a theme of its own that is not `known`, then without that, and with a finding.

    In JSON a theme is a key, so a wrong one is an error; elsewhere it may be a title, or mean something else. A known
    theme that is printed among the roles of an attribution, '(kok, wonen, dialoog 2)', is told as its theme.
    """
    document = replace(document, quotations=tuple(_with_theme_told(q, known) for q in document.quotations))
    theme = document.theme
    if not theme or not known or _slug(theme) in map(_slug, known):
        return document
    why = f"The document names the theme ‘{theme}’, of which there are no records; there are of {', '.join(known)}."
    suggestion = "Name the theme as the records do; the quotations were looked up in all of them."
    severity: Severity = "error" if document.name.lower().endswith(".json") else "warning"
    finding = Finding("theme", severity, theme, "the whole document", why, suggestion)
    quotations = tuple(_without_theme(quotation, theme) for quotation in document.quotations)
    return replace(document, theme=None, quotations=quotations, findings=(finding, *document.findings))


def _with_theme_told(quotation: Quotation, known: Sequence[str]) -> Quotation:
    said = quotation.attribution
    items = _ITEMS.split(said.role) if said and said.role else []
    themes = {_slug(theme): theme for theme in known}
    told = next((themes[_slug(item)] for item in items if _slug(item) in themes), None)
    if not said or told is None:
        return quotation
    rest = ", ".join(item for item in items if _slug(item) not in themes) or None
    return replace(quotation, attribution=replace(said, role=rest, theme=told))


def _without_theme(quotation: Quotation, theme: str) -> Quotation:
    said = quotation.attribution
    named = said is not None and said.theme == theme
    return replace(quotation, attribution=replace(said, theme=None)) if said and named else quotation


def themes_of(
    document: ReadDocument,
    proved: Sequence[tuple[Quotation, Verdict]],
    fragments: Mapping[str, Fragment],
    known: Sequence[str],
) -> tuple[str, ...]:
    """The themes a document is on, of those `known`: the one it names, else the one most of its quotes are from.

    Else all that its quotes are from or are said to be from; all there are, if that is none.
    """
    slugs = {_slug(theme): theme for theme in known}
    if document.theme and _slug(document.theme) in slugs:
        return (slugs[_slug(document.theme)],)
    said = {_slug(q.attribution.theme) for q, _ in proved if q.attribution and q.attribution.theme}
    named = {slugs[slug] for slug in said if slug in slugs} if document.theme is None else set()
    bearing = (fragments.get(verdict.fragment or "") for _, verdict in proved if verdict.clean)
    counted = Counter(fragment.theme for fragment in bearing if fragment)
    if not named and counted and counted.most_common(1)[0][1] * 2 > counted.total():
        return (counted.most_common(1)[0][0],)
    return tuple(sorted({*named, *counted} & set(known))) or tuple(known)


def _slug(theme: str) -> str:
    return "-".join(re.findall(r"\w+", theme.casefold()))


# ------------------------------------------------------------------------------------- paragraphs


def _paragraphs(passages: Sequence[Passage], proved: Sequence[Proved]) -> tuple[Paragraph, ...]:
    masked = [list(p.text) for p in passages]
    quoted: list[list[Proved]] = [[] for _ in passages]
    by_place: dict[str, list[int]] = {}
    for number, passage in enumerate(passages):
        by_place.setdefault(passage.place, []).append(number)
    cursor: dict[int, int] = {}
    for one in proved:
        for number in by_place.get(one.quotation.place, ()):
            if _take_out(one, number, passages, masked, cursor):
                quoted[number].append(one)
                break
        else:
            for number in by_place.get(one.quotation.place, ())[:1]:
                quoted[number].append(one)
    for number, passage in enumerate(passages):
        for found in quotations_in(passage.text):
            _blank(masked[number], found.start, found.after)
    return tuple(
        Paragraph(p.text, p.place, "".join(text), tuple(q), before.text if before else "")
        for before, p, text, q in zip((None, *passages), passages, masked, quoted, strict=False)
    )


def _take_out(
    one: Proved, number: int, passages: Sequence[Passage], masked: list[list[str]], cursor: dict[int, int]
) -> bool:
    """Blank a quotation and its attribution where they stand, over as many passages as they run."""
    words = " ".join(one.quotation.text.split())
    joined, offsets = "", []
    for passage in passages[number : number + _MOST_PASSAGES]:
        offsets.append(len(joined))
        joined += passage.text + " "
    start = joined.find(words, cursor.get(number, 0))
    if start < 0 or start >= len(passages[number].text):
        return False
    end = start + len(words)
    cursor[number] = end
    said = one.quotation.attribution.text if one.quotation.attribution else ""
    at = joined.find(said, end) if said else -1
    if 0 <= at <= end + 8:
        end = at + len(said)
    for offset, text in zip(offsets, masked[number:], strict=False):
        _blank(text, max(start - offset, 0), max(min(end - offset, len(text)), 0))
    return True


def _blank(text: list[str], start: int, end: int) -> None:
    text[start:end] = " " * len(text[start:end])


# ----------------------------------------------------------------------------------------- topics


def _topics(paragraphs: Sequence[Paragraph]) -> list[Topic]:
    """Each paragraph of prose with the quotations up to the next one.

    Those of a paragraph that only goes on quoting bear what stands above it, too.
    """
    topics: list[Topic] = []
    leads: list[tuple[Paragraph, list[Proved]]] = []
    for paragraph in paragraphs:
        if paragraph.has_prose and not (leads and _goes_on_quoting(paragraph)):
            topics += [_topic(lead, under) for lead, under in leads]
            leads = []
        for _, under in leads:
            under += paragraph.quoted
        if paragraph.has_prose:
            leads.append((paragraph, list(paragraph.quoted)))
    return topics + [_topic(lead, under) for lead, under in leads]


def _goes_on_quoting(paragraph: Paragraph) -> bool:
    """Whether it starts with a quotation, or with no more than who speaks: 'Een kok uit dialoog 2 zei:'."""
    if not paragraph.quoted:
        return False
    before = paragraph.prose[: len(paragraph.prose) - len(paragraph.prose.lstrip())]
    if len(before) > _SPACES_OF_A_MARK:
        return True
    words = re.findall(r"\w+", paragraph.prose.casefold())
    introduces = paragraph.prose.rstrip().endswith(":") and paragraph.prose.count(":") == 1
    return introduces and len(words) <= _HEADING_WORDS and not VERBS_OF_SPEAKING.isdisjoint(words)


def _topic(lead: Paragraph, under: list[Proved]) -> Topic:
    titled = _TITLED.match(lead.prose)
    return Topic(lead, titled["title"].strip() if titled else "", tuple(under))
