"""Fragments to check against: an invented record, the example corpus, and the published records if they are here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from rapporteur.proof.quotes import QuoteChecker
from rapporteur.sources.fragments import cut
from rapporteur.sources.readers.registry import READERS, read_record
from rapporteur.types import Attribution, Fragment, Quotation, Span, Verdict

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
PUBLISHED = ROOT.parent / "shared" / "published"

Check = Callable[..., Verdict]


def fragments_of(
    record: str, theme: str, dialogue: int | None, turns: Iterable[tuple[str | None, str | None, str]]
) -> list[Fragment]:
    """A fragment per turn; turns are (speaker, role, text)."""
    fragments = []
    start = 0
    for position, (speaker, role, text) in enumerate(turns):
        span = Span(start, start + len(text))
        name = f"{record}/t{position}"
        fragments.append(Fragment(name, record, theme, dialogue, f"t{position}", position, span, text, speaker, role))
        start = span.end + 1
    return fragments


INVENTED = (
    *fragments_of(
        "buurt/1",
        "buurt",
        1,
        [
            ("Anna", "bakker", "Ik wil niet terug naar de drukte van vroeger. Het is nu heel rustig in de straat."),
            ("Bram", "wethouder", "Wij hebben drie bankjes neergezet, maar niemand gebruikt ze ’s avonds."),
            ("Carla", "student (mbo), zorg", "Dat is mooi. Mijn buurvrouw zei: ‘Kom toch eens langs, kind.’"),
            ("Dirk", "kok", "Ik kook graag voor de hele flat, tenzij het te druk is in mijn zaak in de binnenstad."),
            ("Eva", None, "De gemeente gaf ons een sleutel… en toen ging het hek gewoon open voor iedereen."),
        ],
    ),
    *fragments_of(
        "buurt/2",
        "buurt",
        2,
        [
            (
                "Farid",
                "bakker",
                "Dat is mooi. Wij delen de moestuin met vijftien gezinnen uit de werk-privébalansgroep.",
            ),
            ("Gerda", "vrijwilliger", "Toen Karel Jansen belde, heb ik meteen soep gebracht naar (..) de overkant."),
            ("Hans", "docent", "Eén op de vier kinderen zat thuis zonder laptop. Dat vond ik schrijnend om te zien."),
        ],
    ),
    *fragments_of(
        "water/1", "water", 1, [("Ineke", "schipper", "De sloot achter ons huis staat al twee zomers droog.")]
    ),
)


@pytest.fixture(scope="session")
def checker() -> QuoteChecker:
    return QuoteChecker(INVENTED)


@pytest.fixture(scope="session")
def check(checker: QuoteChecker) -> Check:
    """check(text, role=None, dialogue=None, theme=None) -> Verdict, against the invented record."""

    def ask(text: str, role: str | None = None, dialogue: int | None = None, theme: str | None = None) -> Verdict:
        return checker.check(Quotation(text, "here", Attribution("", role, dialogue, theme)))

    return ask


@pytest.fixture(scope="session")
def example_fragments() -> tuple[Fragment, ...]:
    paths = sorted(p for p in CORPUS.rglob("*") if p.suffix in READERS)
    return tuple(f for path in paths for f in cut(read_record(path, path.relative_to(CORPUS).as_posix()).record))


@pytest.fixture(scope="session")
def published_fragments() -> tuple[Fragment, ...]:
    paths = sorted((PUBLISHED / "records").glob("*/*.json"))
    if not paths:
        pytest.skip("the published records are not beside this checkout")
    fragments: list[Fragment] = []
    for path in paths:
        record = json.loads(path.read_text(encoding="utf-8"))
        turns = [(turn["speaker"], turn["role"], turn["text"]) for turn in record["turns"]]
        fragments += fragments_of(f"{record['theme']}/{path.stem}", record["theme"], record["dialogue"], turns)
    return tuple(fragments)


@pytest.fixture(scope="session")
def published_quotes() -> tuple[dict[str, object], ...]:
    path = PUBLISHED / "gold" / "quotes.jsonl"
    if not path.exists():
        pytest.skip("the published quotes are not beside this checkout")
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
