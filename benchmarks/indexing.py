"""Where indexing spends its time, at 1x, 10x and 100x of the example corpus: `python benchmarks/indexing.py [SCALE…]`.

Copies of the twelve fictional records under other dialogue numbers, with a number of their own before every turn, so
that each is embedded; `--same` leaves the words alike, so that beyond 1x the embedder's work is remembered. CPU seconds
per phase: 'read' is that of the child process and of talking to it, 'cut' into fragments, 'embed', 'store' (SQLite),
'Chroma', 'words' (BM25), and what is left: digests, the ledger, the search for copies. Then: the same again with
nothing changed, one file changed, peak memory (not of the child), seconds of the clock.

Beside it what one would write with LangChain (langchain_pipeline.py): the same files, the same hashing embedder,
Chroma, in a virtual environment of its own (--venv keeps it). It knows no file it read before, so it does all of it
again; it keeps no store, ledger or index of words. One run per process: memory is not shared.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from benchmarks.quote_checking import peers_python  # noqa: E402
from rapporteur import config, wiring  # noqa: E402
from rapporteur.progress import SILENT  # noqa: E402
from rapporteur.sources import indexing  # noqa: E402
from rapporteur.sources.finding import find_records  # noqa: E402
from rapporteur.sources.index import chroma  # noqa: E402, F401 - loaded before the clock runs
from rapporteur.sources.readers.registry import read_record  # noqa: E402

PEERS = ("langchain-core==1.7.2", "langchain-text-splitters==1.1.3", "langchain-chroma==1.1.0", "chromadb==1.5.9")
TWICE_UP_TO = 10  # LangChain's second time takes as long as its first
PHASES = ("read", "cut", "embed", "store", "Chroma", "words")


class Phases:
    """CPU seconds by phase; a phase within another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._under_way = [""]
        self._since = 0.0

    @contextmanager
    def during(self, phase: str) -> Iterator[None]:
        self._charge()
        self._under_way.append(phase)
        try:
            yield
        finally:
            self._charge()
            self._under_way.pop()

    def timed(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*args: Any, **kwargs: Any) -> Any:
            with self.during(phase):
                return function(*args, **kwargs)

        return measured

    def time_methods(self, phase: str, thing: Any) -> Any:
        """Have all public methods of a thing counted, and give it back."""
        for name in dir(type(thing)):
            method = getattr(type(thing), name)
            if callable(method) and not name.startswith("_"):
                setattr(thing, name, self.timed(phase, getattr(thing, name)))
        return thing

    def _charge(self) -> None:
        now = time.process_time()
        self.seconds[self._under_way[-1]] += now - self._since
        self._since = now


def follow(indexer: indexing.Indexer) -> Phases:
    """Count the seconds of an indexer's steps."""
    phases = Phases()
    opened, indexes = indexer.indexes, {"open_vectors": "Chroma", "open_words": "words"}

    def opening(name: str, phase: str) -> Callable[[bool], Any]:
        open_index = phases.timed(phase, getattr(opened, name))
        return lambda fresh: phases.time_methods(phase, open_index(fresh))

    indexer.indexes = replace(opened, **{name: opening(name, phase) for name, phase in indexes.items()})
    indexer.read = phases.timed("read", indexer.read)
    indexer.embedder.embed = phases.timed("embed", indexer.embedder.embed)  # type: ignore[method-assign]
    indexing.cut = phases.timed("cut", indexing.cut)
    phases.time_methods("store", indexer.store)
    return phases


def children() -> float:
    """CPU seconds of the processes that read files, which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def copies(folder: Path, scale: int, *, fresh: bool) -> None:
    """Write the example `scale` times as record JSON."""
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
            target.write_bytes(json.dumps(content, ensure_ascii=False).encode())


def measure(corpus: Path, embedder: str) -> dict[str, Any]:
    """Index a corpus, index it again, and once more with one turn more."""
    settings = config.load(corpus.parent, {"embedder": embedder})
    files = find_records(settings.root, [corpus]).files
    with wiring.store(settings, create=True) as store:
        indexer = wiring.indexer(settings, store, theme=None, dialogue=None, progress=SILENT)
        phases = follow(indexer)
        start, wall = time.process_time(), time.perf_counter()
        with phases.during("run"):
            run = indexer.run(files)
        wall = time.perf_counter() - wall
        reading = children()
        total = time.process_time() - start + reading
        seconds = Counter(phases.seconds)
        start = time.process_time()
        indexer.run(files)
        again = time.process_time() - start
        add_a_turn(corpus / "werken-en-leren" / "dialoog-1.json")
        start = time.process_time()
        indexer.run(files)
        one = time.process_time() - start + children() - reading
    seconds["read"] += reading
    return {
        "fragments": run.totals.fragments,
        **{phase: seconds[phase] for phase in PHASES},
        "total": total,
        "again": again,
        "one": one,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "wall": wall,
    }


def add_a_turn(file: Path) -> None:
    record = json.loads(file.read_text("utf-8"))
    record["turns"].append({"speaker": "Bo", "role": "kapper", "text": "Er kwam nog één verhaal bij, aan het eind."})
    file.write_text(json.dumps(record), "utf-8")


_COLUMNS = (
    "scale",
    "who",
    "fragments",
    "CPU s",
    *PHASES,
    "rest",
    "fragments/s",
    "again",
    "1 file",
    "peak MB",
    "clock s",
)


def row(scale: int, who: str, took: dict[str, Any]) -> str:
    rest = took["total"] - sum(took.get(phase, 0) for phase in PHASES)
    phases = [f"{took[phase]:.1f}" if phase in took else "" for phase in PHASES]
    redone = ["" if took[what] is None else f"{took[what]:.1f}" for what in ("again", "one")]
    cells = (
        f"{scale}x",
        who,
        f"{took['fragments']:,}",
        f"{took['total']:.1f}",
        *phases,
        f"{rest:.1f}",
        f"{took['fragments'] / took['total']:,.0f}",
        *redone,
        f"{took['peak']}",
        f"{took['wall']:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def run(*command: str) -> dict[str, Any]:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scales", nargs="*", type=int, default=[1, 10, 100])
    parser.add_argument("--embedder", default="hashing", help="with another one than 'hashing' only ours is measured")
    parser.add_argument("--same", action="store_true")
    parser.add_argument("--venv", type=Path, help="keep LangChain here")
    parser.add_argument("--only-ours", action="store_true")
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.corpus:
        print(json.dumps(measure(options.corpus, options.embedder)))
        return
    with tempfile.TemporaryDirectory() as place:
        beside = options.embedder == "hashing" and not options.only_ours
        python = peers_python(options.venv or Path(place) / "venv", PEERS) if beside else None
        print(f"| {' | '.join(_COLUMNS)} |\n{'|---' * len(_COLUMNS)}|", flush=True)
        for scale in options.scales:
            corpus = Path(place) / str(scale) / "corpus"
            copies(corpus, scale, fresh=not options.same)
            if python:
                script = REPOSITORY / "benchmarks" / "langchain_pipeline.py"
                again = ["--again"] if scale <= TWICE_UP_TO else []
                took = run(str(python), str(script), str(corpus), str(corpus.parent / "chroma"), *again)
                print(row(scale, "LangChain", took), flush=True)
            took = run(sys.executable, __file__, "--corpus", str(corpus), "--embedder", options.embedder)
            print(row(scale, "ours", took), flush=True)


if __name__ == "__main__":
    main()
