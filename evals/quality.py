"""Writes docs/quality.md: what is guaranteed, what is measured, and what is outside the guarantee.

    python evals/quality.py        from the accepted figures in baselines/ and the examples in data/

A test keeps the page in step with both.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from rapporteur.evaluation import baselines, suites  # noqa: E402

PAGE = REPOSITORY / "docs" / "quality.md"
_PLACE = REPOSITORY / "evals"
_ACCEPTED = ("whole sentences left out", "a word in brackets for another", "line-end hyphen", "plain words left out")
_REFUSED = ("a negation lost", "a number changed", "two people in one quotation", "a contrast cut off",
            "a condition cut off after", "a sentence of one's own in brackets", "another dialogue")  # fmt: skip
_MOST = 0.6  # of a quotation's words, for a turn to be where it is from
_WORDS = {
    "verbatim": "the record's own words",
    "edited": "the record's words, with marks that a reader sees",
    "altered": "altered",
    "misleading-cut": "a misleading cut",
    "misattributed": "someone else's words",
    "not-found": "in no record",
    "ambiguous": "could be anyone's",
}

_HEAD = """\
# What you can rely on

For whoever signs a report. `python evals/quality.py` writes this page from the figures that were accepted last; anyone
can measure them again with `rapporteur eval`, without a network. Cases are fictional, or made by rule from records.

"""

_GUARANTEED = """\
## What is guaranteed

- In a report as rapporteur drafts it, every quote is cut out of a record by code; no template and no language model
  types one.
- In any document that `rapporteur check` calls clean, every quotation it found is word for word in one record, said by
  whoever the document names; whatever was left out or replaced shows by its marks.
- Nothing is green of which nothing was checked, and what could not be read is told.

So these must be perfect: one case that goes wrong turns `rapporteur eval` red. The last column says how sure that makes
us: with no fault in so many cases, the true share lies above it with 95 % confidence.

| suite | what | cases | right | at least |
|---|---|---|---|---|
"""

_ALLOWED = """
What an editor may do to a quote, and what is refused (examples from our own talk by the canal):

"""

_MEASURED = """
## What is measured

No machine does these perfectly, nor do two people agree on all of them. A figure may not fall below what was accepted.
1 is perfect; the interval is where the figure lies with 95 % confidence. What the words mean stands below the table.

| suite | what | cases | figure | 95 % interval |
|---|---|---|---|---|
"""

_TERMS = """
- *example, published, statements*: over the twelve fictional records, over quotes of printed reports, over short texts.
- *F1* of a section: of what was put there, how much belongs, and of what belongs, how much was put there, in one
  figure; *macro-F1* is the mean of all sections. *Seen in training*: the program learned from these, so expect less of
  others.
- *average precision*, *nDCG@10*: how far what a human would choose stands before the rest in a ranking (in its first
  ten). *Recall@20*: how much of it stands in the first twenty.
- *V*: how alike our groups are and a human's; *beyond Ward's*: how much more than groups made in the usual way, where
  0 is no better.
- *reading ease* (Flesch-Douma): by the length of words and sentences, from 0, hard, to 100, easy; 60 to 70 is standard.
"""

_ASKED = """
What the suites ask:

"""

_OUTSIDE = """
## What is outside the guarantee

Look at these yourself.

- **Whether a quote is typical.** Each quote is someone's own words; whether many felt so is for the counts and for you.
- **Meaning without a turning word.** A cut is called misleading when it hides a word that turns, binds or counts
  ('niet', 'maar', 'tenzij', 'drie'). A turn in other words is not seen, nor is irony: of 'Het is een heel mooi plan, op
  papier.' the last two words may be left out.
- **What a visible bracket says.** 'Ik vond het plan [slecht]' for 'Ik vond het plan goed' is passed as edited, with
  its mark: a reader sees that a word was replaced, not which. Negations, numbers, quantities and opposites made of the
  same word ('[onveilig]' for 'veilig') are refused; another word that means the opposite is not.
- **Personal data without a form of their own.** Names of speakers, telephone numbers, addresses and the like are found
  by rule. A diagnosis ('zij heeft …'), a nickname, or a neighbour whom anyone in the village would know, is not.
- **The section and topic of a quote.** They are a proposal; see the figures above.
- **Whether prose is fair.** Numbers are held beside the records, words for how many beside what was counted or is
  quoted under them. 'Veel' in a paragraph that nothing is quoted under is held beside nothing, nor is the choice of
  words.
"""


def page() -> str:
    """The page as it should be."""
    figures = list(_figures())
    rules = {line["id"]: line for line in _lines("quote_rules.jsonl")}
    parts = (
        [_HEAD, _GUARANTEED],
        (_sure(*row) for row in figures if row[2]["least"] == 1.0),
        [_ALLOWED],
        _examples(rules, (*_ACCEPTED, *_REFUSED)),
        [_MEASURED],
        (_measured(*row) for row in figures if row[2]["least"] != 1.0),
        [_TERMS, _ASKED],
        (f"- `{suite}`: {suites.question(suite, _PLACE)}\n" for suite in suites.names(_PLACE)),
        [_OUTSIDE],
    )
    return "".join(chain.from_iterable(parts))


def _sure(suite: str, name: str, figure: Mapping[str, Any]) -> str:
    return f"| {suite} | {name} | {figure['n']} | {_percent(figure['value'])} | {_percent(figure['low'])} |\n"


def _measured(suite: str, name: str, figure: Mapping[str, Any]) -> str:
    within = f"{_plain(figure['low'])} to {_plain(figure['high'])}"
    return f"| {suite} | {name} | {figure['n']} | {_plain(figure['value'])} | {within} |\n"


def _figures() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for suite in suites.names(_PLACE):
        for name, figure in baselines.kept(_PLACE, suite, full=False).items():
            yield suite, name, figure


def _examples(rules: Mapping[str, Mapping[str, Any]], names: Iterable[str]) -> Iterator[str]:
    talk = _lines("talks.jsonl")
    yield "| in the report | in the record | verdict |\n|---|---|---|\n"
    for name in names:
        rule = rules[name]
        told = "; ".join(f"‘{turn['text']}’ ({_who(turn)})" for turn in _sources(rule["quote"], talk))
        quote = rule["quote"].replace("\n", "<br>")  # a word broken at the end of a line shows as it was
        yield f"| ‘{quote}’ ({_who(rule)}) | {told} | {_WORDS[rule['verdict']]}: {name} |\n"


def _who(said: Mapping[str, Any]) -> str:
    dialogue = f"dialoog {said['dialogue']}" if said["dialogue"] else ""
    return ", ".join(filter(None, (said["role"], dialogue))) or "nobody is named"


def _sources(quote: str, talk: Sequence[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """The turns that the parts of a quotation are from, each once."""
    found = (next(turn for turn in talk if _tells(turn["text"], part)) for part in quote.split("[…]"))
    return {turn["id"]: turn for turn in found}.values()


def _tells(text: str, part: str) -> bool:
    """Whether a turn holds most of the words of a quotation's part."""
    words = {word.strip(".,;…[]").casefold() for word in part.split()}
    held = {word.strip(".,;…").casefold() for word in text.split()}
    return len(words & held) > _MOST * len(words)


def _percent(value: float) -> str:
    return f"{value:.1%}".replace("%", " %")


def _plain(value: float) -> str:
    """Reading ease, which goes to 100, with one digit; what goes to 1 with three, so that nearly all is not all."""
    return f"{value:.1f}" if abs(value) > 2 else f"{value:z.3f}"


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_PLACE / "data" / name).read_text("utf-8").splitlines()]


def main() -> int:
    PAGE.write_text(page(), "utf-8")
    print(PAGE.relative_to(REPOSITORY))
    return 0


if __name__ == "__main__":
    sys.exit(main())
