"""What each check finds, and above all what it leaves alone, on a small programme with awkward names."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

from rapporteur import wiring
from rapporteur.pipeline import checking
from rapporteur.sources.store import Store
from rapporteur.types import Finding
from tests.workspaces import index, settings_for, write_record

Check = Callable[..., list[Finding]]

BUS = "De bus kwam bij ons niet meer, en toen stond mijn moeder drie uur in de regen te wachten."
KOOR = "Ik heb het koor zo gemist dat ik in de auto ben gaan zingen, met de ramen dicht."
BANK = "Op de bank voor het huis dronken wij elke avond thee met de buren van de overkant."
SOEP = "Wij brachten soep rond in de flat, en dat zijn we daarna gewoon blijven doen."
MENU = "De tafel is om half acht gedekt, want dan is iedereen thuis van zijn werk."
BELOFTE = "Ik neem die vraag over de bus mee naar het college, dat beloof ik jullie."
OVER_THEO = "Mijn Theo liep elke dag naar de molen, en bij de molen stond een bank."

ONE = (
    ("Ineke Vlaswinkel", "gespreksleider", "Welkom, fijn dat iedereen er is vanavond."),
    ("Roos Bakker", "verpleegkundige", BUS),
    ("Wil de Boer", "koster", KOOR),
    ("Joke Houten", "kapper", BANK),
    ("Karel Mees", "wethouder", BELOFTE),
)
TWO = (
    ("Roos Bakker", "verpleegkundige", SOEP),
    ("Hatice Yıldız-Kaya", "kok", MENU),
    ("Wil de Boer", "koster", OVER_THEO),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root = tmp_path_factory.mktemp("werkplaats")
    host = {"role": "wethouder", "municipality": "Houten"}
    write_record(root / "corpus", "buurt", 1, ONE, participants=6, host=host)
    write_record(root / "corpus", "buurt", 2, TWO, participants=7, host={"role": "wethouder", "municipality": "Elst"})
    write_record(root / "corpus", "water", 1, [("Bo Kade", "schipper", "De sloot staat al twee zomers droog.")])
    settings = settings_for(root)
    index(settings, root / "corpus")
    with wiring.store(settings) as opened:
        yield opened


@pytest.fixture
def check(store: Store, tmp_path: Path) -> Check:
    """check(*paragraphs) -> what is found in a document that also has a quote from either dialogue."""

    def ask(*paragraphs: str, name: str | None = None) -> list[Finding]:
        quotes = (f"‘{MENU}’ (kok, dialoog 2)", f"‘{KOOR}’ (koster, dialoog 1)")
        file = tmp_path / "verslag.md"
        file.write_text("\n\n".join(["---\ntheme: buurt\n---", *quotes, *paragraphs]), "utf-8")
        found = checking.check_document(file, store).findings
        return [f for f in found if name is None or f.check == name]

    return ask


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.check, f.severity) for f in findings]


# ------------------------------------------------------------------------------------ personal-data


@pytest.mark.parametrize(
    "text",
    [
        "Zo vertelde Roos Bakker het ook.",
        "Ook Roos zag dat gebeuren.",
        "De heer Bakker zag dat gebeuren.",
        "Volgens Hatice Yıldız-Kaya kan het anders.",
        "Dat was een idee van Hatice.",
        "Hatices idee kreeg bijval.",
        "Zo deed Theo dat altijd.",
    ],
)
def test_the_name_of_a_participant_or_third_party_is_an_error(text: str, check: Check) -> None:
    assert told(check(text)) == [("personal-data", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "De bakker op de hoek bracht een roos mee, en wil dat blijven doen.",
        "Wil je meedoen? Dat kan elke week.",
        "In Houten en in Elst is het anders.",
        "Houten banken staan er genoeg.",
        "De boer en de mees keken toe.",
        "Het Rode Kruis en de gemeente deden mee.",
        "Het kan in 2021 NL breed, met een budget van 123456789 euro.",
        "Niveau A1-A2-B1 is genoeg voor wie meedoet.",
    ],
)
def test_words_and_places_that_are_also_names_accuse_nobody(text: str, check: Check) -> None:
    assert check(text) == []


def test_the_name_of_who_led_the_talk_is_a_warning(check: Check) -> None:
    assert told(check("Het gesprek werd geleid door Ineke Vlaswinkel.")) == [("personal-data", "warning")]


def test_a_name_inside_an_honest_quote_is_found_too(check: Check) -> None:
    assert told(check(f"‘{OVER_THEO}’ (koster, dialoog 2)")) == [("personal-data", "error")]


@pytest.mark.parametrize(
    "secret",
    [
        "buurt.kok@postbus.example",
        "06 00 12 34 56",
        "+31 6 00 12 34 56",
        "NL91 ABNA 0417 1643 00",
        "111222333",
        "12-ABC-3",
        "1234 AB 56",
        "geboren op 3 mei 1961",
    ],
)
def test_what_reaches_one_person_is_an_error_and_is_never_told_whole(secret: str, check: Check) -> None:
    (finding,) = check(f"Er stond: {secret} op het briefje.")
    assert (finding.check, finding.severity) == ("personal-data", "error")
    assert secret not in finding.text and secret not in finding.why


def test_the_address_of_an_office_is_told_for_information(check: Check) -> None:
    assert told(check("Meer weten? Mail naar info@buurt.example.")) == [("personal-data", "info")]


@pytest.mark.parametrize(
    ("who", "found"),
    [("verpleegkundige uit dialoog 1", []), ("kapper uit dialoog 1", ["error"]), ("koster uit dialoog 2", ["error"])],
)
def test_who_the_sentence_before_a_quote_names_must_be_who_spoke(who: str, found: list[str], check: Check) -> None:
    told = check(f"Ook de {who} herkent dit. ‘{BUS}’", name="provenance")
    assert [finding.severity for finding in told] == found


def word_file(folder: Path, properties: dict[str, str]) -> Path:
    document = docx.Document()
    document.add_paragraph(f"‘{MENU}’ (kok, dialoog 2)")
    document.add_paragraph(f"‘{KOOR}’ (koster, dialoog 1)")
    for name, text in properties.items():
        setattr(document.core_properties, name, text)
    document.save(str(folder / "verslag.docx"))
    return folder / "verslag.docx"


def in_properties(file: Path, store: Store) -> list[tuple[str, str]]:
    found = checking.check_document(file, store).findings
    return [(f.severity, f.place) for f in found if f.check == "personal-data"]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("author", "Roos Bakker", "author"),
        ("author", "Bakker, Roos", "author"),
        ("author", "Piet Klein; Wil de Boer", "author"),
        ("author", "Piet Klein, Wil de Boer", "author"),
        ("last_modified_by", "roos bakker", "last modified by"),
        ("last_modified_by", "kok@postbus.example", "last modified by"),
        ("title", "Het verhaal van Hatice", "title"),
        ("subject", "Gesprek met Roos Bakker", "subject"),
        ("keywords", "bus, koor, Hatice Yıldız-Kaya", "keywords"),
        ("comments", "Nog bellen: 06 00 12 34 56", "comments"),
        ("category", "van Roos", "category"),
    ],
)
def test_a_name_in_the_properties_of_a_word_file_is_an_error(
    name: str, text: str, place: str, store: Store, tmp_path: Path
) -> None:
    assert in_properties(word_file(tmp_path, {name: text}), store) == [("error", f"document properties: {place}")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("author", "Roos de Wit"),
        ("author", "Roos"),
        ("author", "Ineke Vlaswinkel"),
        ("author", "Roos Bakker-Smit"),
        ("last_modified_by", "Karel"),
        ("title", "Wil je meedoen? De boer en de bakker in Houten"),
        ("keywords", "Bus, Bank, Koor"),
        ("subject", "buurt"),
        ("comments", "In Theo zijn tuin"),
    ],
)
def test_who_made_a_word_file_and_the_words_of_its_subject_accuse_nobody(
    name: str, text: str, store: Store, tmp_path: Path
) -> None:
    assert in_properties(word_file(tmp_path, {name: text}), store) == []


def test_a_name_in_the_properties_of_an_odt_file_is_an_error(store: Store, tmp_path: Path) -> None:
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<office:meta><meta:generator>Roos Bakker</meta:generator><dc:title>Verhaal van Hatice</dc:title>"
        "<meta:initial-creator>Wil de Boer</meta:initial-creator><dc:creator>Piet Klein</dc:creator>"
        "<meta:keyword>koor</meta:keyword></office:meta></office:document-meta>"
    )
    text = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"<text:p>‘{MENU}’ (kok, dialoog 2)</text:p><text:p>‘{KOOR}’ (koster, dialoog 1)</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "verslag.odt", "w") as package:
        package.writestr("content.xml", text)
        package.writestr("meta.xml", meta)
    places = ["title", "author"]
    assert in_properties(tmp_path / "verslag.odt", store) == [("error", f"document properties: {p}") for p in places]


def test_a_name_in_the_head_of_a_web_page_is_an_error(store: Store, tmp_path: Path) -> None:
    (tmp_path / "verslag.html").write_text(
        f"<html><head><title>Verhaal van Hatice</title><meta name='author' content='Roos Bakker'>"
        f"<meta name='description' content='Over de bus'><meta name='theme' content='buurt'></head><body>"
        f"<p>‘{MENU}’ (kok, dialoog 2)</p><p>‘{KOOR}’ (koster, dialoog 1)</p></body></html>",
        "utf-8",
    )
    places = ["title", "author"]
    assert in_properties(tmp_path / "verslag.html", store) == [("error", f"document properties: {p}") for p in places]


@pytest.mark.parametrize(
    ("head", "places"),
    [
        ("theme: buurt\nauthor: Roos Bakker\nkeywords: [bus, Hatice]", ["author", "keywords"]),
        ("theme: buurt\nmakers: &all [Over Hatice, *all]", ["makers"]),
        ("title: ‘x: y: over Hatice", ["front matter"]),
        ("theme: buurt\nauthor: Roos de Wit\ntitle: De bus", []),
    ],
)
def test_a_name_in_the_front_matter_of_markdown_is_an_error(
    head: str, places: list[str], store: Store, tmp_path: Path
) -> None:
    quotes = f"‘{MENU}’ (kok, dialoog 2)\n\n‘{KOOR}’ (koster, dialoog 1)"
    (tmp_path / "verslag.md").write_text(f"---\n{head}\n---\n\n{quotes}", "utf-8")
    assert in_properties(tmp_path / "verslag.md", store) == [("error", f"document properties: {p}") for p in places]


# ------------------------------------------------------------------------------ used-twice, balance


def test_the_same_words_used_twice_are_a_warning_at_the_second_place(check: Check) -> None:
    (finding,) = check("Later ging het er weer over.", f"‘{KOOR}’ (koster, dialoog 1)")
    assert (finding.check, finding.severity) == ("used-twice", "warning")
    assert "line 7" in finding.why and finding.place == "line 11"


def test_words_that_are_said_to_be_quoted_before_may_be_used_twice(check: Check) -> None:
    assert check("Zoals hierboven al geciteerd:", f"‘{KOOR}’ (koster, dialoog 1)") == []


def test_two_sentences_of_one_story_are_no_repeat(check: Check) -> None:
    first, second = BUS.split(", en ")
    assert (
        check(f"‘{first}’ (verpleegkundige, dialoog 1)", "En dan:", f"‘… {second}’ (verpleegkundige, dialoog 1)") == []
    )


def test_a_dialogue_that_is_never_quoted_is_told_for_information(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "verslag.md"
    file.write_text(f"‘{KOOR}’ (koster, dialoog 1)", "utf-8")
    (finding,) = checking.check_document(file, store).findings
    assert (finding.check, finding.severity) == ("balance", "info") and "Dialogue 2" in finding.why


def test_words_of_the_host_without_his_role_are_told_for_information(check: Check) -> None:
    assert told(check(f"‘{BELOFTE}’ (dialoog 1)")) == [("balance", "info")]
    assert check(f"‘{BELOFTE}’ (wethouder, dialoog 1)") == []


def test_words_of_the_host_printed_as_those_of_a_participant_are_told(check: Check) -> None:
    (finding,) = check(f"‘{BELOFTE}’ (deelnemer, dialoog 1)")
    assert (finding.check, finding.severity) == ("balance", "info")
    assert "printed as a participant's" in finding.why
    assert told(check(f"‘{BELOFTE}’ (bewoner, dialoog 1)", name="provenance")) == [("provenance", "error")]


@pytest.mark.parametrize("role", ["bewoner", "inwoner", "een burger", "deelneemster", "vrouw"])
def test_a_resident_may_be_called_a_resident(role: str, check: Check) -> None:
    assert check(f"‘{SOEP}’ ({role}, dialoog 2)") == []


def test_a_theme_among_the_roles_of_an_attribution_is_told_as_its_theme(check: Check) -> None:
    assert check(f"‘{SOEP}’ (verpleegkundige, buurt, dialoog 2)") == []


# ------------------------------------------------------------------------------------ role, dialogue


def test_a_dialogue_that_is_not_in_the_corpus_is_an_error_in_prose_and_in_attributions(check: Check) -> None:
    for text in ("Dat bleek ook in dialoog 3.", "Dat bleek ook in dialoog zes.", "In de derde dialoog bleek dat ook."):
        assert told(check(text)) == [("dialogue", "error")]
    assert ("dialogue", "error") in told(check(f"‘{SOEP}’ (verpleegkundige, dialoog 3)"))
    assert check("Dat bleek in dialoog 1 en 2, en in de dialogen 20 keer.") == []
    assert check("Zij deden in de dialoog drie voorstellen, en in deze dialoog 9 oproepen.") == []


def test_a_role_that_nobody_had_there_is_an_error(check: Check) -> None:
    assert ("role", "error") in told(check(f"‘{SOEP}’ (astronaut, dialoog 2)"))


@pytest.mark.parametrize("role", ["verpleegkundige", "een verpleegkundige", "Verpleegkundigen"])
def test_a_role_is_known_with_an_article_in_the_plural_and_in_any_case(role: str, check: Check) -> None:
    assert check(f"‘{SOEP}’ ({role}, dialoog 2)", name="role") == []


@pytest.mark.parametrize("role", ["deelnemer", "deelnemers", "een bewoner"])
def test_a_word_for_anyone_at_the_table_is_no_role_that_can_be_denied(role: str, check: Check) -> None:
    assert check(f"‘{SOEP}’ ({role}, dialoog 2)", name="role") == []


# -------------------------------------------------------------------------------------------- count


@pytest.mark.parametrize(
    "text",
    [
        "Drie themadialogen",
        "Om door te praten organiseerden we drie themadialogen.",
        "In totaal deden veertien mensen mee.",
        "In twee dialogen spraken 31 mensen over dit thema.",
        "Aan dialoog 1 deden acht deelnemers mee.",
        "De hosts kwamen uit drie gemeenten.",
        "De gastheren en gastvrouwen kwamen uit de gemeenten Houten en Zwolle.",
        "Veertig deelnemers noemden de bus.",
        "Dat kwam in vijf dialogen ter sprake.",
        "In een van de vier dialogen kwam dat ter sprake.",
        "Verslag van drie themadialogen",
        "Dit verslag vat drie gesprekken samen.",
        "Rond dit thema kwamen 40 mensen in twee dialogen samen.",
        "We spraken met 36 mensen in twee dialogen.",
        "4 gesprekken, 13 deelnemers",
        "Aantal deelnemers: 36",
        "Gesprekken: 5",
        "Aan de tweede dialoog deden negen mensen mee.",
    ],
)
def test_a_number_that_the_records_deny_is_an_error(text: str, check: Check) -> None:
    assert told(check(text)) == [("count", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "Twee themadialogen",
        "We organiseerden twee themadialogen, waaraan in totaal dertien mensen meededen.",
        "Gesprekken: 2 gesprekken, 13 deelnemers",
        "Aan dialoog 2 deden zeven deelnemers mee.",
        "In één van de twee dialogen noemden vijf deelnemers de bus.",
        "De hosts kwamen uit twee gemeenten.",
        "De gastheren en gastvrouwen kwamen uit de gemeenten Houten en Elst.",
        "Ruim twaalf mensen deden mee.",
        "Op het plein stonden veertig mensen, en er waren drie gesprekken met de huisbaas.",
        "Twintig verkenningsdialogen met 200 mensen gingen eraan vooraf.",
        "Aan de tweede dialoog deden zeven mensen mee.",
        "Aan het laatste gesprek deden zeven mensen mee.",
        "Drie mensen zochten een baan en vonden er geen.",
        "Voor honderd mensen was er geen plek, zeiden ze.",
        "Vijf mensen kozen de foto van de brug; zestien foto's lagen op tafel.",
        "In elke dialoog zaten acht mensen aan tafel.",
        "Aantal deelnemers: dertien",
    ],
)
def test_a_number_that_can_be_true_is_left_alone(text: str, check: Check) -> None:
    assert check(text) == []


def test_numbers_that_contradict_each_other_are_an_error_where_the_records_do_not_tell(tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", "buurt", 1, ONE, participants=None)
    settings = settings_for(tmp_path)
    index(settings, tmp_path / "corpus")
    file = tmp_path / "verslag.md"
    file.write_text(f"In totaal deden 33 mensen mee.\n\n34 deelnemers\n\n‘{KOOR}’ (koster, dialoog 1)", "utf-8")
    with wiring.store(settings) as opened:
        (finding,) = checking.check_document(file, opened).findings
    assert (finding.check, finding.severity, finding.place) == ("count", "error", "line 3")
    assert "33 mensen" in finding.why and "line 1" in finding.why


def test_fewer_people_than_are_quoted_right_under_it_is_a_warning(check: Check) -> None:
    quotes = (f"‘{BUS}’ (verpleegkundige, dialoog 1)", f"‘{BANK}’ (kapper, dialoog 1)")
    third = f"‘{OVER_THEO.removeprefix('Mijn Theo liep elke dag naar de molen, en ')}’ (koster, dialoog 2)"
    assert told(check("Wat wegviel: Twee deelnemers vertelden hierover.", *quotes, third)) == [("count", "warning")]
    assert check("Wat wegviel: Drie deelnemers vertelden hierover.", *quotes, third) == []
    assert check("Wat wegviel: Twee deelnemers vertelden hierover, een ander zweeg.", *quotes, third) == []


# --------------------------------------------------------------------------------------- quantifier


def test_a_sweeping_claim_with_a_few_quotes_under_it_is_a_warning(check: Check) -> None:
    quote = f"‘{BUS}’ (verpleegkundige, dialoog 1)"
    assert told(check("Alle deelnemers vonden dat.", quote)) == [("quantifier", "warning")]
    assert told(check("De meeste deelnemers vonden dat.", quote)) == [("quantifier", "warning")]
    assert told(check("Veel deelnemers vonden dat.", quote)) == [("quantifier", "warning")]
    assert check("Enkele deelnemers vonden dat.", quote) == []
    assert check("Niet alle deelnemers vonden dat.", quote) == []


def test_a_sweeping_claim_with_nothing_under_it_is_told_for_information(check: Check) -> None:
    assert told(check("Alle deelnemers vonden dat.")) == [("quantifier", "info")]
    assert check("Veel deelnemers vonden dat.") == []


def test_one_participant_with_two_quoted_under_it_is_a_warning(check: Check) -> None:
    quotes = (f"‘{BUS}’ (verpleegkundige, dialoog 1)", f"‘{BANK}’ (kapper, dialoog 1)")
    assert told(check("Een deelnemer vertelde over thuis.", *quotes)) == [("quantifier", "warning")]
    assert check("Mensen misten elkaar. Een deelnemer vertelde over thuis.", *quotes) == []


def test_people_from_several_dialogues_who_all_spoke_in_one_are_a_warning(check: Check) -> None:
    quotes = (f"‘{BUS}’ (verpleegkundige, dialoog 1)", f"‘{BANK}’ (kapper, dialoog 1)")
    assert told(check("Twee deelnemers uit verschillende dialogen noemden dit.", *quotes)) == [
        ("quantifier", "warning")
    ]


# -------------------------------------------------------------------------------------- unsupported


def test_a_topic_between_others_without_a_quote_is_told_for_information(check: Check) -> None:
    found = check(
        "De bus: Mensen stonden lang te wachten en vonden dat niet eerlijk.",
        f"‘{BUS}’ (verpleegkundige, dialoog 1)",
        "De markt: Mensen vonden het jammer dat de markt niet meer kwam.",
        "De thee: Mensen zaten buiten en dronken thee met de buren van de overkant.",
        f"‘{BANK}’ (kapper, dialoog 1)",
    )
    assert told(found) == [("unsupported", "info")] and found[0].text == "De markt"


# ------------------------------------------------------------------- what a fresh attacker found


def test_a_pull_quote_on_the_page_of_the_summary_bears_nothing_beside_it(check: Check) -> None:
    page = ("# Samenvatting", "Veel deelnemers noemden het koor.", f"‘{KOOR}’ (koster, dialoog 1)")
    assert check(*page, name="quantifier") == []
    assert told(check("# 1. Knelpunten", *page[1:], name="quantifier")) == [("quantifier", "warning")]


def test_what_came_up_in_every_dialogue_is_counted_and_what_was_done_there_is_not(check: Check) -> None:
    quote = f"‘{KOOR}’ (koster, dialoog 1)"
    assert told(check("In alle dialogen kwam dat terug.", quote, name="quantifier")) == [("quantifier", "warning")]
    assert check("In alle dialogen kwamen mensen op tijd.", quote, name="quantifier") == []
