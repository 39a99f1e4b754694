"""Quotes checked per second, ours beside other packages, over records of 0.5, 4.7 and 23.5 MB.

`python benchmarks/quote_checking.py` makes records and quotes by rule (one seed), a virtual environment for the
others (--venv keeps it), and runs every contender on the same quotes in a process of its own: nothing claimed, whole
corpus, one thread. Ours gives full verdicts with differences; the others what they give. Per size and contender:
CPU seconds to build and to open an index, its size, quotes per CPU second and per second on the clock, peak memory,
and the shares of honest and of altered quotes it accepts (altered: one word lost, put in or changed). A contender
stops after --seconds and is rated on the quotes it got through. The text has Dutch words in a made-up order, so it is
dearer than real text where words are rare and cheaper where sentences recur.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
PEERS = ("krokai==0.15.0", "reanchor==0.3.0", "rapidfuzz==3.14.6", "verbatim-core==0.2.8", "langextract==1.7.1")
SIZES = (0.5, 4.7, 23.5)
SEED = 1953
HONEST = ("as it is", "set otherwise", "left out")
ALTERED = ("word lost", "word put in", "word changed")
PACKAGES = {"krokai", "reanchor", "rapidfuzz", "verbatim_core", "langextract"}
FUZZY = 90

# ------------------------------------------------------------------------------------- records and quotes


def made_turns(megabytes: float) -> Iterator[str]:
    """Turns of Dutch words, each word one that follows the last somewhere in the example, or a compound."""
    dice = random.Random(SEED)  # noqa: S311
    example = " ".join(p.read_text("utf-8") for p in sorted((REPOSITORY / "corpus").glob("*/*.md")))
    spoken = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", example)
    follows: dict[str, list[str]] = defaultdict(list)
    for word, after in pairwise(spoken):
        follows[word].append(after)
    nouns = [word.lower() for word in spoken if len(word) > 4]
    size = 0
    while size < megabytes * 1e6:
        sentences = []
        for _ in range(dice.randint(1, 8)):
            words = [dice.choice(spoken)]
            while len(words) < dice.randint(6, 24):
                jump = dice.random()
                compound = dice.choice(nouns) + dice.choice(nouns)
                words.append(
                    compound if jump < 0.03 else dice.choice(spoken if jump < 0.25 else follows[words[-1]] or spoken)
                )
                if jump > 0.93:
                    words[-1] += ","
            text = " ".join(words).rstrip(",")
            sentences.append(text[:1].upper() + text[1:] + ".")
        turn = " ".join(sentences)
        size += len(turn.encode())
        yield turn


def made_quotes(turns: list[str], count: int) -> Iterator[tuple[str, str]]:
    """(kind, quote): honest in three ways, altered by one word in three, of two turns, invented."""
    dice = random.Random(SEED + 1)  # noqa: S311
    kinds = (*HONEST, *ALTERED, "two turns", "invented")
    weights = (30, 15, 10, 12, 12, 12, 5, 4)
    while count:
        sentences = re.findall(r"[^.]+\.", dice.choice(turns))
        first = dice.randrange(len(sentences))
        text = "".join(sentences[first : first + dice.randint(1, 3)]).strip()
        words = text.split()
        if len(words) < 9:
            continue
        count -= 1
        kind = dice.choices(kinds, weights)[0]
        at = dice.randint(2, len(words) - 5)
        if kind == "set otherwise":
            text = "“" + text.replace(" ", "  ", 2).replace(" ", "\n", 1) + ".”"
        elif kind == "left out":
            text = " ".join([*words[:at], "[…]", *words[at + 2 :]])
        elif kind == "word lost":
            text = " ".join(words[:at] + words[at + 1 :])
        elif kind == "word put in":
            text = " ".join([*words[:at], "niet", *words[at:]])
        elif kind == "word changed":
            text = " ".join([*words[:at], "regenboog", *words[at + 1 :]])
        elif kind == "two turns":
            text = f"{text} {dice.choice(turns).split('.')[0]}."
        elif kind == "invented":
            dice.shuffle(words)
            text = " ".join(words)
        yield kind, text


# ------------------------------------------------------------------------------------------- contenders

Accepts = Callable[[str], bool]


def folded(text: str) -> str:
    table = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})
    return re.sub(r"\s+", " ", text.translate(table)).strip(" .\"'").casefold()


def ours(turns: list[str], place: Path) -> Accepts:
    sys.path.insert(0, str(REPOSITORY))
    from rapporteur.proof.indexing import open_or_build
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.types import Fragment, Quotation, Span

    def fragments() -> Iterator[Fragment]:
        for n, text in enumerate(turns):
            record, role = f"buurt/{n // 400}", f"rol {n % 97}"
            where = (record, "buurt", n // 400, str(n), n % 400, Span(0, len(text)))
            yield Fragment(f"{record}/{n}", *where, text, f"spreker {n % 9}", role)

    checker = QuoteChecker(open_or_build(place, "benchmark", fragments))
    return lambda quote: checker.check(Quotation(quote, "")).clean


def find_on_folded_text(turns: list[str], _: Path) -> Accepts:
    text = "\n".join(map(folded, turns))
    return lambda quote: folded(quote) in text


def krokai(turns: list[str], place: Path) -> Accepts:
    from krokai.corpus import Corpus
    from krokai.verify import check

    folder = place / "krokai"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(0, len(turns), 400):
        (folder / f"verslag-{number}.txt").write_text("\n\n".join(turns[number : number + 400]), "utf-8")
    corpus = Corpus([str(folder)])
    return lambda quote: str(check(quote, corpus)[0]).upper().startswith(("VERIFIED", "PUNCTUATION"))


def reanchor(turns: list[str], _: Path) -> Accepts:
    from reanchor import ResolveOptions, TextQuoteSelector, prepare_document, resolve_quote

    document = prepare_document("\n".join(turns))
    options = ResolveOptions(max_method="normalized")
    return lambda quote: resolve_quote(document, TextQuoteSelector(exact=quote), options) is not None


def rapidfuzz(turns: list[str], _: Path) -> Accepts:
    from rapidfuzz.fuzz import partial_ratio_alignment

    text = "\n".join(map(folded, turns))
    return lambda quote: partial_ratio_alignment(folded(quote), text, score_cutoff=FUZZY) is not None


def verbatim_core(turns: list[str], _: Path) -> Accepts:
    from verbatim_core.extractors import LLMSpanExtractor

    text = "\n".join(turns)
    extractor = LLMSpanExtractor(llm_client=object(), span_match_mode="fuzzy")
    return lambda quote: bool(extractor._verify_spans([quote], text))


def langextract(turns: list[str], _: Path) -> Accepts:
    from langextract.core.data import Extraction
    from langextract.resolver import WordAligner

    text = "\n".join(turns)

    def accepts(quote: str) -> bool:
        found = WordAligner().align_extractions([[Extraction("quote", quote)]], text)
        return any(extraction.char_interval for group in found for extraction in group)

    return accepts


CONTENDERS = {
    f.__name__: f for f in (ours, find_on_folded_text, reanchor, krokai, rapidfuzz, verbatim_core, langextract)
}

# -------------------------------------------------------------------------------------------------- runs


def measure(name: str, folder: Path, seconds: float) -> dict[str, Any]:
    """Build, ask, count. Ours is measured with its index opened from disk; `built` tells what making it took."""
    turns = (folder / "turns.txt").read_text("utf-8").split("\n")
    quotes = [json.loads(line) for line in (folder / "quotes.jsonl").read_text("utf-8").splitlines()]
    start = time.process_time()
    accepts = CONTENDERS[name](turns, folder / "index")
    built = time.process_time() - start
    del turns
    accepted: dict[str, list[bool]] = defaultdict(list)
    start, start_wall = time.process_time(), time.perf_counter()
    for kind, quote in quotes:
        accepted[kind].append(accepts(quote))
        if time.process_time() - start > seconds:
            break
    passed, passed_wall = time.process_time() - start, time.perf_counter() - start_wall
    asked = sum(map(len, accepted.values()))
    honest = [a for kind in HONEST for a in accepted[kind]]
    altered = [a for kind in ALTERED for a in accepted[kind]]
    return {
        "built": built,
        "rate": asked / passed,
        "on_the_clock": asked / passed_wall,
        "asked": asked,
        "honest": sum(honest) / max(1, len(honest)),
        "altered": sum(altered) / max(1, len(altered)),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def peers_python(venv: Path, peers: Sequence[str] = PEERS) -> Path:
    """The interpreter of an environment with the other packages."""
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        for peer in peers:
            done = subprocess.run(
                [str(python), "-m", "pip", "install", "--quiet", peer], capture_output=True, text=True
            )
            if done.returncode:
                print(f"{peer} could not be installed: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
    return python


def run(python: Path, name: str, folder: Path, seconds: float) -> dict[str, Any] | None:
    arguments = [str(python), __file__, "--run", name, "--folder", str(folder), "--seconds", str(seconds)]
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=20 * seconds + 60)
    except subprocess.TimeoutExpired:
        print(f"{name}: not within the time.", file=sys.stderr)
        return None
    if done.returncode:
        print(f"{name}: {(done.stderr.strip().splitlines() or ['?'])[-1]}", file=sys.stderr)
        return None
    return dict(json.loads(done.stdout.splitlines()[-1]))


def row(size: float, name: str, result: dict[str, Any], ours_rate: float, index: str) -> str:
    return (
        f"| {size} | {name} | {result['built']:.2f} | {index} | {result['rate']:,.1f} | {result['on_the_clock']:,.1f} |"
        f" {ours_rate / result['rate']:,.1f} | {result['honest']:.0%} | {result['altered']:.0%} |"
        f" {result['peak']:.0f} | {result['asked']} |"
    )


_COLUMNS = (
    "MB,contender,build or open s,index MB,quotes/s,on the clock,ours faster,honest taken,altered taken,peak MB,n"
).split(",")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", type=float, default=SIZES)
    parser.add_argument("--only", nargs="*", default=sorted(CONTENDERS, key=list(CONTENDERS).index))
    parser.add_argument("--quotes", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--venv", type=Path, help="keep the others' packages here")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(measure(options.run, options.folder, options.seconds)))
        return
    with tempfile.TemporaryDirectory() as place:
        python = peers_python(options.venv or Path(place) / "venv") if PACKAGES & {*options.only} else Path()
        print(f"| {' | '.join(_COLUMNS)} |\n{'|---' * len(_COLUMNS)}|")
        for size in options.sizes:
            folder = Path(place) / str(size)
            folder.mkdir()
            turns = list(made_turns(size))
            (folder / "turns.txt").write_text("\n".join(turns), "utf-8")
            quotes = (json.dumps(quote) for quote in made_quotes(turns, options.quotes))
            (folder / "quotes.jsonl").write_text("\n".join(quotes), "utf-8")
            del turns
            best = 0.0
            for name in options.only:
                own = name == "ours"
                interpreter = python if name in PACKAGES else Path(sys.executable)
                for label in ("ours, index made", "ours, index opened") if own else (name,):
                    result = run(interpreter, name, folder, options.seconds)
                    if result is None:
                        continue
                    best = result["rate"] if own else best
                    index = folder / "index"
                    megabytes = sum(f.stat().st_size for f in index.rglob("*.npy")) / 1e6 if own else 0
                    print(row(size, label, result, best, f"{megabytes:.0f}" if own else ""), flush=True)


if __name__ == "__main__":
    main()
