"""Words for how many, seen where they claim something of the people at the table and nowhere else."""

from __future__ import annotations

import pytest

from rapporteur.dutch.quantifiers import claims_in, fewest


@pytest.mark.parametrize(
    ("sentence", "amount"),
    [
        ("Alle deelnemers vonden dat.", "all"),
        ("Iedereen aan tafel wilde meer groen.", "all"),
        ("Iedere deelnemer noemde de bus.", "all"),
        ("Vrijwel iedereen aan tafel vond dat.", "most"),
        ("De meeste deelnemers misten hun koor.", "most"),
        ("Het merendeel van de deelnemers hoopte erop.", "most"),
        ("Meer dan de helft van de deelnemers wilde meer groen.", "most"),
        ("Niemand van de deelnemers wilde terug.", "all"),
        ("De keuze voor de bus was unaniem.", "all"),
        ("Iedereen was het erover eens.", "all"),
        ("Een van de deelnemers vertelde over de bus.", "one"),
        ("Een grote groep deelnemers vertelde over de bus.", "many"),
        ("Veel deelnemers misten hun koor.", "many"),
        ("Veel mensen vertelden over de bus.", "many"),
        ("Een groot aantal deelnemers noemde de bus.", "many"),
        ("Verschillende deelnemers benoemden dit.", "several"),
        ("Enkele deelnemers zeiden dat.", "some"),
        ("Sommigen vonden het lastig.", "some"),
        ("Een deelnemer vertelde over de bus.", "one"),
        ("Eén deelnemer vertelde over de bus.", "one"),
    ],
)
def test_a_claim_of_support_is_seen(sentence: str, amount: str) -> None:
    assert [claim.amount for claim in claims_in(sentence)] == [amount]


@pytest.mark.parametrize(
    "sentence",
    [
        "Niet alle deelnemers vonden dat.",
        "Het raakt iedereen.",
        "Een tuin is goed voor veel mensen, zeggen ze.",
        "De eerste vraag aan alle deelnemers was wat zij misten.",
        "Alle deelnemers kregen vijf minuten.",
        "Er waren veel mensen op het plein die daar stonden.",
        "Dat heeft veel mensen aan het twijfelen gebracht.",
    ],
)
def test_what_claims_nothing_of_those_who_spoke_is_left_alone(sentence: str) -> None:
    assert claims_in(sentence) == []


def test_the_fewest_people_depend_on_the_table_for_all_and_most_only() -> None:
    assert fewest("all", 32) == 32
    assert fewest("most", 32) == 17
    assert fewest("many", 32) == fewest("many", None) == 4
