"""Step 5: Chroma, the vector index on disk. All of Chroma's habits stay in this module.

It never embeds (`embedding_function=None`: its default would download a model), its space is cosine, its
distances become scores, and no `None` reaches its metadata. Several processes on one folder are not safe in
Chroma 1.5 (facts.md), so whoever opens it holds the workspace's lock.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from rapporteur.errors import EmbedderMismatch, IndexDamaged, ServiceUnreachable
from rapporteur.sources.embedding.interface import Vectors
from rapporteur.sources.index.interface import Filter, Hit
from rapporteur.types import Fragment

COLLECTION = "fragments"
_BATCH = 500
_UNKNOWN_DIALOGUE = -1
# How hnswlib's header.bin begins: version, offset, places, places in use, bytes of a place.
# Source: github.com/chroma-core/hnswlib, persistHeader in hnswalg.h.
_HNSW_HEADER = struct.Struct("=iQQQQ")
_LENGTH = 4  # bytes of a place in length.bin


@contextmanager
def _translated() -> Iterator[None]:
    """Chroma's own errors, in words for people."""
    try:
        yield
    except ChromaError as error:
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise IndexDamaged(
            f"The vector index cannot be used: {said}.",
            hint="If the disk is full, make room; then run `rapporteur index --rebuild`. Nothing is lost.",
        ) from error


class ChromaIndex:
    """A collection that knows its embedder and refuses another one.

    Raises: EmbedderMismatch; ServiceUnreachable for a server that does not answer.
    """

    @_translated()
    def __init__(self, embedder: str, *, path: Path | None = None, url: str = "") -> None:
        self._client = _server(url) if url else _folder(path)
        self._path = None if url else path
        self._embedder = embedder
        try:
            self._collection = self._open()
        except EmbedderMismatch:
            self.close()
            raise

    @_translated()
    def upsert(self, fragments: Sequence[Fragment], vectors: Vectors) -> None:
        for start in range(0, len(fragments), _BATCH):
            batch = fragments[start : start + _BATCH]
            self._collection.upsert(
                ids=[f.id for f in batch],
                embeddings=vectors[start : start + _BATCH],
                metadatas=[_metadata(f) for f in batch],
            )

    @_translated()
    def query(self, vector: Vectors, top_k: int, where: Filter = Filter()) -> list[Hit]:
        available = self.count()
        if not available:
            return []
        found = self._collection.query(
            query_embeddings=[vector],
            n_results=min(top_k, available),
            where=_where(where),
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        hits = [Hit(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances, strict=True)]
        return sorted(hits, key=lambda h: (-h.score, h.fragment))

    @_translated()
    def delete(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[start : start + _BATCH]))

    @_translated()
    def count(self) -> int:
        return int(self._collection.count())

    def close(self) -> None:
        """Let go of the folder: Chroma keeps its files open until then."""
        self._client.close()
        if self._path is not None:
            _clear_places_not_in_use(self._path)

    def _open(self) -> Any:
        collection = self._client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,
            metadata={"embedder": self._embedder},
            configuration={"hnsw": {"space": "cosine"}},
        )
        made_with = (collection.metadata or {}).get("embedder")
        if made_with != self._embedder:
            raise EmbedderMismatch(
                f"This index was made with the embedder '{made_with}', the settings ask for '{self._embedder}'."
            )
        return collection


def _clear_places_not_in_use(folder: Path) -> None:
    """Make zeros of what stands in the places that a file of vectors keeps for later ones.

    hnswlib writes these as it got them from the system's memory, with what the process had there before: pieces of
    records, also of those that were just forgotten, or anything else that is nobody's business.
    """
    for header in folder.glob("*/header.bin"):
        content = header.read_bytes()
        if len(content) < _HNSW_HEADER.size:
            continue
        _, _, _, used, size = _HNSW_HEADER.unpack_from(content)
        for name, of_a_place in (("data_level0.bin", size), ("length.bin", _LENGTH)):
            file = header.with_name(name)
            length = file.stat().st_size if file.is_file() else 0
            if length > used * of_a_place:
                with file.open("r+b") as opened:
                    opened.truncate(used * of_a_place)
                    opened.truncate(length)  # grows again by zeros


@_translated()
def drop_collection(url: str) -> None:
    """Remove the collection from a server, whoever's vectors it holds."""
    client = _server(url)
    try:
        if any(c.name == COLLECTION for c in client.list_collections()):
            client.delete_collection(COLLECTION)
    finally:
        client.close()


def _folder(path: Path | None) -> Any:
    if path is None:
        raise ValueError("ChromaIndex needs a path or a url")
    path.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(path), settings=ChromaSettings(anonymized_telemetry=False))


def _server(url: str) -> Any:
    parts = urlsplit(url if "//" in url else f"//{url}")
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or 8000,
            ssl=parts.scheme == "https",
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except (ChromaError, ValueError, OSError) as error:
        raise ServiceUnreachable(
            f"The Chroma server does not answer: {error}.",
            where=url,
            hint="Start it with `chroma run`, or remove `chroma_url` from rapporteur.toml to use the embedded index.",
        ) from error


def _metadata(fragment: Fragment) -> dict[str, str | int]:
    return {
        "theme": fragment.theme,
        "dialogue": _UNKNOWN_DIALOGUE if fragment.dialogue is None else fragment.dialogue,
        "role": (fragment.role or "").casefold(),
        "record": fragment.record,
    }


def _where(where: Filter) -> Mapping[str, Any] | None:
    clauses: list[dict[str, Any]] = [
        {key: value}
        for key, value in (
            ("theme", where.theme),
            ("dialogue", where.dialogue),
            ("role", None if where.role is None else where.role.casefold()),
        )
        if value is not None
    ]
    if len(clauses) > 1:
        return {"$and": clauses}
    return clauses[0] if clauses else None
