"""Step 3: Sections to Report: the one-page summary, the introduction, the order, the fingerprints; and its rendering.

A Report holds quotes as references. `render` cuts their words out of the stored fragments, so a report can
only print what the records say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from rapporteur.dutch import support as wording
from rapporteur.dutch.numbers import counted, enumerated, in_words
from rapporteur.types import Block, Fragment, Judgement, Record, Report, Section, SectionKey, Source
from rapporteur.writing.cutting import attribution, cut
from rapporteur.writing.export.interface import (
    Box,
    Bullets,
    Facts,
    Heading,
    Item,
    Paragraph,
    Quote,
    RenderedReport,
    Table,
    TopicLead,
)
from rapporteur.writing.facts import SessionFacts, in_dutch, theme_name
from rapporteur.writing.outline.plan import REST_TITLES, Outline

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class SummaryLines(NamedTuple):
    """How a section is summed up: its heading, the mark before each line, and how many lines at most."""

    heading: str
    mark: str
    most: int


SUMMARY_LINES: Mapping[SectionKey, SummaryLines] = {
    "knel": SummaryLines("Knelverhalen", "–", 3),
    "kiem": SummaryLines("Kiemverhalen", "+", 3),
    "dromen": SummaryLines("Dromen", "–", 4),
    "ideeen": SummaryLines("{n} ideeën", "–", 6),
    "procesobservaties": SummaryLines("Enkele procesobservaties", "–", 3),
}
# What the topics without a title of their own are in a summary that names nothing else: not 'other' than anything.
_VARIOUS = {title: title.replace("Andere", "Uiteenlopende") for title in REST_TITLES.values()}
_PULL_QUOTE_WORDS = (15, 32)
# It answers, or it is about another who spoke: 'Mijn zus ook!', 'Wat [kok] zegt'.
_LEANS_ON_OTHERS = re.compile(
    r"\A(?:ja|nee|maar|want|dus|en|of|dat|die|daar|klopt|precies)(?!\w)|\A(?:\w+ ){1,3}ook(?!\w)|\[\w", re.IGNORECASE
)
SUBTITLE = "Verslag van de themadialogen"
# The key of a section of lines that an editor added to the colophon.
COLOPHON = "colofon"
_VOICES = {
    "extractief": (
        "Dit verslag is door een computerprogramma opgesteld, zonder taalmodel: de zinnen tussen de "
        "citaten zeggen alleen wat in de verslagen geteld is. Ook de keuze en de namen van de onderwerpen komen van "
        "het programma. Het is een eerste versie voor een schrijver."
    ),
    "taalmodel": (
        "De zinnen tussen de citaten zijn voor een deel geschreven door het taalmodel {model} en door regels "
        "nagekeken; de citaten heeft het programma zelf uit de verslagen geknipt. Het is een eerste versie voor een "
        "schrijver."
    ),
}
VOICES_APART = "; "
_VOICES_TOGETHER = (
    "De delen van dit verslag zijn niet alle op dezelfde manier geschreven. De zinnen tussen de citaten zijn voor een "
    "deel geschreven door {models} en door regels nagekeken.{others} De citaten heeft het programma zelf uit de "
    "verslagen geknipt. Het is een eerste versie voor een schrijver."
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a report is drafted from. `drafted` is ISO 8601, `fingerprints` maps a record to its file's digest."""

    theme: str
    template: str
    drafted: str
    facts: SessionFacts
    records: Sequence[Record]
    fingerprints: Mapping[str, str]


def assemble(context: Context, outline: Outline, voice: str, sections: Sequence[Section]) -> Report:
    """Put summary and introduction before the sections, and note what the report was drafted from."""
    return Report(
        theme=context.theme,
        title=_title(context.theme),
        template=context.template,
        voice=voice,
        language="nl",
        drafted=context.drafted,
        corpus_fingerprint=corpus_fingerprint(context.fingerprints),
        sections=(
            Section("samenvatting", "Samenvatting", tuple(_summary(context, outline, sections))),
            Section("inleiding", "Inleiding", tuple(_introduction(context))),
            *sections,
        ),
        programme=context.facts.programme,
        sources=sources_of(context.records, context.fingerprints),
    )


def sources_of(records: Sequence[Record], fingerprints: Mapping[str, str]) -> tuple[Source, ...]:
    """The sessions that a report rests on, as its colophon names them."""
    return tuple(Source(r.id, r.dialogue, r.source, fingerprints[r.id]) for r in records)


def corpus_fingerprint(fingerprints: Mapping[str, str]) -> str:
    """One digest over the files a report rests on, independent of their order."""
    lines = "".join(f"{record}\t{digest}\n" for record, digest in sorted(fingerprints.items()))
    return sha256(lines.encode()).hexdigest()[:16]


def report_fingerprint(report: Report) -> str:
    """A digest over everything in a report but its dates and where its records' files stood.

    The same records under another path give the same report, on whatever machine.
    """
    content = {**to_json(report), "drafted": "", "edited": ""}
    for source in content["sources"]:
        del source["file"]
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def fragments_of(report: Report) -> set[str]:
    """The ids of the fragments a report quotes."""
    return {b.quote.fragment for s in report.sections for b in s.blocks if b.quote}


# -------------------------------------------------------------------------------------------------- JSON


@cache
def _adapter() -> TypeAdapter[Report]:
    from pydantic import TypeAdapter

    return TypeAdapter(Report)


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain data, for the store."""
    data: dict[str, Any] = _adapter().dump_python(report, mode="json")
    return data


def from_json(data: Mapping[str, Any]) -> Report:
    """The report that `to_json` made this of."""
    return _adapter().validate_python(data)


# ----------------------------------------------------------------------------------- summary, introduction


def _title(theme: str) -> str:
    name = theme_name(theme)
    return name[:1].upper() + name[1:]


def _summary(context: Context, outline: Outline, sections: Sequence[Section]) -> Iterable[Block]:
    for key in SUMMARY_LINES:
        yield from summary_of(key, sections)
    yield Block("samenvatting-tafel", "heading", title="Wie zaten aan tafel?")
    yield Block("samenvatting-feiten", "facts", rows=tuple(_rows(context.facts)))
    yield from pull_quote(outline.by_id, sections)


def summary_of(key: SectionKey, sections: Sequence[Section]) -> Iterable[Block]:
    """The lines of the summary that stand for one section: nothing but its topics."""
    heading, mark, most = SUMMARY_LINES[key]
    topics = _topics(sections, key)
    if topics:
        lines = topics[:most]
        count = in_words(len(lines)).capitalize()
        title = heading.format(n=count) if len(lines) > 1 else heading.format(n="Een").replace("ideeën", "idee")
        if lines[0].title == REST_TITLES[key]:
            title = heading.removeprefix("{n} ").capitalize()  # they are many, and no one of them is named
        yield Block(f"samenvatting-{key}", "heading", title=title)
        yield Block(f"samenvatting-{key}-lijst", "bullets", items=_lines(lines), mark=mark)


def _topics(sections: Sequence[Section], key: SectionKey) -> list[Block]:
    """The topics as a voice wrote them: the summary says what the section says. 'Andere ideeën' is none of them."""
    topics = [block for s in sections if s.key == key for block in s.blocks if block.kind == "topic"]
    return [topic for topic in topics if topic.title != REST_TITLES[key]] or topics


def _lines(topics: Sequence[Block]) -> tuple[str, ...]:
    said = [(t.items[0] if t.items else _VARIOUS.get(t.title, t.title), t.support) for t in topics]
    return tuple(f"{line} ({wording.brief(support)})" if support else line for line, support in said)


def pull_quote(judgements: Mapping[str, Judgement], sections: Sequence[Section]) -> Iterable[Block]:
    """The most quotable of the quotes that stand in the report and are short enough to be set large.

    One that stands under 'Andere ideeën' shows no topic of the report, and one that leans on what was said before
    it ('Mijn zus ook!') does not stand by itself: only if nothing else will do.
    """
    low, high = _PULL_QUOTE_WORDS
    fitting = []
    for of_a_topic, block in _quotes(sections):
        judgement = judgements.get(block.quote.fragment) if block.quote else None
        if judgement and judgement.use == "quote" and block.quote:
            words = cut(judgement.fragment, block.quote.spans)
            if low <= len(words.split()) <= high:
                alone = not _LEANS_ON_OTHERS.search(words)
                fitting.append((of_a_topic, alone, judgement.quotability, block.id, block))
    if fitting:
        yield Block("samenvatting-citaat", "pull-quote", quote=max(fitting, key=lambda f: f[:4])[4].quote)


def _quotes(sections: Sequence[Section]) -> Iterable[tuple[bool, Block]]:
    """The quotes of the sections, each with whether it stands under a topic with a title of its own."""
    for section in sections:
        of_a_topic = False
        for block in section.blocks:
            if block.kind == "topic":
                of_a_topic = block.title not in REST_TITLES.values()
            elif block.kind == "quote" and block.quote:
                yield of_a_topic, block


def _rows(facts: SessionFacts) -> Iterable[tuple[str, str]]:
    yield "Gesprekken", f"{counted(facts.talks, 'gesprek', 'gesprekken')}, {_participants(facts)}"
    if facts.municipalities:
        label = "Gemeente van de host" if len(facts.municipalities) == 1 else "Gemeenten van de hosts"
        yield label, ", ".join(facts.municipalities)
    if facts.first:
        yield "Periode", _period(facts)


def _participants(facts: SessionFacts) -> str:
    if facts.participants is None:
        return "het aantal deelnemers staat niet in de verslagen"
    known = counted(facts.participants, "deelnemer", "deelnemers")
    if facts.counted_talks < facts.talks:
        return f"{known} in de {in_words(facts.counted_talks)} gesprekken die hun aantal vermelden"
    return known


def _period(facts: SessionFacts) -> str:
    """'22 maart tot en met 12 mei 2022': a year that both have stands once."""
    first, last = in_dutch(facts.first or ""), in_dutch(facts.last or "")
    if first == last:
        return first
    same_year = first != facts.first and last != facts.last and first[-5:] == last[-5:]
    return f"{first[:-5] if same_year else first} tot en met {last}"


def _introduction(context: Context) -> Iterable[Block]:
    facts = context.facts
    yield Block("inleiding-thema", "paragraph", _about_theme(context.theme, facts))
    yield Block("inleiding-gesprekken", "paragraph", " ".join(_about_talks(facts)))
    yield Block(
        "inleiding-leeswijzer",
        "paragraph",
        "Dit verslag volgt de rondes van het gesprek: wat in de knel kwam en wat juist opkwam, dromen en wensen, "
        "eerste stappen en ideeën, en wat er over het gesprek zelf te zeggen valt. Per onderwerp staat hoeveel "
        "deelnemers erover spraken. De citaten zijn letterlijk. Achter elk citaat staan, waar bekend, de rol van de "
        "spreker en het nummer van de dialoog.",
    )


def _about_theme(theme: str, facts: SessionFacts) -> str:
    programme = f" Het hoort bij het programma {facts.programme}." if facts.programme else ""
    return f"Het thema van dit verslag is {theme_name(theme)}.{programme}"


def _about_talks(facts: SessionFacts) -> Iterable[str]:
    if facts.talks:
        talks = counted(facts.talks, "dialoog", "dialogen")
        verb = "vond" if facts.talks == 1 else "vonden"
        when = ""
        if facts.first:
            when = f", op {_period(facts)}" if facts.first == facts.last else f", van {_period(facts)}"
        at_least = "ten minste " if facts.has_unnumbered else ""
        yield f"Over dit thema {verb} {at_least}{talks} plaats{when}."
    if facts.participants is not None and facts.counted_talks == facts.talks:
        many = facts.participants > 1
        yield f"Daaraan {'deden' if many else 'deed'} in totaal {counted(facts.participants, 'mens', 'mensen')} mee."
    elif facts.participants is not None:
        yield (
            f"Van {in_words(facts.counted_talks)} van de {in_words(facts.talks)} dialogen is het aantal deelnemers "
            f"vermeld: samen {in_words(facts.participants)}."
        )
    if facts.municipalities:
        places = enumerated(list(facts.municipalities))
        if len(facts.municipalities) > 1:
            yield f"De gastheren en gastvrouwen kwamen uit de gemeenten {places}."
        elif facts.talks == 1:
            yield f"De gastheer of gastvrouw kwam uit de gemeente {places}."
        else:
            yield f"De gastheren en gastvrouwen kwamen uit de gemeente {places}."
    if facts.has_unnumbered:
        yield "Van een deel van de uitspraken is de dialoog niet bekend; die staan hier zonder nummer."


# ---------------------------------------------------------------------------------------------- rendering


def render(report: Report, fragments: Mapping[str, Fragment]) -> RenderedReport:
    """The report with the quotes' words in it, ready to be set. `fragments` must hold all it quotes."""
    items: list[Item] = []
    for section in report.sections:
        if section.key == COLOPHON:
            continue
        if section.heading:
            items.append(Heading(section.heading, 1, section.key))
        items += [item for block in section.blocks for item in _items(block, fragments)]
    fingerprint = report_fingerprint(report)
    return RenderedReport(
        title=report.title,
        subtitle=report.subtitle or SUBTITLE,
        items=tuple(items),
        theme=report.theme,
        language="nl-NL",
        programme=report.programme,
        drafted=report.drafted,
        colophon=tuple(_colophon(report, fingerprint)),
        properties={
            "theme": report.theme,
            "corpus_fingerprint": report.corpus_fingerprint,
            "report_fingerprint": fingerprint,
            "voice": report.voice,
            "template": report.template,
            "drafted": report.drafted,
        },
        comments=report.comments,
    )


def _items(block: Block, fragments: Mapping[str, Fragment]) -> Iterable[Item]:
    match block.kind:
        case "heading":
            yield Heading(block.title, 2, block.id)
        case "paragraph":
            yield Paragraph(block.text, block.id)
        case "topic":
            yield TopicLead(block.title, block.text, block.id)
        case "bullets":
            yield Bullets(block.items, block.mark, block.id)
        case "facts":
            yield Facts(block.rows, block.id)
        case "box":
            quotes = (_quote(replace(block, id=f"{block.id}-c1"), fragments),) if block.quote else ()
            yield Box(block.title, tuple(filter(None, (block.text, *block.items))), block.id, quotes)
        case "table":
            yield Table(block.cells, block.id)
        case "quote" | "pull-quote":
            yield _quote(block, fragments)


def _quote(block: Block, fragments: Mapping[str, Fragment]) -> Quote:
    """The quote with the fragment's words, or those an editor typed, as they were typed."""
    typed = block.text if block.kind in ("quote", "pull-quote") else ""
    if block.quote is None:
        if not typed:
            raise ValueError(f"the quote block {block.id} refers to no fragment")
        return Quote(block.id, typed, block.title, fragment="", pull=block.kind == "pull-quote")
    fragment = fragments[block.quote.fragment]
    return Quote(
        id=block.id,
        text=typed or cut(fragment, block.quote.spans),
        attribution=(typed and block.title) or attribution(fragment),
        fragment=fragment.id,
        role=fragment.role,
        dialogue=fragment.dialogue,
        pull=block.kind == "pull-quote",
    )


def _colophon(report: Report, fingerprint: str) -> Iterable[str]:
    yield f"Opgesteld op {in_dutch(report.drafted[:10])} met rapporteur. {_about_voices(report.voice)}".strip()
    yield f"Gebaseerd op {counted(len(report.sources), 'verslag', 'verslagen')}: {_sessions(report.sources)}."
    if report.edited:
        yield f"Op {in_dutch(report.edited[:10])} is een door een redacteur bewerkte tekst overgenomen."
    if any(b.kind == "pull-quote" for s in report.sections for b in s.blocks):
        yield "Het uitgelichte citaat in de samenvatting staat ook in een van de hoofdstukken."
    yield (
        f"Vingerafdruk van de verslagen: {report.corpus_fingerprint}; van dit verslag: {fingerprint}. "
        "Elk citaat is na te gaan met de opdracht rapporteur check."
    )
    yield from (block.text for section in report.sections if section.key == COLOPHON for block in section.blocks)


def joined_voices(*voices: str) -> str:
    """The name of a report's voice where its sections were written by several: 'extractief; taalmodel X'."""
    return VOICES_APART.join(dict.fromkeys(name for voice in voices for name in voice.split(VOICES_APART) if name))


def _about_voices(voice: str) -> str:
    """What the colophon says of who wrote the sentences."""
    names = voice.split(VOICES_APART)
    if len(names) == 1:
        return _VOICES.get(voice.partition(" ")[0], "").format(model=voice.partition(" ")[2])
    models = [name.partition(" ")[2] for name in names if name.partition(" ")[2]]
    others = " Andere delen zijn zonder taalmodel geschreven." if len(models) < len(names) else ""
    return _VOICES_TOGETHER.format(
        models=f"{'het taalmodel' if len(models) == 1 else 'de taalmodellen'} {enumerated(models)}", others=others
    )


def _sessions(sources: Sequence[Source]) -> str:
    """'dialoog 1, 2 en 3', and of how many records the dialogue is unknown."""
    numbered = tuple(dict.fromkeys(s.dialogue for s in sources if s.dialogue is not None))
    unknown = sum(s.dialogue is None for s in sources)
    rest = f"van {counted(unknown, 'verslag', 'verslagen')} is de dialoog niet bekend" if unknown else ""
    return "; ".join(filter(None, (wording.dialogue_list(numbered) if numbered else "", rest)))
