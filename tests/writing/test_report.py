"""From sections to a report that can only print what the records say."""

from __future__ import annotations

from dataclasses import replace

from rapporteur.types import (
    Block,
    Fragment,
    Host,
    Judgement,
    QuoteRef,
    Record,
    Report,
    Section,
    Span,
    Support,
    Turn,
)
from rapporteur.writing import facts, report
from rapporteur.writing.cutting import attribution, cut
from rapporteur.writing.outline.plan import Outline


def fragment(
    text: str = "Wij misten de koffie. Erg.", role: str | None = "kapper", dialogue: int | None = 3
) -> Fragment:
    return Fragment("a", "groen/3", "groen", dialogue, "a", 0, Span(0, len(text)), text, "Bo Vink", role)


def record(dialogue: int | None, participants: int | None = None, **more: object) -> Record:
    made = Record(f"groen/{dialogue}", "x", "groen", dialogue, (), (), "", participants=participants)
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_quote_is_cut_from_its_fragment() -> None:
    assert cut(fragment(), [Span(0, 21)]) == "Wij misten de koffie."
    assert cut(fragment(), [Span(0, 10), Span(22, 26)]) == "Wij misten […] Erg."


def test_an_attribution_says_what_is_known_and_never_a_name() -> None:
    assert attribution(fragment()) == "kapper, dialoog 3"
    assert attribution(fragment(role=None)) == "dialoog 3"
    assert attribution(fragment(dialogue=None)) == "kapper"


def test_participants_are_summed_over_dialogues_not_over_files() -> None:
    gathered = facts.gather([record(1, 8), record(1, 7), record(2, 6), record(None)])
    assert (gathered.talks, gathered.participants, gathered.counted_talks) == (2, 14, 2)
    assert gathered.has_unnumbered


def test_a_number_that_no_record_states_is_not_made_up() -> None:
    assert facts.gather([record(1), record(2)]).participants is None
    partly = facts.gather([record(1, 8), record(2)])
    assert (partly.participants, partly.counted_talks, partly.talks) == (8, 1, 2)


def test_hosts_and_dates_come_from_the_records() -> None:
    gathered = facts.gather(
        [
            record(1, date="2022-05-12", host=Host("wethouder", "Lindewaard")),
            record(2, date="2022-03-22", host=Host("burgemeester", "Haarveen")),
        ]
    )
    assert gathered.municipalities == ("Haarveen", "Lindewaard")
    assert (gathered.first, gathered.last) == ("2022-03-22", "2022-05-12")
    assert facts.in_dutch("2022-03-22") == "22 maart 2022"
    assert facts.in_dutch("voorjaar 2022") == "voorjaar 2022"


def test_a_corpus_fingerprint_does_not_depend_on_order_and_changes_with_any_file() -> None:
    one = report.corpus_fingerprint({"a": "1", "b": "2"})
    assert one == report.corpus_fingerprint({"b": "2", "a": "1"})
    assert one != report.corpus_fingerprint({"a": "1", "b": "3"})


def test_a_stated_number_below_the_people_who_speak_is_not_believed() -> None:
    turns = tuple(Turn("Ja.", speaker=name, role="kapper") for name in ("Bo", "Ans"))
    assert facts.gather([record(1, 1, turns=turns)]).participants is None
    assert facts.gather([record(1, 0)]).participants is None


def test_the_same_person_in_two_files_of_one_dialogue_counts_once() -> None:
    one = fragment()
    other = replace(one, id="b", record="groen/3-2")
    assert one.person == other.person
    assert one.person != replace(one, dialogue=4).person


def test_the_pull_quote_stands_under_a_topic_with_a_title_of_its_own_if_any_does() -> None:
    words = "Wij misten de koffie en elkaar, en dat had ik van tevoren echt niet gedacht toen de deur dichtging. Nooit."
    said = [replace(fragment(words), id=name) for name in ("titled", "rest")]
    judged = {
        f.id: Judgement(f, {}, "ideeen", quotability, None, (Span(0, len(words)),))
        for f, quotability in zip(said, (0.5, 0.9), strict=True)
    }

    def topic(title: str, name: str) -> tuple[Block, ...]:
        quote = Block(f"{name}-q", "quote", quote=QuoteRef(name, (Span(0, len(words)),)))
        return Block(name, "topic", title=title), quote

    def pulled(*blocks: Block) -> list[str]:
        found = report.pull_quote(judged, [Section("ideeen", "Ideeën", blocks)])
        return [block.quote.fragment for block in found if block.quote]

    assert pulled(*topic("Samen eten in de buurt", "titled"), *topic("Andere ideeën", "rest")) == ["titled"]
    assert pulled(*topic("Andere ideeën", "rest")) == ["rest"]


def test_the_pull_quote_needs_no_words_of_another_to_be_understood() -> None:
    answer = (
        "Mijn broer ook! Die stond een uur voor de deur van het zwembad en niemand had hem verteld dat het dicht was."
    )
    alone = (
        "Het zwembad ging dicht en niemand had het ons verteld, zodat wij daar een uur voor de deur stonden met tassen."
    )
    judged = {
        name: Judgement(replace(fragment(words), id=name), {}, "knel", quotability, None, (Span(0, len(words)),))
        for name, words, quotability in (("answer", answer, 0.9), ("alone", alone, 0.5))
    }

    def pulled(*names: str) -> list[str]:
        quotes = [Block(n, "quote", quote=QuoteRef(n, judged[n].quote)) for n in names]
        found = report.pull_quote(judged, [Section("knel", "", (Block("knel-1", "topic", title="Water"), *quotes))])
        return [block.quote.fragment for block in found if block.quote]

    assert pulled("answer", "alone") == ["alone"]
    assert pulled("answer") == ["answer"]


def summed_up(*topics: Block) -> list[Block]:
    return list(report.summary_of("ideeen", [Section("ideeen", "Ideeën", topics)]))


def test_the_summary_says_how_many_ideas_it_shows() -> None:
    heading, lines = summed_up(*(Block(f"ideeen-{n}", "topic", title=f"Idee {n}") for n in range(8)))
    assert (heading.title, len(lines.items)) == ("Zes ideeën", 6)


def test_a_summary_of_nothing_but_the_rest_does_not_call_it_other_or_one_idea() -> None:
    heading, lines = summed_up(Block("ideeen-1", "topic", title="Andere ideeën", support=Support(4, (1, 2, 4), 4)))
    assert heading.title == "Ideeën"
    assert lines.items == ("Uiteenlopende ideeën (vier deelnemers, drie dialogen)",)


def test_a_summary_line_claims_no_fewer_talks_than_there_may_have_been() -> None:
    some = Block("ideeen-1", "topic", title="Lezen", support=Support(2, (1,), 4, unnumbered=1))
    assert summed_up(some)[1].items == ("Lezen (twee deelnemers, ten minste een dialoog)",)


def colophon_of(*dialogues: int | None) -> str:
    records = [replace(record(dialogue), id=f"groen/{n}") for n, dialogue in enumerate(dialogues)]
    sources = report.sources_of(records, {r.id: "0" for r in records})
    made = Report("groen", "Groen", "burger.v1", "extractief", "nl", "2022-06-01", "0", (), sources=sources)
    return report.render(made, {}).colophon[1]


def test_the_colophon_names_each_dialogue_once_and_the_records_without_one() -> None:
    assert colophon_of(1, 2, 2) == "Gebaseerd op drie verslagen: dialoog 1 en 2."
    assert colophon_of(1, None) == "Gebaseerd op twee verslagen: dialoog 1; van een verslag is de dialoog niet bekend."


def test_the_introduction_names_theme_programme_and_a_shared_year_once() -> None:
    days = ("2022-03-22", "2022-05-12")
    records = [record(n, 8, date=day, programme="Aan zet") for n, day in enumerate(days, 1)]
    context = report.Context(
        "samen-leren",
        "burger.v1",
        "2022-06-01",
        facts.gather(records),
        records,
        dict.fromkeys(("groen/1", "groen/2"), "0"),
    )
    introduction = report.assemble(context, Outline("samen-leren", {}, {}, (), (), 2), "extractief", ()).sections[1]
    assert (
        introduction.blocks[0].text == "Het thema van dit verslag is samen leren. Het hoort bij het programma Aan zet."
    )
    assert introduction.blocks[1].text.startswith(
        "Over dit thema vonden twee dialogen plaats, van 22 maart tot en met 12 mei 2022."
    )
