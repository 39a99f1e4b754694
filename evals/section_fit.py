"""Does a fragment land in the section where a careful human puts it, and do quotable ones rank first?

The twelve fictional records against `../shared/example/truth`, each theme judged by a section head that was learned
without it. A turn may belong in one or two sections: either is right. Prints F1 per section and for 'none' (talk that
belongs in no section), and the average precision of quotability against its share.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from evals.training import statements as data  # noqa: E402
from evals.training.features import embed  # noqa: E402
from evals.training.section_heads import learn_head  # noqa: E402
from rapporteur import config, wiring  # noqa: E402
from rapporteur.pipeline import judging  # noqa: E402
from rapporteur.progress import SILENT  # noqa: E402
from rapporteur.sources.finding import find_records  # noqa: E402
from rapporteur.types import SECTION_KEYS, Judgement  # noqa: E402
from rapporteur.writing.outline.template import CITIZENS  # noqa: E402

Sample = tuple[Judgement, dict[str, Any]]


def samples(truth: Path, embedder: str) -> list[Sample]:
    """Each turn of the example with what we and a human think of it."""
    with tempfile.TemporaryDirectory() as place:
        settings = config.load(Path(place), {"embedder": embedder})
        files = find_records(settings.root, [REPOSITORY / "corpus"]).files
        with wiring.store(settings, create=True) as store:
            indexer = wiring.indexer(settings, store, theme=None, dialogue=None, progress=SILENT)
            indexer.run(files)
            found = []
            known = embed(embedder, data.for_a_section([*data.published(), *data.fictional(), *data.example()]))
            for theme in [facts.theme for facts in store.themes()]:
                head = learn_head(known, [i for i, s in enumerate(known.statements) if s.theme != theme])
                corpus = judging.load_theme(theme, store, indexer.embedder)
                judged = judging.judge_theme(corpus, CITIZENS, store, indexer.embedder, head)
                found += [(j, t) for j in judged if (t := _truth_of(truth, j))]
    return found


def _truth_of(truth: Path, judgement: Judgement) -> dict[str, Any] | None:
    fragment = judgement.fragment
    record = json.loads((truth / fragment.theme / f"dialoog-{fragment.dialogue}.json").read_text("utf-8"))
    return next((t["truth"] for t in record["turns"] if t["text"] == fragment.text), None)


def f1(found: list[Sample], key: str | None) -> float:
    """F1 of one section, or of 'none'; a turn of two sections is missed only if neither was named."""
    hits = wrong = missed = 0
    for judgement, truth in found:
        sections = truth["sections"] or [None]
        hits += judgement.section == key and key in sections
        wrong += judgement.section == key and key not in sections
        missed += judgement.section not in sections and key == sections[0]
    return 2 * hits / max(1, 2 * hits + wrong + missed)


def average_precision(found: list[Sample]) -> float:
    """Of the quotable turns, ranked by quotability; what is left out ranks last."""
    ranked = sorted(found, key=lambda s: -(s[0].quotability if s[0].left_out is None else 0.0))
    hits, precisions = 0, []
    for rank, (_, truth) in enumerate(ranked, 1):
        if truth["quotable"]:
            hits += 1
            precisions.append(hits / rank)
    return sum(precisions) / max(1, len(precisions))


def main() -> int:
    truth = REPOSITORY.parent / "shared" / "example" / "truth"
    if not truth.is_dir():
        print("../shared/example/truth is not here: nothing was evaluated.", file=sys.stderr)
        return 2
    found = samples(truth, sys.argv[1] if len(sys.argv) > 1 else "use")
    if not found:
        print("No turn of the truth was found in the corpus: nothing was evaluated.", file=sys.stderr)
        return 1
    scores = {key: f1(found, key) for key in SECTION_KEYS}
    print(f"section macro-F1    {sum(scores.values()) / len(scores):.3f}   n = {len(found)}")
    for key, score in scores.items():
        print(f"  {key:<17} {score:.3f}")
    print(f"none F1             {f1(found, None):.3f}")
    share = sum(truth["quotable"] for _, truth in found) / len(found)
    print(f"quotability AP      {average_precision(found):.3f}   share {share:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
