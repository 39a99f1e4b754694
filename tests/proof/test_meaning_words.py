"""Every word of the lists that guard a cut is seen when an ellipsis hides it."""

from __future__ import annotations

import pytest

from rapporteur.dutch.meaning import CONDITIONS, CONTRASTS, HEDGES, NEGATIONS, NUMBERS
from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import Quotation
from tests.proof.invented import fragments_of


@pytest.mark.parametrize("word", sorted(NEGATIONS | CONDITIONS | CONTRASTS | HEDGES | NUMBERS | {"14", "2,5"}))
def test_a_hidden_word_of_the_lists_makes_a_cut_misleading(word: str) -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", f"Wij gaan daar {word} graag heen.")]))
    assert checker.check(Quotation("Wij gaan daar … heen.", "")).kind == "misleading-cut"
    assert checker.check(Quotation(f"Wij gaan … {word} graag heen.", "")).kind == "edited"


def test_a_hidden_word_that_turns_nothing_leaves_the_cut_honest() -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "Wij gaan daar vaak en graag heen.")]))
    assert checker.check(Quotation("Wij gaan daar … graag heen.", "")).kind == "edited"
