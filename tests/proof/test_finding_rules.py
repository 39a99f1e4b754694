"""Rules of finding, whatever the words: marks, attribution and surroundings in every combination."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rapporteur.proof.documents.finding import quotations_in
from rapporteur.proof.documents.prose import Prose, quotations_of

WORDS = st.lists(
    st.sampled_from(
        "ik mis de markt foto’s auto's zo’n m'n ’s avonds 't bankje niet 1,5 meter (echt) […] X café werk-privé én"
        " opa’s huis, dus… straat; de ouders kwamen".split()
    ),
    min_size=6,
    max_size=25,
).filter(lambda words: words[0][0].isalnum() and words[-1].isalpha())
MARKS = st.sampled_from(["‘’", "“”", "„”", "„“", "«»", "»«", '""', "''", "‹›", "‚’"])
ENDS = st.sampled_from(["", ".", "!", "…", "..", "?"])
ROLES = st.sampled_from(["kok", "student (mbo), zorg", "docent VO, schrijver", "2e jaars student", "ZZP’er"])
FORMS = st.sampled_from(
    ["({}, dialoog 4)", "({}, dialoog 4).", "– {}, dialoog 4", "({}, Dialoog vier)", "[{}, dialoog 4]"]
)
BEFORE = st.sampled_from(
    ["", "Zij zei: ", "- ", "De ‘gewone’ markt is weg. ", "’s Avonds, zei zij: ", "In de jaren ’90: "]
)


def told(text: str) -> list[tuple[str, str | None, int | None]]:
    return [
        (f.text, f.attribution.role if f.attribution else None, f.attribution.dialogue if f.attribution else None)
        for f in quotations_in(text)
    ]


@given(WORDS, MARKS, ENDS, ROLES, FORMS, BEFORE)
def test_a_quotation_is_found_whole_with_who_spoke(
    words: list[str], marks: str, end: str, role: str, form: str, before: str
) -> None:
    text = " ".join(words) + end
    assert told(f"{before}{marks[0]}{text}{marks[1]} {form.format(role)}") == [(text, role, 4)]


@given(WORDS, MARKS, ENDS, st.integers(1, 5))
def test_a_quotation_over_paragraphs_is_one_whether_each_repeats_the_mark_or_not(
    words: list[str], marks: str, end: str, paragraphs: int
) -> None:
    text = " ".join(words) + end
    for again in ("", marks[0]):
        pieces = [f"{marks[0]}{text}", *[f"{again}{text}"] * paragraphs]
        pieces[-1] += f"{marks[1]} (kok, dialoog 2)"
        found = quotations_of([Prose(piece, str(number)) for number, piece in enumerate(pieces)])
        assert [q.text for q in found] == [" ".join([text] * (paragraphs + 1))]


@given(st.lists(st.tuples(WORDS, MARKS, st.integers(1, 9)), min_size=1, max_size=5))
def test_several_quotations_in_a_paragraph_keep_their_own_attributions(
    quotes: list[tuple[list[str], str, int]],
) -> None:
    text = " en ook ".join(f"{m[0]}{' '.join(words)}{m[1]} (dialoog {n})" for words, m, n in quotes)
    assert told(text) == [(" ".join(words), None, n) for words, _, n in quotes]


@given(st.text(alphabet="‘’“”'\"«»()., \na1", max_size=200))
def test_no_text_makes_the_search_stumble(text: str) -> None:
    for found in quotations_in(text):
        assert 0 <= found.start <= found.end <= found.after <= len(text)
