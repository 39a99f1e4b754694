"""Is an answer ever paid for twice? Kills `rapporteur draft` at random moments and runs it again. `--moments 20`.

Real processes and SIGKILL; a server that takes 0.25 s an answer, four calls at once. Of each moment: how many calls had
been made, how many were under way as the server saw it (an answer that was sent but not yet stored is under way for
the client only: at most four in all), how many were asked again. Ends with 1 where more than four were, or where the
report differs from that of a run nobody killed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.killed_drafts import CONCURRENCY, trial  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--theme", default="ontmoeten-in-de-buurt")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as place, trial(Path(place), options.theme) as killing:
        print(f"{killing.calls} calls in a run nobody kills, {CONCURRENCY} at once")
        print("asked | under way | then asked | again | same report")
        for moment in killing.moments(options.moments, options.seed):
            found = killing.killed(moment)
            wrong += found.asked_again > CONCURRENCY or not found.same_report
            print(
                f"{found.asked_before:>5} | {found.in_flight:>9} | {found.asked_after:>10} | {found.asked_again:>5} |"
                f" {'yes' if found.same_report else f'NO (exit {found.exit_code})'}",
                flush=True,
            )
    print(f"{options.moments} moments, {wrong} of them wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
