"""Embedding by any service that speaks the protocol of OpenAI's /embeddings.

The reply is read here from its JSON: the SDK builds an object of whatever it gets.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from rapporteur.openai_errors import (
    DEFAULT_BASE_URL,
    endpoint_name,
    service_errors,
    unreadable_reply,
    usable_key,
)
from rapporteur.sources.embedding.interface import Vectors
from rapporteur.sources.embedding.rows import batches, unit_rows

_BATCH = 128


class OpenAIEmbedder:
    """`model` is as the service knows it; without `base_url` it is OpenAI's own service that is called.

    `timeout` is in seconds for each try, `max_retries` counts tries after the first. Neither key nor
    address is ever taken from the environment.
    """

    def __init__(
        self, model: str, *, base_url: str = "", api_key: str | None = None, timeout: float, max_retries: int
    ) -> None:
        """Raises: AuthenticationFailed for a key that cannot be one."""
        from openai import OpenAI

        base_url = base_url or DEFAULT_BASE_URL
        self.name = f"openai:{model}"
        self._model = model
        self._key = usable_key(api_key)
        self._endpoint = endpoint_name(base_url)
        self._client = OpenAI(base_url=base_url, api_key=self._key.secret, timeout=timeout, max_retries=max_retries)

    def __repr__(self) -> str:
        return f"OpenAIEmbedder({self.name!r}, base_url={self._endpoint!r})"

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:  # only the service knows how long its vectors are
            return self.embed(["-"])[:0]
        rows = [row for batch in batches(texts, _BATCH) for row in self._call(batch)]
        try:
            return to_vectors(rows)
        except ValueError as error:
            raise unreadable_reply(self._endpoint, str(error)) from error

    def _call(self, batch: list[str]) -> list[object]:
        """The rows for one batch, in its order."""
        with service_errors(self._endpoint, self._key):
            reply = self._client.embeddings.with_raw_response.create(
                model=self._model,
                input=[text or " " for text in batch],  # an empty text is refused
                encoding_format="float",  # the SDK would ask for base64, which not every service knows
            )
            body = reply.text
        try:
            return to_rows(body, len(batch))
        except ValueError as error:
            raise unreadable_reply(self._endpoint, str(error)) from error


def to_rows(body: str, count: int) -> list[object]:
    """The rows of a reply, ordered by their index.

    Raises: ValueError if it is not a reply with `count` rows.
    """
    reply = json.loads(body)
    try:
        rows = {item["index"]: item["embedding"] for item in reply["data"]}
    except (TypeError, KeyError) as error:
        raise ValueError("it has no list 'data' of items with 'index' and 'embedding'") from error
    if rows.keys() != set(range(count)):
        raise ValueError(f"{count} texts were sent, and the vectors that came back are numbered otherwise")
    return [rows[index] for index in range(count)]


def to_vectors(rows: Sequence[object]) -> Vectors:
    """Rows as unit vectors.

    Raises: ValueError if they are not all numbers, equally many, and not all zero.
    """
    try:
        vectors = np.array(rows, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError("its vectors are not equally long lists of numbers") from error
    if vectors.ndim != 2 or not np.isfinite(vectors).all() or not vectors.any(axis=1).all():
        raise ValueError("it has a vector without a direction")
    return unit_rows(vectors)
