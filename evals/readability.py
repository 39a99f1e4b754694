"""Do the sentences that rapporteur writes itself read easily?

Drafts every theme of the example corpus in the extractive voice and measures the Flesch-Douma reading ease of its own
sentences, topic by topic: quotes, titles of topics and names of places are not ours. Ends with 1 below TARGET.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from rapporteur import config, wiring  # noqa: E402
from rapporteur.dutch.readability import readability  # noqa: E402
from rapporteur.pipeline import drafting  # noqa: E402
from rapporteur.progress import SILENT  # noqa: E402
from rapporteur.sources.finding import find_records  # noqa: E402
from rapporteur.types import Report  # noqa: E402
from rapporteur.writing.outline.template import CITIZENS  # noqa: E402
from rapporteur.writing.voices.extractive import ExtractiveVoice  # noqa: E402

TARGET = 55.0  # the published reports of 2021 measure 43 to 54
WORST = 5


def own_texts(report: Report) -> list[str]:
    """The prose of a report that no one said: paragraphs, and what stands behind the titles of topics."""
    return [block.text for section in report.sections for block in section.blocks if block.text]


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        settings = config.load(Path(place), {"embedder": sys.argv[1] if len(sys.argv) > 1 else "auto"})
        texts: list[str] = []
        with wiring.store(settings, create=True) as store:
            indexer = wiring.indexer(settings, store, theme=None, dialogue=None, progress=SILENT)
            indexer.run(find_records(settings.root, [REPOSITORY / "corpus"]).files)
            for theme in store.theme_names():
                drafted = drafting.draft_report(
                    theme, store=store, embedder=indexer.embedder, template=CITIZENS, voice=ExtractiveVoice()
                )
                texts += own_texts(drafted.revision.report)
    measured = [(found, text) for text in dict.fromkeys(texts) if (found := readability(text))]
    if not measured:
        print("No sentence was found: nothing was evaluated.", file=sys.stderr)
        return 1
    whole = readability(" ".join(text for _, text in measured))
    assert whole is not None
    print(f"reading ease        {whole.ease:.1f}   n = {len(measured)} texts, target {TARGET:.0f}")
    print(f"words per sentence  {whole.words:.1f}")
    print(f"syllables per word  {whole.syllables:.2f}")
    for found, text in sorted(measured, key=lambda pair: pair[0].ease)[:WORST]:
        print(f"  {found.ease:6.1f}  {text}")
    return 0 if whole.ease >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
