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
from rapporteur.types import Block, Fragment, Judgement, QuoteRef, Section, SectionKey, Support, Topic
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
MAX_STANDING_OUT = 3
_SHARED_BY = 3  # people who name a thing, for it to be worth a sentence
# Roles that are adjectives: 'een gepensioneerde', but 'een gepensioneerd huisarts'.
_AS_NOUN = {
    "gepensioneerd": "gepensioneerde",
    "werkzoekend": "werkzoekende",
    "werkloos": "werkloze",
    "zelfstandig": "zelfstandige",
    "alleenstaand": "alleenstaande",
    "arbeidsongeschikt": "arbeidsongeschikte",
}
# 'gepensioneerd leraar', but 'gepensioneerde boerin': before the name of a woman's trade it is inflected.
_OF_A_WOMAN = re.compile(
    r"(gepensioneerd|zelfstandig) (\w+(?:ster|in|vrouw|euse|esse|trice|ante))(?!\w)", re.IGNORECASE
)
# 'schrijver en coach' beside another role would read as two people.
_FIRST_OF_TWO = re.compile(r"\A(\S*[^-\s]) en \S+\Z")
# One word, or words that run as in a sentence: 'een jurist bij de provincie', not 'een voorzitter dorpshuis'.
_RUNS_ON = re.compile(
    r"een (?:(?:\w+(?:ische?|eerde?|ig|lijke?|ieve|ief|bare) )?[\w'’-]+|.+ (?:van|bij|in|uit|aan|op|voor|met) .+)"
)
_NO_ROLE = frozenset({"deelnemer", "deelnemers", "groepsgesprek", "anoniem", "onbekend"})

_TOLD = (("vertelde hierover", "vertelden hierover"), ("had hierover een verhaal", "hadden hierover een verhaal"))
# What one person did, and several: two ways of saying it, that take turns. 'hierover' is the second word.
_SAID: Mapping[SectionKey, tuple[tuple[str, str], ...]] = {
    "knel": _TOLD,
    "kiem": _TOLD,
    "dromen": (
        ("sprak hierover een wens uit", "spraken hierover een wens uit"),
        ("had hierover een wens", "hadden hierover een wens"),
    ),
    "ideeen": (
        ("dacht hierover mee", "dachten hierover mee"),
        ("had hierover een idee", "hadden hierover een idee"),
    ),
    "procesobservaties": (
        ("zei hierover iets", "zeiden hierover iets"),
        ("merkte hierover iets op", "merkten hierover iets op"),
    ),
}
# How a section begins: in two orders, and the verb of one person and of several.
_OPENING: Mapping[SectionKey, tuple[str, str, str]] = {
    "knel": ("{where} {verb} {who} wat er in de knel kwam", "vertelde", "vertelden"),
    "kiem": ("wat er juist opkwam, {verb} {who} {where}", "vertelde", "vertelden"),
    "dromen": ("{where} {verb} {who} over dromen en wensen", "sprak", "spraken"),
    "ideeen": ("over eerste stappen en ideeën {verb} {who} {where} na", "dacht", "dachten"),
    "procesobservaties": ("{where} {verb} {who} iets over het gesprek zelf", "zei", "zeiden"),
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
    several = len({j.fragment.person for j in against}) > 1
    one, more = "Een deelnemer zag dat anders", "Niet iedereen zag dat zo"
    yield Block(f"{name}-anders", "paragraph", f"{more if several else one}{':' if quotable else '.'}")
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
    """What was spoken of most, at the end of the ideas; nothing where no topic stands out."""
    named = [topic for topic in topics if topic.title != REST_TITLES[topic.section]]
    most = _standing_out(named)
    if most and len(named) > 1:
        yield Block("ideeen-slot", "paragraph", _conclusion(most, [topic for topic in named if topic not in most]))


def _boxes(boxes: Sequence[QuoteRef]) -> Iterable[Block]:
    for number, quote in enumerate(boxes, 1):
        yield Block(f"ideeen-k{number}", "box", title="Uitgewerkt idee", quote=quote)


def _tensions(pairs: Sequence[tuple[Topic, Topic]]) -> str:
    told = [
        f"{_lower_first(one.title)} ({wording.people(one.support.people)}) en "
        f"{_lower_first(other.title)} ({wording.people(other.support.people)})"
        for one, other in pairs[:MAX_TENSIONS]
    ]
    return f"Sommige wensen en ideeën kunnen met elkaar schuren. Dat geldt voor {'; en voor '.join(told)}."


def _quote_blocks(name: str, quotes: Sequence[QuoteRef]) -> Iterable[Block]:
    for number, quote in enumerate(quotes, 1):
        yield Block(f"{name}-c{number}", "quote", quote=quote)


def _opening(key: SectionKey, total: Total) -> str:
    """'In drie dialogen vertelden mensen wat er in de knel kwam. Het gaat om negen uitspraken van zes deelnemers.'"""
    sentence, one, several = _OPENING[key]
    people, where = total.support.people, wording.dialogues(total.support)
    statements = counted(total.statements, "uitspraak", "uitspraken")
    if people == 1:
        told = sentence.format(where=where, verb=one, who="een deelnemer")
        then = f"Dat {'was' if total.statements == 1 else 'waren'} {statements}"
    else:
        if not where and sentence.startswith("{where}"):
            sentence = "{who} {verb}" + sentence.removeprefix("{where} {verb} {who}")
        told = sentence.format(where=where, verb=several, who="mensen")
        then = f"Het gaat om {statements} van {wording.people(people)}"
    return f"{_upper_first(' '.join(told.split()))}. {then}."


def _topic_text(topic: Topic, judgements: Mapping[str, Judgement], number: int) -> str:
    told = who_spoke(topic, number)
    people, roles = topic.support.people, _roles(topic, judgements)
    turn = _turn(number)
    if len(roles) == people == 2:
        told += f", {enumerated(roles)}" if turn == "hierover first" else f". Dat waren {enumerated(roles)}"
    elif roles and people >= 3 and turn == "where first":
        told += f", onder wie {enumerated(roles)}"
    elif roles and people >= 3:
        told += f". Onder hen {'was' if len(roles) == 1 else 'waren'} {enumerated(roles)}"
    sentences = [told, _matters(topic, judgements)]
    return " ".join(f"{s}." for s in sentences if s)


def who_spoke(topic: Topic, number: int) -> str:
    """'Zes deelnemers vertelden hierover, in drie van de vier dialogen' in three orders, so that it does not drone."""
    support, turn = topic.support, _turn(number)
    ways = _SAID[topic.section]
    one, several = ways[(number - 1) % len(ways)]
    who, where = wording.people(support.people), wording.dialogues(support)
    if _one_in_each(support):
        who, where = "twee deelnemers uit twee dialogen", ""
    verb, hierover, *rest = (one if support.people == 1 else several).split(" ")
    if turn == "where first" and where:
        return _upper_first(" ".join([where, verb, who, hierover, *rest]))
    words = [hierover, verb, who, *rest] if turn == "hierover first" else [who, verb, hierover, *rest]
    return _upper_first(" ".join(words)) + (f", {where}" if where else "")


def _turn(number: int) -> str:
    """What the sentence of a topic begins with: its people, where they spoke, or what they spoke of."""
    return ("hierover first", "who first", "where first")[number % 3]


def _one_in_each(support: Support) -> bool:
    """Whether two people spoke, in two dialogues of several."""
    return support.people == 2 and len(support.dialogues) == 2 and support.talks > 2


def _matters(topic: Topic, judgements: Mapping[str, Judgement]) -> str:
    """What at least half of them named besides the title; '' for nothing worth saying.

    Nothing is said of what has no subject of its own ('Andere ideeën'), nor of the photos that dreams were told with.
    """
    if topic.title == REST_TITLES[topic.section]:
        return ""
    spoken = [judgements[i].fragment for i in topic.fragments]
    photos = {image.name for image in images(judgements.values())} if topic.section == "dromen" else set()
    people = topic.support.people
    named = [(noun, _people_who_name(noun, spoken)) for noun in topic.nouns if noun not in photos]
    shared = [(noun, count) for noun, count in named if count >= max(_SHARED_BY, people / 2)]
    shared = sorted(shared, key=lambda pair: -pair[1])[:MAX_MATTERS]
    if not shared or shared[0][1] == people:
        return ""
    of_them = [f"{in_words(count)} {noun}" for noun, count in shared]
    of_them[0] = f"{in_words(shared[0][1])} van hen noemden {shared[0][0]}"
    return _upper_first(enumerated(of_them))


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
    named: dict[str, int] = {}
    for judgement in (judgements[i] for i in topic.fragments):
        if judgement.left_out is not None and not judgement.withheld:
            continue
        role = judgement.fragment.role
        if role and not is_host(role) and is_participant(role):
            short = _spoken(role)
            if short.casefold() not in _NO_ROLE:
                named.setdefault(f"een {short}", judgement.fragment.dialogue or 0)
    if topic.support.people == MAX_NAMED_ROLES:  # all are named: in the order of their talks
        return sorted(named, key=lambda role: named[role])
    # What reads as in a sentence, and what is short, comes first.
    central = list(named)[: 2 * MAX_NAMED_ROLES]
    return sorted(central, key=lambda role: (not _RUNS_ON.fullmatch(role), len(role)))[:MAX_NAMED_ROLES]


def _spoken(role: str) -> str:
    """A role as in running text: its first part, without a capital unless it is an abbreviation."""
    first = re.split(r"[,(/]", role)[0].strip()
    first = _FIRST_OF_TWO.sub(r"\1", first)
    first = _AS_NOUN.get(first.casefold(), first)
    first = _OF_A_WOMAN.sub(r"\1e \2", first)
    return first if first[1:2].isupper() else first[:1].lower() + first[1:]


def _standing_out(topics: Sequence[Topic]) -> list[Topic]:
    """The topics that more people spoke of than of any other: two of them, fewer or more where numbers are equal.

    [] if none stands out: where too many are equal, or each is one person's.
    """
    ranked = sorted(topics, key=lambda topic: -topic.support.people)
    for most in (2, 1, MAX_STANDING_OUT):
        after = max((topic.support.people for topic in ranked[most:]), default=1)
        if len(ranked) >= most and ranked[most - 1].support.people > after:
            return ranked[:most]
    return []


def _conclusion(most: Sequence[Topic], others: Sequence[Topic]) -> str:
    named = enumerated([f"{_lower_first(t.title)} ({wording.people(t.support.people)})" for t in most])
    sentences = [f"Het vaakst ging het over {named}."]  # with a colon it would be a topic's title
    everywhere = [_lower_first(t.title) for t in others if len(t.support.dialogues) == t.support.talks > 1]
    if everywhere:
        where = "in beide dialogen" if most[0].support.talks == 2 else "in alle dialogen"
        sentences.append(f"Ook {enumerated(everywhere)} {'kwam' if len(everywhere) == 1 else 'kwamen'} {where} terug.")
    return " ".join(sentences)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
