from __future__ import annotations

from itertools import pairwise

from rapporteur.types import Fragment, Span
from rapporteur.writing.outline.evidence import Evidence
from rapporteur.writing.outline.likeness import Lexicon
from rapporteur.writing.outline.matters import Matter, make_bank, standard_bank

BACKGROUND = [
    "Toen regende het de hele middag.",
    "Wij hebben daar lang over nagedacht.",
    "Hij liep naar voren en ging weer weg.",
    "Dat was het eigenlijk wel.",
    "Een lepel viel van het aanrecht.",
    "Zij keek op haar horloge.",
]


def told(texts: list[str]) -> list[Fragment]:
    return [
        Fragment(f"f{text}", f"t/{i}", "t", i, "1", 1, Span(0, len(text)), text, f"Spreker {i}")
        for i, text in enumerate(texts)
    ]


def matters(*groups: list[str], bank: object = None) -> list[str | None]:
    texts = [text for group in groups for text in group]
    fragments = told(texts)
    lexicon = Lexicon([*texts, *BACKGROUND], bank or standard_bank())  # type: ignore[arg-type]
    cuts = [sum(len(g) for g in groups[:n]) for n in range(len(groups) + 1)]
    return Evidence(fragments, "knel", lexicon).best([fragments[a:b] for a, b in pairwise(cuts)])


def test_the_matter_that_a_groups_people_speak_of_names_it() -> None:
    assert matters(
        ["Ik was zo eenzaam in die maanden.", "Mijn tante is in die tijd vereenzaamd.", "Ze zat maar te wachten."],
        ["Overal lag zwerfafval.", "Die troep, dat zwerfvuil langs de sloot!"],
    ) == ["eenzaamheid", "zwerfafval"]


def test_what_one_person_mentions_does_not_name_a_group() -> None:
    assert matters(["Ik was eenzaam.", "De fanfare.", "Het liep anders.", "Toen regende het."]) == [None]


def test_no_two_groups_have_the_same_matter() -> None:
    found = matters(["Zo eenzaam.", "Mijn oma is vereenzaamd."], ["Eenzaam was zij.", "In dat isolement, eenzaam."])
    assert found.count("eenzaamheid") <= 1


def test_a_hint_alone_names_nothing() -> None:
    bank = make_bank([Matter("koken", {"knel": "Koken"}, ("kookclub",), hints=("keuken", "soep"))])
    said = ["In de keuken stond soep.", "De soep en de keuken.", "Soep uit de keuken."]
    assert matters(said, ["De fanfare."], bank=bank) == [None, None]


def test_what_all_groups_of_a_section_speak_of_names_none() -> None:
    bank = make_bank([Matter("koken", {"knel": "Koken"}, ("kookclub", "kookles"))])
    said = ["Naar de kookclub.", "Op de kookles."]
    assert matters(said, [f"Ook daar: {text}" for text in said], bank=bank) == [None, None]
