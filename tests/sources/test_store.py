from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from rapporteur.errors import ConfigInvalid, IndexMissing, OutputUnwritable, StoreDamaged, ThemeUnknown
from rapporteur.sources.fragments import cut
from rapporteur.sources.store import Store
from rapporteur.types import Fragment, Host, Locator, Record, Span, Turn


def a_record(dialogue: int | None = 1, text: str = "Wij misten de koffie.") -> Record:
    turn = Turn(text, "Bo Vink", "kapper", "dromen", "00:00:05.000", None, None, Locator("x.vtt", timestamp="00:00:05"))
    return Record(
        id=f"groen/{dialogue}",
        source=f"corpus/{dialogue}.vtt",
        theme="groen",
        dialogue=dialogue,
        turns=(turn,),
        turn_spans=(Span(0, len(text)),),
        text=text,
        host=Host("wethouder", "Hagelmeer"),
        participants=7,
        date="2022-03-01",
    )


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state' / 'corpus.db'}"


def save(store: Store, record: Record) -> list[Fragment]:
    fragments = list(cut(record))
    store.save_record(record, fragments, "digest", {"source": record.source})
    return fragments


def test_records_and_fragments_come_back_as_they_went_in(url: str) -> None:
    with Store.open(url, create=True) as store:
        fragments = save(store, a_record())
    with Store.open(url) as store:
        assert store.records() == [a_record()]
        assert store.fragments("groen") == fragments
        assert store.fragments_by_id([fragments[0].id, "never"]) == {fragments[0].id: fragments[0]}


def test_what_was_said_right_before_and_after_a_fragment_is_beside_it_where_both_speakers_are_known(url: str) -> None:
    said = [("Bo Vink", "Een."), ("Ans Roos", "Twee."), ("Bo Vink", "Drie."), (None, "Vier."), ("Bo Vink", "Vijf.")]
    turns = tuple(Turn(text, speaker) for speaker, text in said)
    spans = tuple(Span(6 * n, 6 * n + len(turn.text)) for n, turn in enumerate(turns))
    record = replace(a_record(), turns=turns, turn_spans=spans, text=" ".join(turn.text for turn in turns))
    with Store.open(url, create=True) as store:
        one, two, three, four, five = save(store, record)
        save(store, a_record(2))
        found = store.fragments_beside(f.id for f in (one, two, three, four, five))
    assert found == {one.id: (two,), two.id: (one, three), three.id: (two,)}


def test_saving_a_file_again_replaces_its_record(url: str) -> None:
    with Store.open(url, create=True) as store:
        save(store, a_record())
        (new,) = save(store, a_record(text="Wij misten de thee."))
        assert store.fragments() == [new]
        assert sorted(store.index_work().values()) == ["delete", "upsert"]


def test_a_record_enters_whole_or_not_at_all(url: str) -> None:
    with Store.open(url, create=True) as store:
        fragments = list(cut(a_record()))
        with pytest.raises(Exception, match="UNIQUE"):
            store.save_record(a_record(), [*fragments, *fragments], "digest", {})
        assert store.records() == [] and store.files() == {} and store.index_work() == {}


def test_an_unknown_theme_is_answered_with_those_that_exist(url: str) -> None:
    with Store.open(url, create=True) as store:
        save(store, a_record())
        with pytest.raises(ThemeUnknown, match=r"no theme 'rood'.*groen"):
            store.fragments("rood")


def test_revisions_count_per_theme_and_are_never_overwritten(url: str) -> None:
    with Store.open(url, create=True) as store:
        assert [store.save_revision("groen", "nu", "x", {"n": n}) for n in (1, 2, 3)] == [1, 2, 3]
        assert store.save_revision("rood", "nu", "x", {}) == 1
        last, second = store.revision("groen"), store.revision("groen", 2)
        assert last is not None and last[0] == 3
        assert second is not None and second[3] == {"n": 2}
        assert store.revision("groen", 9) is None


def test_two_writers_get_two_revision_numbers(url: str) -> None:
    with Store.open(url, create=True) as one, Store.open(url) as two:
        assert {one.save_revision("groen", "nu", "x", {}), two.save_revision("groen", "nu", "x", {})} == {1, 2}


def test_a_store_that_is_not_there_says_to_index_first(url: str) -> None:
    with pytest.raises(IndexMissing, match="Nothing has been indexed yet"):
        Store.open(url)


def test_a_file_that_is_no_store_is_said_to_be_damaged(url: str, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "corpus.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreDamaged, match="cannot be used"):
        Store.open(url)


def test_a_store_of_another_version_is_refused(url: str) -> None:
    with Store.open(url, create=True) as store:
        store.set_setting("schema", "99")
    with pytest.raises(ConfigInvalid, match="another version of rapporteur"):
        Store.open(url)


@pytest.mark.parametrize("wrong", ["nonsense", "oracle+nope://me:secret@db/x"])
def test_a_wrong_url_is_said_without_its_password(wrong: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        Store.open(wrong)
    assert "secret" not in f"{caught.value} {caught.value.where}"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputUnwritable, match="cannot be made"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'state' / 'corpus.db'}", create=True)


def test_a_store_that_was_begun_and_not_finished_is_made_whole(url: str) -> None:
    """A full disk, or a kill, between its first table and the note of its schema."""
    with Store.open(url, create=True):
        pass
    with sqlite3.connect(url.removeprefix("sqlite:///")) as half_made:
        half_made.execute("DELETE FROM settings")
        half_made.execute("DROP TABLE vectors")
    half_made.close()
    with pytest.raises(IndexMissing):
        Store.open(url)
    with Store.open(url, create=True) as store:
        save(store, a_record())
        assert store.vectors("m", ["a"]) == {}
