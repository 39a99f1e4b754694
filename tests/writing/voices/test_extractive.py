"""The sentences that rapporteur writes itself: plain Dutch that says what was counted, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rapporteur.dutch.counts import counts_in
from rapporteur.types import SECTION_KEYS, Block, Fragment, Judgement, SectionKey, Span, Support, Topic
from rapporteur.writing import facts
from rapporteur.writing.outline.plan import REST_TITLES, Outline, Total
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice, conclusion_blocks, tension_blocks, who_spoke

ALL_FOUR = (1, 2, 3, 4)


def topic(
    people: int, dialogues: tuple[int, ...], section: SectionKey = "knel", title: str = "Stille avonden"
) -> Topic:
    return Topic(title, section, (), Support(people, dialogues, 4))


def judged(number: int, role: str, dialogue: int = 1, text: str = "Het was stil.") -> Judgement:
    where = Span(0, len(text))
    said = Fragment(f"f{number}", f"a/{dialogue}", "a", dialogue, "t", number, where, text, f"Bo {number}", role)
    return Judgement(said, {}, "knel", 0.5, None, (where,))


def written(one: Topic, *judgements: Judgement) -> dict[str, str]:
    """The text of each block of the section that has only this topic."""
    one = replace(one, fragments=tuple(j.fragment.id for j in judgements if j.fragment.id not in one.against))
    totals = {one.section: Total(one.support, 9)}
    topics = {key: (one,) if key == one.section else () for key in SECTION_KEYS}
    outline = Outline("a", topics, totals, (), judgements, 4)
    template = replace(CITIZENS, sections=tuple(s for s in CITIZENS.sections if s.key == one.section))
    (section,) = ExtractiveVoice().compose(outline, template, facts.gather([]))
    return {block.id: block.text for block in section.blocks}


def text_of(number: int, one: Topic, *judgements: Judgement) -> str:
    return written(replace(one, block=f"{one.section}-{number}"), *judgements)[f"{one.section}-{number}"]


# ----------------------------------------------------------------------------------- who spoke, where


def test_topics_in_a_row_begin_with_people_with_the_place_and_with_the_subject() -> None:
    assert [who_spoke(topic(6, (1, 2, 4)), number) for number in (1, 2, 3)] == [
        "Zes deelnemers vertelden hierover, in drie van de vier dialogen",
        "In drie van de vier dialogen hadden zes deelnemers hierover een verhaal",
        "Hierover vertelden zes deelnemers, in drie van de vier dialogen",
    ]


def test_a_wish_an_idea_and_a_remark_have_verbs_of_their_own() -> None:
    assert [
        who_spoke(topic(3, (2,), key), n) for key, n in (("dromen", 1), ("ideeen", 2), ("procesobservaties", 3))
    ] == [
        "Drie deelnemers spraken hierover een wens uit, in dialoog 2",
        "In dialoog 2 hadden drie deelnemers hierover een idee",
        "Hierover zeiden drie deelnemers iets, in dialoog 2",
    ]


def test_one_person_is_spoken_of_in_the_singular() -> None:
    assert [who_spoke(topic(1, (2,), "dromen"), number) for number in (1, 2, 3)] == [
        "Een deelnemer sprak hierover een wens uit, in dialoog 2",
        "In dialoog 2 had een deelnemer hierover een wens",
        "Hierover sprak een deelnemer een wens uit, in dialoog 2",
    ]


def test_of_two_people_in_two_talks_the_talks_are_named_in_turn() -> None:
    assert [who_spoke(topic(2, (1, 4)), number) for number in (1, 2, 3)] == [
        "Twee deelnemers uit twee dialogen vertelden hierover",
        "Twee deelnemers uit twee dialogen hadden hierover een verhaal",
        "Hierover vertelden twee deelnemers uit twee dialogen",
    ]


def test_people_of_talks_without_a_number_are_said_to_have_spoken_nowhere() -> None:
    nowhere = replace(topic(3, ()), support=Support(3, (), 4, unnumbered=3))
    assert {who_spoke(nowhere, number) for number in (1, 2)} == {
        "Drie deelnemers vertelden hierover",
        "Drie deelnemers hadden hierover een verhaal",
    }


@pytest.mark.parametrize("number", range(1, 13))
@pytest.mark.parametrize("key", SECTION_KEYS)
def test_in_every_turn_a_sentence_counts_the_people_that_the_topic_has(key: SectionKey, number: int) -> None:
    counted = [c.number for c in counts_in(who_spoke(topic(5, ALL_FOUR, key), number) + ".") if c.what == "people"]
    assert counted == [5]


# ----------------------------------------------------------------------------------------------- roles


def test_two_people_are_named_by_their_roles_in_the_order_of_their_talks() -> None:
    pair = (judged(1, "uitvaartbegeleider", 4), judged(2, "kok", 1))
    both = topic(2, (1, 4))
    assert text_of(1, both, *pair) == (
        "Twee deelnemers uit twee dialogen vertelden hierover. Dat waren een kok en een uitvaartbegeleider."
    )
    assert text_of(3, both, *pair) == (
        "Hierover vertelden twee deelnemers uit twee dialogen, een kok en een uitvaartbegeleider."
    )
    assert text_of(2, both, *pair) == (
        "Twee deelnemers uit twee dialogen hadden hierover een verhaal. Dat waren een kok en een uitvaartbegeleider."
    )


def test_of_three_and_more_two_are_named_in_a_sentence_that_runs() -> None:
    three = [judged(n, role) for n, role in enumerate(("kok", "imker", "kapper"))]
    some = topic(3, (1, 2))
    assert text_of(1, some, *three).endswith("in twee van de vier dialogen. Onder hen waren een kok en een imker.")
    assert text_of(2, some, *three).endswith(
        "hadden drie deelnemers hierover een verhaal, onder wie een kok en een imker."
    )


def test_a_role_that_reads_as_words_of_a_sentence_goes_before_one_that_does_not() -> None:
    roles = ("voorzitter club", "gepensioneerd leraar", "jurist bij de provincie")
    said = text_of(1, topic(3, (1, 2)), *(judged(n, role) for n, role in enumerate(roles)))
    assert said.endswith("Onder hen waren een gepensioneerd leraar en een jurist bij de provincie.")


@pytest.mark.parametrize(
    ("role", "named"),
    [
        ("gepensioneerd boerin", "een gepensioneerde boerin"),
        ("gepensioneerd onderwijzer", "een gepensioneerd onderwijzer"),
        ("schrijver en coach", "een schrijver"),
        ("masseur/ magnetiseur", "een masseur"),
        ("student mbo sport en bewegen", "een student mbo sport en bewegen"),
    ],
)
def test_a_role_is_inflected_and_stands_for_one_person(role: str, named: str) -> None:
    assert f", een kok en {named}." in text_of(3, topic(2, (1, 4)), judged(1, "kok", 1), judged(2, role, 4))


# ----------------------------------------------------------------------------- what else they spoke of


def naming(many: int, people: int) -> list[Judgement]:
    texts = ["Wij misten het koor." if n < many else "Het was stil." for n in range(people)]
    return [judged(n, "deelnemer", n % 4 + 1, text) for n, text in enumerate(texts)]


def test_a_matter_is_told_where_at_least_half_of_them_named_it() -> None:
    of_choir = replace(topic(6, ALL_FOUR), nouns=("het koor",))
    assert text_of(1, of_choir, *naming(4, 6)).endswith("Vier van hen noemden het koor.")
    assert "koor" not in text_of(1, of_choir, *naming(2, 6))
    assert "koor" not in text_of(1, of_choir, *naming(6, 6))  # then it is what the topic is about


def test_of_what_has_no_subject_of_its_own_no_matter_is_told() -> None:
    rest = replace(topic(6, ALL_FOUR, title=REST_TITLES["knel"]), nouns=("het koor",))
    assert "koor" not in text_of(1, rest, *naming(4, 6))


def test_who_goes_against_the_rest_goes_against_one_of_many_points() -> None:
    rest = replace(topic(2, (1, 2), title=REST_TITLES["knel"]), against=("f9",))
    voices = (judged(1, "kok"), judged(2, "imker", 2), judged(9, "kapper", 3))
    assert written(rest, *voices)["knel-1-anders"] == "Een deelnemer zag dat anders:"
    assert written(replace(rest, title="Stilte"), *voices)["knel-1-anders"] == "Een deelnemer zag dat anders:"


# ------------------------------------------------------------------------------------ opening and close


@pytest.mark.parametrize(
    ("key", "opening"),
    [
        ("knel", "In twee van de vier dialogen vertelden mensen wat er in de knel kwam."),
        ("kiem", "Wat er juist opkwam, vertelden mensen in twee van de vier dialogen."),
        ("dromen", "In twee van de vier dialogen spraken mensen over dromen en wensen."),
        ("ideeen", "Over eerste stappen en ideeën dachten mensen in twee van de vier dialogen na."),
        ("procesobservaties", "In twee van de vier dialogen zeiden mensen iets over het gesprek zelf."),
    ],
)
def test_a_section_opens_with_where_people_spoke_and_how_much_was_said(key: SectionKey, opening: str) -> None:
    found = written(topic(6, (1, 2), key), judged(1, "kok"))[f"{key}-opening"]
    assert found == f"{opening} Het gaat om negen uitspraken van zes deelnemers."


def test_a_section_of_one_person_or_of_talks_without_number_opens_as_well() -> None:
    assert written(topic(1, (3,)), judged(1, "kok"))["knel-opening"] == (
        "In dialoog 3 vertelde een deelnemer wat er in de knel kwam. Dat waren negen uitspraken."
    )
    nowhere = replace(topic(2, ()), support=Support(2, (), 4, unnumbered=2))
    assert written(nowhere, judged(1, "kok"))["knel-opening"] == (
        "Mensen vertelden wat er in de knel kwam. Het gaat om negen uitspraken van twee deelnemers."
    )


def concluded(*people: int) -> list[str]:
    topics = [topic(n, (1,), "ideeen", title=f"Idee {number}") for number, n in enumerate(people, 1)]
    return [block.text for block in conclusion_blocks(topics)]


def test_the_ideas_close_with_those_that_more_people_had_than_any_other() -> None:
    assert concluded(5, 3, 2) == ["Het vaakst ging het over idee 1 (vijf deelnemers) en idee 2 (drie deelnemers)."]


def test_topics_with_as_many_people_are_not_told_apart() -> None:
    assert concluded(5, 3, 3) == ["Het vaakst ging het over idee 1 (vijf deelnemers)."]
    assert concluded(3, 3, 3, 1)[0].endswith(
        "idee 1 (drie deelnemers), idee 2 (drie deelnemers) en idee 3 (drie deelnemers)."
    )
    assert concluded(2, 2, 2, 2) == concluded(1, 1) == concluded(4) == concluded() == []


def test_wishes_that_pull_against_each_other_may_do_so_and_no_more_is_claimed() -> None:
    pair = (topic(4, (1,), "dromen", "Meer huizen"), topic(3, (1,), "dromen", "Meer groen"))
    (block,) = tension_blocks([pair])
    assert isinstance(block, Block)
    assert block.text == (
        "Sommige wensen en ideeën kunnen met elkaar schuren. "
        "Dat geldt voor meer huizen (vier deelnemers) en meer groen (drie deelnemers)."
    )
