"""An invented record to check quotations against."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rapporteur.types import Fragment, Span, Verdict

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
