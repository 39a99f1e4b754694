from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.dutch.sentences import sentences


def parts(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik kwam. Ik zag. Ik ging.", ["Ik kwam.", "Ik zag.", "Ik ging."]),
        ("Dat is bijv. in Hagelmeer zo. Ja!", ["Dat is bijv. in Hagelmeer zo.", "Ja!"]),
        ("'t Is mooi! 's Avonds niet.", ["'t Is mooi!", "'s Avonds niet."]),
        ('Hij zei: "Kom je?" Nee dus.', ['Hij zei: "Kom je?"', "Nee dus."]),
        ("Wacht... en toen kwam het. Echt…", ["Wacht... en toen kwam het.", "Echt…"]),
        ("Het was 1.5 meter. Meer niet", ["Het was 1.5 meter.", "Meer niet"]),
        ("Dat zei A. Smit ook. Toch?", ["Dat zei A. Smit ook.", "Toch?"]),
        ("", []),
        ("   ", []),
    ],
)
def test_a_text_is_cut_at_its_sentence_ends(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@given(st.text())
def test_sentences_cover_every_word_in_order_without_overlap(text: str) -> None:
    spans = sentences(text)
    assert " ".join(parts(text)).split() == text.split()
    assert all(a.end <= b.start for a, b in pairwise(spans))
