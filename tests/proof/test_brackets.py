"""What brackets may hold, and how much of a quotation they may be: the record's words carry it, not the writer's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import Quotation, VerdictKind
from tests.proof.invented import fragments_of

SAID = (
    "Ik wil best naar het buurthuis komen met mijn moeder en mijn zus, want het is daar veilig en rustig. "
    "Dat was mooi. De wethouder heeft ons goed geholpen met het plein. Wij hebben drie honden en altijd wel een kat. "
    "Weinig mensen komen hier graag. Als de bus blijft rijden, kan mijn moeder naar de markt. "
    "Bel mij op 06-12345678 of mail jan@voorbeeld.nl als je wilt helpen met de tuin."
)
CHECKER = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", SAID)]))


def kind(text: str) -> VerdictKind:
    return CHECKER.check(Quotation(text, "")).kind


# ------------------------------------------------------------------------------------------- how much


@pytest.mark.parametrize(
    "text",
    [
        "[Wij] [haten] [het] [hier] en [willen] [hier] [weg].",
        "Ik wil best [de] [wethouder] [en] [zijn] [neef] naar het buurthuis komen",
        "Ik [haat] [dit] buurthuis",
        "Ik [haat het] om naar het buurthuis [te gaan] met mijn [stomme] moeder",
        "[De wethouder] heeft [ons bewoners] [bedrogen met] het plein",
        "Ik wil best [de grote mooie nieuwe open] naar het buurthuis komen",
        "Ik wil best [de-grote-mooie-nieuwe-open-dure] naar het buurthuis komen",
    ],
)
def test_brackets_together_never_write_the_quotation(text: str) -> None:
    assert not CHECKER.check(Quotation(text, "")).clean


@pytest.mark.parametrize(
    "text",
    [
        "[Hij] heeft ons goed geholpen met het plein.",
        "Ik wil best naar [dat mooie] buurthuis komen met mijn moeder",
        "Ik wil best naar het buurthuis komen met [mijn familie], want het is [in de buurt] veilig en rustig.",
        "[Daar] [in het dorp] komen met mijn moeder en mijn zus, want het is daar veilig",
        "Ik wil best naar het buurthuis [aan de Łódzka-weg] komen",
        "Ik wil best [sic] naar het buurthuis [?] komen",
    ],
)
def test_a_word_or_two_here_and_there_leave_it_the_records(text: str) -> None:
    assert kind(text) == "edited"


@pytest.mark.parametrize(
    "text",
    [
        "[Ik haat hem.] Dat was mooi. De wethouder heeft ons goed geholpen",
        "[Daar] [baal ik van]. Dat was mooi. De wethouder heeft ons goed geholpen",
        "want het is daar veilig en rustig. [Dat was vreselijk]. De wethouder heeft ons goed geholpen",
        "want het is daar veilig en rustig. [Vreselijk]. De wethouder heeft ons goed geholpen met het plein.",
        "Ik wil best naar het buurthuis komen [ik haat dat] met mijn moeder en mijn zus",
    ],
)
def test_a_bracket_is_no_sentence_and_stands_for_none(text: str) -> None:
    assert not CHECKER.check(Quotation(text, "")).clean


def test_a_remark_of_a_word_or_two_may_stand_alone() -> None:
    assert kind("want het is daar veilig en rustig. [lacht] Dat was mooi.") == "edited"


# --------------------------------------------------------------------------------------- what it says

NEGATIVE = (
    "niet|n\u0456et|n\u0131et|n i e t|n-i-e-t|ni-et|n.i.e.t|n_i_e_t|n/i/e/t|n1et|n!et|n\u00ecet|n\u200biet|ni\u00adet"
    "|NIET|𝐧𝐢𝐞𝐭|ɴɪᴇᴛ|ｎｉｅｔ|'niet'|nie|niks|nix|geen|gien|gjin|neet|nait|never|not|no|zonder|amper|nauwelijks|allerminst"
    "|niiiet|nooooit|nietzo|helemaalniet|N.I.E.T.|(niet)|… niet|verre van|laat staan|weinig of geen|on|on-|≠|🚫"
).split("|")
COUNTING = (
    "tien|10|drieëntwintig|½|②|Ⅻ|XII|tweehonderd|tweede|weinig|alle|de meeste|iedereen|minder|meestal|altijd".split("|")
)
TURNING = "misschien|alleen|tenzij|maar|behalve|soms|if|but".split("|")


@pytest.mark.parametrize("written", [*NEGATIVE, *COUNTING, *TURNING])
def test_a_bracket_adds_no_negation_number_quantifier_or_turn_however_spelt(written: str) -> None:
    assert not CHECKER.check(Quotation(f"Ik wil best [{written}] naar het buurthuis komen met mijn moeder", "")).clean


@pytest.mark.parametrize(
    "written", ["[ni][et]", "[n] … [iet]", "[[niet]]", "[ni] [et]", "[n] [i] [e] [t]", "[ge] [en]"]
)
def test_a_negation_in_pieces_is_one(written: str) -> None:
    text = f"Ik wil best {written} naar het buurthuis komen met mijn moeder"
    assert not CHECKER.check(Quotation(text, "")).clean


@pytest.mark.parametrize(
    "written", ["sinds covid-19", "aan de Łódzka-weg", "van mevrouw B.", "'s avonds", "samen te genieten", "per e-mail"]
)
def test_what_only_looks_like_a_negation_or_a_number_is_none(written: str) -> None:
    assert kind(f"Ik wil best naar het buurthuis [{written}] komen met mijn moeder") == "edited"


def test_a_bracket_makes_no_negation_with_the_word_beside_it() -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "Daar kwam ooit iemand uit de stad naar kijken.")]))
    for text in (
        "Daar kwam [n] ooit iemand uit de stad naar kijken",
        "Daar kwam ooit [n] iemand uit de stad naar kijken",
    ):
        assert checker.check(Quotation(text, "")).kind == "altered"


@pytest.mark.parametrize("written", ["[on]veilig", "[on] veilig", "[onveilig]", "[on-] veilig", "[niet-] veilig"])
def test_a_bracket_makes_no_opposite_of_what_was_said(written: str) -> None:
    assert kind(f"want het is daar {written} en rustig") == "altered"


@pytest.mark.parametrize(
    "text",
    [
        "Wij hebben [lieve] honden en altijd wel een kat.",
        "[De] mensen komen hier graag.",
        "[Nu] de bus blijft rijden, kan mijn moeder naar de markt.",
    ],
)
def test_a_bracket_takes_no_number_quantifier_or_condition_away(text: str) -> None:
    assert not CHECKER.check(Quotation(text, "")).clean


# ------------------------------------------------------------------------ what must not be printed at all


@pytest.mark.parametrize(
    "text",
    [
        "Bel mij op … of mail … als je wilt helpen met de tuin.",
        "Bel mij […] als je wilt helpen met de tuin.",
        "Bel mij op [telefoonnummer] of mail [mailadres] als je wilt helpen met de tuin.",
    ],
)
def test_a_telephone_number_or_an_address_is_left_out_honestly(text: str) -> None:
    assert kind(text) == "edited"


def test_a_part_of_a_telephone_number_is_not() -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "Bel mij op 06 12 34 56 78 voor een praatje.")]))
    assert checker.check(Quotation("Bel mij op 06 12 34 … 78 voor een praatje.", "")).kind == "misleading-cut"


# ---------------------------------------------------------------------------------------- without exception

PLAIN = st.lists(
    st.sampled_from("buurt huis moeder groene straat dorp tuin fiets water".split()), min_size=1, max_size=2
)
WORDS = "Ik loop graag langs het water naar de markt en praat daar met de mensen van het dorp over hun moestuin".split()
WALK = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", " ".join(WORDS) + ".")]))


@given(st.dictionaries(st.integers(1, len(WORDS) - 1), PLAIN, max_size=3))
def test_up_to_three_insertions_of_a_word_or_two_are_always_clean(inserted: dict[int, list[str]]) -> None:
    text = [
        w for at, word in enumerate(WORDS) for w in (*([f"[{' '.join(inserted[at])}]"] if at in inserted else []), word)
    ]
    verdict = WALK.check(Quotation(" ".join(text), ""))
    side_by_side = sum(map(len, inserted.values()))
    assert verdict.clean or side_by_side > 4, text


@given(st.lists(PLAIN, min_size=5, max_size=9), st.integers(1, len(WORDS) - 1))
def test_a_chain_of_brackets_is_never_clean(chain: list[list[str]], at: int) -> None:
    text = [*WORDS[:at], *(f"[{' '.join(words)}]" for words in chain), *WORDS[at:]]
    assert not WALK.check(Quotation(" ".join(text), "")).clean


@given(st.lists(st.sampled_from(WORDS[:6]), min_size=1, max_size=4), st.lists(PLAIN, min_size=4, max_size=8))
def test_a_quotation_mostly_in_brackets_is_never_clean(kept: list[str], written: list[list[str]]) -> None:
    pairs = [f"{kept[at % len(kept)]} [{' '.join(words)}]" for at, words in enumerate(written)]
    assert not WALK.check(Quotation(" ".join(pairs), "")).clean
