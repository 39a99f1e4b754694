"""Where indexing spends its time, at 1x, 10x and 100x of the example corpus: `python benchmarks/indexing.py [SCALE…]`.

Copies of the twelve fictional records under other dialogue numbers. Their texts are the same, so beyond 1x the
embedder's work is remembered; `--fresh` changes a word in every turn, so that each is embedded. Prints CPU seconds per
phase, fragments and MB per second, and peak memory of the process (not of its child that reads). One scale per
process: memory is not shared.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from rapporteur import config, wiring  # noqa: E402
from rapporteur.progress import SILENT  # noqa: E402
from rapporteur.sources.finding import find_records  # noqa: E402
from rapporteur.sources.readers.registry import read_record  # noqa: E402

SECONDS: Counter[str] = Counter()


def timed(phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its CPU seconds added to a phase."""

    def measured(*args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            SECONDS[phase] += time.process_time() - start

    return measured


def children() -> float:
    """CPU seconds of the processes that read files, which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def copies(folder: Path, scale: int, *, fresh: bool) -> int:
    """Write the example `scale` times as record JSON; returns the bytes written."""
    size = 0
    for file in sorted((REPOSITORY / "corpus").glob("*/dialoog-*")):
        if file.suffix == ".yaml":
            continue
        record = read_record(file, file.name).record
        for copy in range(scale):
            number = (record.dialogue or 0) + 4 * copy
            turns = [
                {
                    "speaker": t.speaker,
                    "role": t.role,
                    "round": t.round,
                    "text": f"{number} {t.text}" if fresh else t.text,
                }
                for t in record.turns
            ]
            target = folder / record.theme / f"dialoog-{number}.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            content = {"theme": record.theme, "dialogue": number, "participants": record.participants, "turns": turns}
            size += target.write_bytes(json.dumps(content, ensure_ascii=False).encode())
    return size


def measure(scale: int, embedder: str, *, fresh: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        size = copies(root / "corpus", scale, fresh=fresh)
        settings = config.load(root, {"embedder": embedder})
        files = find_records(settings.root, [root / "corpus"]).files
        with wiring.store(settings, create=True) as store:
            indexer = wiring.indexer(settings, store, theme=None, dialogue=None, progress=SILENT)
            indexer.embedder.embed = timed("embed", indexer.embedder.embed)  # type: ignore[method-assign]
            start, wall = time.process_time(), time.perf_counter()
            run = indexer.run(files)
            reading = children()
            total, passed = time.process_time() - start + reading, time.perf_counter() - wall
            again = time.process_time()
            indexer.run(files)
            again = time.process_time() - again
            changed = root / "corpus" / "werken-en-leren" / "dialoog-1.json"
            record = json.loads(changed.read_text("utf-8"))
            record["turns"].append(
                {"speaker": "Bo", "role": "kapper", "text": "Er kwam nog één verhaal bij, aan het eind."}
            )
            changed.write_text(json.dumps(record), "utf-8")
            one = time.process_time()
            indexer.run(files)
            one = time.process_time() - one + children() - reading
    rest = total - reading - SECONDS["embed"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{scale:>4}x | {len(files):>5} | {run.totals.fragments:>6} | {total:7.1f} | {reading:6.1f} |"
        f" {SECONDS['embed']:7.1f} | {rest:6.1f} | {run.totals.fragments / total:7.0f} | {size / 1e6 / total:5.2f} |"
        f" {again:6.2f} | {one:6.2f} | {peak:>5} | {passed:7.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scales", nargs="*", type=int, default=[1, 10, 100])
    parser.add_argument("--embedder", default="auto")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one, options.embedder, fresh=options.fresh)
        return
    print(
        "scale | files | fragm. | CPU s   | read   | embed   | write  | fragm/s | MB/s  | again  | 1 file | MB    |"
        " wall s"
    )
    for scale in options.scales:
        arguments = [sys.executable, __file__, "--one", str(scale), "--embedder", options.embedder]
        subprocess.run([*arguments, *(["--fresh"] if options.fresh else [])], check=True)


if __name__ == "__main__":
    main()
