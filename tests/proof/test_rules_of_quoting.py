"""The two rules that must have no exception: typography keeps a quote clean, any other change makes it unclean."""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from rapporteur.proof.quotes import QuoteChecker
from rapporteur.proof.tokens import readings
from rapporteur.types import Attribution, Fragment, Quotation
from tests.proof.invented import INVENTED

CHECKER = QuoteChecker(INVENTED)
FRAGMENTS = st.sampled_from(INVENTED)
SEEN = frozenset(word for f in INVENTED for word in next(readings(f.text)).canonical)

LICENCES = {
    "straight marks": lambda s: s.translate(str.maketrans("‘’", "''")),
    "double marks": lambda s: re.sub(r"(?<!\w)‘|’(?!\w)", "”", s),
    "marks around": lambda s: f"“{s}”",
    "low marks around": lambda s: f"„{s}“",
    "wide spaces": lambda s: s.replace(" ", " \u00a0 "),
    "line wraps": lambda s: s.replace(", ", ",\n"),
    "soft hyphens": lambda s: re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "\u00ad", s),
    "a word broken at a line end": lambda s: re.sub(r"(?<=[a-z]{4})(?=[a-z]{4})", "-\n", s, count=1),
    "zero width": lambda s: s.replace("e", "e\u200b"),
    "decomposed": lambda s: s.replace("é", "e\u0301").replace("É", "E\u0301"),
    "dashes": lambda s: re.sub(r"(?<=k)-(?=p)", "\u2011", s),
    "ellipsis": lambda s: s.replace("…", "..."),
    "capitals": lambda s: s[:1].upper() + s[1:],
    "small first letter": lambda s: s[:1].lower() + s[1:],
    "no closing stop": lambda s: s.rstrip(".’"),
    "doubled closing stop": lambda s: s.rstrip("’") + ".",
    "closing ellipsis": lambda s: s.rstrip(".’") + "...",
    "opening ellipsis": lambda s: "… " + s,
    "closing mark of exclamation": lambda s: s.rstrip(".’") + "!",
}


@given(FRAGMENTS, st.lists(st.sampled_from(sorted(LICENCES)), max_size=6, unique=True))
def test_any_sequence_of_typographic_licences_stays_clean(fragment: Fragment, names: list[str]) -> None:
    text = fragment.text
    for name in names:
        text = LICENCES[name](text)
    attribution = Attribution("", fragment.role, fragment.dialogue, fragment.theme)
    verdict = CHECKER.check(Quotation(text, "", attribution))
    assert verdict.clean, (names, text, verdict)
    assert verdict.fragment == fragment.id


@given(FRAGMENTS, st.data())
def test_a_deleted_word_inside_is_never_clean(fragment: Fragment, data: st.DataObject) -> None:
    words = fragment.text.split()
    at = data.draw(st.integers(1, len(words) - 2))
    assume(any(map(str.isalnum, words[at])) and words[at] != words[at - 1])
    assert_unclean([*words[:at], *words[at + 1 :]])


@given(FRAGMENTS, st.data(), st.sampled_from(["niet", "geen", "ook", "1", "zeer", "Jansen", "é"]))
def test_an_added_word_is_never_clean(fragment: Fragment, data: st.DataObject, word: str) -> None:
    words = fragment.text.split()
    at = data.draw(st.integers(0, len(words)))
    assert_unclean([*words[:at], word, *words[at:]])


@given(FRAGMENTS, st.data(), st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=8))
def test_a_changed_word_is_never_clean(fragment: Fragment, data: st.DataObject, word: str) -> None:
    words = fragment.text.split()
    at = data.draw(st.integers(0, len(words) - 1))
    assume(not SEEN & {*next(readings(word)).canonical} and any(map(str.isalnum, words[at])))
    assert_unclean([*words[:at], word, *words[at + 1 :]])


@given(FRAGMENTS, st.data())
def test_two_swapped_words_are_never_clean(fragment: Fragment, data: st.DataObject) -> None:
    words = fragment.text.split()
    a, b = sorted(data.draw(st.lists(st.integers(0, len(words) - 1), min_size=2, max_size=2, unique=True)))
    assume(words[a].casefold() != words[b].casefold())
    words[a], words[b] = words[b], words[a]
    assert_unclean(words)


@given(FRAGMENTS, st.data())
def test_a_joined_or_split_compound_is_never_clean(fragment: Fragment, data: st.DataObject) -> None:
    words = fragment.text.split()
    at = data.draw(st.integers(0, len(words) - 2))
    assume(words[at][-1:].isalpha() and words[at + 1][:1].isalpha())
    assert_unclean([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


@given(FRAGMENTS, st.data())
def test_a_letter_that_lost_or_won_a_lexical_accent_is_never_clean(fragment: Fragment, data: st.DataObject) -> None:
    vowels = [m.start() for m in re.finditer("[aeiou]", fragment.text)]
    at = data.draw(st.sampled_from(vowels))
    text = fragment.text[: at + 1] + data.draw(st.sampled_from("\u0300\u0308")) + fragment.text[at + 1 :]
    assert_unclean([text])


@given(FRAGMENTS)
def test_another_persons_role_or_dialogue_is_never_clean(fragment: Fragment) -> None:
    if fragment.role:
        claim = Attribution("", f"oud-{fragment.role}", fragment.dialogue)
        assert not CHECKER.check(Quotation(fragment.text, "", claim)).clean
    claim = Attribution("", fragment.role, (fragment.dialogue or 0) + 7)
    assert not CHECKER.check(Quotation(fragment.text, "", claim)).clean


def assert_unclean(words: list[str]) -> None:
    text = " ".join(words)
    assert not CHECKER.check(Quotation(text, "")).clean, text
