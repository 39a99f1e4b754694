"""What a command costs from the shell and back, its small work included: `python benchmarks/start_up.py`.

Whole processes in a workspace with the twelve fictional records: hashing embedder, no language model, bare Python
beside them. Every round runs each command once, so that load falls on all alike; a first round, which fills caches and
compiles every module as an installed package has it, does not count. CPU seconds and seconds of the clock, medians of
`--rounds` (5).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.workspaces import indexed  # noqa: E402

THEME = "ontmoeten-in-de-buurt"
DOCUMENT = "controle.md"
WORDS = 20  # of the quote to check, at least
BARE = "bare Python"
COMMANDS = {
    BARE: (),
    "--help": ("--help",),
    "themes": ("themes",),
    "check, one quote": ("check", DOCUMENT),
    "draft": ("draft", THEME, "-o", "concept.docx"),
    "redraft, one section": ("redraft", THEME, "knel"),
}
RUN = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from rapporteur.cli.main import run; run()"


class Took(NamedTuple):
    cpu: float
    wall: float


def made_workspace(root: Path) -> None:
    """The example, indexed, and a document that quotes it."""
    with indexed(root, REPOSITORY / "corpus") as (_, store):
        quote = next(f.text for f in store.fragments(THEME) if len(f.text.split()) >= WORDS)
    (root / DOCUMENT).write_text(f"Een deelnemer zei het zo: “{quote}”\n", "utf-8")
    (root / "rapporteur.toml").write_text('embedder = "hashing"\nmodel = "none"\n', "utf-8")


def measure(arguments: tuple[str, ...], workspace: Path) -> Took:
    """Run one process to its end. Raises: RuntimeError where it fails."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(workspace / "compiled")
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN if arguments else "pass", *arguments],
        cwd=workspace,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: exit code {process.returncode}")
    return Took(used.ru_utime + used.ru_stime, wall)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as place:
        made_workspace(Path(place))
        _, *counted = [
            {name: measure(arguments, Path(place)) for name, arguments in COMMANDS.items()} for _ in range(rounds + 1)
        ]
    print("| command | CPU s | clock s | CPU, times bare Python |\n|---|---|---|---|")
    bare = statistics.median(took[BARE].cpu for took in counted)
    for name in COMMANDS:
        cpu = statistics.median(took[name].cpu for took in counted)
        wall = statistics.median(took[name].wall for took in counted)
        print(f"| {name} | {cpu:.3f} | {wall:.3f} | {cpu / bare:.0f} |")
    print(f"load at the end: {os.getloadavg()[0]:.1f}", file=sys.stderr)


if __name__ == "__main__":
    main()
