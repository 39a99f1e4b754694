"""Does `check` call honest quotes clean and altered ones not, and does it name what was changed?

At least 5,000 cases made by rule (evals/quote_cases.py) over the example records, and over real quotes where
`../shared` is there. Prints per kind: n, how many got the verdict they should, the worst samples; then the figures
that must be reached, and ends with 1 if one is not. `--show KIND` prints every miss of one kind.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from evals.quote_cases import Case, Generator  # noqa: E402
from rapporteur.proof.quotes import QuoteChecker  # noqa: E402
from rapporteur.sources.fragments import cut  # noqa: E402
from rapporteur.sources.readers.registry import READERS, read_record  # noqa: E402
from rapporteur.types import Fragment, Verdict  # noqa: E402

SEED = 20210330
Judged = tuple[Case, Verdict]
# Where a cut, an addition in brackets and a change meet, one verdict is as true as another; clean is never.
ALSO_RIGHT = {"altered": {"not-found", "misleading-cut"}, "misleading-cut": set(), "misattributed": set()}


def fragments_in(folder: Path) -> tuple[Fragment, ...]:
    paths = sorted(p for p in folder.glob("*/*") if p.suffix in READERS)
    return tuple(f for p in paths for f in cut(read_record(p, p.relative_to(folder).as_posix()).record))


def judge(fragments: Sequence[Fragment], seed: int = SEED) -> list[Judged]:
    """Every case over these fragments beside its verdict."""
    generator = Generator(fragments, seed)
    checker = QuoteChecker(generator.sources)
    return [(case, checker.check(case.quotation)) for case in generator.cases()]


def is_right(case: Case, verdict: Verdict) -> bool:
    if case.expected == "clean":
        return verdict.clean
    return verdict.kind == case.expected or verdict.kind in ALSO_RIGHT.get(case.expected, ())


def names_the_change(case: Case, verdict: Verdict) -> bool:
    """Whether one of the differences holds the word that was and the word that is now, with both places."""
    for change in verdict.difference:
        (a, b), (c, d) = change["verslag_span"], change["citaat_span"]
        was, now = case.was or "", case.now or ""
        if was in change["verslag"] and now in change["citaat"] and b - a >= len(was) and d - c >= len(now):
            return now in case.quotation.text[c:d]
    return False


def figures(judged: Iterable[Judged]) -> dict[str, tuple[float, int, float]]:
    """What must be reached: name -> (value, n, least)."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for case, verdict in judged:
        if case.expected == "clean":
            group = "honest cuts passed" if case.kind.startswith("honest cut") else "honest quotes clean"
            groups[group].append(verdict.clean)
        else:
            groups["unclean quotes not clean"].append(not verdict.clean)
        if case.expected == "misleading-cut":
            groups["misleading cuts flagged"].append(verdict.kind == "misleading-cut")
        if case.expected == "misattributed":
            groups["wrong role, dialogue or theme caught"].append(verdict.kind == "misattributed")
        if case.expected == "ambiguous":
            groups["common words called ambiguous"].append(verdict.kind == "ambiguous")
        if case.was is not None and case.expected == "altered":
            groups["changed word named, both places"].append(names_the_change(case, verdict))
    least = {"honest cuts passed": 0.98, "misleading cuts flagged": 0.95, "changed word named, both places": 0.99,
             "common words called ambiguous": 0.0}  # fmt: skip
    return {name: (sum(r) / len(r), len(r), least.get(name, 1.0)) for name, r in sorted(groups.items())}


def _print_kinds(judged: Sequence[Judged], show: str | None) -> None:
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for case, verdict in judged:
        kinds[case.kind].append((case, verdict))
    for kind, found in sorted(kinds.items()):
        wrong = [(c, v) for c, v in found if not is_right(c, v)]
        got = dict(Counter(v.kind for _, v in found).most_common())
        print(f"  {kind:<46} {1 - len(wrong) / len(found):6.1%}  n = {len(found):<5} {got}")
        for case, verdict in wrong[: None if kind == show else 0 if show else 1]:
            print(f"      {verdict.kind}: {case.quotation.text!r} {case.quotation.attribution}\n        {verdict.why}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", help="print every miss of this kind")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    sets = {"example": REPOSITORY / "corpus", "published": REPOSITORY.parent / "shared" / "published" / "records"}
    judged: list[Judged] = []
    for name, folder in sets.items():
        if not folder.is_dir():
            print(f"{name}: not here, left out.", file=sys.stderr)
            continue
        start = time.process_time()
        these = judge(fragments_in(folder), options.seed)
        print(f"{name}: {len(these)} cases, {time.process_time() - start:.1f} s")
        _print_kinds(these, options.show)
        judged += these
    if not judged:
        print("Nothing was evaluated.", file=sys.stderr)
        return 2
    reached = True
    for name, (value, n, least) in figures(judged).items():
        reached &= value >= least
        print(f"{name:<38} {value:8.3%}  n = {n:<6} {'' if value >= least else f'MISSED, must be {least:.0%}'}")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
