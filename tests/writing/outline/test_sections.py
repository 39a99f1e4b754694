from __future__ import annotations

from rapporteur.types import SECTION_KEYS, Fragment, Round, SectionKey, Span
from rapporteur.writing.outline.sections import fit, headline_span, is_headline


def said(
    text: str, role: str = "kapper", round: Round | None = None, name: str = "a", record: str = "groen/1"
) -> Fragment:
    return Fragment(name, record, "groen", 1, name, 0, Span(0, len(text)), text, "Iemand", role, round)


def section_of(*fragments: Fragment) -> list[SectionKey | None]:
    return [f.section for f in fit(fragments, {}, {"groen/1": "wethouder"})]


LONG = "Wij zagen dat iedereen in onze straat daar een week lang mee bezig is geweest."


def test_a_round_of_the_record_decides_the_section() -> None:
    rounds: dict[Round, SectionKey] = {"dromen": "dromen", "ideeen": "ideeen", "afsluiting": "procesobservaties"}
    for known, expected in rounds.items():
        assert section_of(said(LONG, round=known)) == [expected]


def test_within_knel_and_kiem_the_words_decide() -> None:
    hard = said("Ik miste mijn vrienden, het was zwaar en ik was eenzaam in die tijd.", round="knel-kiem")
    good = said(
        "Er ontstond iets moois, sindsdien kennen wij onze buren en dat doen we nog.", round="knel-kiem", name="b"
    )
    assert section_of(hard, good) == ["knel", "kiem"]


def test_where_there_are_no_rounds_the_facilitator_announces_them() -> None:
    leads = said("Dan gaan we naar de dromen, jullie hebben de foto's gezien.", role="gespreksleider", name="l")
    assert section_of(leads, said(LONG, name="b")) == [None, "dromen"]


def test_an_announcement_ends_with_its_record() -> None:
    leads = said("Dan gaan we naar de dromen, jullie hebben de foto's gezien.", role="gespreksleider", name="l")
    other = said("Ik miste mijn vrienden, het was zwaar en ik was eenzaam in die tijd.", name="b", record="groen/2")
    assert section_of(leads, other)[1] == "knel"


def test_talk_that_belongs_in_no_section_says_why() -> None:
    talk = [
        said("Wie wil er beginnen met zijn of haar verhaal vanavond?", role="gespreksleider"),
        said("Ja, precies.", name="b"),
        said("Ik hoor jullie niet, er staat iets verkeerd met mijn microfoon denk ik.", name="c"),
        said("Ja, dat herken ik ook wel een beetje.", name="d"),
        said("Welkom namens de gemeente, ik luister vanavond vooral naar jullie.", role="wethouder", name="e"),
        said("De opname loopt, praat een beetje hard.", role="notulist", name="f"),
        said(LONG, round="opening", name="g"),
    ]
    fitted = fit(talk, {}, {"groen/1": "wethouder"})
    assert [f.section for f in fitted] == [None] * len(talk)
    assert [f.why[0] for f in fitted] == [
        "guidance", "too short", "technique", "agreement", "host", "housekeeping", "opening",
    ]  # fmt: skip


def test_what_the_note_taker_saw_at_the_end_is_a_process_observation() -> None:
    seen = said("Mij viel op dat er na dat verhaal lang niemand iets zei.", role="notulist", round="afsluiting")
    assert section_of(seen) == ["procesobservaties"]


def test_scores_are_shares_of_one_over_all_sections() -> None:
    (fitted,) = fit([said(LONG)], {}, {})
    assert set(fitted.scores) == set(SECTION_KEYS)
    assert abs(sum(fitted.scores.values()) - 1) < 0.001


def test_nearness_to_a_sections_questions_tips_the_balance() -> None:
    fragments = [said(LONG, name=n) for n in "abc"]
    nearness: dict[SectionKey, dict[str, float]] = {
        "dromen": {"a": 0.9, "b": 0.1, "c": 0.1},
        "ideeen": {"a": 0.1, "b": 0.9, "c": 0.1},
    }
    assert [f.section for f in fit(fragments, nearness, {})][:2] == ["dromen", "ideeen"]


def test_a_headline_is_a_short_text_in_quotation_marks() -> None:
    assert is_headline(said("'Koor zoekt stem.'"))
    assert is_headline(said("De kop is: 'Nummer eenendertig moest buiten blijven.'"))
    assert is_headline(said("“Brievenbus bestaat nog”"))
    assert not is_headline(said("Toen zei hij 'nee' en dat was het dan voor ons allemaal die dag."))
    assert not is_headline(said("'s Avonds zongen we op straat, zo'n beetje iedereen deed mee."))


def test_a_headlines_words_stand_between_its_marks() -> None:
    text = "De kop is: 'Koor zoekt stem.'"
    span = headline_span(text)
    assert text[span.start : span.end] == "Koor zoekt stem."


def test_no_fragments_give_no_fits() -> None:
    assert fit([], {}, {}) == ()


def test_the_turns_around_it_tell_the_round_where_there_is_none() -> None:
    leads = said("Wie wil er nu iets over zeggen?", role="gespreksleider", name="l")
    dreams = [
        said(f"Ik droom van een dorp waar iedereen samen zingt, dat is mijn wens nummer {n}.", name=str(n))
        for n in "123456"
    ]
    unclear = said("Een bankje onder de boom, met een tafel erbij en iets te drinken voor wie er langskomt.", name="u")
    (alone,) = fit([unclear], {}, {})
    among = fit([leads, *dreams[:3], unclear, *dreams[3:]], {}, {})[4]
    assert among.scores["dromen"] > alone.scores["dromen"]


def test_a_headline_follows_the_story_of_its_speaker() -> None:
    story = said(
        "Ik miste mijn vrienden, het was zwaar en eenzaam en ik heb er nog steeds verdriet van.", round="knel-kiem"
    )
    headline = said("'Bankje zoekt boom'", name="h", round="knel-kiem")
    assert fit([story, headline], {}, {})[1].section == "knel"
