"""Step 2: the extractive voice. It says what was counted and lets the records speak; no model, deterministic.

Every sentence here states something that can be counted in the outline: who, how many, in which dialogues,
and which matters were named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from rapporteur.dutch import support as wording
from rapporteur.dutch.numbers import counted, enumerated, in_words
from rapporteur.dutch.roles import is_host, is_participant
from rapporteur.types import Block, Fragment, Judgement, QuoteRef, Section, SectionKey, Topic
from rapporteur.writing.facts import SessionFacts
from rapporteur.writing.outline.headlines import headlines
from rapporteur.writing.outline.images import Image, images
from rapporteur.writing.outline.plan import REST_TITLES, Outline, Total
from rapporteur.writing.outline.template import ReportTemplate, SectionTemplate
from rapporteur.writing.voices.interface import Planner, place_of, with_blocks

MAX_HEADLINES = 4
MAX_NAMED_ROLES = 2
MAX_IMAGES = 4
MAX_MATTERS = 3
MAX_TENSIONS = 2
# Roles that are adjectives: 'een gepensioneerde', but 'een gepensioneerd huisarts'.
_AS_NOUN = {
    "gepensioneerd": "gepensioneerde",
    "werkzoekend": "werkzoekende",
    "werkloos": "werkloze",
    "zelfstandig": "zelfstandige",
    "alleenstaand": "alleenstaande",
    "arbeidsongeschikt": "arbeidsongeschikte",
}
_NO_ROLE = frozenset({"deelnemer", "deelnemers", "groepsgesprek", "anoniem", "onbekend"})

_SAID: Mapping[SectionKey, tuple[str, str]] = {
    "knel": ("vertelde hierover", "vertelden hierover"),
    "kiem": ("vertelde hierover", "vertelden hierover"),
    "dromen": ("sprak hierover een wens uit", "spraken hierover een wens uit"),
    "ideeen": ("dacht hierover mee", "dachten hierover mee"),
    "procesobservaties": ("zei hierover iets", "zeiden hierover iets"),
}
_OPENING: Mapping[SectionKey, str] = {
    "knel": "Over wat in de knel kwam, {verb} {people} {where} {statements}.",
    "kiem": "Over wat juist opkwam, {verb} {people} {where} {statements}.",
    "dromen": "Over hun dromen en wensen {verb} {people} {where} {statements}.",
    "ideeen": "Over eerste stappen en ideeën {verb} {people} {where} {statements}.",
    "procesobservaties": "Over het gesprek zelf {verb} {people} {where} {statements}.",
}
STORIES: tuple[SectionKey, ...] = ("knel", "kiem")
_NOTHING = "In de verslagen zijn voor dit deel geen uitspraken gevonden die als citaat kunnen dienen."


class ExtractiveVoice:
    name = "extractief"

    def outline(
        self, theme: str, judgements: Sequence[Judgement], planner: Planner, sections: Collection[SectionKey] = ()
    ) -> Outline:
        return planner(judgements)

    def compose(self, outline: Outline, template: ReportTemplate, facts: SessionFacts) -> tuple[Section, ...]:
        """One Section per section of the template, in its order."""
        judgements = outline.by_id
        return tuple(
            Section(part.key, part.heading, tuple(_blocks(part, outline, judgements))) for part in template.sections
        )


def _blocks(part: SectionTemplate, outline: Outline, judgements: Mapping[str, Judgement]) -> Iterable[Block]:
    topics = outline.topics[part.key]
    if not topics:
        yield Block(f"{part.key}-niets", "paragraph", _NOTHING)
    else:
        yield Block(f"{part.key}-opening", "paragraph", _opening(part.key, outline.totals[part.key]))
        chosen = images(outline.judgements) if part.key == "dromen" else ()
        if chosen:
            yield Block(f"{part.key}-beelden", "paragraph", _chosen_images(chosen[:MAX_IMAGES]))
        if outline.totals[part.key].support.people > 1:
            yield Block(f"{part.key}-aanhef", "paragraph", part.lead)
    boxes = outline.boxes if part.key == "ideeen" else ()
    boxed = {box.fragment for box in boxes}
    for name, topic in with_blocks(topics):
        number = place_of(name)
        yield Block(
            name,
            "topic",
            text=_topic_text(topic, judgements, number),
            title=topic.title,
            support=topic.support,
            fragments=topic.fragments,
        )
        yield from _quote_blocks(name, [quote for quote in topic.quotes if quote.fragment not in boxed])
        yield from _opposition(name, topic, judgements)
    yield from _boxes(boxes)
    yield from _closing(part.key, topics, outline)


def _opposition(name: str, topic: Topic, judgements: Mapping[str, Judgement]) -> Iterable[Block]:
    """Those who saw it otherwise, and one of them in their own words where these can be quoted."""
    against = [judgements[i] for i in topic.against]
    if not against:
        return
    quotable = [j for j in against if j.left_out is None and j.quote]
    seen = (
        "Een deelnemer zag dat anders" if len({j.fragment.person for j in against}) == 1 else "Niet iedereen zag dat zo"
    )
    yield Block(f"{name}-anders", "paragraph", f"{seen}{':' if quotable else '.'}")
    if quotable:
        best = max(quotable, key=lambda j: (j.quotability, j.fragment.id))
        yield Block(f"{name}-anders-c1", "quote", quote=QuoteRef(best.fragment.id, best.quote))


def _closing(key: SectionKey, topics: Sequence[Topic], outline: Outline) -> Iterable[Block]:
    if key in STORIES:
        yield from headline_blocks(key, outline.all_topics, outline.judgements)
    if key == "procesobservaties" and outline.observations:
        yield Block(f"{key}-notities", "paragraph", "De verslagleggers schreven over het gesprek zelf onder meer op:")
        yield from _quote_blocks(f"{key}-notitie", outline.observations)
    if key == "ideeen":
        yield from tension_blocks(outline.tensions)
        yield from conclusion_blocks(topics)


def headline_blocks(
    key: SectionKey, topics: Mapping[SectionKey, Sequence[Topic]], judgements: Iterable[Judgement]
) -> Iterable[Block]:
    """The krantenkoppen at the end of a section of stories; both those sections draw on the same ones."""
    stories = [topic for story in STORIES for topic in topics.get(story, ())]
    made = [headline for topic, headline in headlines(stories, judgements) if topic.section == key]
    if made:
        yield Block(
            f"{key}-koppen",
            "paragraph",
            "Deelnemers vatten hun verhaal samen in een krantenkop. Bijvoorbeeld:",
        )
        yield from _quote_blocks(f"{key}-kop", made[:MAX_HEADLINES])


def tension_blocks(pairs: Sequence[tuple[Topic, Topic]]) -> Iterable[Block]:
    """Which wishes and ideas pull against each other, if any do."""
    if pairs:
        yield Block("ideeen-schuren", "paragraph", _tensions(pairs))


def conclusion_blocks(topics: Sequence[Topic]) -> Iterable[Block]:
    """What was spoken of most, at the end of the ideas."""
    named = [topic for topic in topics if topic.title != REST_TITLES[topic.section]]
    if len(named) > 1:
        yield Block("ideeen-slot", "paragraph", _conclusion(named))


def _boxes(boxes: Sequence[QuoteRef]) -> Iterable[Block]:
    for number, quote in enumerate(boxes, 1):
        yield Block(f"ideeen-k{number}", "box", title="Uitgewerkt idee", quote=quote)


def _tensions(pairs: Sequence[tuple[Topic, Topic]]) -> str:
    told = [
        f"{_lower_first(one.title)} ({wording.people(one.support.people)}) en "
        f"{_lower_first(other.title)} ({wording.people(other.support.people)})"
        for one, other in pairs[:MAX_TENSIONS]
    ]
    return f"Sommige wensen en ideeën schuren met elkaar. Dat geldt voor {'; en voor '.join(told)}."


def _quote_blocks(name: str, quotes: Sequence[QuoteRef]) -> Iterable[Block]:
    for number, quote in enumerate(quotes, 1):
        yield Block(f"{name}-c{number}", "quote", quote=quote)


def _opening(key: SectionKey, total: Total) -> str:
    sentence = _OPENING[key].format(
        verb="deelde" if total.support.people == 1 else "deelden",
        people=wording.people(total.support.people),
        where=wording.dialogues(total.support),
        statements=counted(total.statements, "uitspraak", "uitspraken"),
    )
    return " ".join(sentence.split())


def _topic_text(topic: Topic, judgements: Mapping[str, Judgement], number: int) -> str:
    sentences = [who_spoke(topic, number)]
    roles = _roles(topic, judgements)
    if len(roles) == topic.support.people == 2:
        sentences.append(f"Dat waren {enumerated(roles)}")
    elif roles and topic.support.people >= 3:
        sentences.append(f"Onder hen {'was' if len(roles) == 1 else 'waren'} {enumerated(roles)}")
    matters = _matters(topic, judgements, number)
    if matters:
        sentences.append(matters)
    return " ".join(f"{s}." for s in sentences)


def who_spoke(topic: Topic, number: int) -> str:
    """'Zes deelnemers, in drie van de vier dialogen, vertelden hierover' in two orders, so that it does not drone."""
    support = topic.support
    said = _SAID[topic.section][support.people > 1]
    who, where = wording.people(support.people), wording.dialogues(support)
    if support.people == 2 and len(support.dialogues) == 2 and support.talks > 2:
        who, where = "twee deelnemers uit verschillende dialogen", ""
    if where and number % 2 == 0:
        verb, rest = said.split(" ", 1)
        sentence = f"{where} {verb} {who} {rest}"
    else:
        sentence = f"{who} {said}{f', {where}' if where else ''}"
    return sentence[0].upper() + sentence[1:]


def _matters(topic: Topic, judgements: Mapping[str, Judgement], number: int) -> str:
    """What was named besides the title: by how many, where several people named it; '' for nothing worth saying."""
    spoken = [judgements[i].fragment for i in topic.fragments]
    named = [(noun, people) for noun in topic.nouns if (people := _people_who_name(noun, spoken)) > 1]
    named = sorted(named, key=lambda pair: -pair[1])[:MAX_MATTERS]
    if named and named[0][1] < topic.support.people and (len(named) > 1 or named[0][1] > 2):
        of_them = [f"{in_words(people)} {noun}" for noun, people in named]
        of_them[0] = f"{in_words(named[0][1])} van hen noemden {named[0][0]}"
        sentence = enumerated(of_them)
    elif len(topic.nouns) >= 2:
        matters = enumerated(list(topic.nouns[:MAX_MATTERS]))
        sentence = f"daarbij ging het onder meer over {matters}" if number % 2 else f"ook {matters} kwamen ter sprake"
    else:
        return ""
    return sentence[0].upper() + sentence[1:]


def _people_who_name(noun: str, spoken: Sequence[Fragment]) -> int:
    """Of how many distinct people at the table a fragment holds the noun ('het koor'), in the plural too."""
    word = re.compile(rf"(?<!\w){re.escape(noun.split()[-1])}(?:s|en|n|'s|tje|tjes)?(?!\w)", re.IGNORECASE)
    return len({f.person for f in spoken if is_participant(f.role) and word.search(f.text.replace("’", "'"))})


def _chosen_images(chosen: Sequence[Image]) -> str:
    named = [f"{in_words(image.people)} {image.name}" for image in chosen]
    named[0] = f"{wording.people(chosen[0].people)} {chosen[0].name}"
    return f"Als beeld bij hun droom kozen {enumerated(named)}."


def _roles(topic: Topic, judgements: Mapping[str, Judgement]) -> list[str]:
    """Some of the roles that carry a topic, as 'een kapper', the most central first.

    Only of those who may be quoted: what keeps a quote out of print keeps the role out too.
    """
    named: dict[str, None] = {}
    for judgement in (judgements[i] for i in topic.fragments):
        if judgement.left_out is not None and not judgement.withheld:
            continue
        role = judgement.fragment.role
        if role and not is_host(role) and is_participant(role):
            short = _spoken(role)
            if short.casefold() not in _NO_ROLE:
                named.setdefault(f"een {short}")
    central = list(named)[: 2 * MAX_NAMED_ROLES]
    return sorted(central, key=len)[:MAX_NAMED_ROLES]  # the shorter ones read easier


def _spoken(role: str) -> str:
    """A role as in running text: its first part, without a capital unless it is an abbreviation."""
    first = role.split(",")[0].split("(")[0].strip()
    first = _AS_NOUN.get(first.casefold(), first)
    return first if first[1:2].isupper() else first[:1].lower() + first[1:]


def _conclusion(topics: Sequence[Topic]) -> str:
    named = [f"{_lower_first(t.title)} ({wording.people(t.support.people)})" for t in topics[:2]]
    sentences = [f"Het vaakst ging het in deze ronde over {enumerated(named)}."]
    everywhere = [_lower_first(t.title) for t in topics[2:] if len(t.support.dialogues) == t.support.talks > 1]
    if everywhere:
        where = "in beide dialogen" if topics[0].support.talks == 2 else "in alle dialogen"
        sentences.append(f"Ook {enumerated(everywhere)} {'kwam' if len(everywhere) == 1 else 'kwamen'} {where} terug.")
    return " ".join(sentences)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
