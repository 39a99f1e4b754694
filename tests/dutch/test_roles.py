"""When two printed roles are one person's."""

from __future__ import annotations

import pytest

from rapporteur.dutch.roles import is_part_of_role, is_same_role


@pytest.mark.parametrize(
    ("claimed", "role"),
    [
        ("bakkers", "bakker"), ("de bakker", "bakker"), ("lerares", "leraar"), ("leraren", "leraar"),
        ("medewerkster zuivelfabriek", "medewerker zuivelfabriek"), ("onderneemster", "ondernemer"),
        ("voorzitster", "voorzitter"), ("studenten bouwkunde", "student bouwkunde"), ("kokken", "kok"),
        ("gepensioneerde", "gepensioneerd"), ("huisartsen", "huisarts"), ("directrice", "directeur"),
        ("secretaresse", "secretaris"), ("boerin", "boer"), ("zakenvrouw", "zakenman"),
        ("itconsultant", "it consultant"),
        ("hoofd bij de bosdienst", "hoofd bosdienst"), ("imker, kok", "kok en imker"),
    ],
)  # fmt: skip
def test_number_sex_article_and_order_make_no_other_role(claimed: str, role: str) -> None:
    assert is_same_role(claimed, role)


@pytest.mark.parametrize(
    ("claimed", "role"),
    [("oud-bakker", "bakker"), ("student", "student bouwkunde"), ("buurtvader", "buurtmoeder"), ("kok", "kok, imker"),
     ("wethouder", "burgemeester"), ("man", "vrouw"), ("docent", "student")],
)  # fmt: skip
def test_another_word_makes_another_role(claimed: str, role: str) -> None:
    assert not is_same_role(claimed, role)


def test_one_of_several_roles_is_part_of_them_and_everybody_but_the_host_is_a_participant() -> None:
    assert is_part_of_role("taxichauffeur", "taxichauffeur, penningmeester moskee")
    assert is_part_of_role("deelnemers", "kok")
    assert not is_part_of_role("deelnemer", "wethouder")


@pytest.mark.parametrize(
    ("claimed", "role"),
    [
        ("scholier", "scholier havo 4"), ("scholier havo", "scholier havo 4"), ("student", "student verpleegkunde"),
        ("student zorg", "student mbo zorg"), ("studente", "student hbo social work"),
        ("student", "student (mbo), zorg"), ("vrijwilliger", "vrijwilliger voedselbank"),
        ("boerin", "gepensioneerd boerin"), ("voorzitter", "voorzitter dorpshuis"),
        ("gepensioneerde", "gepensioneerd boerin"), ("medewerker", "pedagogisch medewerker kinderopvang"),
        ("weduwnaar en oud metselaar", "oud metselaar, weduwnaar"),
        ("docent en imker", "docent Nederlands, imker en kok"),
        ("moeder", "moeder van drie, werkzoekend"), ("planner", "planner bij een transportbedrijf"),
    ],
)  # fmt: skip
def test_a_role_may_be_made_shorter(claimed: str, role: str) -> None:
    assert is_part_of_role(claimed, role)


@pytest.mark.parametrize(
    ("claimed", "role"),
    [
        ("scholier vwo", "scholier havo 4"), ("scholier havo 5", "scholier havo 4"), ("metselaar", "oud metselaar"),
        ("student mbo zorg", "student"), ("gepensioneerd boerin", "boerin"), ("verpleegkunde", "student verpleegkunde"),
        ("dorpshuis", "voorzitter dorpshuis"), ("kok, imker", "kok"), ("pedagogisch", "pedagogisch medewerker"),
        ("huisarts", "huisartsassistent"), ("administratief", "administratief medewerker"), ("oud", "oud metselaar"),
        ("burgemeester", "wethouder"), ("chauffeur", "voormalig chauffeur"), ("", "kok"),
    ],
)  # fmt: skip
def test_a_part_that_is_no_role_or_says_more_is_not_the_same_person(claimed: str, role: str) -> None:
    assert not is_part_of_role(claimed, role)
