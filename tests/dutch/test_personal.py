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
        ("Het is nul zes, tweeëndertig, drieënveertig, vierenvijftig, vijfenzestig.", "telephone number"),
        ("De auto met XX-XX-99 stond op de stoep.", "licence plate"),
        ("Wij wonen aan de Hof ter Kade 7, bij de sluis.", "address"),
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
        "Vingerafdruk van de verslagen: ad691588e90137bb; van dit verslag: 0911988353fe6a01.",
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


@pytest.mark.parametrize(
    ("secret", "kind"),
    [
        ("jan.kok@buurt.nl", "e-mail address"),
        ("jan @ buurt . nl", "e-mail address"),
        ("jan(at)buurt.nl", "e-mail address"),
        ("jan [at] buurt [punt] nl", "e-mail address"),
        ("jan.kok apenstaartje buurt punt nl", "e-mail address"),
        ("jan.kok at buurt.nl", "e-mail address"),
        ("j.kok<at>buurt.nl", "e-mail address"),
        ("06-12345678", "telephone number"),
        ("0612345678", "telephone number"),
        ("06 12 34 56 78", "telephone number"),
        ("06/12 34 56 78", "telephone number"),
        ("06 - 1234 5678", "telephone number"),
        ("06, 12, 34, 56, 78", "telephone number"),
        ("06 12 34 ... 56 78", "telephone number"),
        ("06.12.34.56.78", "telephone number"),
        ("+31 (0)6 12345678", "telephone number"),
        ("+31612345678", "telephone number"),
        ("0031 6 12 34 56 78", "telephone number"),
        ("(0570) 12 34 56", "telephone number"),
        ("0570-123456", "telephone number"),
        ("+32 470 12 34 56", "telephone number"),
        ("0470 12 34 56", "telephone number"),
        ("02 123 45 67", "telephone number"),
        ("0032 470 123456", "telephone number"),
        ("+49 170 1234567", "telephone number"),
        ("+44 7700 900123", "telephone number"),
        ("nul zes twaalf vierendertig zesenvijftig achtenzeventig", "telephone number"),
        ("nul zes, 12 34 56 78", "telephone number"),
        ("NL91 ABNA 0417 1643 00", "IBAN"),
        ("NL91ABNA0417164300", "IBAN"),
        ("nl91abna0417164300", "IBAN"),
        ("NL91-ABNA-0417-1643-00", "IBAN"),
        ("BE68 5390 0754 7034", "IBAN"),
        ("DE89 3704 0044 0532 0130 00", "IBAN"),
        ("GB29 NWBK 6016 1331 9268 19", "IBAN"),
        ("FR14 2004 1010 0505 0001 3M02 606", "IBAN"),
        ("111222333", "citizen service number"),
        ("111 222 333", "citizen service number"),
        ("1112.22.333", "citizen service number"),
        ("BSN: 123456789", "citizen service number"),
        ("burgerservicenummer is 12345678", "citizen service number"),
        ("BSN111222333", "citizen service number"),
        ("geboren op 3 maart 1961", "date of birth"),
        ("geboren 03-03-1961", "date of birth"),
        ("geb. 3-3-61", "date of birth"),
        ("geb. 1961", "year of birth"),
        ("geboortedatum: 03/03/1961", "date of birth"),
        ("geboortedatum is 3.3.1961", "date of birth"),
        ("op 3 maart 1961 geboren", "date of birth"),
        ("hij is geboren in 1961", "year of birth"),
        ("hij is in Deventer geboren in 1961", "year of birth"),
        ("03-03-1961", "possible date of birth"),
        ("12-ABC-3", "licence plate"),
        ("8-VKL-07", "licence plate"),
        ("AB-12-CD", "licence plate"),
        ("GZ-789-K", "licence plate"),
        ("kenteken 12ABC3", "licence plate"),
        ("kenteken is 12 abc 3", "licence plate"),
        ("kentekenplaat AB12CD", "licence plate"),
        ("nummerplaat: 1-ABC-123", "licence plate"),
        ("1-ABC-123", "licence plate"),
        ("7411 KA 14", "address"),
        ("7411KA", "address"),
        ("Dorpsstraat 12", "address"),
        ("Dorpsstraat nr. 12a", "address"),
        ("Laan van Nieuw Guinea 33", "address"),
        ("Kerkplein 4, 7411 KA", "address"),
    ],
)
def test_what_reaches_a_person_is_seen_in_every_way_it_is_written(secret: str, kind: str) -> None:
    assert kind in kinds(f"Er stond: {secret} op het briefje.")


@pytest.mark.parametrize(
    "text",
    [
        "Op 01-04-2022 11:30 begon het.",
        "De sessie was op 22-03-2022 en duurde 2 uur.",
        "In 2020 en 2021 waren er 8000 mensen.",
        "tussen 10 en 12 uur, op 1, 2, 3, 4, 5 en 6 mei",
        "0, 1, 2, 3, 4, 5, 6, 7, 8, 9",
        "Een budget van 111.222.333 euro",
        "Van de 17.500.000 inwoners",
        "De A12 en de N348 en de B737-800.",
        "COVID-19 en groep 5-6-7",
        "vmbo-b en havo-4-vwo",
        "1-op-1 gesprek en 24-7-zorg",
        "ISBN 978-90-123-4567-8",
        "Artikel 12-3-2021 van de wet",
        "Kinderen die geboren zijn in 2020.",
        "De maatregelen van 15 maart 2020",
        "Kerstmarkt 2021 was leuk",
        "Om 06:00 12 mensen, 34 om 07:00",
        "We waren met 12 15 18 20 mensen",
        "Zie paragraaf 1.2.3.4 en 2.0.1",
        "€ 111222333 besteed",
        "Bladzijde 0123 en 0124",
        "Wij meet at home in het weekend.",
        "nul, een, twee, drie",
        "Nummer 123456789 is geen burgerservicenummer.",
        "dialoog 1, 2, 3, 4, 5, 6, 7, 8, 9",
        "20 t/m 24 juni 2022 van 10.00 tot 12.00",
        "Bijlage A1-B2-C3 en R-20-M",
        "het 06-nummer dat niemand opnam",
        "30-40-50 plussers, 2-1-3",
    ],
)
def test_numbers_that_reach_nobody_are_not_accused(text: str) -> None:
    assert kinds(text) == []
