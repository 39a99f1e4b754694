"""Markdown: front matter, speakers in bold, headings for rounds; no word is eaten by the markup."""

from __future__ import annotations

import pytest

from rapporteur.errors import RecordRefused


def test_a_file_with_front_matter_speakers_and_rounds(read_text_as) -> None:
    text = (
        "---\nthema: Wonen\ndialoog: 2\ndatum: 2022-04-05\ntaal: Nederlands\ndeelnemers: 8 deelnemers\n"
        "host:\n  rol: wethouder\n  gemeente: Haarveen\n---\n# Avond twee\n\n## Dromen\n\n"
        "**Anna (kok, moeder):** Ik droom\nvan een *groot* plein.\n\nEn van stilte.\n\n**Bram**: Ik niet.\n"
    )
    reading = read_text_as(".md", text)
    said = [(t.speaker, t.role, t.round, t.text) for t in reading.turns]
    assert said == [
        ("Anna", "kok, moeder", "dromen", "Ik droom van een groot plein.\nEn van stilte."),
        ("Bram", None, "dromen", "Ik niet."),
    ]
    metadata = reading.metadata
    assert (metadata.theme, metadata.dialogue, metadata.date) == ("Wonen", 2, "2022-04-05")
    assert (metadata.language, metadata.participants) == ("nl", 8)
    assert [t.locator.line for t in reading.turns] == [15, 20]
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("**Anna:** Kijk: [Bram]: nee.", "Kijk: [Bram]: nee."),
        ("**Anna:** Dat was\n\n2020. Toen ging het mis.", "Dat was\n2020. Toen ging het mis."),
        ("**Anna:** Een\n\n[Bram]: weg", "Een\n[Bram]: weg"),
        ("**Anna:** Onderstreept\n---\n", "Onderstreept"),
        ("**Anna:** Iets <b>vets</b> <!-- en meer -->", "Iets <b>vets</b> <!-- en meer -->"),
        ("**Anna:** Zie [de site](https://buurt.example) &amp; kom", "Zie de site & kom"),
        ("**Anna:** Ja\n\n    ingesprongen woorden", "Ja\ningesprongen woorden"),
        ("**Anna:** Ja\n\n- een punt\n- nog een", "Ja\neen punt\nnog een"),
        ("**Anna:** **Echt** waar", "Echt waar"),
    ],
)
def test_no_word_of_a_turn_is_lost_to_the_markup(read_text_as, source: str, words: str) -> None:
    assert [t.text for t in read_text_as(".md", source).turns] == [words]


def test_words_before_the_first_speaker_are_left_out_with_their_line(read_text_as) -> None:
    reading = read_text_as(".md", "Aanwezig waren acht mensen.\n\n**Anna:** Hoi.\n")
    assert [(e.where.line, e.words) for e in reading.left_out] == [(1, 4)]


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("---\nthema: [open\n---\n", "front matter is not valid YAML in line"),
        ("---\ndatum: 2022-02-30\n---\n", "front matter is not valid YAML"),
        ("---\n- een\n- twee\n---\n", "not a list of names with values"),
        ("---\nthema: wonen\n", "has no end"),
    ],
)
def test_broken_front_matter_is_refused_with_what_is_wrong(read_text_as, front: str, reason: str) -> None:
    with pytest.raises(RecordRefused, match=reason):
        read_text_as(".md", front + "\n**Anna:** Hoi.\n")


def test_a_value_that_is_not_understood_is_a_warning_not_a_guess(read_text_as) -> None:
    reading = read_text_as(".md", "---\ndialoog: de laatste\nhost: Piet\ndatum: in mei\n---\n**Anna:** Hoi.\n")
    metadata = reading.metadata
    assert (metadata.dialogue, metadata.host, metadata.date) == (None, None, None)
    assert ["'dialoog'" in reading.warnings[0], "'host'" in reading.warnings[1]] == [True, True]
    assert len(reading.warnings) == 3


def test_of_two_names_for_one_thing_the_first_counts_and_the_other_is_named(read_text_as) -> None:
    reading = read_text_as(".md", "---\ndialoog: 2\nnummer: 7\n---\n**Anna:** Hoi.\n")
    assert reading.metadata.dialogue == 2
    assert "'nummer' and 'dialoog'" in reading.warnings[0]


def test_a_dialogue_that_is_said_to_be_unknown_is_unknown_and_an_empty_one_is_unsaid(read_text_as) -> None:
    unknown = read_text_as(".md", "---\ndialoog: onbekend\n---\n**Anna:** Hoi.\n").metadata
    unsaid = read_text_as(".md", "---\ndialoog:\n---\n**Anna:** Hoi.\n").metadata
    assert (unknown.dialogue_unknown, unsaid.dialogue_unknown) == (True, False)


def test_a_table_is_read_as_one_and_not_as_words_of_the_speaker_above_it(read_text_as) -> None:
    text = (
        "| Thema | wonen |\n|---|---|\n| Dialoog | 3 |\n\n**Anna (kok):** Wij misten de markt.\n\n"
        "| Spreker | Rol | Tekst |\n|:---|---|--:|\n| Bram | bakker | Ik **ook**. |\n| Cor | | Nee | te veel |\n"
    )
    reading = read_text_as(".md", text)
    assert (reading.metadata.theme, reading.metadata.dialogue) == ("wonen", 3)
    assert [(turn.speaker, turn.role, turn.text) for turn in reading.turns] == [
        ("Anna", "kok", "Wij misten de markt."),
        ("Bram", "bakker", "Ik ook."),
        ("Cor", None, "Nee"),
    ]
    assert [entry.words for entry in reading.left_out] == [2]
    assert [turn.locator.line for turn in reading.turns if turn.locator] == [5, 9, 10]


def test_the_number_of_an_empty_list_item_has_a_place(read_text_as) -> None:
    (turn,) = read_text_as(".md", "**Anna:** Ja.\n\n1. \n").turns
    assert str(turn.locator) == "verslag.md, line 1"
