"""Which stretches of running text claim to be someone's words, and whose."""

from __future__ import annotations

import pytest

from rapporteur.proof.documents.attribution import attribution_alone
from rapporteur.proof.documents.finding import quotation_of, quotations_in

LONG = "Ik mis de markt en het praatje bij de viskraam"


def found(text: str) -> list[tuple[str, str | None, int | None]]:
    return [
        (f.text, f.attribution.role if f.attribution else None, f.attribution.dialogue if f.attribution else None)
        for f in quotations_in(text)
    ]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        *[("‘", "’"), ("“", "”"), ("„", "”"), ("„", "“"), ("«", "»"), ("« ", " »"), ("»", "«"), ("‹", "›")],
        *[('"', '"'), ("'", "'"), ("''", "''"), (",,", "''"), ("”", "”"), ("’", "’"), ("‘", "'")],
    ],
)
def test_every_habit_of_quotation_marks_is_seen(opening: str, closing: str) -> None:
    assert found(f"Zij zei: {opening}{LONG}.{closing} (kok, dialoog 2)") == [(f"{LONG}.", "kok", 2)]


@pytest.mark.parametrize(
    "words",
    [
        "'s Avonds is het hier stil en dat vind ik zo'n verademing",
        "Ik heb foto’s van ’t plein en ’n brief, ’k zeg het maar",
        "De ouders’ zorgen zijn groot, maar het gaat wel weer",
        "In de jaren ’90 was het anders, en in de jaren '80 ook",
        "Zij zei ‘kom maar’ en toen ‘ging ’t niet’ meer door",
        "Het heet “kowa”, en dat woord kende ik nog niet",
        "Half negen, nog even een kowa”. Dat doen wij nu elke dag",
        "Ga zitten, zei ze (en dat meende ze), neem een stoel",
    ],
)
@pytest.mark.parametrize(("opening", "closing"), [("‘", "’"), ("“", "”"), ("'", "'")])
def test_apostrophes_and_inner_quotes_end_nothing(words: str, opening: str, closing: str) -> None:
    assert found(f"{opening}{words}{closing} (kok, dialoog 2)") == [(words, "kok", 2)]


@pytest.mark.parametrize(
    "text",
    [
        f"‘{LONG}.’ (kok, dialoog 2)",
        f"‘{LONG}’. (kok, dialoog 2).",
        f"‘{LONG}’,\n(kok,\ndialoog 2)",
        f"‘{LONG}’(kok, Dialoog 2)",
        f"‘{LONG}’ – kok, dialoog 2",
        f"‘{LONG}’ kok, dialoog 2)",
        f"‘{LONG}’ (kok, dialoog 2",
        f"‘{LONG} (kok, dialoog 2).",
        f"‘{LONG}’[^3] (kok, dialogue 2)",
        f"{LONG}’ (kok, dialoog 2)",
    ],
)
def test_the_attribution_is_found_however_it_is_set_and_whatever_mark_is_missing(text: str) -> None:
    assert [(words.rstrip("."), role, n) for words, role, n in found(text)] == [(LONG, "kok", 2)]


@pytest.mark.parametrize(
    ("attribution", "role", "dialogue"),
    [
        ("(dialoog 12)", None, 12),
        ("(wethouder)", "wethouder", None),
        ("(leerkracht groep 6 en 7, dialoog 2)", "leerkracht groep 6 en 7", 2),
        ("(gepensioneerd, oud-docent VO, schrijver, dialoog 4)", "gepensioneerd, oud-docent VO, schrijver", 4),
        ("(student (mbo), zorg, dialoog 3)", "student (mbo), zorg", 3),
        ("(ZZP’er / coach [deeltijd], dialoog 1)", "ZZP’er / coach [deeltijd]", 1),
        ("(student dialoog 5)", "student", 5),
        ("(zie kader 2)", None, None),
        ("(2021)", None, None),
    ],
)
def test_a_role_may_hold_anything_that_people_are(attribution: str, role: str | None, dialogue: int | None) -> None:
    assert found(f"‘{LONG}’ {attribution}") == [(LONG, role, dialogue)]


@pytest.mark.parametrize(
    "text",
    [
        "De ‘nieuwe normaal’ is een term, net als 'de anderhalve meter' en “thuis”.",
        "De kop was ‘Het kan dus wel’ (krantenkop).",
        "’s Avonds zagen we foto's van opa's en oma's, zo'n vijf per dag.",
        "Mensen (wethouder, dialoog 2) vertelden dat zij de markt missen.",
        'In de jaren ’90 stond er 5" op de liniaal.',
    ],
)
def test_terms_headlines_and_apostrophes_accuse_nobody(text: str) -> None:
    assert found(text) == []


def test_a_longer_quotation_without_attribution_is_returned_without_one() -> None:
    assert found(f"Iemand riep: ‘{LONG}!’ Toen werd het stil.") == [(f"{LONG}!", None, None)]


def test_few_words_with_a_dialogue_are_a_quotation() -> None:
    assert found("‘Het kan dus wel’ (kok, dialoog 2)") == [("Het kan dus wel", "kok", 2)]


def test_several_quotations_in_a_passage_keep_their_own_attribution() -> None:
    text = f"De ‘glans’ is eraf: ‘{LONG}’ (kok, dialoog 1), maar ook “{LONG}!” (dialoog 2) en ‘{LONG}?’."
    assert found(text) == [(LONG, "kok", 1), (f"{LONG}!", None, 2), (f"{LONG}?", None, None)]


def test_a_stray_opening_mark_hides_no_later_quotation() -> None:
    assert found(f"Dat heet ‘anders. Zij zei: ‘{LONG}.’") == [(f"{LONG}.", None, None)]


def test_a_line_end_after_a_hyphen_is_kept_and_any_other_is_a_space() -> None:
    assert found("‘Ik mis de buurt-\n  markt en het\nkorte praatje’") == [
        ("Ik mis de buurt-\nmarkt en het korte praatje", None, None)
    ]


@pytest.mark.parametrize("text", [LONG, f"‘{LONG}’", f"{LONG} (kok, dialoog 2)", f"“{LONG}” – kok, dialoog 2"])
def test_a_block_that_is_a_quotation_needs_no_marks(text: str) -> None:
    one = quotation_of(text)
    assert one is not None
    assert one.text == LONG


def test_a_block_that_starts_with_an_inner_quote_is_taken_whole() -> None:
    text = "‘Kom toch eens langs bij ons’, zei mijn buurvrouw, en dat deed ik."
    one = quotation_of(text)
    assert one is not None
    assert one.text == text


@pytest.mark.parametrize("text", ["(kok, dialoog 2)", "— kok, dialoog 2", "kok, dialoog 2", "(wethouder)."])
def test_a_line_may_be_an_attribution_alone(text: str) -> None:
    assert attribution_alone(text) is not None


@pytest.mark.parametrize("text", ["Wij spraken in dialoog 2", "– Gemis aan contact", "", "Dialoog over water"])
def test_other_lines_are_not(text: str) -> None:
    assert attribution_alone(text) is None


def test_few_words_of_someone_with_a_role_are_a_quotation() -> None:
    assert found("‘Dat is zo verboden.’ (wethouder)") == [("Dat is zo verboden.", "wethouder", None)]


def test_words_joined_by_dashes_are_words() -> None:
    text = "we—stoppen—er—gewoon—helemaal—mee"
    assert found(f"De wethouder zei ‘{text}’.") == [(text, None, None)]


@pytest.mark.parametrize(
    ("attribution", "role", "dialogue"),
    [
        ("(dialoog 2, kok)", "kok", 2),
        ("(kok, dialoog 0)", "kok", 0),
        ("（kok, dialoog 2）", "kok", 2),
        ("(kok, dialoog één)", "kok", 1),
        ("(kok, dialoog 2, Ede)", "kok", 2),
        ("(bewoner, dialoog 1 en kok, dialoog 2)", "bewoner, en kok, dialoog 2", 1),
    ],
)
def test_all_of_an_attribution_is_read(attribution: str, role: str, dialogue: int) -> None:
    ((_, found_role, found_dialogue),) = found(f"‘{LONG}’ {attribution}")
    assert found_dialogue == dialogue
    assert found_role == role or (found_role is not None and "kok" in found_role and "bewoner" in found_role)


def test_invisible_signs_around_a_quotation_keep_its_attribution() -> None:
    assert found(f"\u2066‘{LONG}’\u2069 (kok, dialoog 2)") == [(LONG, "kok", 2)]


@pytest.mark.parametrize("marks", ["＂＂", "❝❞", "〝〞", "「」"])
def test_rare_quotation_marks_are_marks(marks: str) -> None:
    assert found(f"{marks[0]}{LONG}{marks[1]} (kok, dialoog 2)") == [(LONG, "kok", 2)]
