"""From sections to a report that can only print what the records say."""

from __future__ import annotations

from dataclasses import replace

from rapporteur.types import Block, Fragment, Host, Judgement, QuoteRef, Record, Section, Span, Turn
from rapporteur.writing import facts, report
from rapporteur.writing.cutting import attribution, cut


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
