from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rapporteur.sources.fragments import MAX_WORDS, cut
from rapporteur.types import Record, Span, Turn

words = st.text("abcdefghij é'", min_size=1, max_size=9).map(str.strip).filter(bool)
sentence = st.lists(words, min_size=1, max_size=40).map(lambda ws: " ".join(ws).capitalize() + ".")
turns = st.lists(
    st.builds(
        Turn,
        text=st.lists(sentence, min_size=1, max_size=12).map(" ".join),
        speaker=st.sampled_from([None, "Truus", "Ali"]),
        role=st.sampled_from([None, "kapper", "docent"]),
    ),
    min_size=1,
    max_size=6,
)


def record(said: list[Turn], record_id: str = "groen/1") -> Record:
    spans, start = [], 0
    for turn in said:
        spans.append(Span(start, start + len(turn.text)))
        start += len(turn.text) + 2
    return Record(
        id=record_id,
        source="x.json",
        theme="groen",
        dialogue=1,
        turns=tuple(said),
        turn_spans=tuple(spans),
        text="\n\n".join(t.text for t in said),
    )


@given(turns)
def test_a_fragment_is_a_span_of_its_record(said: list[Turn]) -> None:
    made = record(said)
    assert all(made.text[f.span.start : f.span.end] == f.text for f in cut(made))


@given(turns)
def test_every_word_is_in_a_fragment_in_order(said: list[Turn]) -> None:
    made = record(said)
    assert " ".join(f.text for f in cut(made)).split() == made.text.split()


@given(turns)
def test_ids_are_unique_and_the_same_each_time(said: list[Turn]) -> None:
    ids = [f.id for f in cut(record(said))]
    assert len(set(ids)) == len(ids)
    assert ids == [f.id for f in cut(record(said))]


@given(turns, turns)
def test_ids_stay_when_other_turns_are_added_before_or_after(said: list[Turn], added: list[Turn]) -> None:
    distinct = [replace(t, text=f"Extra {n}: {t.text}") for n, t in enumerate(added)]
    kept = {f.id for f in cut(record(said))}
    assert kept <= {f.id for f in cut(record([*distinct, *said]))}
    assert kept <= {f.id for f in cut(record([*said, *distinct]))}


def test_a_turn_of_at_most_120_words_is_one_fragment() -> None:
    text = " ".join(["Dat was mooi."] * (MAX_WORDS // 3))
    assert [f.text for f in cut(record([Turn(text)]))] == [text]


def test_a_longer_turn_is_cut_at_sentence_ends_in_parts_of_about_equal_length() -> None:
    text = " ".join(["We liepen elke dag een rondje."] * 50)
    parts = [len(f.text.split()) for f in cut(record([Turn(text)]))]
    assert len(parts) == 3
    assert all(f.text.endswith(".") for f in cut(record([Turn(text)])))
    assert max(parts) <= MAX_WORDS and max(parts) - min(parts) <= 12


def test_a_turn_keeps_the_id_its_record_gave_it() -> None:
    (fragment,) = cut(record([Turn("Dat was mooi.", id="groen-17")]))
    assert fragment.id == "groen/1/groen-17"


def test_the_same_words_said_twice_are_two_fragments() -> None:
    ids = [f.id for f in cut(record([Turn("Ja, precies."), Turn("Ja, precies.")]))]
    assert ids[1] == f"{ids[0]}~2"
