"""Dutch expressions that tell what a turn is about: which section, a headline, guidance, technique, agreement.

Each is a pattern with a weight; a text's score for a key is the sum over its distinct patterns. Written from
the vocabulary of the example corpus and of dialogue work; they are hints, never a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapporteur.types import Round, SectionKey

Cues = tuple[tuple[re.Pattern[str], float], ...]


def _cues(*pairs: tuple[str, float]) -> Cues:
    return tuple((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), weight) for pattern, weight in pairs)


SECTION_CUES: Mapping[SectionKey, Cues] = {
    "knel": _cues(
        (r"miste?n?|gemis\w*|kwijt|verloren|verlies", 1.0),
        (r"eenza\w+|alleen thuis|isolement|verdriet\w*|rouw\w*|overleden", 1.0),
        (
            r"dicht(?:ging|gegaan)?|gingen? dicht|gesloten|viel(?:en)? weg|weggevallen|wegbezuinigd|gestopt",
            0.8,
        ),
        (r"bang|angst\w*|zorgen (?:om|over|maak)|boos|ruzie|woede|wantrouw\w*|oneerlijk\w*", 0.8),
        (
            r"lastig\w*|moeilijk\w*|zwaar|zware|heftig\w*|erg vervelend|frustr\w+|stress\w*|burn-?out|druk op",
            0.8,
        ),
        (r"kon(?:den)? niet|mocht(?:en)? niet|lukte niet|niet meer|nooit meer|nergens|niemand", 0.7),
        (r"knel\w*|tekort\w*|achterstand\w*|schulden?|armoede|depress\w+|geschrokken|last van", 0.8),
    ),
    "kiem": _cues(
        (r"kiem\w*|ontkiem\w*|ontstond\w*|ontstaan|opgebloeid|gegroeid", 1.0),
        (r"leerden? .{0,20}kennen|leren kennen|kennen elkaar nu|hielp\w*|hielpen|behulpzaam", 0.9),
        (
            r"sindsdien|doen we nog|nog steeds elke|is gebleven|houden we erin|blijven doen|voor het eerst",
            0.9,
        ),
        (r"rust|rustiger|genoten|genieten|dankbaar\w*|blij\w*|waarde(?:ren|ring)|trots", 0.7),
        (r"creatie\w+|bedacht(?:en)?|begonnen (?:we|met)|zijn .{0,25}begonnen|initiatie\w+", 0.7),
        (r"mooi\w*|bijzonder|fijn\w*|juist (?:meer|beter|wel)|meer tijd|beter (?:dan|geworden)|winst", 0.6),
    ),
    "dromen": _cues(
        (r"droom\w*|dromen|ik wens|mijn wens|wens(?:en)?|verlang\w*", 1.6),
        (
            r"ik hoop|hopelijk|hoop dat|zou zo graag|zou (?:het )?(?:heel )?(?:mooi|fijn|geweldig) (?:zijn|vinden)",
            1.1,
        ),
        (
            r"nummer \w+, (?:de|het)|(?:foto|plaatje|beeld) (?:van|nummer|met)|ik (?:kies|pak|koos|neem) (?:de|het|foto|nummer)",
            1.6,
        ),
        (
            r"in de toekomst|over (?:tien|vijf|twintig) jaar|een (?:wereld|samenleving|nederland|dorp|wijk|stad|plek) waar\w*",
            0.9,
        ),
        (r"ik zie (?:voor me|een)|stel je voor|ooit", 0.6),
    ),
    "ideeen": _cues(
        (r"idee|ideeën|voorstel\w*|plan(?:nen)?|eerste stap(?:pen)?|oplossing\w*|pilot|proef", 1.2),
        (
            r"laten we|we (?:zouden|kunnen|moeten)|je (?:zou|kunt|kan|moet)|moet(?:en)? (?:er|gewoon|de)|zou(?:den)? (?:moeten|kunnen)",
            0.8,
        ),
        (
            r"gemeente|overheid|kabinet|scholen|werkgevers?|woningcorporatie|subsidie|budget\w*|regel\w*|stimuleer|investeer",
            0.5,
        ),
        (r"maak|zorg|geef|organiseer|begin|zet|open|bouw|betrek|stel", 0.3),
        (
            r"waarom (?:niet|doen we)|wat als|bijvoorbeeld door|één keer (?:in|per)|een keer per|elke (?:week|maand|wijk|school)",
            0.8,
        ),
    ),
    "procesobservaties": _cues(
        (
            r"(?:dit|het|deze|dat) (?:gesprek|dialoog|tafel|avond|bijeenkomst)|dialoog(?:tafel)?|gesprekken als dit",
            1.4,
        ),
        (r"ik neem mee|neem ik mee|wat ik meeneem|wat neem", 1.4),
        (
            r"(?:mij|me) (?:viel|valt) op|viel (?:me|mij) op|wat ik zag|mijn (?:notitie|notities|indruk|laatste notitie)|genoteerd|ik noteer",
            1.6,
        ),
        (
            r"geluister\w*|aan het woord|elkaars? verhal\w*|verschillende (?:mensen|meningen|perspectieven)|perspectie\w+",
            0.9,
        ),
        (r"deelnemers?|gespreksleider|notulist|aan tafel|vanavond|breakout|groepje|rond(?:e|je)", 0.7),
        (r"terugkoppel\w*|terughoren|hier iets mee|vervolg|nog nooit een brief", 0.6),
    ),
}

GUIDANCE: Cues = _cues(
    (
        r"wie (?:wil|begint|volgt|heeft|mag|zag|dan)|wil (?:jij|iemand|er nog)|mag ik jou|jij mag|ga je gang",
        1.0,
    ),
    (
        r"we (?:beginnen|gaan (?:nu|naar|verder|door|eerst)|doen (?:eerst|nu)|ronden|sluiten)|volgende ronde|laatste ronde",
        1.0,
    ),
    (r"welkom|goedenavond|goedemiddag|goedemorgen|dank je wel|dank jullie|dank u|bedankt", 0.8),
    (r"de opname|voorstelrondje|tot zover|we hebben nog|pauze|de tijd|de klok", 0.8),
)
TECHNIQUE: Cues = _cues(
    (
        r"mute|microfoon\w*|hoor(?:t|en)? (?:je|jullie|u|mij|me|ik)|ben ik (?:er|te horen)|geluid|echo|verbinding|wifi",
        1.0,
    ),
    (
        r"scherm(?:pje|pjes)? delen|camera|beeld staat|link in de chat|viel(?:en)? (?:even )?weg|uitgevallen|hapert|bevroren",
        1.0,
    ),
)
AGREEMENT: Cues = _cues(
    (
        r"ja|nee|precies|klopt|inderdaad|eens|zo is (?:dat|het)|mooi(?: gezegd)?|herkenbaar|dat ken ik|prachtig|och",
        1.0,
    ),
)
HEADLINE: Cues = _cues((r"(?:de|mijn|onze|een)? ?(?:kranten)?kop(?:pen)?(?: is| wordt|:| zou)?|krantenkop", 1.0))

ROUND_CUES: Mapping[Round, Cues] = {
    "knel-kiem": _cues(
        (
            r"knel|in de knel|ontkiem\w*|kiem(?:en)?|vastliep|wat (?:liep|raakte)|eerste ronde|de verhalen|verhalen",
            1.0,
        ),
    ),
    "dromen": _cues((r"foto'?s?|plaatjes?|beelden?|dromen|droom|tweede ronde", 1.0)),
    "ideeen": _cues((r"idee|ideeën|eerste stap(?:pen)?|derde ronde|groepjes|breakout\w*", 1.0)),
    "afsluiting": _cues(
        (
            r"slotrond\w*|afsluit\w*|sluiten (?:we )?af|ronden? (?:we )?af|neem je mee|nemen jullie mee|laatste rond\w*",
            1.5,
        ),
        (r"wat vond je|hoe (?:vonden|was het)", 1.0),
    ),
}


QUOTED = re.compile(
    r"[‘“„\"](?:[^‘’“”„\"]|(?<=\w)’(?=\w))+[’”\"]|(?<!\w)'(?:[^']|(?<=\w)'(?=\w)|(?<!\w)'(?=[a-z]\b))+'(?!\w)"
)


def weigh(text: str, cues: Cues) -> float:
    """The sum of the weights of the cues that occur in a text."""
    return sum(weight for pattern, weight in cues if pattern.search(text))
