from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rapporteur import wiring
from rapporteur.sources.index.interface import Filter, Hit
from rapporteur.sources.retrieval import fuse_by_rank
from tests.workspaces import STORIES, Said, indexed, write_record

TALK: tuple[Said, ...] = (
    ("Bo Vink", "kapper", "Wie wil er iets vertellen over de moestuin aan de kade?"),
    ("Ans Roos", "mantelzorger", "Dat was voor mij het mooiste van die hele zomer, ik ging er elke avond heen."),
    ("Bo Vink", "kapper", "Dan gaan wij nu door naar de bus, want die rijdt hier niet meer."),
    ("Ans Roos", "mantelzorger", "Dat was voor mij het ergste van die hele winter, ik zat er elke avond mee."),
)

hit_lists = st.lists(
    st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8).map(lambda ids: [Hit(i, 1.0) for i in ids]),
    min_size=1,
    max_size=5,
)


def test_what_leads_every_list_scores_one() -> None:
    assert fuse_by_rank([[Hit("a", 9.0), Hit("b", 1.0)], [Hit("a", 0.1)]])[0] == Hit("a", 1.0)


@given(hit_lists)
def test_fusing_loses_nothing_and_does_not_depend_on_the_order_of_the_lists(lists: list[list[Hit]]) -> None:
    fused = fuse_by_rank(lists)
    assert {h.fragment for h in fused} == {h.fragment for hits in lists for h in hits}
    again = fuse_by_rank(list(reversed(lists)))
    assert [h.fragment for h in again] == [h.fragment for h in fused]


def test_a_fragment_is_found_by_its_words_and_by_its_theme(tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(
        tmp_path / "corpus", "werken", 2, [("Bo Vink", "kapper", "Het buurthuis van het werk ging ook dicht.")]
    )
    with indexed(tmp_path, tmp_path / "corpus") as (settings, store):
        with wiring.retriever(settings, store) as retriever:
            everywhere = retriever.search(["buurthuis"], 5)
            within = retriever.search(["buurthuis"], 5, Filter(theme="groen"))
        assert everywhere[0].rank == 1 and "buurthuis" in everywhere[0].fragment.text
        assert {c.fragment.theme for c in within} == {"groen"}
        assert "buurthuis" in within[0].fragment.text


def test_the_same_words_are_found_once(tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    write_record(tmp_path / "corpus", "groen", 2)
    with indexed(tmp_path, tmp_path / "corpus") as (settings, store):
        with wiring.retriever(settings, store) as retriever:
            found = retriever.search(["dagopvang"], 20)
        texts = [c.fragment.text for c in found]
        assert len(texts) == len(set(texts))
        assert [c.rank for c in found] == list(range(1, len(found) + 1))
        assert STORIES[3][2] == texts[0]


def texts(root: Path, query: str, where: Filter = Filter(), said: Sequence[Said] = TALK) -> list[str]:
    """What a search finds in a talk, best first."""
    write_record(root / "corpus", "groen", 1, said)
    with indexed(root, root / "corpus") as (settings, store), wiring.retriever(settings, store) as retriever:
        return [c.fragment.text for c in retriever.search([query], 5, where)]


def test_an_answer_is_found_by_the_words_of_what_it_answers(tmp_path: Path) -> None:
    found = texts(tmp_path, "moestuin")
    assert found[:2] == [TALK[0][2], TALK[1][2]]


def test_who_answers_is_found_by_anothers_words_and_a_filter_still_keeps_that_other_out(tmp_path: Path) -> None:
    assert texts(tmp_path, "moestuin in de zomer", Filter(role="Mantelzorger")) == [TALK[1][2], TALK[3][2]]


def test_in_a_list_of_nobodys_remarks_the_order_says_nothing(tmp_path: Path) -> None:
    unsaid = [(None, role, text) for _, role, text in TALK]
    turned = [unsaid[0], unsaid[3], unsaid[2], unsaid[1]]
    assert texts(tmp_path / "a", "moestuin", said=unsaid) == texts(tmp_path / "b", "moestuin", said=turned)


def test_a_filter_that_leaves_nothing_finds_nothing(tmp_path: Path) -> None:
    assert texts(tmp_path, "moestuin", Filter(role="imker")) == []
