"""What an editor writes is read as wishes; nothing of it is ignored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.writing.outline.steering import read

WISHES = {
    "minder over reizen, meer over jongeren": [("less", "matter", "reizen"), ("more", "matter", "jongeren")],
    "Minder reizen en meer jongeren.": [("less", "any", "reizen"), ("more", "any", "jongeren")],
    "zonder de wethouder": [("without", "any", "wethouder")],
    "niet over parkeren": [("without", "matter", "parkeren")],
    "niet meer over corona, wel over de toekomst": [("without", "matter", "corona"), ("more", "matter", "toekomst")],
    "alleen over eenzaamheid": [("only", "matter", "eenzaamheid")],
    "niet alleen over jongeren": [("less", "matter", "jongeren")],
    "liever over groen dan over auto’s": [("more", "matter", "groen"), ("less", "matter", "auto's")],
    "in plaats van reizen meer over groen": [("less", "any", "reizen"), ("more", "matter", "groen")],
    "liever minder over werk": [("less", "matter", "werk")],
    "meer van jongeren": [("more", "who", "jongeren")],
    "meer citaten van de kapper": [("more", "who", "kapper")],
    "Gebruik alleen citaten van studenten": [("only", "who", "studenten")],
    "meer verhalen over de kerk": [("more", "matter", "kerk")],
    "graag wat meer aandacht voor eenzaamheid": [("more", "any", "eenzaamheid")],
    "de nadruk op rust": [("more", "any", "rust")],
    "laat de reizen weg": [("without", "any", "reizen")],
    "haal alles over de buurtapp eruit": [("without", "matter", "buurtapp")],
    "Schrap parkeren. Voeg jongeren toe": [("without", "any", "parkeren"), ("more", "any", "jongeren")],
    "ook iets over de bibliotheek": [("more", "matter", "bibliotheek")],
    "ik wil meer lezen over de huisarts": [("more", "matter", "huisarts")],
    "meer over jongeren en ouderen": [("more", "matter", "jongeren"), ("more", "matter", "ouderen")],
}


@pytest.mark.parametrize("instruction", WISHES)
def test_wishes_are_read_in_many_phrasings(instruction: str) -> None:
    found = read(instruction)
    assert [(w.direction, w.kind, w.subject) for w in found.wishes] == WISHES[instruction]
    assert (found.unclear, found.prose) == ((), ())


@pytest.mark.parametrize(
    ("instruction", "direction", "dialogues"),
    [
        ("minder citaten uit dialoog 3", "less", (3,)),
        ("geen citaten uit dialoog 3 en 4", "without", (3, 4)),
        ("meer uit dialoog twee", "more", (2,)),
        ("alleen dialoog 1, 2 en 4", "only", (1, 2, 4)),
    ],
)
def test_dialogues_are_read_by_their_numbers(instruction: str, direction: str, dialogues: tuple[int, ...]) -> None:
    (wish,) = read(instruction).wishes
    assert (wish.direction, wish.kind, wish.dialogues) == (direction, "dialogue", dialogues)


@pytest.mark.parametrize(
    ("instruction", "quotes", "length", "none"),
    [
        ("korter", -1, 0, False),
        ("maak het korter", -1, 0, False),
        ("langer", 1, 0, False),
        ("minder citaten", -1, 0, False),
        ("meer citaten", 1, 0, False),
        ("geen citaten", 0, 0, True),
        ("kortere citaten", 0, -1, False),
        ("langere citaten", 0, 1, False),
    ],
)
def test_how_many_and_how_long_quotes_are_asked_for(instruction: str, quotes: int, length: int, none: bool) -> None:
    found = read(instruction)
    assert (found.quotes, found.quote_length, found.no_quotes) == (quotes, length, none)
    assert (found.wishes, found.unclear) == ((), ())


def test_what_is_asked_of_the_sentences_is_set_apart() -> None:
    assert read("schrijf eenvoudiger zinnen, minder over corona").prose == ("schrijf eenvoudiger zinnen",)


@pytest.mark.parametrize("instruction", ["blauw", "maak er iets moois van", "dan over groen"])
def test_what_is_no_wish_is_said_to_be_unclear(instruction: str) -> None:
    assert read(instruction).unclear


WORDS = (
    "meer minder zonder niet alleen liever dan over van uit de jongeren kapper dialoog 3 citaten korter en , . blauw"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_whatever_is_asked_gives_a_wish_or_is_said_not_to_be_understood(words: list[str]) -> None:
    found = read(" ".join(words))
    if {"jongeren", "kapper", "blauw"} & set(words):
        assert found.wishes or found.unclear or found.prose


@given(st.text())
def test_any_text_is_read(instruction: str) -> None:
    read(instruction)


@pytest.mark.parametrize("instruction", ["!!! ??? ...", "🙂", ". . ."])
def test_an_instruction_without_a_word_is_said_to_be_unclear(instruction: str) -> None:
    assert read(instruction).unclear == (instruction,)


def test_more_and_less_of_the_same_is_a_contradiction() -> None:
    assert read("meer over koffie en minder over koffie").contradictions == ("koffie",)
    assert read("meer over koffie, minder over thee").contradictions == ()
