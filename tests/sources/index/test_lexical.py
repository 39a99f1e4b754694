from __future__ import annotations

from pathlib import Path

from rapporteur.sources.index.interface import Filter
from rapporteur.sources.index.lexical import LexicalIndex, stems
from rapporteur.types import Fragment, Span


def fragment(name: str, text: str, dialogue: int | None = 1) -> Fragment:
    return Fragment(name, "r", "groen", dialogue, name, 0, Span(0, len(text)), text, role="kapper")


FRAGMENTS = [
    fragment("a", "De vrijwilligers van het buurthuis zijn gestopt."),
    fragment("b", "Een vrijwilliger hielp mij met de tuin.", dialogue=2),
    fragment("c", "Wij eten elke vrijdag samen in de moskee."),
    fragment("d", "De koffie was op.", dialogue=None),
]


def test_words_are_found_by_their_stem() -> None:
    index = LexicalIndex()
    index.upsert(FRAGMENTS)
    assert {h.fragment for h in index.query("vrijwilliger", 5)} == {"a", "b"}


def test_rarer_words_count_for_more() -> None:
    index = LexicalIndex()
    index.upsert(FRAGMENTS)
    assert index.query("vrijwilligers buurthuis", 5)[0].fragment == "a"


def test_function_words_alone_find_nothing() -> None:
    index = LexicalIndex()
    index.upsert(FRAGMENTS)
    assert index.query("de het een", 5) == []
    assert index.query("", 5) == []


def test_filters_and_top_k_hold() -> None:
    index = LexicalIndex()
    index.upsert(FRAGMENTS)
    assert [h.fragment for h in index.query("vrijwilliger", 5, Filter(dialogue=2, role="Kapper"))] == ["b"]
    assert len(index.query("vrijwilliger", 1)) == 1


def test_what_is_upserted_again_or_deleted_is_counted_once_or_not_at_all() -> None:
    index = LexicalIndex()
    index.upsert(FRAGMENTS)
    index.upsert([fragment("a", "Nu gaat het over fietsen.")])
    assert index.count() == 4
    assert [h.fragment for h in index.query("buurthuis", 5)] == []
    index.delete(["a", "never-there"])
    assert index.count() == 3


def test_signs_that_mean_something_to_a_query_language_are_plain_text() -> None:
    index = LexicalIndex()
    index.upsert(FRAGMENTS)
    for text in ('"', "koffie AND NOT", "koffie*", "(koffie", "id:koffie", "koffie -op", "';DROP TABLE words;--"):
        index.query(text, 5)
    assert index.query('"koffie"', 5)[0].fragment == "d"


def test_it_stays_on_disk(tmp_path: Path) -> None:
    first = LexicalIndex(tmp_path / "words.db")
    first.upsert(FRAGMENTS)
    first.close()
    assert LexicalIndex(tmp_path / "words.db").query("moskee", 1)[0].fragment == "c"


def test_stems_keep_a_word_with_a_hyphen_whole() -> None:
    assert stems("werk-privébalans zo'n foto's") == ["werkprivébalan", "foto"]
