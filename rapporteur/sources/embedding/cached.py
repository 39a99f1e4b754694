"""Step 4: an embedder that asks the store first, so that no text is embedded twice.

Keyed by the embedder's name and a hash of the text. What it had to embed is saved batch by batch, so a killed
run starts where it stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

from rapporteur.progress import SILENT, Progress
from rapporteur.sources.embedding.interface import Embedder, Vectors

BATCH = 128  # saved together; an embedder cuts it smaller where that suits it
MIN_WORDS = 4  # 'Ja, precies.' says nothing that a vector could find


class VectorStore(Protocol):
    def vectors(self, embedder: str, hashes: Sequence[str]) -> dict[str, Vectors]: ...

    def save_vectors(self, embedder: str, vectors: dict[str, Vectors]) -> None: ...


class CachedEmbedder:
    """An Embedder over another, with the store as its memory."""

    def __init__(self, embedder: Embedder, store: VectorStore, progress: Progress = SILENT) -> None:
        self._embedder = embedder
        self._store = store
        self._progress = progress

    @property
    def name(self) -> str:
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        keys = [text_hash(text) for text in texts]
        known = self._store.vectors(self.name, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        known |= self._embed_missing(missing)
        if not keys:
            return self._embedder.embed([])
        return np.stack([known[key] for key in keys])

    def _embed_missing(self, missing: dict[str, str]) -> dict[str, Vectors]:
        new: dict[str, Vectors] = {}
        keys = list(missing)
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            rows = self._embedder.embed([missing[key] for key in batch])
            fresh = dict(zip(batch, rows, strict=True))
            self._store.save_vectors(self.name, fresh)
            new |= fresh
            self._progress.advance(len(batch))
        return new


def text_hash(text: str) -> str:
    """The key under which a text's vector is kept."""
    return sha256(text.encode()).hexdigest()[:32]


def worth_embedding(text: str) -> bool:
    """Whether a text says enough to be found by its meaning."""
    return len(text.split()) >= MIN_WORDS
