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
    assert not is_part_of_role("student", "student (mbo), zorg")
