"""What `indexing.py` measures beside ours: record files into Chroma as one would with LangChain, phase by phase.

A Document for every turn with what is known of it as metadata, the recursive splitter as it comes, our hashing
embedder, langchain-chroma. Run by `indexing.py` in an environment of its own; prints JSON with CPU seconds.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from rapporteur.sources.embedding.hashing import HashingEmbedder  # noqa: E402


class Hashing(Embeddings):
    """Ours, as LangChain wants it, with the CPU seconds it took."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._embedder = HashingEmbedder()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        start = time.process_time()
        rows: list[list[float]] = self._embedder.embed(texts).tolist()
        self.seconds += time.process_time() - start
        return rows

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def load(folder: Path) -> list[Document]:
    documents = []
    for file in sorted(folder.glob("*/*.json")):
        record = json.loads(file.read_text("utf-8"))
        about = {"source": str(file), "theme": record["theme"], "dialogue": record["dialogue"]}
        for number, turn in enumerate(record["turns"]):
            metadata = about | {"turn": number, "speaker": turn["speaker"] or "", "role": turn["role"] or ""}
            documents.append(Document(turn["text"], id=f"{file}:{number}", metadata=metadata))
    return documents


def index(folder: Path, place: Path) -> dict[str, float]:
    """CPU seconds per phase, and how many fragments there are."""
    embedder, start = Hashing(), time.process_time()
    documents = load(folder)
    read = time.process_time()
    parts = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
    cut = time.process_time()
    ids = [f"{part.metadata['source']}:{part.metadata['turn']}:{number}" for number, part in enumerate(parts)]
    Chroma.from_documents(parts, embedder, ids=ids, persist_directory=str(place))
    end = time.process_time()
    return {
        "fragments": len(parts),
        "read": read - start,
        "cut": cut - read,
        "embed": embedder.seconds,
        "Chroma": end - cut - embedder.seconds,
        "total": end - start,
    }


def main() -> None:
    folder, place = Path(sys.argv[1]), Path(sys.argv[2])
    wall = time.perf_counter()
    first = index(folder, place)
    wall = time.perf_counter() - wall
    again = index(folder, place)["total"] if sys.argv[3:] == ["--again"] else None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(first | {"again": again, "one": again, "peak": peak, "wall": wall}))


if __name__ == "__main__":
    main()
