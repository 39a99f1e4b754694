"""What does a draft take in tokens, and does every request fit in a context of 32,000? `python evals/tokens.py`

Drafts the example themes and a made-up theme of 5,000 fragments (`--fragments`) with a server of good answers, and
counts what went over the wire. Tokens are estimated as the program itself does, one for three characters, which is
rather too many; the schema and room for the longest answer count with a request. Beside it stands what 'all in one
prompt' would take: every fragment of the theme, numbered as we number them, under our longest instructions, once; and
once for each of the five sections. Ends with 1 when a request does not fit.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from rapporteur.config import Settings  # noqa: E402
from rapporteur.sources.store import Store  # noqa: E402
from rapporteur.types import SECTION_KEYS, Fragment  # noqa: E402
from rapporteur.writing.voices.answers import CHARACTERS_PER_TOKEN  # noqa: E402
from tests.many_fragments import write_theme  # noqa: E402
from tests.model_server import Play  # noqa: E402
from tests.servers import OpenAIServer  # noqa: E402
from tests.workspaces import draft_with_model, indexed  # noqa: E402

CONTEXT = 32_000
SYNTHETIC = "leven-in-de-wijk"
_INSTRUCTIONS = 1_000  # tokens, for the naive way


def tokens(text: str) -> int:
    return round(len(text) / CHARACTERS_PER_TOKEN)


def in_request(body: Mapping[str, Any]) -> int:
    """Tokens of the messages and of the schema of a request."""
    asked = "".join(str(message["content"]) for message in body["messages"])
    return tokens(asked) + tokens(json.dumps(body.get("response_format", ""), ensure_ascii=False))


def room_for_answer(body: Mapping[str, Any]) -> int:
    return int(body.get("max_completion_tokens") or body.get("max_tokens") or 0)


def naive(fragments: Sequence[Fragment]) -> int:
    """Tokens of all fragments in one prompt."""
    lines = (f"[F{n}] ({f.role}, dialoog {f.dialogue}) {f.text}\n" for n, f in enumerate(fragments, 1))
    return _INSTRUCTIONS + tokens("".join(lines))


def measure(theme: str, settings: Settings, store: Store) -> bool:
    """Print the row of a theme. Returns whether every request fits."""
    play = Play()
    with OpenAIServer(play) as server:
        asking = replace(settings, model="openai:teller", base_url=server.url, concurrency=8)
        draft_with_model(theme, asking, store)
        answered = play.answered
        bodies = [request.body for request in server.requests]
    largest = max(in_request(body) + room_for_answer(body) for body in bodies)
    fragments = list(store.fragments(theme))
    once = naive(fragments)
    print(
        f"{theme} | {len(fragments)} | {len(bodies)} | {sum(map(in_request, bodies)):,} |"
        f" {answered // 3:,} | {largest:,} | {once:,} | {once * len(SECTION_KEYS):,}",
        flush=True,
    )
    return largest < CONTEXT


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fragments", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        write_theme(Path(place) / "made-up", SYNTHETIC, options.fragments)
        folders = (REPOSITORY / "corpus", Path(place) / "made-up")
        with indexed(Path(place), *folders) as (settings, store):
            print(
                "theme | fragments | calls | tokens asked | tokens answered | largest request with its answer |"
                " all in one prompt | one prompt a section"
            )
            fits = [measure(theme, settings, store) for theme in store.theme_names()]
    return 0 if all(fits) else 1


if __name__ == "__main__":
    sys.exit(main())
