"""What a model may answer to each step, and what goes back with a complaint. No answer can become a quote."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.types import SECTION_KEYS, Fragment, Judgement, SectionKey, Span, Support
from rapporteur.writing.cutting import cut
from rapporteur.writing.outline.plan import TopicGroup
from rapporteur.writing.voices.rules import Bounds, Invalid
from rapporteur.writing.voices.shown import MAX_CHARACTERS, Mask, Shown, in_portions, show
from rapporteur.writing.voices.steps.label import doubtful, labels_in
from rapporteur.writing.voices.steps.topics import ShownTopic, merged_in, names_in, proposals_in
from rapporteur.writing.voices.steps.write_section import WrittenBlock, around_in, lines_in, thread_in
from rapporteur.writing.voices.steps.write_topic import WrittenTopic, schema
from rapporteur.writing.voices.steps.write_topic import topic_in as read_topic

NAMES = frozenset({"Gerda Vink", "Tom"})
BOUNDS = Bounds(NAMES, people=3, dialogues=2, talks=4, at_the_table=8)
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
    return show(judgements, Mask(NAMES))


def answer(**changes: Any) -> str:
    good = {
        "sentences": [{"text": "Twee deelnemers misten de vaste plek in hun dorp.", "fragments": ["F1", "F2"]}],
        "quotes": [{"fragment": "F1", "first": None, "last": None}],
    }
    return json.dumps(good | changes, ensure_ascii=False)


def topic_in(text: str) -> WrittenTopic:
    return read_topic(text, shown(), BOUNDS)


def sentence(text: str, *fragments: str) -> list[dict[str, Any]]:
    return [{"text": text, "fragments": list(fragments or ("F1",))}]


def test_a_good_answer_becomes_a_topic() -> None:
    written = topic_in(answer())
    assert written.text == "Twee deelnemers misten de vaste plek in hun dorp."
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
    asked = schema(shown())
    parts = asked["properties"]
    assert parts["sentences"]["items"]["properties"]["fragments"]["items"]["enum"] == ["F1", "F2", "F3"]
    assert parts["quotes"]["items"]["properties"]["fragment"]["enum"] == ["F1"]


def test_a_quote_may_be_cut_at_whole_sentences() -> None:
    wanted = [{"fragment": "F1", "first": "Ons dorpshuis", "last": "altijd pijn."}]
    (quote,) = topic_in(answer(quotes=wanted)).quotes
    assert cut(shown().judgements["F1"].fragment, quote.spans) == SAID[0].split(". ")[0] + "."


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"sentences": sentence("Deelnemers misten hun dorpshuis heel erg.", "F9")}, "bestaan niet"),
        ({"sentences": [{"text": "Deelnemers misten het dorpshuis.", "fragments": []}]}, "ten minste één fragment"),
        ({"sentences": sentence("Een kok zei: ‘het is nooit meer opengegaan’.")}, "aanhalingstekens"),
        ({"sentences": sentence('Een kok zei "nooit meer opengegaan" en zweeg.')}, "aanhalingstekens"),
        ({"sentences": sentence("Een kok zei 'nooit meer opengegaan' en zweeg.")}, "aanhalingstekens"),
        ({"sentences": sentence("Een kok zei ＂nooit meer opengegaan＂ en zweeg.")}, "gewone tekst"),
        ({"sentences": sentence("Wij slopen morgen het dorpshuis in de stad.")}, "wij-vorm"),
        ({"sentences": sentence("Mensen misten\u200b het dorpshuis.")}, "gewone tekst"),
        ({"sentences": sentence("Het dorpshuis is eigenlijk nooit meer echt opengegaan.")}, "eigen woorden"),
        ({"sentences": sentence("In alle dialogen kwam het dorpshuis terug.")}, "te veel gezegd"),
        ({"sentences": sentence("In vijf gesprekken kwam het dorpshuis terug.")}, "te veel gezegd"),
        ({"sentences": sentence("In dialoog 7 kwam het dorpshuis terug.")}, "nummers"),
        ({"sentences": sentence("Zoals F1 laat zien misten mensen het dorpshuis.")}, "nummers van fragmenten"),
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
        ({"quotes": [{"fragment": "F3", "first": None, "last": None}]}, "kan geen citaat zijn"),
        ({"quotes": [{"fragment": "F1", "first": "Ons dorpshuis bleef open", "last": None}]}, "staan daar niet zo"),
        ({"quotes": [{"fragment": "F1", "first": "De toneelclub", "last": "mensen kwamen."}]}, "misleidt"),
        ({"quotes": 7}, "vorm"),
        ({"sentences": "alles"}, "vorm"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_dutch(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        topic_in(answer(**changes))


@pytest.mark.parametrize("text", ["", "Natuurlijk! Hier is het:", "{", '{"title": ', "[1, 2]", "{" * 5000, "null"])
def test_an_answer_that_is_no_json_object_is_said_to_be_so(text: str) -> None:
    with pytest.raises(Invalid, match=r"JSON|vorm"):
        topic_in(text)


def test_json_behind_a_preface_or_in_a_fence_is_read() -> None:
    assert topic_in(f"Hier is het:\n```json\n{answer()}\n```").text


# ------------------------------------------------------------------------------------------- other steps

SUPPORT = Support(people=3, dialogues=(1, 2), talks=4)
TOPICS = {
    "T1": WrittenBlock("knel-1", "Gesloten deuren", "Mensen misten de deur.", SUPPORT, frozenset("abc")),
    "T2": WrittenBlock("knel-2", "Stille straten", "Het was stil.", SUPPORT, frozenset("cd")),
}
SHOWN_TOPICS = {
    number: ShownTopic(number, topic.title, "drie deelnemers", (SAID[1],)) for number, topic in TOPICS.items()
}


def test_an_opening_and_a_close_claim_no_more_than_their_section_bears() -> None:
    good = {"opening": "Mensen misten vaste plekken.", "close": "Wat daarvoor terugkomt, bleef open."}
    assert around_in(json.dumps(good), BOUNDS).close == good["close"]
    for evil in (
        {"opening": "Twaalf deelnemers misten vaste plekken."},
        {"close": "Mensen zeiden: ‘het is dicht’."},
        {"close": good["opening"]},
        {"opening": "Een zin is er. En nog een zin. En nog een derde."},
        {"opening": ""},
    ):
        with pytest.raises(Invalid):
            around_in(json.dumps({**good, **evil}), BOUNDS)


def test_a_rode_draad_rests_on_two_topics_and_on_no_more_people_than_theirs() -> None:
    def thread(text: str, *topics: str) -> str:
        return thread_in(json.dumps({"text": text, "topics": topics}), TOPICS, BOUNDS)

    assert thread("Vier deelnemers misten een plek om te komen.", "T1", "T2")
    for text, topics in (
        ("Vijf deelnemers misten een plek om te komen.", ("T1", "T2")),
        ("Mensen misten een plek om te komen.", ("T1",)),
        ("Mensen misten een plek om te komen.", ("T1", "T2", "T9")),
    ):
        with pytest.raises(Invalid):
            thread(text, *topics)


def test_every_topic_has_a_line_of_its_own_in_the_summary() -> None:
    def lines(**said: str) -> dict[str, str]:
        given = [{"topic": number, "line": line} for number, line in said.items()]
        return lines_in(json.dumps({"lines": given}), TOPICS, BOUNDS)

    assert lines(T1="dorpshuizen bleven dicht.", T2="straten werden stil") == {
        "knel-1": "Dorpshuizen bleven dicht",
        "knel-2": "Straten werden stil",
    }
    for evil in (
        {"T1": "Dorpshuizen bleven dicht"},
        {"T1": "Het werd stil", "T2": "Het werd stil"},
        {"T1": "Het werd stil", "T2": "Zes deelnemers vonden het stil"},
        {"T1": "Het werd stil", "T2": "woord " * 40},
        {"T1": "Het werd stil", "T2": "‘Stil’ was het"},
        {"T1": "Het werd stil", "T2": "Straten werden leeg", "T9": "Nog een regel"},
    ):
        with pytest.raises(Invalid):
            lines(**evil)


def test_a_label_is_one_of_the_two_sections_it_was_asked_between_or_none() -> None:
    def labels(**said: str) -> dict[str, Any]:
        given = [{"fragment": number, "section": section} for number, section in said.items()]
        return dict(labels_in(json.dumps({"labels": given}), shown(), ("knel", "kiem")))

    assert labels(F1="kiem", F2="geen") == {"f0": "kiem", "f1": None}
    for evil in ({"F1": "kiem"}, {"F1": "dromen", "F2": "knel"}, {"F1": "kiem", "F9": "knel", "F2": "knel"}):
        with pytest.raises(Invalid):
            labels(**evil)


def test_what_is_clear_is_not_asked_and_what_is_noise_neither() -> None:
    judgement = shown().judgements["F1"]

    def between(knel: float, kiem: float, section: SectionKey | None = "knel") -> Judgement:
        rest = (1 - knel - kiem) / 3
        scores: dict[SectionKey, float] = dict.fromkeys(SECTION_KEYS, rest)
        return replace(judgement, sections={**scores, "knel": knel, "kiem": kiem}, section=section)

    assert doubtful(between(0.5, 0.45)) == ("knel", "kiem")
    assert doubtful(between(0.4, 0.1)) is not None
    assert doubtful(between(0.9, 0.05)) is None
    assert doubtful(between(0.5, 0.45, None)) is None


def test_a_fragment_stands_in_the_first_topic_that_names_it() -> None:
    def proposed(*topics: tuple[str, list[str]]) -> list[TopicGroup]:
        given = [{"title": title, "fragments": fragments} for title, fragments in topics]
        return proposals_in(json.dumps({"topics": given}), shown(), "knel", NAMES)

    groups = proposed(("gesloten deuren.", ["F1", "F2", "F1"]), ("Stille straten", ["F2", "F3"]))
    assert groups == [TopicGroup("Gesloten deuren", ("f0", "f1")), TopicGroup("Stille straten", ("f2",))]
    for evil in (
        [],
        [("Gesloten deuren", ["F1"])],
        [("Gesloten deuren", ["F1", "F2", "F8"])],
        [("Gerda Vink mist haar club", ["F1", "F2"])],
        [("‘Nooit meer open’", ["F1", "F2"])],
        [("Twaalf deelnemers missen iets", ["F1", "F2"])],
        [("Andere knelpunten", ["F1", "F2"])],
        [("", ["F1", "F2"])],
        [("Wat nu?", ["F1", "F2"])],
    ):
        with pytest.raises(Invalid):
            proposed(*evil)


def test_merging_loses_no_topic() -> None:
    groups = [TopicGroup("Gesloten deuren", ("f0",)), TopicGroup("Stille straten", ("f1",))]

    def merged(*topics: tuple[str, list[str]]) -> list[TopicGroup]:
        given = [{"title": title, "parts": parts} for title, parts in topics]
        return merged_in(json.dumps({"topics": given}), SHOWN_TOPICS, groups, "knel", NAMES)

    assert merged(("Stilte", ["T1", "T2", "T1"])) == [TopicGroup("Stilte", ("f0", "f1"))]
    assert merged(("Stilte", ["T2"])) == [TopicGroup("Stilte", ("f1",)), groups[0]]
    with pytest.raises(Invalid):
        merged(("Stilte", ["T7"]))


def test_titles_are_told_apart() -> None:
    def named(**titles: str) -> list[str]:
        given = [{"topic": number, "title": title} for number, title in titles.items()]
        return names_in(json.dumps({"titles": given}), SHOWN_TOPICS, NAMES, "knel")

    assert named(T2="Stille straten", T1="Gesloten deuren") == ["Gesloten deuren", "Stille straten"]
    for evil in ({"T1": "Stilte"}, {"T1": "Stilte", "T2": "stilte"}, {"T1": "Stilte", "T2": SAID[1]}):
        with pytest.raises(Invalid):
            named(**evil)


def test_names_and_other_personal_data_are_masked_also_where_they_overlap() -> None:
    said = "Ik ben Gerda Vink van de Kade, bel 06 12 34 56 78 voor mijn Tom en vraag naar Gerda."
    assert not any(word in Mask(NAMES)(said) for word in ("Gerda", "Vink", "Tom", "12 34"))
    assert Mask(NAMES)(said).endswith("en vraag naar X.")
    here = Mask(NAMES, anonymise=False)(said)
    assert "Gerda" not in here and "06 12 34 56 78" in here


def test_a_long_section_is_shown_in_portions_that_fit_and_lose_nothing() -> None:
    judgement = shown().judgements["F1"]
    many = [
        replace(judgement, fragment=replace(judgement.fragment, id=f"g{i}", text="woord " * 300)) for i in range(99)
    ]
    portions = in_portions(many, Mask(NAMES))
    assert [j.fragment.id for p in portions for j in p.judgements.values()] == [f"g{i}" for i in range(99)]
    assert all(sum(len(f.text) for f in p.fragments) <= MAX_CHARACTERS for p in portions)


_WORDS = st.sampled_from(
    [*"nooit meer dorpshuis veel deelnemers vertelden the elke Gerda F1 F77 06-12345678 ‘ ’ ** { .".split(), '"', "\n"]
)
_TEXTS = st.lists(_WORDS, max_size=14).map(" ".join)
_NUMBERS = st.sampled_from(["F1", "F2", "F3", "F4", "", "F-1", "../F1"])
_SENTENCE = st.fixed_dictionaries({"text": _TEXTS, "fragments": st.lists(_NUMBERS, max_size=3)})
_QUOTE = st.fixed_dictionaries({"fragment": _NUMBERS, "first": st.none() | _TEXTS, "last": st.none() | _TEXTS})
_EVIL = st.fixed_dictionaries({"sentences": st.lists(_SENTENCE, max_size=4), "quotes": st.lists(_QUOTE, max_size=3)})


@given(_EVIL)
def test_whatever_a_model_answers_nothing_but_the_records_words_can_be_quoted(evil: dict[str, Any]) -> None:
    seen = shown()
    try:
        written = topic_in(json.dumps(evil, ensure_ascii=False))
    except Invalid as complaint:
        assert str(complaint)
        return
    assert not set('‘’“”"{*') & set(written.text)
    assert "Gerda" not in written.text
    for quote in written.quotes:
        fragment = next(j.fragment for j in seen.judgements.values() if j.fragment.id == quote.fragment)
        assert all(part in fragment.text for part in cut(fragment, quote.spans).split(" […] "))
