"""Who spoke, said before a quotation or behind it, in brackets, on a line of its own or in running words."""

from __future__ import annotations

import pytest

from rapporteur.proof.documents.finding import quotations_in
from rapporteur.proof.documents.prose import Prose, quotations_of
from rapporteur.types import Attribution

LONG = "Ik mis de markt en het praatje bij de viskraam"


def said(text: str) -> list[tuple[str, str | None, int | None]]:
    return [
        (f.text, f.attribution.role if f.attribution else None, f.attribution.dialogue if f.attribution else None)
        for f in quotations_in(text)
    ]


def over(*paragraphs: str) -> list[tuple[str, Attribution | None]]:
    prose = [Prose(text, f"p{number}") for number, text in enumerate(paragraphs)]
    return [(q.text, q.attribution) for q in quotations_of(prose)]


@pytest.mark.parametrize(
    ("before", "role", "dialogue"),
    [
        ("Een deelnemer uit dialoog 3 zei:", None, 3),
        ("Volgens een wijkverpleegkundige (dialoog 2):", "wijkverpleegkundige", 2),
        ("In dialoog 3 zei een kok:", "kok", 3),
        ("Een jonge kok uit Ede (dialoog 2) vertelt:", "kok", 2),
        ("Een student (mbo) uit dialoog 4 zei:", "student (mbo)", 4),
        ("Kok, dialoog 2:", "Kok", 2),
        ("Dialoog 2 (kok):", "kok", 2),
        ("(kok, dialoog 2):", "kok", 2),
        ("Een vrouw uit dialoog 3 zei:", None, 3),
        ("De wethouder:", "wethouder", None),
        ("Een wethouder verwoordde het zo:", "wethouder", None),
        ("Er was een avond in dialoog 7. Een kok (dialoog 2) zei:", "kok", 2),
        ("Een kok uit dialoog 2 zei", "kok", 2),
        ("Een van de deelnemers (kok, dialoog 2) zegt:", "kok", 2),
        ("Eén kok, uit dialoog 2, zei hierover:", "kok", 2),
    ],
)
@pytest.mark.parametrize("marks", ["‘’", "“”", "''", '""', "«»", "„”"])
def test_what_stands_before_a_quotation_says_who_spoke(
    before: str, role: str | None, dialogue: int | None, marks: str
) -> None:
    assert said(f"{before} {marks[0]}{LONG}.{marks[1]}") == [(f"{LONG}.", role, dialogue)]


@pytest.mark.parametrize(
    ("behind", "role", "dialogue"),
    [
        (", aldus een kok in dialoog 4.", "kok", 4),
        (", aldus een kok (dialoog 4).", "kok", 4),
        (" zei een kok uit dialoog 4.", "kok", 4),
        (". Dit zei een kok (dialoog 4).", "kok", 4),
        (", zo vertelde een student (mbo) uit dialoog 4.", "student (mbo)", 4),
        (", vertelt iemand in dialoog 4.", None, 4),
        (", aldus een wethouder.", "wethouder", None),
        (" – kok, dialoog 4", "kok", 4),
        (" — een kok uit dialoog 4", "een kok", 4),
        ("; (kok, dialoog 4):", "kok", 4),
        (" (kok, gesprek 4)", "kok", 4),
        (" (cook, dialogue 4)", "cook", 4),
        (" (kok; dialoog: 4)", "kok", 4),
        (" (dialogue 4)", None, 4),
        (" (kok – dialoog 4)", "kok", 4),
        (" (kok,dialoog4)", "kok", 4),
        (" (kok), dialoog 4", "kok", 4),
        (" kok (dialoog 4)", "kok", 4),
        (" Kok, dialoog 4.", "Kok", 4),
        (" (student (hbo (deeltijd)), dialoog 4)", "student (hbo (deeltijd))", 4),
        (" (deelnemers, dialoog 4)", None, 4),
        (" (krantenkop van een kok, dialoog 4)", "kok", 4),
    ],
)
def test_what_stands_behind_a_quotation_says_who_spoke(behind: str, role: str | None, dialogue: int | None) -> None:
    assert said(f"‘{LONG}’{behind}") == [(LONG, role, dialogue)]


@pytest.mark.parametrize(
    "numbers", ["dialoog 2 en 3", "dialogen 2 en 3", "dialoog 2/3", "dialoog 2, dialoog 3", "dialoog twee en drie"]
)
def test_an_attribution_may_name_several_dialogues(numbers: str) -> None:
    (found,) = quotations_in(f"‘{LONG}’ (kok, {numbers})")
    assert found.attribution == Attribution(f"(kok, {numbers})", "kok", 2, dialogues=(2, 3))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Een bakker zei: ‘{LONG}’ (dialoog 3).", ("bakker", 3)),
        (f"Een bakker zei: ‘{LONG}’ (kok, dialoog 3).", ("kok", 3)),
        (f"In dialoog 2 zei een bakker: ‘{LONG}’ (wethouder).", ("wethouder", 2)),
    ],
)
def test_what_is_said_behind_a_quotation_goes_before_what_is_said_in_front(
    text: str, expected: tuple[str, int]
) -> None:
    assert [one[1:] for one in said(text)] == [expected]


def test_the_introduction_of_the_next_quotation_is_no_attribution_of_this_one() -> None:
    text = f"‘{LONG}.’ Volgens een bakker (dialoog 3): ‘{LONG}!’ (dialoog 3)"
    assert said(text) == [(f"{LONG}.", None, None), (f"{LONG}!", "bakker", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "Een kok uit dialoog 3 vertelde dat het ‘nieuwe normaal’ hem tegenstaat.",
        "Het motto van de gemeente was: ‘Samen verder’.",
        "De gespreksleider vroeg naar ‘knel en kiem’ in dialoog 2.",
    ],
)
def test_a_sentence_around_a_term_does_not_make_it_a_quotation(text: str) -> None:
    assert said(text) == []


def test_few_words_that_someone_is_said_to_have_spoken_are_a_quotation() -> None:
    assert said("Een kok uit dialoog 3 zei: ‘Het kan wel’.") == [("Het kan wel", "kok", 3)]


def test_a_name_before_a_quotation_is_kept_as_printed_but_is_no_role() -> None:
    (found,) = quotations_in(f"Anna van Dam: “{LONG}.”")
    assert found.attribution == Attribution("Anna van Dam")


@pytest.mark.parametrize("remark", ["(lachend)", "(zie ook het kader)", "(zoals eerder bleek)", "(cursief van ons)"])
def test_a_remark_behind_a_quotation_is_no_attribution(remark: str) -> None:
    assert said(f"‘{LONG}’ {remark}") == [(LONG, None, None)]


@pytest.mark.parametrize("line", ["(kok, dialoog 2)", "– kok, dialoog 2;", "Kok, dialoog 2", "(kok, dialoog 2):"])
def test_an_attribution_may_stand_on_the_line_below(line: str) -> None:
    ((text, attribution),) = over(f"‘{LONG}’", line)
    assert attribution
    assert (text, (attribution.role or "").casefold(), attribution.dialogue) == (LONG, "kok", 2)


def test_an_introduction_may_stand_in_the_paragraph_above() -> None:
    assert over("Een kok uit dialoog 3 zei:", f"‘{LONG}’") == [
        (LONG, Attribution("Een kok uit dialoog 3 zei", "kok", 3)),
    ]


def test_an_attribution_that_is_broken_in_two_is_one() -> None:
    ((_, attribution),) = over(f"‘{LONG}’ (kok,", "dialoog 2)")
    assert attribution
    assert (attribution.role, attribution.dialogue) == ("kok", 2)


@pytest.mark.parametrize("mark", ["‘’", "“”", "''", '""', "«»", "„”"])
@pytest.mark.parametrize("reopened", [True, False])
def test_each_paragraph_of_a_quotation_may_repeat_its_opening_mark(mark: str, reopened: bool) -> None:
    again = mark[0] if reopened else ""
    paragraphs = [f"{mark[0]}{LONG}.", f"{again}Elke dag.", f"{again}Ook ’s zondags.{mark[1]} (kok, dialoog 2)"]
    assert [text for text, _ in over(*paragraphs)] == [f"{LONG}. Elke dag. Ook ’s zondags."]


def test_a_closing_mark_that_is_missing_before_running_words_ends_there() -> None:
    ((text, role, dialogue),) = said(f"‘{LONG}, aldus een kok in dialoog 4.")
    assert (text.rstrip(","), role, dialogue) == (LONG, "kok", 4)


@pytest.mark.parametrize(
    "behind",
    [
        " – aldus een kok uit dialoog 4.",
        " — vertelde een kok in dialoog 4",
        " – zo zegt een kok uit dialoog 4.",
        " (aldus een kok, dialoog 4)",
        " (uitspraak van een kok, dialoog 4)",
        " (citaat kok, dialoog 4)",
        " (bron: kok, dialoog 4)",
        " (kok, zie dialoog 4)",
        " (deelnemer, kok, dialoog 4)",
        " (kok, 45 jaar, dialoog 4)",
        " (vrouw, 45 jaar, kok, dialoog 4)",
        " (kok bij foto 7, dialoog 4)",
        " (kok, tafel 2, dialoog 4)",
    ],
)
def test_what_is_printed_beside_a_role_is_no_part_of_it(behind: str) -> None:
    ((text, role, dialogue),) = said(f"‘{LONG}.’{behind}")
    assert (text, (role or "").removeprefix("een "), dialogue) == (f"{LONG}.", "kok", 4)


@pytest.mark.parametrize(
    "before",
    [
        "In dialoog 4 merkte een kok op:",
        "Tijdens dialoog 4 bracht een kok naar voren:",
        "In dialoog 4 wees een kok op iets anders:",
        "De droom van een kok in dialoog 4 was:",
        "In de woorden van een kok (dialoog 4):",
        "Een weg terug: in dialoog 4 droomde een kok van een school waar je terug mag komen:",
        "Een van de deelnemers, een kok uit dialoog 4, zei:",
    ],
)
def test_the_words_of_a_sentence_that_introduces_are_no_part_of_a_role(before: str) -> None:
    ((_, role, dialogue),) = said(f"{before} ‘{LONG}.’")
    assert ((role or "").removeprefix("een "), dialogue) == ("kok", 4)


@pytest.mark.parametrize("role", ["man, 45 jaar", "eigenaar van een café", "deelnemer 3", "begeleider in de zorg"])
def test_a_role_that_looks_like_an_addition_is_kept(role: str) -> None:
    assert said(f"‘{LONG}.’ ({role}, dialoog 4)") == [(f"{LONG}.", role, 4)]


def test_a_role_of_two_behind_a_quotation_keeps_its_dialogue() -> None:
    ((_, role, dialogue),) = said(f"‘{LONG}’, zo vertelt een kok, moeder van twee in dialoog 4.")
    assert (role, dialogue) == ("kok, moeder van twee", 4)
    ((_, role, dialogue),) = said(f"‘{LONG}’, zei een kok, maar in dialoog 3 klonk het anders.")
    assert (role, dialogue) == ("kok", None)


@pytest.mark.parametrize(
    ("sentence", "role", "dialogue"),
    [
        ("Ook de kok uit dialoog 3 herkent dit.", "kok", 3),
        ("Een jonge kok in dialoog 2 is het daarmee eens.", "kok", 2),
        ("Gemis: de kok uit dialoog 3 kent dat gevoel.", "kok", 3),
        ("Het was er stil. Ook de kok van de tweede dialoog bevestigt dat.", "kok", 2),
        ("Ook een deelnemer uit dialoog 3 herkent dit.", None, 3),
    ],
)
def test_the_sentence_before_a_quotation_that_ends_a_passage_may_say_who_speaks(
    sentence: str, role: str | None, dialogue: int
) -> None:
    ((_, told),) = over(f"{sentence} ‘{LONG}.’")
    assert told and (told.role, told.dialogue) == (role, dialogue)


@pytest.mark.parametrize(
    "text",
    [
        "De verhalen leken op dat van de kok uit dialoog 3. ‘{}.’",
        "De kok uit dialoog 3 herkent wat de bakker bedoelt. ‘{}.’",
        "De kok uit dialoog 3 herkent het verhaal van de bakker. ‘{}.’",
        "De kok en de bakker uit dialoog 3 herkennen dit. ‘{}.’",
        "De bakker hield voet bij stuk, de kok uit dialoog 3 herkent dit. ‘{}.’",
        "De kok uit dialoog 3 herkent dit. Maar niet iedereen was het eens. ‘{}.’",
        "De kok uit dialoog 3 herkent dit. ‘{}.’ Zo ging het voor de bakker.",
    ],
)
def test_a_sentence_before_that_says_more_than_who_speaks_next_accuses_nobody(text: str) -> None:
    assert [told for _, told in over(text.format(LONG))] == [None]


def test_what_stands_behind_or_below_a_quotation_goes_before_the_sentence_before_it() -> None:
    before = f"De kok uit dialoog 3 herkent dit. ‘{LONG}.’"
    for paragraphs in ((f"{before} (bakker, dialoog 2)",), (before, "(bakker, dialoog 2)")):
        ((_, told),) = over(*paragraphs)
        assert told and (told.role, told.dialogue) == ("bakker", 2)
