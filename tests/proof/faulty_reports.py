"""Faulty reports: an honest one with one fault planted, and the checks that have to see it.

Two honest ones: our own draft, with its topics stored; and a report as a writer makes it, of which nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rapporteur.writing.export.interface import Facts, Heading, Item, Paragraph, Quote, RenderedReport, TopicLead


@dataclass(frozen=True)
class Fault:
    """What is wrong, how it is planted, and every check that has something to say of it."""

    name: str
    plant: Callable[[RenderedReport], RenderedReport]
    checks: frozenset[str]


@dataclass(frozen=True)
class Names:
    """Names that the records hold, and words of theirs with a name in them, as (text, role, dialogue)."""

    participant: str
    third_party: str
    naming: tuple[str, str, int]


def faults(names: Names) -> tuple[Fault, ...]:
    """One fault of each kind, for any report that has topics, quotes, facts and an introduction."""
    return (
        _in_prose("the full name of a participant in prose", f"Zo zei {names.participant} het aan het eind."),
        _in_prose("the first name of a participant in prose", f"Ook {names.participant.split()[0]} zag dat zo."),
        _in_prose("the surname of a participant in prose", f"De heer {names.participant.split()[-1]} zag dat zo."),
        _in_prose("the name of a third party in prose", f"Dat bevestigde {names.third_party} ook."),
        _in_prose("a telephone number in prose", "Aanmelden kan via 06 00 12 34 56 bij de buurt."),
        _in_prose("a telephone number with brackets in prose", "Aanmelden kan via (0570) 12 34 56 bij de buurt."),
        _in_prose("an e-mail address in prose", "Aanmelden kan via buurt.kok@postbus.example bij de buurt."),
        _in_prose("an IBAN in prose", "Een gift kan naar NL91 ABNA 0417 1643 00 van de buurt."),
        _in_prose("a citizen service number in prose", "Haar burgerservicenummer is 111222333, staat er."),
        _in_prose("a licence plate in prose", "De bus met kenteken 12-ABC-3 stond er weer."),
        _in_prose("a home address in prose", "Zij woont op 1234 AB 56 aan het water."),
        _in_prose("a date of birth in prose", "Zij is geboren op 3 mei 1961 in deze streek."),
        _in_prose("a dialogue that is not there, in prose", "Dat kwam ook in dialoog 9 ter sprake.", "dialogue"),
        Fault("a name in a quote", lambda r: _with_quote(r, *names.naming), frozenset({"personal-data"})),
        Fault("a quote used twice", _repeated, frozenset({"used-twice"})),
        Fault("a part of a quote used twice", _partly_repeated, frozenset({"used-twice"})),
        Fault("a word changed", _word_changed, frozenset({"provenance"})),
        Fault("a dialogue that is not there", _dialogue_nine, frozenset({"provenance", "dialogue"})),
        Fault("a role that nobody had", _role_of_nobody, frozenset({"provenance", "role"})),
        Fault("too many talks in the introduction", _intro("Over dit thema vonden negen dialogen plaats."), _COUNT),
        Fault("too few talks in a heading", lambda r: _with(r, 1, Heading("Twee themadialogen", 2)), _COUNT),
        Fault("too many people in the introduction", _intro("Daaraan deden in totaal 133 mensen mee."), _COUNT),
        Fault("more municipalities", _intro("De hosts kwamen uit zeven gemeenten."), _COUNT),
        Fault("a municipality of no host", _intro("De hosts kwamen uit de gemeenten Lindewaard en Elders."), _COUNT),
        Fault("too many talks in facts", lambda r: _with(r, 1, Facts((("Gesprekken", "zes gesprekken"),))), _COUNT),
        Fault("'alle deelnemers' under a topic", _claimed("Alle deelnemers vonden dit van belang."), _QUANTIFIER),
        Fault("'iedereen aan tafel' under a topic", _claimed("Iedereen aan tafel noemde dit."), _QUANTIFIER),
    )  # fmt: skip


_COUNT, _QUANTIFIER = frozenset({"count"}), frozenset({"quantifier"})


def writers_report(draft: RenderedReport) -> RenderedReport:
    """A report as a writer makes it from the quotes of a draft: nothing in it was counted by a machine."""
    quotes = [item for item in draft.items if isinstance(item, Quote) and not item.pull and item.role != "notulist"]
    first, second, third = _of_different_people(quotes)
    items: tuple[Item, ...] = (
        Heading("Samenvatting op één pagina", 1),
        Heading("Wie zaten aan tafel?", 2),
        Facts(tuple(row for item in draft.items if isinstance(item, Facts) for row in item.rows)),
        Heading("Inleiding", 1),
        Paragraph("Iedereen kent wel een plek waar het schuurt, en veel mensen hebben er last van gehad."),
        Paragraph(
            "Om door te praten organiseerden we vier themadialogen. In drie dialogen kwam ook het geld ter sprake, "
            "en 25 tot 30 mensen stonden op de wachtlijst. Elke deelnemer kreeg vijf minuten."
        ),
        Heading("1. Knelpunten en kiemen", 1),
        Paragraph("Als knelverhalen deelden mensen ervaringen over:"),
        TopicLead("Wat er wegviel", "Twee deelnemers uit verschillende dialogen vertelden wat zij kwijtraakten."),
        first,
        second,
        TopicLead("Wat er bleef", "Een deelnemer vertelde wat er bleef. Niet alle deelnemers herkenden dat."),
        third,
        Heading("4. Procesobservaties", 1),
        Paragraph("Er werd goed geluisterd, en soms was het stil."),
    )
    return replace(draft, items=items, theme="", properties={}, colophon=())


def _of_different_people(quotes: Iterable[Quote]) -> list[Quote]:
    """Three quotes from three dialogues, in other hands than the draft's: no fragment is named."""
    by_dialogue = {q.dialogue: replace(q, fragment="") for q in quotes if q.role and q.dialogue}
    return [by_dialogue[number] for number in sorted(n for n in by_dialogue if n)][:3]


# -------------------------------------------------------------------------------- planting a fault


def _with(report: RenderedReport, at: int, *items: Item) -> RenderedReport:
    return replace(report, items=(*report.items[:at], *items, *report.items[at:]))


def _replaced(report: RenderedReport, at: int, item: Item) -> RenderedReport:
    return replace(report, items=(*report.items[:at], item, *report.items[at + 1 :]))


def _in_prose(name: str, sentence: str, check: str = "personal-data") -> Fault:
    return Fault(name, lambda r: replace(r, items=(*r.items, Paragraph(sentence))), frozenset({check}))


def _intro(sentence: str) -> Callable[[RenderedReport], RenderedReport]:
    def plant(report: RenderedReport) -> RenderedReport:
        return _with(report, _first(report, Paragraph), Paragraph(sentence))

    return plant


def _claimed(sentence: str) -> Callable[[RenderedReport], RenderedReport]:
    """The sentence in place of what a topic says, with the topic's quotes under it."""

    def plant(report: RenderedReport) -> RenderedReport:
        at = _last_quote(report)
        while not isinstance(report.items[at], TopicLead):
            at -= 1
        lead = report.items[at]
        assert isinstance(lead, TopicLead)
        return _replaced(report, at, replace(lead, text=sentence))

    return plant


def _repeated(report: RenderedReport) -> RenderedReport:
    quote = report.items[_last_quote(report)]
    assert isinstance(quote, Quote)
    return replace(report, items=(*report.items, Paragraph("Daarover ging het vaak."), replace(quote, id="nog-een")))


def _partly_repeated(report: RenderedReport) -> RenderedReport:
    quote = report.items[_last_quote(report)]
    assert isinstance(quote, Quote)
    part = quote.text[: quote.text.index(".") + 1]
    again = replace(quote, id="nog-een", text=part)
    return replace(report, items=(*report.items, Paragraph("Daarover ging het vaak."), again))


def _with_quote(report: RenderedReport, text: str, role: str, dialogue: int) -> RenderedReport:
    quote = Quote("naam", text, f"{role}, dialoog {dialogue}", "", role, dialogue)
    return replace(report, items=(*report.items, Paragraph("Ook een ander vertelde erover."), quote))


def _word_changed(report: RenderedReport) -> RenderedReport:
    return _quote_changed(report, lambda q: replace(q, text=_another_word(q.text)))


def _dialogue_nine(report: RenderedReport) -> RenderedReport:
    return _quote_changed(report, lambda q: replace(q, attribution=f"{q.role}, dialoog 9", dialogue=9))


def _role_of_nobody(report: RenderedReport) -> RenderedReport:
    return _quote_changed(
        report, lambda q: replace(q, attribution=f"vuurtorenwachter, dialoog {q.dialogue}", role="vuurtorenwachter")
    )


def _quote_changed(report: RenderedReport, change: Callable[[Quote], Quote]) -> RenderedReport:
    at = _last_quote(report)
    quote = report.items[at]
    assert isinstance(quote, Quote)
    return _replaced(report, at, change(quote))


def _another_word(text: str) -> str:
    words = text.split()
    words[len(words) // 2] = "zeppelin"
    return " ".join(words)


def _first(report: RenderedReport, kind: type) -> int:
    return next(n for n, item in enumerate(report.items) if isinstance(item, kind))


def _last_quote(report: RenderedReport) -> int:
    """The last quote under a topic by someone with a role, that stands once in the report."""
    texts = [item.text for item in report.items if isinstance(item, Quote)]
    at = 0
    under_topic = False
    for number, item in enumerate(report.items):
        if not isinstance(item, Quote):
            under_topic = isinstance(item, TopicLead)
        elif under_topic and item.role and texts.count(item.text) == 1 and "." in item.text[20:-1]:
            at = number
    return at
