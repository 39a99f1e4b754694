from __future__ import annotations

import numpy as np

from rapporteur.types import Fragment, Span
from rapporteur.writing.outline.likeness import Lexicon
from rapporteur.writing.outline.matters import standard_bank
from rapporteur.writing.outline.naming import Group, Language, named_groups
from rapporteur.writing.outline.titles import learn_nouns

ALONE = ["Ik was zo eenzaam in die maanden.", "Mijn tante is vereenzaamd.", "In dat isolement werd hij eenzaam."]
LITTER = ["Overal lag zwerfafval.", "Die troep, dat zwerfvuil langs de sloot!", "Prullenbakken vol vuilnis."]
OTHER = ["Hij liep naar voren.", "Een lepel viel van het aanrecht.", "Zij keek op haar horloge."]


def grouped(texts: list[str]) -> list[Group]:
    fragments = [
        Fragment(f"f{i:02}", f"t/{i}", "t", i, "1", 1, Span(0, len(text)), text, f"Spreker {i}")
        for i, text in enumerate(texts)
    ]
    rng = np.random.default_rng(1)
    vectors = {f.id: rng.normal(size=8).astype(np.float32) for f in fragments}
    bank = standard_bank()
    return named_groups(fragments, vectors, "knel", Language(bank, Lexicon(texts, bank), learn_nouns(texts)))


def test_every_fragment_is_in_exactly_one_group_and_no_title_comes_twice() -> None:
    groups = grouped([*ALONE, *LITTER, *OTHER])
    assert sorted(i for group in groups for i in group.rows) == list(range(9))
    assert len({group.title for group in groups}) == len(groups)


def test_only_who_speaks_of_a_title_is_in_its_group() -> None:
    by_title = {group.title: set(group.rows) for group in grouped([*ALONE, *LITTER, *OTHER])}
    assert by_title["Eenzaamheid"] <= {0, 1, 2}
    assert by_title["Zwerfafval"] <= {3, 4, 5}
    assert by_title[""] >= {6, 7, 8}


def test_a_section_without_fragments_has_no_groups() -> None:
    assert grouped([]) == []


def test_two_people_who_use_one_and_the_same_expression_share_a_matter() -> None:
    texts = ["Overal dat zwerfafval, elke ochtend.", "Er waaide zwerfafval in onze heg.", *OTHER, *OTHER]
    assert {0, 1} in [set(group.rows) for group in grouped(texts) if group.title == "Zwerfafval"]


def test_one_person_makes_a_topic_alone_only_by_speaking_of_it_in_several_expressions() -> None:
    sure = "Die eenzaamheid, dat isolement: ik zag niemand en had niemand om mee te praten."
    by_title = {group.title: group.rows for group in grouped([sure, *OTHER])}
    assert by_title["Eenzaamheid"] == (0,)
    assert {group.title for group in grouped(["Mijn tante was eenzaam.", *OTHER])} == {""}


def test_people_and_bodies_of_whom_all_speak_name_no_group() -> None:
    texts = [f"{where} de gemeente stond hij." for where in ("Bij", "Voor", "Naast", "Achter")]
    assert {group.title for group in grouped(texts)} == {""}
