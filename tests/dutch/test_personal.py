from __future__ import annotations

import pytest

from rapporteur.dutch.personal import find, names_in


def kinds(text: str, speakers: tuple[str, ...] = ()) -> list[str]:
    return [d.kind for d in find(text, speakers)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mail naar groenwacht@postmaland.example, dan komen we.", "e-mail address"),
        ("Mijn nummer is 06 00 45 12 78, bel maar.", "telephone number"),
        ("Het is nul zes, nul nul, tachtig, eenentwintig, zesenvijftig.", "telephone number"),
        ("Ik woon aan de Meidoornlaan 112, vlak bij het water.", "address"),
        ("Bel me op 06.12.34.56.78 na vijven.", "telephone number"),
        ("Dat zei wethouder Pietersen ook al.", "name"),
        ("De familie Bakker woont daar.", "name"),
        ("Ik sprak Şeyma Şahin op straat.", "possible name"),
        ("Mijn rekening is NL91 ABNA 0417 1643 00, voor de huur.", "IBAN"),
        ("Mijn burgerservicenummer is 111222333, zei ze.", "citizen service number"),
        ("Dat deed Truus Halfwerk altijd, die is ermee gestopt.", "possible name"),
        ("Mijn Theo hield daarvan.", "name"),
        ("Toen belde mevrouw van der Plas mij op.", "name"),
    ],
)
def test_personal_data_is_seen(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "We zaten met 14 man op 1,5 meter en dat ging in 2020 zo door.",
        "Ik kom elke week in het buurthuis en daarna in de kantine.",
        "Nummer 123456789 is geen burgerservicenummer.",
        "Vingerafdruk van het corpus: sha256 4be331181794c07d.",
        "Rekening NL00 ABNA 1417 1643 00 bestaat niet: het controlegetal klopt niet.",
    ],
)
def test_ordinary_talk_is_not_accused(text: str) -> None:
    assert kinds(text) == []


def test_a_speaker_of_the_record_is_a_name_wherever_it_stands() -> None:
    assert kinds("Wat Gerda zegt, dat ken ik.", ("Gerda Wanrooij",)) == ["name"]
    assert kinds("Gerda zei het al.", ("Gerda Wanrooij",)) == ["name"]


def test_a_name_that_is_also_a_plain_word_does_not_accuse_the_start_of_a_sentence() -> None:
    assert kinds("Wil je koffie? Dan maak ik die.", ("Wil Jansen",)) == []
    assert kinds("Dat zei Wil gisteren nog.", ("Wil Jansen",)) == ["name"]


@pytest.mark.parametrize("text", ["Dat vond fatma ook.", "Toen riep FATMA iets.", "Vraag het aan Jo maar."])
def test_a_speakers_name_is_seen_in_any_case(text: str) -> None:
    assert kinds(text, ("Fatma Aydemir", "Jo Smit")) == ["name"]


def test_a_family_name_that_is_also_a_word_is_a_name_with_a_capital_only() -> None:
    assert kinds("De boer kwam langs met melk.", ("Ron Boer",)) == []
    assert kinds("Toen kwam Boer langs met melk.", ("Ron Boer",)) == ["name"]


def test_a_name_that_one_text_gives_away_is_known_in_the_others() -> None:
    known = names_in(["Mijn Theo is ziek geworden.", "Toen kwam buurman De Wit langs.", "Mijn huis is klein."])
    assert known == {"Theo", "De Wit"}
    assert kinds("Dat er iemand zegt: hoi Theo.", tuple(known)) == ["name"]


def test_the_span_covers_the_datum() -> None:
    text = "Bel 06 00 45 12 78 maar."
    (datum,) = find(text)
    assert text[datum.span.start : datum.span.end] == "06 00 45 12 78"
