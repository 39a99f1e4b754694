"""count: numbers in prose against the records, against the stored outline, against the quotes, against each other.

An error where the records or the document itself make the number impossible; a warning where it only differs from
what was counted for a topic or from the quotes under it. Where the records do not tell, only the document is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapporteur.dutch.counts import Count, Counted, counted_speakers_in, counts_in, is_row
from rapporteur.dutch.numbers import value_of
from rapporteur.dutch.quantifiers import claims_in
from rapporteur.dutch.roles import is_part_of_role, is_same_role
from rapporteur.proof.checks.examined import Examined, Paragraph, Topic
from rapporteur.proof.checks.interface import sentences_of, shown
from rapporteur.proof.checks.quantifiers import OTHERS
from rapporteur.proof.checks.stored import stored_topics
from rapporteur.proof.facts import CorpusFacts, StoredTopic
from rapporteur.types import Finding, Severity

NAME = "count"

_NOUN = {"talks": "dialogues", "people": "participants", "municipalities": "municipalities of hosts"}
_ROUGHLY = 0.15
_HOSTS_FROM = re.compile(
    r"\b(?:hosts?|gastheren|gastvrouwen|gastheer|gastvrouw)\b.{0,60}?\bgemeente[ns]?\b\s*:?"
    r"|\bgemeente[ns]? van de (?:hosts?|gast\w+)\s*:?",
    re.IGNORECASE,
)
_LIST_END = re.compile(r"[.;(]|\Z")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|&|\ben\b)\s*")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A count, the sentence it stands in, and where that stands in the document."""

    count: Count
    paragraph: Paragraph
    offset: int

    @property
    def at(self) -> int:
        return self.offset + self.count.start


def counts(examined: Examined) -> Iterator[Finding]:
    placed = [p for paragraph in examined.prose for p in _counts_of(paragraph)]
    placed += _in_cells(examined.paragraphs)
    wrong = {id(p): finding for p in placed if (finding := _against_the_records(p, examined.facts))}
    yield from wrong.values()
    rest = [p for p in placed if id(p) not in wrong]
    yield from _against_each_other(rest, examined.facts)
    told = set()
    for one in rest:
        topics = stored_topics(one.paragraph, one.at, examined.facts.topics)
        key = (id(one.paragraph), topics[0].title if topics else "", one.count.what)
        if topics and key not in told:
            told.add(key)
            yield from _against_the_outline(one, topics)
    for topic_here in examined.topics:
        yield from _against_the_quotes(topic_here, examined.facts)
    for paragraph in examined.prose:
        yield from _municipalities_named(paragraph, examined.facts)
        yield from _people_in_a_role(paragraph, examined.facts)


def _counts_of(paragraph: Paragraph) -> list[_Placed]:
    pieces = [(0, paragraph.prose)] if is_row(paragraph.prose) else sentences_of(paragraph.prose)
    return [_Placed(count, paragraph, start) for start, sentence in pieces for count in counts_in(sentence)]


def _in_cells(paragraphs: Sequence[Paragraph]) -> Iterator[_Placed]:
    """A label and a number that stand in two cells of a table: 'Aantal gesprekken', '6'."""
    for label, value in pairwise(paragraphs):
        if label.is_heading and value_of(value.text.strip()) is not None:
            for count in counts_in(f"{label.text.rstrip(': ')}: {value.text.strip()}"):
                yield _Placed(replace(count, start=0, end=len(value.text)), value, 0)


def _finding(one: _Placed, severity: Severity, why: str, suggestion: str) -> Finding:
    return Finding(NAME, severity, shown(one.count.text), one.paragraph.place, why, suggestion)


# ------------------------------------------------------------------------------------ the records


def _against_the_records(one: _Placed, facts: CorpusFacts) -> Finding | None:
    count = one.count
    known = _known(count, facts)
    if not known or count.number in known:
        return None
    noun = _NOUN[count.what]
    where = f"for dialogue {count.dialogue} the records have" if count.dialogue is not None else "the records have"
    if count.number > max(known) * (1 + _ROUGHLY * count.loose):
        told = f"{count.number} {noun} are claimed; {where} {_listed(known)}."
        if count.what == "municipalities" and count.scope != "all":
            why = f"The records name {_listed(known)} municipalities, those of the hosts."
            return _finding(one, "warning", why, "Say whose municipalities they are, or count again.")
    elif count.scope == "all" and not count.loose:
        told = f"It is said that there were {count.number} {noun}; {where} {_listed(known)}."
    else:
        return None
    return _finding(one, "error", told, f"Write {_listed(known)}, or say what was counted.")


def _known(count: Count, facts: CorpusFacts) -> frozenset[int]:
    """The numbers that can be meant: of a dialogue, of each theme, of all themes; empty where one is not known."""
    if count.dialogue is not None:
        here = [s for t in facts.themes if (s := facts.session(t, count.dialogue))]
        return frozenset(s.participants for s in here if s.participants is not None)
    themes = [_of_theme(count.what, theme, facts) for theme in facts.themes]
    if not themes or None in themes:
        return frozenset()
    numbers = [n for n in themes if n is not None]
    return frozenset({*numbers, sum(numbers)})


def _of_theme(what: Counted, theme: str, facts: CorpusFacts) -> int | None:
    sessions = [s for s in facts.sessions if s.theme == theme]
    if what == "talks":
        return len(sessions) if facts.all_numbered(theme) else None
    if what == "municipalities":
        return len({m for s in sessions for m in s.municipalities}) if all(s.municipalities for s in sessions) else None
    stated = [s.participants for s in sessions]
    return None if None in stated else sum(n for n in stated if n is not None)


def _listed(numbers: frozenset[int]) -> str:
    return " or ".join(map(str, sorted(numbers)))


def _municipalities_named(paragraph: Paragraph, facts: CorpusFacts) -> Iterator[Finding]:
    """Places that hosts are said to be from, of which the records know none."""
    match = _HOSTS_FROM.search(paragraph.prose)
    if not match or not facts.sessions or not all(s.municipalities for s in facts.sessions):
        return
    end = _LIST_END.search(paragraph.prose, match.end())
    known = {place.casefold() for place in facts.places}
    for name in _BETWEEN_NAMES.split(paragraph.prose[match.end() : end.start() if end else None]):
        if name[:1].isupper() and name.strip().casefold() not in known:
            why = f"No host in the records is from '{name.strip()}'; they are from {', '.join(sorted(facts.places))}."
            yield Finding(NAME, "error", shown(name), paragraph.place, why, "Name the municipalities in the records.")


def _people_in_a_role(paragraph: Paragraph, facts: CorpusFacts) -> Iterator[Finding]:
    """'Drie imkers vertelden' of records in which one beekeeper speaks."""
    speakers = {(s.theme, x.name or "", x.role) for s in facts.sessions for x in s.speakers if x.role}
    if not speakers or any(x.role is None for s in facts.sessions for x in s.speakers):
        return
    for number, plural in counted_speakers_in(paragraph.prose):
        here = sum(is_part_of_role(plural, role) or is_same_role(plural, role) for _, _, role in speakers if role)
        if 0 < here < number.number:
            why = f"The records name {here} in the role '{plural}', not {number.number}."
            yield Finding(NAME, "warning", shown(number.text), paragraph.place, why, "Count again.")


# ----------------------------------------------------------------------------- the document itself


def _against_each_other(placed: list[_Placed], facts: CorpusFacts) -> Iterator[Finding]:
    """Two totals that differ, where the records do not tell which is right."""
    if len(facts.themes) > 1:
        return
    first: dict[str, _Placed] = {}
    for one in placed:
        count = one.count
        if count.scope != "all" or count.loose or count.dialogue is not None or _known(count, facts):
            continue
        earlier = first.setdefault(count.what, one)
        if earlier.count.number != count.number:
            why = (
                f"The document contradicts itself: '{shown(count.text)}' here,"
                f" '{shown(earlier.count.text)}' at {earlier.paragraph.place}."
            )
            yield _finding(one, "error", why, "Find out which is right, and write it in both places.")


def _against_the_outline(one: _Placed, topics: Sequence[StoredTopic]) -> Iterator[Finding]:
    if one.count.what == "municipalities" or one.count.dialogue is not None or one.count.scope == "all":
        return
    counted = frozenset(topic.people if one.count.what == "people" else topic.dialogues for topic in topics)
    if one.count.number in counted or (one.count.loose and one.count.number < max(counted)):
        return
    severity: Severity = "error" if one.count.number > max(counted) else "warning"
    noun = _NOUN[one.count.what]
    why = f"For this topic {_listed(counted)} {noun} were counted in the records, not {one.count.number}."
    yield _finding(one, severity, why, f"Write {_listed(counted)}, or say what was counted.")


def _against_the_quotes(topic: Topic, facts: CorpusFacts) -> Iterator[Finding]:
    """A number of people or dialogues that the quotes right under it outnumber, or do not bear."""
    placed = [p for p in _counts_of(topic.lead) if p.count.says and p.count.dialogue is None]
    if not topic.quoted or stored_topics(topic.lead, 0, facts.topics):
        return
    for what, quoted, most in (
        ("people", topic.people, topic.most_people),
        ("talks", topic.dialogues, topic.most_dialogues),
    ):
        counted = [p for p in placed if p.count.what == what and p.count.scope != "all"]
        for one in counted:
            if most < one.count.number <= _most(one.count, facts):
                yield _not_borne(one, most)
        if len(counted) == 1 and counted[0].count.number < quoted and _counts_them_all(counted[0], topic):
            why = f"{quoted} {_NOUN[what]} are quoted right under it, by the records."
            yield _finding(counted[0], "warning", why, "Count again, or say whom the number is about.")


def _most(count: Count, facts: CorpusFacts) -> int:
    """The largest number that the records allow: beyond it another finding says so."""
    known = _known(count, facts)
    return int(max(known) * (1 + _ROUGHLY * count.loose)) if known else count.number


def _not_borne(one: _Placed, shown_here: int) -> Finding:
    noun = {"people": "person", "talks": "dialogue"}[one.count.what] if shown_here == 1 else _NOUN[one.count.what]
    why = f"Only {shown_here} {noun} {'is' if shown_here == 1 else 'are'} quoted right under it."
    return _finding(one, "warning", why, "Quote the others, or write no more than is shown.")


def _counts_them_all(one: _Placed, topic: Topic) -> bool:
    """Whether a paragraph speaks of no one but those it counts."""
    prose = topic.lead.prose
    return not one.count.loose and not claims_in(prose) and not OTHERS.search(_without(one.count, prose))


def _without(count: Count, prose: str) -> str:
    """A paragraph's prose without the words of a count and of the people it counts in so many dialogues."""
    return re.sub(rf"{re.escape(count.text)}|\b(?:deelnemers|mensen)\b(?=\s+(?:in|uit)\b)", " ", prose)
