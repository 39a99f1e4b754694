"""One finished document -> Publication: everything a reviewer needs before it goes out.

The checks of the quotations and the prose, with every warning and note counted; the section each quote stands in
against what its words read as; whose words were quoted; how hard the prose is; what was not used; and whether the
document was made from the records that are here. What could not be looked at is a point, never a green one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur import __version__
from rapporteur.dutch.numbers import enumerated
from rapporteur.errors import DocumentUnreadable
from rapporteur.evaluation.publication.placing import Place, belongs_elsewhere, places_of
from rapporteur.evaluation.publication.points import in_dutch, points_of
from rapporteur.evaluation.publication.result import (
    SECTION_NAMES,
    CorpusState,
    FileFacts,
    LeftUnused,
    Origins,
    Placing,
    Point,
    Publication,
    Spread,
)
from rapporteur.types import SECTION_KEYS

if TYPE_CHECKING:
    from rapporteur.dutch.readability import Readability
    from rapporteur.proof.corpus import Corpus
    from rapporteur.proof.documents.interface import ReadDocument
    from rapporteur.sources.embedding.interface import Embedder
    from rapporteur.sources.indexing import FileLine
    from rapporteur.sources.store import Store
    from rapporteur.types import CheckedDocument, Fragment, Judgement, Quotation
    from rapporteur.writing.outline.template import ReportTemplate

# One voice too often: so many quotes of one person, or fewer in a report with few. In the reports of 2021 nobody is
# quoted more than three times, or in more than 11 % of the quotes.
_OF_ONE = 5
_OF_ONE_IN_FEW = 3
_SHARE_OF_ONE = 0.2

_REPORT_FINGERPRINT = re.compile(r"van dit verslag: ([0-9a-f]{16})\b")
_ENDS_A_SENTENCE = re.compile(r"[.!?][\"'’”»)\]]*\s*\Z")
_KEPT_OUT_OF_QUOTES = "it is kept out of quotes"  # a warning about words that are read all the same
_HEADLINE = "headline"
_OTHER_RECORDS = "other-records"
_IN_THE_CORPUS = frozenset({"read", "unchanged", "moved"})


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A proved quotation, the fragment its words are of, and where in the report it stands."""

    quotation: Quotation
    fragment: Fragment
    place: Place


def assess(
    path: Path,
    *,
    store: Store,
    embedder: Embedder,
    template: ReportTemplate | None,
    author: str,
    now: datetime,
    corpus: Callable[[], Corpus] | None = None,
) -> Publication:
    """Look at a document as a reviewer should before it is published.

    `template` is that of the report's track, None where its sections are not known. `corpus`: see check_documents.
    Raises: DocumentUnreadable, also when the file changes meanwhile; IndexMissing.
    """
    from rapporteur.pipeline.checking import check_documents
    from rapporteur.proof.documents.registry import read_document

    file = file_facts(path)
    document = read_document(path)
    [checked] = check_documents([path], store, corpus=corpus)
    if not file.sha256.startswith(checked.fingerprint) or file_facts(path) != file:
        raise DocumentUnreadable(
            f"{path.name} changed while it was checked.", where=str(path), hint="Close it elsewhere and try again."
        )
    quoted = _quoted(checked, document, store)
    themes = tuple(sorted({one.fragment.theme for one in quoted})) or checked.themes
    judged = _judgements(themes if quoted and template else (), template, store, embedder)
    corpora, origins = _corpora(checked, store), _origins(checked, document, store)
    elsewhere = tuple(_elsewhere(quoted, judged))
    return Publication(
        file=file,
        themes=checked.themes,
        quotations=len(checked.quotations),
        proved=sum(verdict.clean for _, verdict in checked.quotations),
        points=(
            *sorted(points_of(checked.findings), key=lambda point: not point.blocks),
            *elsewhere,
            *_not_compared(quoted, judged),
            *_sections_without_quotes(quoted),
            *_one_voice(quoted),
            *_without_text(document, checked),
            *_of_files(checked.themes, store),
        ),
        placing=_placing(quoted, judged, len(elsewhere)),
        spread=_spread(quoted, corpora),
        readability=_readability(document),
        unused=_unused(judged, quoted) if judged else None,
        corpora=corpora,
        origins=origins,
        author=author,
        made=now,
        version=__version__,
    )


def file_facts(path: Path) -> FileFacts:
    """A file by its name, size and digest. Raises: DocumentUnreadable."""
    from rapporteur.proof.documents.files import bytes_of

    content = bytes_of(path)
    return FileFacts(path.name, len(content), sha256(content).hexdigest())


def _quoted(checked: CheckedDocument, document: ReadDocument, store: Store) -> tuple[_Quoted, ...]:
    places = places_of(document.passages)
    fragments = store.fragments_by_id({v.fragment for _, v in checked.quotations if v.clean and v.fragment})
    return tuple(
        _Quoted(quotation, fragments[verdict.fragment], places.get(number, Place()))
        for number, (quotation, verdict) in enumerate(checked.quotations)
        if verdict.clean and verdict.fragment in fragments
    )


# ------------------------------------------------------------------------------- where quotes stand


def _judgements(
    themes: Sequence[str], template: ReportTemplate | None, store: Store, embedder: Embedder
) -> Mapping[str, Judgement]:
    """What the outline thinks of every fragment of the themes, by id; nothing without a template."""
    from rapporteur.pipeline.judging import judge_theme, load_theme

    if template is None:
        return {}
    return {
        judgement.fragment.id: judgement
        for theme in themes
        for judgement in judge_theme(load_theme(theme, store, embedder), template, store, embedder)
    }


def _elsewhere(quoted: Sequence[_Quoted], judged: Mapping[str, Judgement]) -> Iterator[Point]:
    for one in quoted:
        judgement = judged.get(one.fragment.id)
        if judgement is None or judgement.use == _HEADLINE:
            continue
        other = belongs_elsewhere(one.place, judgement.sections)
        if other:
            stands = " en ".join(SECTION_NAMES[key] for key in SECTION_KEYS if key in one.place.sections)
            yield Point(
                "section",
                f"Dit citaat staat onder {stands}, maar leest als {SECTION_NAMES[other]}.",
                text=one.quotation.text,
                place=in_dutch(one.quotation.place),
                advice="Kijk of het op zijn plaats staat. Een rekenregel las het; u beslist.",
            )


def _placing(quoted: Sequence[_Quoted], judged: Mapping[str, Judgement], elsewhere: int) -> Placing:
    within = [one for one in quoted if not one.place.apart]
    judgements = [judged.get(one.fragment.id) for one in within if one.place.sections]
    headlines = sum(judgement is not None and judgement.use == _HEADLINE for judgement in judgements)
    compared = sum(judgement is not None for judgement in judgements) - headlines
    apart = len(quoted) - len(within)
    return Placing(compared, elsewhere, len(within) - compared - headlines, headlines, apart)


def _not_compared(quoted: Sequence[_Quoted], judged: Mapping[str, Judgement]) -> Iterator[Point]:
    unknown = _placing(quoted, judged, 0).unknown
    if unknown:
        many, they = ("1 citaat", "het staat") if unknown == 1 else (f"{unknown} citaten", "ze staan")
        yield Point(
            "section",
            f"Van {many} is niet te zien in welk deel van het verslag {they}. Of dat deel past, is dus niet bekeken.",
            place="het hele document",
            advice="Lees deze citaten zelf na, of geef elk deel een kop zoals ‘2. Dromen en wensen’.",
        )


def _sections_without_quotes(quoted: Sequence[_Quoted]) -> Iterator[Point]:
    used = frozenset(key for one in quoted for key in one.place.sections)
    missing = [SECTION_NAMES[key] for key in SECTION_KEYS if key not in used]
    if used and missing:
        yield Point(
            "balance",
            f"Geen bewezen citaat gevonden in: {enumerated(missing)}.",
            place="het hele document",
            advice="Kijk of dat klopt, en of dit deel er hoort te zijn.",
        )


# ------------------------------------------------------------------------------ whose words, and which


def _spread(quoted: Sequence[_Quoted], corpora: Sequence[CorpusState]) -> Spread:
    people = _quotes_of_people(quoted)
    talks = {(one.fragment.theme, one.fragment.dialogue) for one in quoted if one.fragment.dialogue is not None}
    return Spread(len(people), len(talks), sum(c.dialogues for c in corpora), max(people.values(), default=0))


def _quotes_of_people(quoted: Sequence[_Quoted]) -> Counter[str]:
    """How many different fragments were quoted of each person."""
    return Counter(one.person for one in {one.fragment.id: one.fragment for one in quoted}.values())


def _one_voice(quoted: Sequence[_Quoted]) -> Iterator[Point]:
    people = _quotes_of_people(quoted)
    told = {one.fragment.person: one.fragment for one in quoted}
    for person, count in sorted(people.items()):
        often = count >= _OF_ONE_IN_FEW and count > _SHARE_OF_ONE * people.total()
        if count >= _OF_ONE or often:
            fragment = told[person]
            number = f"dialoog {fragment.dialogue}" if fragment.dialogue is not None else "dialoog onbekend"
            yield Point(
                "balance",
                f"Eén persoon is {count} keer geciteerd: {fragment.role or 'rol onbekend'}, {number}.",
                place="het hele document",
                advice="Kijk of ook anderen dit zeiden.",
            )


def _unused(judged: Mapping[str, Judgement], quoted: Sequence[_Quoted]) -> tuple[LeftUnused, ...]:
    """How many quotable fragments are not quoted, theme by theme, known dialogues first."""
    from rapporteur.writing.unused import unused

    used = frozenset(one.fragment.id for one in quoted)
    rows = []
    for theme in dict.fromkeys(judgement.fragment.theme for judgement in judged.values()):
        counts: Counter[int | None] = Counter()
        for row in unused((j for j in judged.values() if j.fragment.theme == theme), used):
            counts[row.dialogue] += len(row.fragments)
        ordered = sorted(counts.items(), key=lambda item: (item[0] is None, item[0] or 0))
        rows += [LeftUnused(theme, dialogue, count) for dialogue, count in ordered]
    return tuple(rows)


# -------------------------------------------------------------------------------------- the document


def _readability(document: ReadDocument) -> Readability | None:
    """Of the sentences that nobody is quoted in: headings, titles and rows of facts are none."""
    from rapporteur.dutch.readability import readability

    texts = (passage.prose.strip() for passage in document.passages if passage.level is None)
    return readability(" ".join(text for text in texts if _ENDS_A_SENTENCE.search(text)))


def _without_text(document: ReadDocument, checked: CheckedDocument) -> Iterator[Point]:
    if checked.quotations and not document.passages:
        yield Point(
            "not-read",
            "Dit bestand is een lijst met citaten en geen verslag. Alleen de citaten zijn gecontroleerd.",
            place="het hele document",
            advice="Controleer ook het verslag zelf.",
        )


def _origins(checked: CheckedDocument, document: ReadDocument, store: Store) -> Origins:
    said = checked.corpus_fingerprint
    agrees = None if said is None else all(finding.check != _OTHER_RECORDS for finding in checked.findings)
    printed = (_REPORT_FINGERPRINT.search(passage.text) for passage in document.passages)
    report = next((match[1] for match in printed if match), None)
    return Origins(said, agrees, report, _revision(report, checked.themes, store) if report else None)


def _revision(fingerprint: str, themes: Sequence[str], store: Store) -> int | None:
    """The number of the saved revision that has this fingerprint, the last if there are several."""
    from rapporteur.writing import report

    found = (
        saved.number
        for theme in themes
        for saved in reversed(store.revisions(theme))
        if report.report_fingerprint(report.from_json(saved.report)) == fingerprint
    )
    return next(found, None)


# --------------------------------------------------------------------------------------- the records


def _corpora(checked: CheckedDocument, store: Store) -> tuple[CorpusState, ...]:
    from rapporteur.pipeline.checking import corpus_fingerprints

    states = []
    for theme, fingerprint in corpus_fingerprints([checked], store).items():
        records = store.records(theme)
        dialogues = {record.dialogue for record in records if record.dialogue is not None}
        states.append(CorpusState(theme, fingerprint, len(dialogues), len(records)))
    return tuple(states)


def _of_files(themes: Sequence[str], store: Store) -> Iterator[Point]:
    """Files of these themes of which words may be missing: refused, or read with a warning."""
    from rapporteur.sources.indexing import ledger_of

    for line in ledger_of(store).lines:
        if line.theme is not None and line.theme not in themes:
            continue
        what = _said_of_file(line)
        if what:
            yield Point(
                "records",
                what,
                text=line.source,
                advice="Vraag na wat er ontbreekt. De opdracht ‘rapporteur records’ zegt het precies.",
            )


def _said_of_file(line: FileLine) -> str:
    if line.status == "refused":
        return "Dit gespreksverslag kon niet worden gelezen. De woorden erin doen niet mee."
    if line.status not in _IN_THE_CORPUS:
        return ""
    warnings = [warning for warning in line.warnings if not warning.endswith(_KEPT_OUT_OF_QUOTES)]
    lost = line.words_left_out - sum(line.read_as.values())
    if lost > 0:
        many = "1 woord is" if lost == 1 else f"{lost} woorden zijn"
        return f"Van dit gespreksverslag is niet alles gelezen: {many} overgeslagen."
    if warnings:
        times = "een waarschuwing" if len(warnings) == 1 else f"{len(warnings)} waarschuwingen"
        return f"Bij het lezen van dit gespreksverslag kwam er {times}. Misschien is niet alles goed gelezen."
    return ""
