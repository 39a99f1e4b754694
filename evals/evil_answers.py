"""Can a language model that does everything wrong put a false quote in a report, or lose one? `--answers 1000`.

Drafts the example themes with the scripted server of `tests/model_server.py`, each draft under another mixture of the
evil answers of `tests/evil_answers.py`, until so many were given. Each draft is written as Word and as Markdown and
goes through `check`, and through an oracle that shares no code with it. Prints what was given, and everything that went
wrong; ends with 1 if anything did. `--show` prints each; `--seed` starts elsewhere.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.evil_drafts import Outcome, draft  # noqa: E402
from tests.model_server import GOOD  # noqa: E402
from tests.workspaces import indexed  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as place, indexed(Path(place), REPOSITORY / "corpus") as (settings, store):
        themes = store.theme_names()
        while sum(outcome.evil for outcome in outcomes) < options.answers:
            number = len(outcomes)
            outcomes.append(draft(options.seed + number, themes[number % len(themes)], settings, store, Path(place)))
            if options.show:
                _show(outcomes[-1])
    _print_kinds(outcomes)
    return _print_totals(outcomes)


def _show(outcome: Outcome) -> None:
    print(f"seed {outcome.seed}: {outcome.evil} evil answers {outcome.failed[:100]}", flush=True)
    for wrong in outcome.wrong:
        print(f"    {wrong[:300]}")


def _print_kinds(outcomes: list[Outcome]) -> None:
    given: Counter[str] = sum((outcome.given for outcome in outcomes), Counter())
    print(f"{'kind of answer':<30} given")
    for kind, count in given.most_common():
        if kind != GOOD:
            print(f"{kind:<30} {count:>5}")
    print(f"{'(good ones between them)':<30} {given[GOOD]:>5}")


def _print_totals(outcomes: list[Outcome]) -> int:
    rows = [
        ("drafts", len(outcomes)),
        ("evil answers", sum(outcome.evil for outcome in outcomes)),
        ("honest failures, drafted again well", sum(bool(outcome.failed) for outcome in outcomes)),
        ("quotations checked (Word and Markdown)", sum(outcome.quotes for outcome in outcomes)),
        ("topics", sum(outcome.topics for outcome in outcomes)),
    ]
    wrong = [
        ("false quotes", sum(len(outcome.false_quotes) for outcome in outcomes)),
        ("other errors found by check", sum(len(outcome.findings) for outcome in outcomes)),
        ("crashes", sum(len(outcome.crashes) for outcome in outcomes)),
        ("lost sections and empty topics", sum(len(outcome.lost) for outcome in outcomes)),
    ]
    print()
    for what, count in (*rows, *wrong):
        print(f"{what:<42} {count:>6}")
    return 1 if any(count for _, count in wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
