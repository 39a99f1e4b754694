"""What a model may write of a topic, and what goes back with a complaint. No answer can become a quote."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.types import Fragment, Judgement, Span
from rapporteur.writing.cutting import cut
from rapporteur.writing.voices.shown import Shown, show
from rapporteur.writing.voices.validation import Invalid, text_in, topic_in, topic_schema

NAMES = ("Gerda Vink", "Tom")
SAID = (
    "Ons dorpshuis ging dicht en het is eigenlijk nooit meer echt opengegaan, dat doet me nog altijd pijn. "
    "De toneelclub is gestopt en de kaartmiddag ook, terwijl daar elke week zestig mensen kwamen. "
    "Maar het koor is gebleven, dat zingt nu bij ons in de schuur met de deuren wijd open.",
    "Bij ons in de straat zag je niemand meer, ook Gerda niet, en dat was voor haar het zwaarst van ons allemaal.",
    "Ja, dat klopt wel.",
)


def shown() -> Shown:
    judgements = []
    for number, text in enumerate(SAID):
        span = (Span(0, len(text)),)
        who = f"spreker {number}"
        fragment = Fragment(
            f"f{number}", f"groen/{number}", "groen", number + 1, "a", 0, span[0], text, who, "kok"
        )  # fmt: skip
        judgements.append(Judgement(fragment, {}, "knel", 0.5, None if number == 0 else "too short", span))
    return show(judgements, NAMES)


def answer(**changes: Any) -> str:
    good = {
        "title": "Het dorpshuis bleef dicht",
        "sentences": [{"text": "Twee deelnemers misten de vaste plek in hun dorp.", "fragments": ["F1", "F2"]}],
        "quotes": [{"fragment": "F1", "first": None, "last": None}],
    }
    return json.dumps(good | changes, ensure_ascii=False)


def sentence(text: str, *fragments: str) -> list[dict[str, Any]]:
    return [{"text": text, "fragments": list(fragments or ("F1",))}]


def test_a_good_answer_becomes_a_topic() -> None:
    written = topic_in(answer(), shown(), NAMES, 8)
    assert (written.title, written.text) == (
        "Het dorpshuis bleef dicht",
        "Twee deelnemers misten de vaste plek in hun dorp.",
    )
    assert [quote.fragment for quote in written.quotes] == ["f0"]


def test_a_model_sees_numbers_roles_and_no_names() -> None:
    seen = shown()
    assert [(f.number, f.who, f.quotable) for f in seen.fragments] == [
        ("F1", "kok, dialoog 1", True),
        ("F2", "kok, dialoog 2", False),
        ("F3", "kok, dialoog 3", False),
    ]
    assert "Gerda" not in str(seen.fragments)


def test_the_schema_lets_only_shown_numbers_be_named() -> None:
    schema = topic_schema(shown())
    parts = schema["properties"]
    assert parts["sentences"]["items"]["properties"]["fragments"]["items"]["enum"] == ["F1", "F2", "F3"]
    assert parts["quotes"]["items"]["properties"]["fragment"]["enum"] == ["F1"]


def test_a_quote_may_be_cut_at_whole_sentences() -> None:
    wanted = [{"fragment": "F1", "first": "Ons dorpshuis", "last": "altijd pijn."}]
    (quote,) = topic_in(answer(quotes=wanted), shown(), NAMES, 8).quotes
    assert cut(shown().judgements["F1"].fragment, quote.spans) == SAID[0].split(". ")[0] + "."


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"sentences": sentence("Deelnemers misten hun dorpshuis heel erg.", "F9")}, "bestaan niet"),
        ({"sentences": [{"text": "Deelnemers misten het dorpshuis.", "fragments": []}]}, "ten minste één fragment"),
        ({"sentences": sentence("Een kok zei: ‘het is nooit meer opengegaan’.")}, "aanhalingstekens"),
        ({"sentences": sentence('Een kok zei "nooit meer opengegaan" en zweeg.')}, "aanhalingstekens"),
        ({"sentences": sentence("Een kok zei 'nooit meer opengegaan' en zweeg.")}, "aanhalingstekens"),
        ({"title": "‘Nooit meer open’"}, "aanhalingstekens"),
        ({"sentences": sentence("Zoals F1 laat zien misten mensen het dorpshuis.")}, "fragmentnummers"),
        ({"sentences": sentence("Mensen zoals Gerda Vink misten het dorpshuis.")}, "persoonsgegevens"),
        ({"sentences": sentence("Bel de kok op 06 12 34 56 78 over het dorpshuis.")}, "persoonsgegevens"),
        ({"sentences": sentence("Veel deelnemers vertelden dat zij het dorpshuis misten.")}, "te veel gezegd"),
        ({"sentences": sentence("Vier deelnemers misten het dorpshuis.", "F1", "F2")}, "te veel gezegd"),
        ({"sentences": sentence("The participants said that they have missed all of it.")}, "Nederlands"),
        ({"sentences": sentence("Kijk op **deze** plek en lees het.")}, "opmaak"),
        ({"sentences": sentence("Mis.")}, "woorden"),
        ({"sentences": sentence("woord " * 60)}, "woorden"),
        ({"sentences": []}, "zinnen"),
        ({"sentences": sentence("Mensen misten het dorpshuis.") * 2}, "twee keer"),
        ({"title": ""}, "titel"),
        ({"quotes": [{"fragment": "F3", "first": None, "last": None}]}, "kan geen citaat zijn"),
        ({"quotes": [{"fragment": "F1", "first": "Ons dorpshuis bleef open", "last": None}]}, "staan daar niet zo"),
        ({"quotes": [{"fragment": "F1", "first": "De toneelclub", "last": "mensen kwamen."}]}, "misleidt"),
        ({"title": 7}, "vorm"),
        ({"sentences": "alles"}, "vorm"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_dutch(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        topic_in(answer(**changes), shown(), NAMES, 8)


@pytest.mark.parametrize("text", ["", "Natuurlijk! Hier is het:", "{", '{"title": ', "[1, 2]", "{" * 5000, "null"])
def test_an_answer_that_is_no_json_object_is_said_to_be_so(text: str) -> None:
    with pytest.raises(Invalid, match=r"JSON|vorm"):
        topic_in(text, shown(), NAMES, 8)


def test_json_behind_a_preface_or_in_a_fence_is_read() -> None:
    assert topic_in(f"Hier is het:\n```json\n{answer()}\n```", shown(), NAMES, 8).title


def test_an_opening_may_not_claim_more_people_than_there_were() -> None:
    assert text_in('{"text": "Mensen misten vaste plekken."}', NAMES, 3, 8)
    with pytest.raises(Invalid, match="te veel gezegd"):
        text_in('{"text": "Twaalf deelnemers misten vaste plekken."}', NAMES, 3, 8)


_WORDS = st.sampled_from(
    [*"nooit meer dorpshuis veel deelnemers vertelden the elke Gerda F1 F77 06-12345678 ‘ ’ ** { .".split(), '"', "\n"]
)
_TEXTS = st.lists(_WORDS, max_size=14).map(" ".join)
_NUMBERS = st.sampled_from(["F1", "F2", "F3", "F4", "", "F-1", "../F1"])
_SENTENCE = st.fixed_dictionaries({"text": _TEXTS, "fragments": st.lists(_NUMBERS, max_size=3)})
_QUOTE = st.fixed_dictionaries({"fragment": _NUMBERS, "first": st.none() | _TEXTS, "last": st.none() | _TEXTS})
_EVIL = st.fixed_dictionaries(
    {"title": _TEXTS, "sentences": st.lists(_SENTENCE, max_size=4), "quotes": st.lists(_QUOTE, max_size=3)}
)


@given(_EVIL)
def test_whatever_a_model_answers_nothing_but_the_records_words_can_be_quoted(evil: dict[str, Any]) -> None:
    seen = shown()
    try:
        written = topic_in(json.dumps(evil, ensure_ascii=False), seen, NAMES, 8)
    except Invalid as complaint:
        assert str(complaint)
        return
    assert not set('‘’“”"{*') & set(written.title + written.text)
    assert "Gerda" not in written.title + written.text
    for quote in written.quotes:
        fragment = next(j.fragment for j in seen.judgements.values() if j.fragment.id == quote.fragment)
        assert all(part in fragment.text for part in cut(fragment, quote.spans).split(" […] "))
