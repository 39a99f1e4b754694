"""Do the suites go red when a rule is broken? Faults are planted one by one in a copy of the package.

    python evals/mutations.py [WORD…]     all faults, or those with a WORD in file, name or suite; --jobs N

Each fault changes one place of a module or prompt; then only the tasks that should see it run, in a process of their
own, beside the figures of the same tasks without the fault. Ends with 1 where fewer than 95 % were caught, or where a
fault no longer fits the code it was written for.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from typing import Any

Ran = dict[str, Any]  # figures as [value, least, tolerance] by name, what went wrong, what was skipped
REPOSITORY = Path(__file__).resolve().parent.parent
TO_BE_CAUGHT = 0.95
_COPIED = ("rapporteur", "prompts", "corpus", "evals", "pyproject.toml")
_FIGURES = """
import json, sys
from rapporteur.evaluation import running, suites
name, _, tasks = sys.argv[1].partition("@")
place = suites.folder()
makers = [maker for maker in suites.load(name, place) if maker.name in tasks.split("+")]
ran = running.run_suite(name, makers, suites.given(place, embedder="hashing"))
print(json.dumps({"figures": {f.name: [f.value, f.least, f.tolerance] for f in ran.figures}, "wrong": ran.wrong,
                  "skipped": ran.skipped}))
"""


@dataclass(frozen=True)
class Fault:
    """`old` stands once in `file` and becomes `new`; `suite` is 'SUITE@TASK+TASK'."""

    name: str
    file: str
    old: str
    new: str
    suite: str


def faults() -> list[Fault]:
    lines = (REPOSITORY / "evals" / "data" / "faults.jsonl").read_text("utf-8").splitlines()
    return [Fault(n["id"], n["file"], n["old"], n["new"], n["suite"]) for n in map(json.loads, lines)]


@dataclass(frozen=True)
class Outcome:
    """`why` says what went red; '' for a survivor."""

    fault: Fault
    why: str
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    known = faults()
    words = options.words or [""]
    wanted = [f for f in known if any(word in f"{f.file} {f.name} {f.suite}" for word in words)]
    if stale := [f for f in known if (REPOSITORY / f.file).read_text("utf-8").count(f.old) != 1]:
        for fault in stale:
            print(f"no longer fits {fault.file}: {fault.name}", file=sys.stderr)
        return 1
    started = time.perf_counter()
    with TemporaryDirectory() as place, ThreadPoolExecutor(options.jobs) as pool:
        copies: Queue[Path] = Queue()
        for number in range(options.jobs):
            copies.put(_copy(Path(place) / str(number)))
        suites = sorted({fault.suite for fault in wanted})
        sound = dict(zip(suites, pool.map(lambda suite: _run(suite, copies), suites), strict=True))
        for suite, ran in sound.items():
            if ran["wrong"] or not ran["figures"]:
                print(f"{suite} is red without any fault: {ran['wrong'] or ran['skipped']}", file=sys.stderr)
        outcomes = [*pool.map(lambda fault: _tried(fault, copies, sound[fault.suite]), wanted)]
    return _told(outcomes, time.perf_counter() - started)


def _copy(place: Path) -> Path:
    """A checkout of its own, with ../shared beside it."""
    checkout = place / "checkout"
    checkout.mkdir(parents=True)
    for name in _COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, checkout / name)
    if (shared := REPOSITORY.parent / "shared").exists():
        (place / "shared").symlink_to(shared.resolve())
    return checkout


def _tried(fault: Fault, copies: Queue[Path], sound: Ran) -> Outcome:
    started = time.perf_counter()
    ran = _run(fault.suite, copies, fault)
    outcome = Outcome(fault, _red(ran, sound), time.perf_counter() - started)
    told = "caught" if outcome.why else "SURVIVED"
    print(f"{outcome.seconds:4.0f} s  {told:<9} {fault.name}", file=sys.stderr, flush=True)
    return outcome


def _run(suite: str, copies: Queue[Path], fault: Fault | None = None) -> Ran:
    """The figures of a suite's tasks in a copy, with the fault in it while they run."""
    copy = copies.get()
    file = copy / fault.file if fault else None
    before = file.read_text("utf-8") if file else ""
    try:
        if file and fault:
            file.write_text(before.replace(fault.old, fault.new), "utf-8")
        environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        ran = subprocess.run(  # noqa: S603 - our own code, in a copy
            [sys.executable, "-c", _FIGURES, suite], cwd=copy.parent, env=environment, capture_output=True, text=True
        )
    finally:
        if file:
            file.write_text(before, "utf-8")
        copies.put(copy)
    if ran.returncode:
        return {"figures": {}, "wrong": [ran.stderr.strip().splitlines()[-1][:200]], "skipped": []}
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _red(ran: Ran, sound: Ran) -> str:
    """What is red beside the same tasks without a fault."""
    if set(ran["wrong"]) - set(sound["wrong"]):
        return str(ran["wrong"][0])
    for name, (value, least, tolerance) in ran["figures"].items():
        was = sound["figures"][name][0]
        if value is None or value < was - tolerance or (least is not None and value < least <= was):
            return f"{name}: {'nothing was evaluated' if value is None else f'{value:.3f}, was {was:.3f}'}"
    return ""


def _told(outcomes: Sequence[Outcome], seconds: float) -> int:
    caught = [outcome for outcome in outcomes if outcome.why]
    print("| fault | place | suite | what went red |\n|---|---|---|---|")
    for outcome in outcomes:
        place, suite = outcome.fault.file.removeprefix("rapporteur/"), outcome.fault.suite.partition("@")[0]
        print(f"| {outcome.fault.name} | {place} | {suite} | {outcome.why or '**survived**'} |")
    print(f"\n{len(caught)} of {len(outcomes)} faults caught, in {seconds:.0f} s.")
    if not outcomes:
        print("Nothing was tried.", file=sys.stderr)
        return 1
    return 0 if len(caught) >= TO_BE_CAUGHT * len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
