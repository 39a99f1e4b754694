"""Does anything an editor may do, in any order, lose or change what it should not? `--sequences 200 --seed 1`.

Random sequences of draft, redraft, lock, import of an edited Word file, restore, export, two writers at once and a
writer that is killed (SIGKILL), on a real store; after each step everything in tests/editors_loop.py is held to hold.
Prints what came of the steps; ends with 1, and the shortest sequence that shows it, where something did not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.editors_loop import loops  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=200)
    parser.add_argument("--steps", type=int, default=12, help="at most so many in a sequence")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        try:
            run_state_machine_as_test(
                seed(options.seed)(loops(Path(place), counts)),
                settings=settings(
                    max_examples=options.sequences,
                    stateful_step_count=options.steps,
                    database=None,
                    deadline=None,
                    verbosity=Verbosity.normal,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except AssertionError as broken:
            print(f"An invariant is broken: {broken}", file=sys.stderr)
            return 1
    for what, count in sorted(counts.items()):
        print(f"{count:>6}  {what}")
    print(f"{options.sequences} sequences in {time.monotonic() - began:.0f} s, no invariant broken")
    return 0


if __name__ == "__main__":
    sys.exit(main())
