"""What is clean, what is not, and where a quotation stands: planted truth in an invented record."""

from __future__ import annotations

import pytest

from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import Attribution, Fragment, Quotation, Span, Verdict
from tests.proof.invented import INVENTED, Check, fragments_of


def said(fragment: str) -> Fragment:
    return next(f for f in INVENTED if f.id == fragment)


def words(verdict: Verdict) -> str:
    assert verdict.fragment and verdict.span
    return said(verdict.fragment).text[verdict.span.start : verdict.span.end]


# ------------------------------------------------------------------------------------------- verbatim


def test_the_records_own_words_are_verbatim_with_fragment_and_span(check: Check) -> None:
    verdict = check("Het is nu heel rustig in de straat.", "bakker", 1)
    assert (verdict.kind, verdict.fragment, verdict.marks) == ("verbatim", "buurt/1/t0", ())
    assert words(verdict) == "Het is nu heel rustig in de straat"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Niemand gebruikt ze 's avonds", "quotes"),
        ("het is nu heel rustig in de straat", "capital"),
        ("Het is nu  heel rustig\nin de straat.", "white-space"),
        ("Het is nu hé\u00adel rustig in de straat.", "invisible-characters"),
        ("Het is nu héél rustig in de straat.", "stress-accents"),
        ("Het is nu heel rus-\ntig in de straat.", "line-end-hyphen"),
        ("Het is nu heel rustig in de straat..", "doubled-full-stop"),
        ("Het is nu heel rustig in de straat!", "closing-punctuation"),
        ("Het is nu heel rustig in de straat", "closing-punctuation"),
        ("De gemeente gaf ons een sleutel... en toen ging het hek gewoon open voor iedereen.", "ellipsis-form"),
        ("Wij delen de moestuin met vijftien gezinnen uit de werk–privébalansgroep.", "dashes"),
        ("Ik wil niet terug naar de drukte van vroeger.. Het is nu heel rustig in de straat.", "doubled-full-stop"),
        ('Mijn buurvrouw zei: "Kom toch eens langs, kind."', "quotes"),
        ("“Het is nu heel rustig in de straat.”", ""),
        ("E\u0301e\u0301n op de vier kinderen zat thuis zonder laptop.", ""),
    ],
)
def test_typography_changes_no_word_and_is_told_as_a_mark(check: Check, text: str, mark: str) -> None:
    verdict = check(text)
    assert verdict.kind == "verbatim"
    assert not mark or mark in verdict.marks


@pytest.mark.parametrize(
    "hyphen", ["werk-\nprivébalansgroep", "werk-pri-\nvébalansgroep", "werk-pri\u00ad\nvébalansgroep"]
)
def test_a_hyphen_at_a_line_end_may_be_the_words_own_or_the_typesetters(check: Check, hyphen: str) -> None:
    assert check(f"Wij delen de moestuin met vijftien gezinnen uit de {hyphen}.").kind == "verbatim"


def test_a_line_end_hyphen_in_the_record_is_read_both_ways() -> None:
    turns = [("A", "kok", "Op zaterdag is het buurt-\nhuis open en de werk-\nprivébalans weer zoek.")]
    checker = QuoteChecker(fragments_of("r", "t", 1, turns))
    assert checker.check(Quotation("is het buurthuis open en de werk-privébalans weer zoek", "")).clean
    assert not checker.check(Quotation("is het buurthuis open en de werk privébalans weer zoek", "")).clean


def test_a_quote_may_cross_the_place_where_a_long_turn_was_cut() -> None:
    text = "Eerst was er niets te doen. Daarna kwam de bus elke dag langs."
    parts = [(0, 27), (28, len(text))]
    fragments = [Fragment(f"r/t:{a}-{b}", "r", "t", 1, "t", n, Span(a, b), text[a:b]) for n, (a, b) in enumerate(parts)]
    verdict = QuoteChecker(fragments).check(Quotation("niets te doen. Daarna kwam de bus", ""))
    assert (verdict.kind, verdict.fragment, verdict.span) == ("verbatim", "r/t:0-27", Span(13, 27))


def test_words_of_two_turns_are_never_joined(check: Check) -> None:
    assert not check("heel rustig in de straat. Wij hebben drie bankjes neergezet").clean


def test_parts_of_a_turn_with_a_part_missing_between_are_never_joined() -> None:
    fragments = [
        Fragment("r/t:0", "r", "t", 1, "t", 0, Span(0, 14), "Ik ga naar de."),
        Fragment("r/t:2", "r", "t", 1, "t", 2, Span(40, 54), "Markt is leuk."),
    ]
    assert not QuoteChecker(fragments).check(Quotation("Ik ga naar de. Markt is leuk.", "")).clean


# -------------------------------------------------------------------------------- altered, not found


@pytest.mark.parametrize(
    ("text", "record", "quote"),
    [
        ("Ik wil terug naar de drukte van vroeger.", "wil niet terug", "wil terug"),
        ("Ik wil niet terug naar de rust van vroeger.", "de drukte van", "de rust van"),
        ("Het is nu heel erg rustig in de straat.", "heel rustig", "heel erg rustig"),
        ("Een op de vier kinderen zat thuis zonder laptop.", "Eén op", "Een op"),
        ("Wij hebben 3 bankjes neergezet, maar niemand gebruikt ze", "hebben drie bankjes", "hebben 3 bankjes"),
        ("Het is nu heel rustig in de straten.", "de straat", "de straten"),
        ("Dat vond ik schrijnend te om zien.", "schrijnend om te zien", "schrijnend te om zien"),
        ("Ik kook graag voor de heleflat, tenzij het te druk is", "de hele flat,", "de heleflat,"),
    ],
)
def test_a_changed_word_is_altered_and_named_with_its_neighbours(
    check: Check, text: str, record: str, quote: str
) -> None:
    verdict = check(text)
    assert verdict.kind == "altered"
    assert (record, quote) in [(change["verslag"], change["citaat"]) for change in verdict.difference]
    assert f'verslag: "{record}", citaat: "{quote}"' in verdict.why


def test_a_dropped_comma_inside_counts(check: Check) -> None:
    assert check("Wij hebben drie bankjes neergezet maar niemand gebruikt ze ’s avonds.").kind == "altered"


def test_words_that_nobody_said_are_not_found(check: Check) -> None:
    assert check("Vliegende olifanten zingen zelden opera in Parijs.").kind == "not-found"


@pytest.mark.parametrize("text", ["", "…", "‘ ’", "?!", "[…]"])
def test_a_quotation_without_words_is_not_found(check: Check, text: str) -> None:
    assert check(text).kind == "not-found"


def test_nothing_is_clean_against_no_fragments() -> None:
    assert QuoteChecker(()).check(Quotation("Het is nu heel rustig.", "")).kind == "not-found"


# ------------------------------------------------------------------------------------ who said it


@pytest.mark.parametrize(
    ("role", "dialogue", "theme"),
    [("bakker", 2, None), ("wethouder", 1, None), ("bakker", 3, None), ("bakker", 1, "water"), (None, 2, None)],
)
def test_words_of_someone_else_are_misattributed_and_the_speaker_is_told_without_a_name(
    check: Check, role: str | None, dialogue: int | None, theme: str | None
) -> None:
    verdict = check("Het is nu heel rustig in de straat.", role, dialogue, theme)
    assert verdict.kind == "misattributed"
    assert "'bakker', dialoog 1 van buurt" in verdict.why
    assert "Anna" not in verdict.why


@pytest.mark.parametrize(
    ("role", "dialogue", "theme"),
    [("Bakker", 1, "Buurt"), ("bakker", None, None), (None, 1, None), (None, None, None), (" bakker ", 1, " buurt")],
)
def test_what_an_attribution_leaves_out_or_spells_otherwise_is_not_wrong(
    check: Check, role: str | None, dialogue: int | None, theme: str | None
) -> None:
    assert check("Het is nu heel rustig in de straat.", role, dialogue, theme).kind == "verbatim"


def test_a_role_unknown_to_the_record_contradicts_nothing(check: Check) -> None:
    assert check("toen ging het hek gewoon open voor iedereen", "conciërge", 1).kind == "verbatim"


def test_a_role_with_brackets_and_commas_is_compared_whole(check: Check) -> None:
    text = "Mijn buurvrouw zei: ‘Kom toch eens langs, kind.’"
    assert check(text, "Student (MBO), zorg", 1).clean
    assert check(text, "student (hbo), zorg", 1).kind == "misattributed"


def test_a_role_made_shorter_is_the_speakers_unless_it_is_anothers_at_that_table() -> None:
    checker = QuoteChecker(
        fragments_of(
            "buurt/1",
            "buurt",
            1,
            [
                ("Bo", "scholier havo 4", "Wij willen een eigen container achter de school."),
                ("Cas", "scholier vwo 5", "Geef ons gewoon een sleutel van het gebouw."),
                ("Dee", "kok van de buurttafel", "Wij koken elke vrijdag voor de hele straat."),
                ("Els", "kok", "Mijn zaak is op vrijdag altijd dicht geweest."),
            ],
        )
    )

    def kind(text: str, role: str) -> str:
        return checker.check(Quotation(text, "", Attribution("", role, 1))).kind

    assert kind("Wij willen een eigen container achter de school.", "scholier") == "verbatim"
    assert kind("Geef ons gewoon een sleutel van het gebouw.", "scholieren") == "verbatim"
    assert kind("Geef ons gewoon een sleutel van het gebouw.", "scholier havo") == "misattributed"
    assert kind("Wij koken elke vrijdag voor de hele straat.", "kok") == "misattributed"
    assert kind("Mijn zaak is op vrijdag altijd dicht geweest.", "kok") == "verbatim"


def test_a_theme_or_fragment_that_is_named_and_does_not_exist_or_holds_other_words_is_a_wrong_attribution(
    checker: QuoteChecker,
) -> None:
    def verdict(**said: str) -> Verdict:
        return checker.check(Quotation("Het is nu heel rustig in de straat.", "", Attribution("", "bakker", 1, **said)))

    assert verdict(theme="buurt", fragment="buurt/1/t0").kind == verdict(fragment="t0").kind == "verbatim"
    unknown, other = verdict(theme="bestaat-niet"), verdict(fragment="buurt/1/t3")
    assert {unknown.kind, other.kind, verdict(fragment="weg").kind} == {"misattributed"}
    assert "bestaat-niet" in unknown.why and "buurt/1/t0" in other.why


def test_few_words_of_several_people_are_ambiguous_until_the_attribution_settles_it(check: Check) -> None:
    assert check("Dat is mooi.").kind == "ambiguous"
    assert check("Dat is mooi.", None, 1).kind == "verbatim"
    assert check("Dat is mooi.", "bakker").fragment == "buurt/2/t0"


def test_the_fragment_a_document_claims_is_named_among_equals_but_settles_nothing(checker: QuoteChecker) -> None:
    verdict = checker.check(Quotation("Dat is mooi.", "", Attribution(), fragment="buurt/2/t0"))
    assert (verdict.kind, verdict.fragment) == ("ambiguous", "buurt/2/t0")


# ----------------------------------------------------------------------------------- visible marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("De gemeente gaf ons een sleutel […] het hek gewoon open voor iedereen.", ("ellipsis",)),
        ("De gemeente (…) en toen ging het hek (...) open voor iedereen.", ("ellipsis",)),
        ("[Daar] ging het hek gewoon open voor iedereen.", ("brackets",)),
        ("De gemeente gaf ons [bewoners] een sleutel… en toen ging het hek gewoon open", ("brackets",)),
        ("De gemeente gaf [de buurt] een sleutel… en toen ging het hek gewoon open", ("brackets",)),
        ("Toen X belde, heb ik meteen soep gebracht", ("name",)),
        ("[T]oen ging het hek gewoon open voor iedereen.", ("brackets",)),
        ("… en toen ging het hek gewoon open …", ("ellipsis",)),
    ],
)
def test_a_visible_mark_licenses_what_it_stands_for(check: Check, text: str, marks: tuple[str, ...]) -> None:
    verdict = check(text)
    assert (verdict.kind, verdict.marks) == ("edited", marks)


def test_the_records_own_ellipsis_bracket_and_initial_are_read_as_themselves(check: Check) -> None:
    assert check("De gemeente gaf ons een sleutel… en toen ging het hek gewoon open voor iedereen.").kind == "verbatim"
    assert check("heb ik meteen soep gebracht naar (..) de overkant").kind == "verbatim"


def test_a_bracket_of_the_record_at_an_edge_is_its_own_until_its_words_change() -> None:
    turns = [("A", "kok", "[in de chat] Ik kook graag voor de flat. Eh... Daarna ging de deur open voor [bewoners]")]
    checker = QuoteChecker(fragments_of("r", "t", 1, turns))
    for text, kind in (
        ("[in de chat] Ik kook graag voor de flat. […] Daarna ging de deur open voor [bewoners]", "edited"),
        ("[in de hal] Ik kook graag voor de flat. Eh... Daarna ging de deur open", "altered"),
        ("Daarna ging de deur open voor [iedereen]", "altered"),
        ("[Ook] daarna ging de deur open", "edited"),
    ):
        assert checker.check(Quotation(text, "")).kind == kind, text


@pytest.mark.parametrize(
    "text",
    [
        "Wij hebben drie bankjes neergezet",  # ', maar niemand …'
        "Ik kook graag voor de hele flat",  # ', tenzij …'
        "Ik kook graag voor de hele flat …",
        "terug naar de drukte van vroeger",  # 'Ik wil niet …'
        "Ik wil … terug naar de drukte van vroeger.",
        "Wij hebben drie bankjes neergezet, … gebruikt ze ’s avonds.",
        "Ik wil [graag] terug naar de drukte van vroeger.",
        "kinderen zat thuis … laptop.",
        "Wij delen de moestuin … uit de werk-privébalansgroep.",  # 'vijftien gezinnen'
    ],
)
def test_a_cut_that_hides_what_turns_the_words_is_misleading(check: Check, text: str) -> None:
    assert check(text).kind == "misleading-cut"


def test_whole_sentences_may_be_left_out_whatever_they_hold() -> None:
    turns = [("A", "kok", "Ik ben er graag. Vroeger kwam er niemand, maar dat was toen. Nu zit het vol.")]
    checker = QuoteChecker(fragments_of("r", "t", 1, turns))
    assert checker.check(Quotation("Ik ben er graag. […] Nu zit het vol.", "")).kind == "edited"
    assert checker.check(Quotation("Ik ben er graag.", "")).kind == "verbatim"


@pytest.mark.parametrize(
    "text",
    [
        "De gemeente gaf ons [niet] een sleutel… en toen ging het hek gewoon open",
        "Toen X heb ik meteen soep gebracht",
        "Toen Karel Jansen X, heb ik meteen soep gebracht",
        "het hek … De gemeente gaf ons een sleutel",
        "De gemeente gaf ons een sleutel […] heb ik meteen soep gebracht",
        "De gemeente gaf […] mooie sleutel",
        "heb ik meteen soep gebracht (..) de overkant",  # the record's own '(..)', and 'naar' is gone
    ],
)
def test_a_mark_licenses_nothing_else(check: Check, text: str) -> None:
    assert not check(text).clean


# ------------------------------------------------------------------------------- at the very edges

NUMBERED = QuoteChecker(
    fragments_of(
        "r",
        "t",
        1,
        [
            ("A", "kok", "5 graden was het in de hal. Wil ik terug naar de winkel? Echt niet."),
            ("B", "boer", "Er kwamen 3 000 mensen. Er kwamen 34 vrijwilligers bij. 1/2 van de mensen bleef."),
            ("C", "smid", "Zo’n 15-20 ondernemers zijn gestopt. Het vroor -7 graden. De stand was 2-1 voor ons!"),
        ],
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "Wil ik terug naar de winkel.",
        "Wil ik terug naar de winkel",
        "Wil ik terug naar de winkel … Echt niet.",
        "5 graden was het in de hal?",
        "5 graden was het in de hal?!",
    ],
)
def test_a_question_mark_dropped_or_added_is_never_clean(text: str) -> None:
    assert not NUMBERED.check(Quotation(text, "")).clean


@pytest.mark.parametrize("text", ["Wil ik terug naar de winkel?", "De stand was 2-1 voor ons.", "Wil ik terug"])
def test_a_question_mark_kept_and_an_exclamation_mark_lost_are_clean(text: str) -> None:
    assert NUMBERED.check(Quotation(text, "")).clean


@pytest.mark.parametrize(
    "text",
    [
        "-5 graden was het in de hal",
        "Er kwamen 3",
        "000 mensen.",
        "2 van de mensen bleef",
        "20 ondernemers zijn gestopt",
        "Zo’n 15",
        "7 graden.",
        "Er kwamen 3-\n4 vrijwilligers bij",
        "Er kwamen 3\u00ad\n4 vrijwilligers bij",
    ],
)
def test_a_number_is_never_cut_in_two_nor_joined_nor_turned(text: str) -> None:
    assert not NUMBERED.check(Quotation(text, "")).clean


@pytest.mark.parametrize(
    "text", ["– 5 graden was het", "Het vroor −7 graden", "De stand was 2-\n1 voor ons", "15–20 ondernemers"]
)
def test_a_number_kept_whole_is_clean_however_its_dash_is_set(text: str) -> None:
    assert NUMBERED.check(Quotation(text, "")).clean


# ------------------------------------------------------------------------ what else turns the words


@pytest.mark.parametrize(
    "text",
    [
        "sluit de school dan maar voorgoed",
        "wat goed dat jullie er zijn",
        "Ik wil best verhuizen naar de stad",
        "Dat plan zie ik echt zitten",
        "Ik zou … naar het buurthuis gaan",
        "I … go back to the old office",
    ],
)
def test_a_colon_a_strengthened_negation_and_other_tongues_hide_nothing(text: str) -> None:
    record = (
        "Ik zeg niet: sluit de school dan maar voorgoed. Niemand zei: wat goed dat jullie er zijn. "
        "Ik wil best verhuizen naar de stad, tenminste als ik het kan betalen. "
        "Dat plan zie ik echt zitten, zeker niet. Ik zou zelden naar het buurthuis gaan. "
        "I cannot go back to the old office."
    )
    verdict = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", record)])).check(Quotation(text, ""))
    assert verdict.kind == "misleading-cut"


@pytest.mark.parametrize("role", ["bakkers", "een bakker", "De bakker"])
def test_an_article_or_a_plural_makes_no_other_role(check: Check, role: str) -> None:
    assert check("Het is nu heel rustig in de straat.", role, 1).kind == "verbatim"


def test_a_dialogue_numbered_nought_is_not_the_speakers(check: Check) -> None:
    assert check("Het is nu heel rustig in de straat.", "bakker", 0).kind == "misattributed"


@pytest.mark.parametrize("sign", ["\u202a", "\u2063", "\u2069"])
def test_signs_that_nobody_sees_change_nothing(check: Check, sign: str) -> None:
    assert check(f"Het is nu heel rus{sign}tig in {sign}de straat.").clean


@pytest.mark.parametrize(
    "text", ["Dat is [on]mogelijk voor ons allemaal", "[De jongens uit de flat] veroorzaken overlast op het plein"]
)
def test_brackets_make_no_new_word_and_no_new_sentence(text: str) -> None:
    record = "Dat is mogelijk voor ons allemaal. De jongeren veroorzaken overlast op het plein."
    verdict = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", record)])).check(Quotation(text, ""))
    assert verdict.kind == "altered"


# --------------------------------------------------------------------------- roles and marks, otherwise printed


def test_a_part_of_a_role_is_enough_unless_another_there_has_that_role_alone() -> None:
    turns = [("A", "kok, imker", "De bijen zaten stil in de kast."), ("B", "smid", "Het ijzer was heet.")]
    alone = QuoteChecker(fragments_of("r", "t", 1, turns))
    beside = QuoteChecker(fragments_of("r", "t", 1, [*turns, ("C", "imker", "Ik heb zes volken.")]))
    said = Quotation("De bijen zaten stil in de kast.", "", Attribution("", "imker", 1))
    assert alone.check(said).kind == "verbatim"
    assert beside.check(said).kind == "misattributed"


@pytest.mark.parametrize("text", ["Het was een gewéldig feest in de tuin.", "Het was een geweldig féést in de tuin."])
def test_stress_falls_on_any_syllable(text: str) -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "Het was een geweldig feest in de tuin.")]))
    assert checker.check(Quotation(text, "")).kind == "verbatim"


@pytest.mark.parametrize(
    ("said", "text"),
    [("Het cafébezoek nam af.", "Het cafebezoek nam af."), ("Privé liep het goed.", "Prive liep het goed.")],
)
def test_an_accent_that_spells_the_word_is_not_stress(said: str, text: str) -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", said)]))
    assert checker.check(Quotation(text, "")).kind == "altered"


def test_a_negation_broken_at_a_line_end_is_hidden_all_the_same() -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "Er zat nie-\nmand van de ploeg aan tafel.")]))
    assert checker.check(Quotation("Er zat … van de ploeg aan tafel.", "")).kind == "misleading-cut"


def test_a_bracketed_ellipsis_is_the_writers_also_beside_one_of_the_record() -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "Wij liepen door. ... Goed. Kim kwam ook mee.")]))
    assert checker.check(Quotation("Wij liepen door. (...) Kim kwam ook mee.", "")).kind == "edited"


@pytest.mark.parametrize("text", ["[in de chat] graag voor de flat", "Ik kook voor [de buren]"])
def test_words_dropped_beside_a_bracket_of_the_record_are_not_the_brackets(text: str) -> None:
    record = "[in de chat] Ik kook graag voor de flat en Ik kook voor alle [de buren]"
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", record)]))
    assert checker.check(Quotation(text, "")).kind == "altered"


@pytest.mark.parametrize("theme", ["Samen leven", "samen-leven", "SAMEN–LEVEN"])
def test_a_theme_may_be_printed_with_or_without_its_hyphens(theme: str) -> None:
    fragments = fragments_of("r", "samen-leven", 1, [("A", "hr-adviseur", "Het was stil in de straat.")])
    other = fragments_of("q", "wonen", 1, [("B", "kok", "Het regende de hele dag.")])
    said = Quotation("Het was stil in de straat.", "", Attribution("", "HR adviseur", 1, theme))
    assert QuoteChecker([*fragments, *other]).check(said).kind == "verbatim"


@pytest.mark.parametrize(
    "text", ["Ik kook voor [de lokale ggz-instelling] elke dag", "Ik kook voor de flat [aan de laan] elke dag"]
)
def test_a_bracket_holds_up_to_four_words_and_a_compound_is_one(text: str) -> None:
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", "Ik kook voor de flat elke dag van de week.")]))
    assert checker.check(Quotation(text, "")).kind == "edited"


def test_signs_that_are_no_text_and_numbers_beyond_all_bounds_are_answered(check: Check) -> None:
    broken = "Half een \ud83d teken \x00 staat hier in het verslag."
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", broken)]))
    assert checker.check(Quotation(broken, "")).clean
    assert check("Het is nu heel rustig in de straat.", "bakker", 10**30).kind == "misattributed"


@pytest.mark.parametrize(
    "text",
    [
        "Loop ik daar weer",
        "Wij willen best helpen …",
        "de school dicht moet",
        "Kan mijn moeder naar de markt",
    ],
)
def test_a_condition_a_denial_or_a_limit_at_either_edge_is_not_cut_off(text: str) -> None:
    record = (
        "Pas als er licht komt, loop ik daar weer. Wij willen best helpen, zolang de gemeente meebetaalt. "
        "Niemand zegt dat de school dicht moet. Als de bus blijft rijden, kan mijn moeder naar de markt. "
    )
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", record)]))
    assert checker.check(Quotation(text, "")).kind == "misleading-cut"


def test_an_attribution_to_several_dialogues_fits_who_spoke_in_any_of_them(checker: QuoteChecker) -> None:
    for dialogues, kind in (((1, 2), "verbatim"), ((2, 3), "misattributed")):
        claimed = Attribution("", "bakker", dialogues[0], dialogues=dialogues)
        assert checker.check(Quotation("Het is nu heel rustig in de straat.", "", claimed)).kind == kind


@pytest.mark.parametrize(
    "text", ["Het kost 5.", "Het kost … euro", "Het is 50", "Er waren drieënhalf", "Het is 50 … duurder"]
)
def test_a_number_keeps_what_makes_it_large_or_small(text: str) -> None:
    record = (
        "Het kost 5 miljoen euro om te bouwen. Het is 50% duurder. Er waren drieënhalf duizend mensen op het plein."
    )
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", record)]))
    assert checker.check(Quotation(text, "")).kind == "misleading-cut"


@pytest.mark.parametrize("text", ["Het verhaal X heeft mij geraakt", "Wij zagen dat X kwam", "X van ons ging mee"])
def test_an_x_stands_for_no_other_x_and_for_no_word_that_counts(text: str) -> None:
    record = "Het verhaal van X heeft mij geraakt. Wij zagen dat Niemand kwam. Niemand van ons ging mee."
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "kok", record)]))
    assert not checker.check(Quotation(text, "")).clean


def _misleads(record: str, quotation: str) -> bool:
    fragment = Fragment("buurt/1/t0", "buurt/1", "buurt", 1, "t0", 0, Span(0, len(record)), record)
    verdict = QuoteChecker([fragment]).check(Quotation(quotation, ""))
    assert verdict.clean or verdict.kind == "misleading-cut"
    return not verdict.clean


@pytest.mark.parametrize("mark", ["[…]", "...", ". (…)"])
def test_the_rest_of_a_sentence_may_not_be_hung_from_another_that_denies(mark: str) -> None:
    record = "Ik ben niet tegen fietsers. Ik ben tegen fietsers die over de stoep rijden. Dat is alles."
    assert _misleads(record, f"Ik ben niet tegen fietsers {mark} die over de stoep rijden.")
    assert not _misleads(record, f"Ik ben niet tegen fietsers {mark} Ik ben tegen fietsers die over de stoep rijden.")
    assert not _misleads(record, f"Ik ben niet tegen fietsers {mark} Dat is alles.")
    assert not _misleads(record.replace("niet ", "erg "), f"Ik ben erg tegen fietsers {mark} die over de stoep rijden.")


@pytest.mark.parametrize(
    ("kept", "left_out"),
    [
        ("Dat is mooi", " en ook niet mooi."), ("Ik ben er blij mee", " en toch ook weer niet."),
        ("Het werk is leuk", " en soms niet leuk, hoor."),
    ],
)  # fmt: skip
def test_a_cut_may_not_leave_out_what_takes_the_words_back(kept: str, left_out: str) -> None:
    assert _misleads(kept + left_out, f"{kept}.")


@pytest.mark.parametrize(
    ("kept", "left_out"),
    [
        ("De bakker is open", " en de slager niet."), ("Wij eten samen", " en niet alleen op zondag."),
        ("Ik kom graag", " en ik blijf niet lang."),
    ],
)  # fmt: skip
def test_a_cut_may_leave_out_what_is_denied_of_something_else(kept: str, left_out: str) -> None:
    assert not _misleads(kept + left_out, f"{kept}.")


# --------------------------------------------------------------------------------------- numbers at an edge


@pytest.mark.parametrize(
    ("said_there", "quoted"),
    [
        ("Eén buur hielp ons die hele winter.", "Buur hielp ons die hele winter."),
        ("Een deel van de buren hielp ons die hele winter.", "Buren hielp ons die hele winter."),
        ("Een aantal buren hielp ons die hele winter.", "Buren hielp ons die hele winter."),
        ("Er kwamen die winter 12 – 15 buren helpen.", "Er kwamen die winter 12"),
    ],
)
def test_a_number_or_a_quantifier_of_more_words_is_not_cut_off(said_there: str, quoted: str) -> None:
    turn = Fragment("buurt/9/t0", "buurt/9", "buurt", 9, "t0", 0, Span(0, len(said_there)), said_there, None, "imker")
    verdict = QuoteChecker([turn]).check(Quotation(quoted, "here", Attribution("", "imker", 9)))
    assert verdict.kind == "misleading-cut"


def test_no_one_is_put_in_brackets_by_hand(check: Check) -> None:
    assert check("Het is nu heel rustig in de [één] straat.", "bakker", 1).kind == "altered"
