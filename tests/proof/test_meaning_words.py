"""Every word of the lists that guard a cut is seen when an ellipsis hides it."""

from __future__ import annotations

import pytest

from rapporteur.dutch.meaning import CONDITIONS, CONTRASTS, HEDGES, NEGATIONS, NUMBERS, QUANTIFIERS, compares, is_number
from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import Quotation
from tests.proof.invented import fragments_of


@pytest.mark.parametrize(
    "word", sorted(NEGATIONS | CONDITIONS | CONTRASTS | HEDGES | NUMBERS | QUANTIFIERS | {"14", "2,5"})
)
def test_a_hidden_word_of_the_lists_makes_a_cut_misleading(word: str) -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", f"Wij gaan daar {word} graag heen.")]))
    assert checker.check(Quotation("Wij gaan daar … heen.", "")).kind == "misleading-cut"
    assert checker.check(Quotation(f"Wij gaan … {word} graag heen.", "")).kind == "edited"


def test_a_hidden_word_that_turns_nothing_leaves_the_cut_honest() -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "Wij gaan daar vaak en graag heen.")]))
    assert checker.check(Quotation("Wij gaan daar … graag heen.", "")).kind == "edited"


@pytest.mark.parametrize("word", "drieëntwintig achtste tiental tweehonderd tweeën 1,5 ½ tienduizenden".split())
def test_a_number_in_letters_is_known_however_it_is_put_together(word: str) -> None:
    assert is_number(word)


@pytest.mark.parametrize("word", "een nuttig misschien vieren achten eenmaal eenvoudig mens en zestienaar".split())
def test_a_word_that_only_looks_like_a_number_is_none(word: str) -> None:
    assert not is_number(word)


@pytest.mark.parametrize(
    ("words", "likened"),
    [
        ("zo groot als een kasteel", True),
        ("net als vroeger", True),
        ("dezelfde straat als toen", True),
        ("als docent zie ik dat", True),
        ("als imker zie ik dat", True),
        ("dat is als het ware stil", True),
        ("als het regent", False),
        ("zo mooi als het regent", False),
        ("dat is zo , als iemand komt", False),
        ("als smid zie ik dat", False),
    ],
)
def test_an_als_that_likens_is_no_condition(words: str, likened: bool) -> None:
    split = words.split()
    assert compares(split, split.index("als"), "imker") is likened


@pytest.mark.parametrize(
    "text",
    [
        "Het huis is … en het staat naast de school.",
        "Het huis is zo groot",
        "zie ik elke dag de bijen vliegen",
        "De bijen … vliegen uit.",
    ],
)
def test_a_comparison_and_a_moment_are_cut_honestly(text: str) -> None:
    record = (
        "Het huis is zo groot als een kasteel en het staat naast de school. "
        "Als imker zie ik elke dag de bijen vliegen. De bijen komen elke ochtend langs en vliegen uit."
    )
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "imker", record)]))
    assert checker.check(Quotation(text, "")).clean


@pytest.mark.parametrize(
    "text",
    [
        "Mensen komen hier graag.",
        "… mensen komen hier graag.",
        "jonge mensen komen hier graag.",
        "kinderen zijn thuisgebleven",
        "Wij gaan er … heen",
        "De hulp komt",
    ],
)
def test_how_many_is_not_cut_off_from_what_it_counts(text: str) -> None:
    record = (
        "Weinig jonge mensen komen hier graag. Drie van de kinderen zijn thuisgebleven. "
        "Wij gaan er met minder plezier heen. De hulp komt veel minder."
    )
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", record)]))
    assert checker.check(Quotation(text, "")).kind == "misleading-cut"


def test_a_year_counts_nothing() -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "In 2020 ging de school van de buurt dicht.")]))
    assert checker.check(Quotation("ging de school van de buurt dicht.", "")).clean


def test_net_denies_in_frisian_and_not_in_dutch() -> None:
    frisian = "Ik bin net bliid mei it plan en wy ha it oan de gemeente sein foar de simmer."
    dutch = "Ik was net thuis toen de buren van hiernaast met een taart voor de deur stonden."
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "boer", frisian), ("B", "kok", dutch)]))
    assert checker.check(Quotation("Ik bin … bliid mei it plan", "")).kind == "misleading-cut"
    assert checker.check(Quotation("Ik was … thuis toen de buren van hiernaast", "")).kind == "edited"
