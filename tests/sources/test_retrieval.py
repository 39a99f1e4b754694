from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rapporteur import wiring
from rapporteur.sources.index.interface import Filter, Hit
from rapporteur.sources.retrieval import fuse_by_rank
from tests.workspaces import STORIES, indexed, write_record

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
