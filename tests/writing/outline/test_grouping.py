from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.types import Fragment, Span
from rapporteur.writing.outline import grouping
from rapporteur.writing.outline.grouping import central, topics, topics_for, ward
from rapporteur.writing.outline.likeness import Lexicon
from rapporteur.writing.outline.matters import make_bank


def cloud(seed: int, sizes: tuple[int, ...]) -> np.ndarray:
    """Well separated clouds of unit vectors, one after the other."""
    noise = np.random.default_rng(seed).normal(0, 0.05, (sum(sizes), 8))
    centres = np.repeat(np.eye(8)[: len(sizes)], sizes, axis=0)
    points = (centres + noise).astype(np.float32)
    return points / np.linalg.norm(points, axis=1, keepdims=True)


def grouped(vectors: np.ndarray, k: int) -> list[list[int]]:
    return ward(vectors @ vectors.T if len(vectors) else np.zeros((0, 0)), [1] * len(vectors), k)


def fragments(count: int) -> list[Fragment]:
    return [Fragment(f"f{i:03}", "t/1", "t", 1, f"{i}", i, Span(0, 2), "ja") for i in range(count)]


def test_clouds_are_found_whole() -> None:
    assert grouped(cloud(1, (4, 3, 5)), 3) == [[0, 1, 2, 3], [4, 5, 6], [7, 8, 9, 10, 11]]


@given(st.integers(1, 40), st.integers(1, 8), st.integers(0, 5))
def test_every_row_is_in_exactly_one_group(rows: int, k: int, seed: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(rows, 6)).astype(np.float32)
    groups = grouped(vectors, k)
    assert sorted(i for g in groups for i in g) == list(range(rows))
    assert len(groups) == min(k, rows)


@given(st.permutations(range(12)))
def test_the_order_of_the_rows_does_not_change_who_is_together(order: list[int]) -> None:
    vectors = cloud(2, (4, 3, 5))
    together = {frozenset(g) for g in grouped(vectors, 3)}
    assert {frozenset(order[i] for i in g) for g in grouped(vectors[order], 3)} == together


def test_fragments_beyond_the_limit_join_the_nearest_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = cloud(3, (6, 6))
    order = [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11]
    monkeypatch.setattr(grouping, "MAX_CLUSTERED", 6)
    told = fragments(12)
    of = {f.id: vectors[row] for f, row in zip(told, order, strict=True)}
    found = topics(told, of, Lexicon([f.text for f in told], make_bank([])), "knel", 2)
    assert {frozenset(order[i] for i in g) for g in found} == {frozenset(range(6)), frozenset(range(6, 12))}


def test_a_section_without_fragments_has_no_topics() -> None:
    assert topics([], {}, Lexicon([], make_bank([])), "knel") == []


def test_the_most_central_member_comes_first() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8]], dtype=np.float32)
    assert central(vectors @ vectors.T, [0, 1, 2])[0] == 1


def test_a_section_has_few_topics_that_grow_with_the_root_of_its_fragments() -> None:
    assert [topics_for(n) for n in (1, 2, 4, 12, 45, 5000)] == [1, 1, 2, 4, 6, 7]
