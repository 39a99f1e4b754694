"""A text is read by its stretches without white space; that is never another reading than of the whole."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from rapporteur.proof.tokens import readings

_SIGNS = st.text(alphabet="aZé1_ʼ'’ \t\u00a0\u00ad\u200b\u0301-–…..,:[]()“X9½", max_size=20)


@given(text=_SIGNS)
@example(text="weg . . . daar")
@example(text="( … ) daar (.. .) en [ ... ]")
def test_each_token_stands_where_its_offsets_say_and_is_what_that_piece_of_text_is_alone(text: str) -> None:
    tokens = next(readings(text))
    alone = [next(readings(tokens.raw(number))).canonical for number in range(len(tokens.starts))]
    assert alone == [(token,) for token in tokens.canonical]


def test_dots_and_brackets_with_spaces_in_them_are_one_token_each() -> None:
    tokens = next(readings("Het was . . . mooi ( .. ) en [ … ] klaar."))
    assert tokens.canonical == ("het", "was", "…", "mooi", "[…]", "en", "[…]", "klaar", ".")
