"""The photos of the dream round are told from how people begin; where nobody chooses, there are none."""

from __future__ import annotations

from rapporteur.types import Fragment, Judgement, SectionKey, Span
from rapporteur.writing.outline.images import Image, images


def dream(speaker: str, text: str, section: SectionKey = "dromen", role: str = "kok") -> Judgement:
    fragment = Fragment(speaker, "groen/1", "groen", 1, speaker, 0, Span(0, len(text)), text, speaker, role)
    return Judgement(fragment, {}, section, 0.5)


CHOSEN = [
    dream("An", "Ik kies de brug in de mist. Dat je toch gaat lopen."),
    dream("Bo", "Nummer vier, de brug in de mist, want die heb je nodig."),
    dream("Cas", "Ik neem het bankje aan het water, omdat het leeg is."),
    dream("Dien", "Het lege bankje. Daar kan iedereen zitten."),
    dream("Eef", "Ik pak de oude en de jonge hand."),
    dream("Fons", "Ik koos de vuurtoren, die brandt altijd."),
]


def test_an_image_is_what_several_people_begin_their_dream_with() -> None:
    assert images(CHOSEN) == (Image("de brug", 2), Image("het bankje", 2))


def test_a_facilitator_who_names_a_photo_does_not_choose_it() -> None:
    assert images([*CHOSEN, dream("Gerda", "De vuurtoren is nummer vijf.", role="gespreksleider")]) == images(CHOSEN)


def test_dreams_told_without_photos_have_no_images() -> None:
    told = [dream(name, "Ik droom van een dorp waar de school weer open is.") for name in ("An", "Bo", "Cas")]
    assert images(told) == ()
