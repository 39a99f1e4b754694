"""One contract for every index of vectors."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rapporteur.errors import EmbedderMismatch
from rapporteur.sources.index.chroma import ChromaIndex
from rapporteur.sources.index.interface import Filter, Index
from rapporteur.sources.index.memory import MemoryIndex
from rapporteur.types import Fragment, Span


def fragment(name: str, theme: str = "groen", dialogue: int | None = 1, role: str | None = "kapper") -> Fragment:
    return Fragment(name, "r", theme, dialogue, name, 0, Span(0, 1), name, role=role)


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


@pytest.fixture(params=["memory", "chroma"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    if request.param == "memory":
        yield MemoryIndex()
        return
    with closing(ChromaIndex("test-embedder", path=tmp_path / "chroma")) as chroma:
        yield chroma


@pytest.fixture
def filled(index: Index) -> Index:
    fragments = [
        fragment("a"),
        fragment("b", dialogue=2),
        fragment("c", theme="werken", role="Docent"),
        fragment("d", dialogue=None, role=None),
    ]
    index.upsert(fragments, np.stack([unit(1, 0), unit(1, 1), unit(0, 1), unit(-1, 0)]))
    return index


def test_the_nearest_comes_first_with_its_cosine_similarity(filled: Index) -> None:
    hits = filled.query(unit(1, 0), 4)
    assert [h.fragment for h in hits] == ["a", "b", "c", "d"]
    assert [h.score for h in hits] == pytest.approx([1.0, 0.7071, 0.0, -1.0], abs=1e-3)


def test_at_most_top_k_are_given(filled: Index) -> None:
    assert [h.fragment for h in filled.query(unit(1, 0), 2)] == ["a", "b"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Filter(theme="groen"), ["a", "b", "d"]),
        (Filter(dialogue=2), ["b"]),
        (Filter(role="docent"), ["c"]),
        (Filter(theme="groen", dialogue=1, role="kapper"), ["a"]),
        (Filter(theme="nergens"), []),
    ],
)
def test_filters_leave_the_others_out(filled: Index, where: Filter, expected: list[str]) -> None:
    assert [h.fragment for h in filled.query(unit(1, 0), 4, where)] == expected


def test_an_upsert_replaces_what_was_there(filled: Index) -> None:
    filled.upsert([fragment("d")], np.stack([unit(1, 0.01)]))
    assert filled.count() == 4
    assert {h.fragment for h in filled.query(unit(1, 0), 2)} == {"a", "d"}


def test_what_is_deleted_is_not_found(filled: Index) -> None:
    filled.delete(["a", "never-there"])
    assert filled.count() == 3
    assert "a" not in [h.fragment for h in filled.query(unit(1, 0), 4)]


def test_what_changes_between_two_queries_is_seen_by_the_second(filled: Index) -> None:
    assert [h.fragment for h in filled.query(unit(1, 0), 1)] == ["a"]
    filled.upsert([fragment("e"), fragment("a")], np.stack([unit(1, 0), unit(0, 1)]))
    assert [h.fragment for h in filled.query(unit(1, 0), 1)] == ["e"]
    filled.delete(["e"])
    assert [h.fragment for h in filled.query(unit(1, 0), 1)] == ["b"]
    filled.delete(["a", "b", "c", "d"])
    assert filled.query(unit(1, 0), 1) == []


def test_an_empty_index_finds_nothing(index: Index) -> None:
    assert index.query(unit(1, 0), 3) == []
    assert index.count() == 0


def test_chroma_keeps_its_vectors_on_disk(tmp_path: Path) -> None:
    with closing(ChromaIndex("one", path=tmp_path / "x")) as first:
        first.upsert([fragment("a")], np.stack([unit(1, 0)]))
    with closing(ChromaIndex("one", path=tmp_path / "x")) as second:
        assert [h.fragment for h in second.query(unit(1, 0), 1)] == ["a"]


def test_chroma_refuses_another_embedder_than_its_own(tmp_path: Path) -> None:
    ChromaIndex("one", path=tmp_path / "x").close()
    with pytest.raises(EmbedderMismatch, match="made with the embedder 'one', the settings ask for 'other'"):
        ChromaIndex("other", path=tmp_path / "x")


def leftovers(folder: Path) -> int:
    """Bytes that are not zero in the places that no vector uses: what a process had in its memory before."""
    found = 0
    for header in folder.glob("*/header.bin"):
        _, _, _, used, size = struct.unpack_from("=iQQQQ", header.read_bytes())
        for name, of_a_place in (("data_level0.bin", size), ("length.bin", 4)):
            unused = header.with_name(name).read_bytes()[used * of_a_place :]
            found += len(unused.replace(b"\0", b""))
    return found


def test_nothing_that_was_in_memory_before_stays_in_the_files_of_vectors(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    for name in ("muzikant", "kapper"):
        shutil.rmtree(folder, ignore_errors=True)
        with closing(ChromaIndex("test-embedder", path=folder)) as chroma:
            chroma.upsert([fragment(name, role=name)], np.stack([unit(1, 0)]))
    assert list(folder.glob("*/length.bin")) and leftovers(folder) == 0


def test_vectors_are_found_and_added_to_in_files_that_were_cleared(tmp_path: Path) -> None:
    """More than Chroma keeps in its log before it writes the vectors themselves."""
    vectors = np.random.default_rng(1).normal(size=(2_400, 8)).astype(np.float32)
    fragments = [fragment(f"f{n}") for n in range(len(vectors))]
    for start in range(0, len(vectors), 1_200):
        with closing(ChromaIndex("test-embedder", path=tmp_path / "chroma")) as chroma:
            chroma.upsert(fragments[start : start + 1_200], vectors[start : start + 1_200])
    assert leftovers(tmp_path / "chroma") == 0
    with closing(ChromaIndex("test-embedder", path=tmp_path / "chroma")) as chroma:
        assert chroma.count() == len(vectors)
        for n in range(0, len(vectors), 300):
            assert chroma.query(vectors[n], 1)[0].fragment == f"f{n}"
