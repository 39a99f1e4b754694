"""Record JSON: what design.md promises of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.canonical import json_schema
from rapporteur.sources.readers.registry import read_record

TURN = {"speaker": "Anna", "role": "kok", "text": "Wij misten de markt."}


def record(**changes: object) -> str:
    return json.dumps({"theme": "wonen", "dialogue": 3, "turns": [TURN]} | changes)


def test_unknown_keys_are_ignored_without_a_word(read_text_as) -> None:
    reading = read_text_as(".json", record(truth={"a": 1}, turns=[TURN | {"truth": {}, "n": 1}]))
    assert reading.turns[0].text == TURN["text"]
    assert reading.warnings == ()


def test_ids_of_turns_are_kept_as_given(read_text_as) -> None:
    assert read_text_as(".json", record(turns=[TURN | {"id": "g-0042"}])).turns[0].id == "g-0042"


def test_a_dialogue_of_null_is_unknown_and_a_missing_one_unsaid(read_text_as) -> None:
    unknown = read_text_as(".json", record(dialogue=None)).metadata
    unsaid = read_text_as(".json", json.dumps({"turns": [TURN]})).metadata
    assert (unknown.dialogue_unknown, unsaid.dialogue_unknown) == (True, False)


@pytest.mark.parametrize("name", ["opening", "knel-kiem", "dromen", "ideeen", "afsluiting"])
def test_every_round_of_the_format_is_read_as_itself(read_text_as, name: str) -> None:
    assert read_text_as(".json", record(turns=[TURN | {"round": name}])).turns[0].round == name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "EOF while parsing"),
        ("[]", "should be an object"),
        ("[" * 5000, "recursion limit"),
        ('{"theme": "wonen"}', "turns: Field required"),
        (record(dialogue="drie"), "dialogue: .*integer"),
        (record(dialogue=True), "dialogue: .*integer"),
        (record(dialogue=0), "dialogue: .*greater than or equal to 1"),
        (record(turns=[TURN, {"speaker": "Bram"}]), r"turns\.1\.text: Field required"),
        (record(turns=[TURN | {"id": "a"}, TURN | {"id": "a"}]), "Two turns have the id 'a'"),
    ],
)
def test_what_is_no_record_is_refused_with_the_place_and_the_reason(read_text_as, content: str, reason: str) -> None:
    with pytest.raises(RecordRefused, match=reason):
        read_text_as(".json", content)


def test_the_schema_names_every_key_of_the_format_and_asks_only_for_turns_and_their_words() -> None:
    schema = json_schema()
    assert schema["required"] == ["turns"]
    keys = "programme track theme dialogue date language host participants turns"
    assert set(schema["properties"]) == set(keys.split())
    turn = schema["$defs"]["TurnModel"]
    assert turn["required"] == ["text"]
    assert set(turn["properties"]) == {"speaker", "role", "round", "start", "end", "text", "id"}
    assert turn["properties"]["round"]["enum"] == [
        "opening",
        "knel-kiem",
        "dromen",
        "ideeen",
        "afsluiting",
        None,
    ]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
turns = st.fixed_dictionaries({"text": words, "speaker": st.none() | words, "role": st.none() | words})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(turns, max_size=6))
def test_every_turn_of_any_record_stands_in_its_text_where_its_span_says(tmp_path: Path, said: list) -> None:
    path = tmp_path / "elk.json"
    path.write_text(record(turns=said), "utf-8")
    try:
        read = read_record(path, "elk.json").record
    except RecordRefused as refusal:
        assert "No turn" in str(refusal)
        return
    assert [read.text[s.start : s.end] for s in read.turn_spans] == [turn.text for turn in read.turns]
    assert len(read.turns) == sum(bool(turn.text) for turn in read.turns)
    assert read.text == "\n\n".join(turn.text for turn in read.turns)
