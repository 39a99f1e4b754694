"""How something is said in Dutch, apart from what it is about: tense, wish, proposal, feeling, the talk itself.

Each feature counts a family of expressions. Written from the grammar and common vocabulary of Dutch, no word of a theme
or of one programme; what each is worth for a section is learned (`evals/training/`), never set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log1p


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _opening(words: str) -> re.Pattern[str]:
    """At the start of a sentence or of a clause after a colon or semicolon."""
    return re.compile(rf"(?:^|(?<=[.!?:;…]\s)|(?<=[.!?:;]\s[‘'\"“]))(?:{words})(?!\w)", re.IGNORECASE)


_IMPERATIVES = (
    "maak|zorg|geef|laat|organiseer|begin|zet|open|bouw|betrek|stel|doe|ga|kijk|neem|hou|houd|leg|breng|help|vraag|nodig|"
    "stimuleer|investeer|verplicht|verbied|schaf|stop|verlaag|verhoog|gebruik|plant|richt|deel|haal|koop|pak|praat|probeer|"
    "regel|schrijf|steun|vergroot|verbeter|versterk|vertrouw|luister|denk|wees|spreek|start|creëer|leer|beloon|koppel|"
    "verbind|geniet|zoek|kies|vier|bied|ondersteun|faciliteer|waardeer|combineer|onderzoek|test|huur|bel|beloof"
)

TONE: Mapping[str, re.Pattern[str]] = {
    "past": _any(
        "was|waren|had|hadden|moest|moesten|kon|konden|mocht|mochten|werd|werden|ging|gingen|kwam|kwamen|zat|zaten|deed|"
        "deden|dacht|dachten|zag|zagen|vond|vonden|kreeg|kregen|bleef|bleven|stond|stonden|liep|liepen|begon|begonnen|"
        "wilde|wilden|wou|zei|zeiden|viel|vielen|gaf|gaven|nam|namen|bleek|hoorde|hoorden|voelde|merkte|werkte|woonde|"
        "durfde|hoefde|maakte|leerde|belde|vroeg|ontstond|ontstonden"
    ),
    "perfect": _any(r"(?:heb|heeft|hebben|ben|is|zijn|bent)\s+(?:\w+\s+){0,5}ge\w{2,}(?:d|t|en)"),
    "became": _any(r"(?:ben|is|zijn|was|waren)\s+(?:\w+\s+){0,5}gaan(?:\s+\w+en)?|geworden|gegroeid|veranderd"),
    "now": _any("nu|tegenwoordig|inmiddels|op dit moment|momenteel"),
    "still": _any("nog steeds|nog altijd|sindsdien|sinds kort|blijven|blijf|vasthouden|behouden|voortaan|vanaf toen"),
    "then": _any("toen|vroeger|destijds|in het begin|afgelopen|vorig|geleden|opeens|ineens|plotseling"),
    "later": _any("straks|later|toekomst|ooit|hierna|daarna|over \\w+ jaar|volgende generaties?|morgen|uiteindelijk"),
    "crisis": _any(
        r"corona\w*|covid\w*|lockdown\w*|maatregel\w*|pandemie|crisis\w*|quarantaine|avondklok|beperking\w*"
    ),
    "dream": _any(r"droom\w*|dromen|wens|wensen|gewenst|verlang\w*|ideaal|ideale"),
    "hope": _any("hoop|hopelijk|hopen|gun|zie uit naar|kijk uit naar"),
    "would like": _any(
        r"zou(?:den)?\s+(?:\w+\s+){0,4}(?:graag|willen|mooi|fijn|tof|leuk|geweldig|prachtig|goed|top)|wil(?:len)?\s+(?:\w+\s+)?graag|"
        r"lijkt me|ik wil|wij willen|ik zou"
    ),
    "that-clause": _opening("dat"),
    "image": _any(
        r"foto\w*|plaatje|beeld|afbeelding|zie ik|ik zie|staat voor|symbool|stel je voor|wereld|samenleving|plek"
    ),
    "must": _any("moet|moeten|dienen|hoort|horen te|nodig|noodzakelijk|belangrijk|verplicht"),
    "should": _any(r"zou(?:den)?\s+(?:\w+\s+){0,6}(?:moeten|kunnen|mogen)"),
    "can": _any("kan|kunnen|kun|kunt|mogelijk|mogelijkheid|mogelijkheden"),
    "let us": _any("laten we|laten wij|waarom niet|wat als|waarom zouden|hoe kunnen|hoe zouden"),
    "imperative": _opening(rf"(?:{_IMPERATIVES})(?!\s+(?:ik|je|jij|hij|zij|ze|wij))"),
    "by doing": _any(r"door\s+(?:\w+\s+){0,6}te|om\s+(?:\w+\s+){0,6}te|zodat|waardoor|bijvoorbeeld|zoals|denk aan"),
    "plan": _any(
        r"idee|ideeën|voorstel\w*|plan|plannen|stap|stappen|oplossing\w*|initiatie\w+|project\w*|pilot\w*|proef\w*|actie\w*|"
        r"subsidie\w*|budget\w*|fonds\w*|campagne\w*|app|platform\w*|programma\w*|cursus\w*|voorlichting|beleid\w*|invester\w+"
    ),
    "agency": _any(
        r"gemeente\w*|overheid|overheden|kabinet|politiek|rijk|provincie\w*|rijksoverheid|ministerie\w*|bedrijven|werkgevers?|"
        r"scholen|onderwijs|organisaties?|instanties?|instellingen|corporaties?|wet|wetten|regels|burgers?|bewoners|inwoners"
    ),
    "more": _any("meer|vaker|beter|betere|extra|groter|sneller|makkelijker|toegankelijk\\w*"),
    "less": _any("minder|weinig|nauwelijks|slechter|amper|tekort\\w*|gebrek"),
    "again": _any("weer|opnieuw|terug|terugkeren"),
    "everyone": _any("iedereen|allemaal|samen|elkaar|met z'n allen|met z’n allen|mensen"),
    "talk": _any(
        r"gesprek\w*|dialoog|dialogen|dialoogtafel|sessie\w*|bijeenkomst\w*|avond|middag|ochtend|tafel|ronde|deelnemers?|"
        r"gespreksleider|groep|groepje|verhalen|vanavond|vandaag|uitwissel\w+"
    ),
    "heard": _any(
        r"geluister\w*|luister\w*|gehoord|horen|inbreng|mening\w*|perspectie\w+|invalshoek\w*|herken\w*|eens|delen|gedeeld|"
        r"open|eerlijk|respect\w*|veilig\w*|vertrouwen"
    ),
    "judged": _any(
        r"leerzaam|inspirer\w+|geïnspireerd|interessant\w*|hoopvol|positief|waardevol\w*|verrast|verrassend|opvallend|bijzonder|"
        r"leuk om|mooi om|mooi hoe|fijn om|fijn dat|goed om|boeiend|energie"
    ),
    "thanks": _any(
        r"bedankt|dank\w*|jullie|meenem\w*|neem\s+(?:\w+\s+){0,3}mee|mee gedaan|iets mee|vervolg|terugkoppel\w*|meegedaan|meedoen"
    ),
    "observed": _any("viel op|valt op|opviel|opvalt|merkbaar|de groep|deelnemers|aan tafel|genoteerd|de sfeer"),
    "i": _any("ik|mij|me|mijn|m'n|m’n|mezelf"),
    "we": _any("wij|we|ons|onze"),
    "you": _any("je|jij|jou|jouw|u|uw"),
    "they": _any("zij|ze|hun|hen|hij|haar|hem"),
    "not": _any("niet|geen|nooit|niemand|niets|niks|nergens|zonder"),
    "but": _any("maar|toch|alleen|terwijl|hoewel|helaas|echter"),
    "negative": _any(
        r"moeilijk\w*|lastig\w*|zwaar|zware|heftig\w*|erg|jammer|helaas|pijn\w*|verdriet\w*|verdrietig|bang|angst\w*|onzeker\w*|"
        r"zorgen|boos|boosheid|woede|frustr\w+|gefrustreerd|stress\w*|druk|moe|uitgeput|somber\w*|depress\w+|eenzaam\w*|eenza\w+|"
        r"alleen|geïsoleerd|isolement|mis|mist|missen|miste|misten|gemist|gemis|verlies\w*|verloren|kwijt|weg|dicht|gesloten|"
        r"gestopt|weggevallen|afgelast|uitgesteld|overleden|ziek|zieke|ziekte|dood|kapot|slecht|slechte|probleem|problemen|"
        r"schuld\w*|armoede|arm|ongelijk\w*|oneerlijk\w*|onrecht\w*|wantrouw\w*|ruzie\w*|polaris\w+|tweedeling|kloof|spanning\w*|"
        r"schrijnend|schandalig|erger|ergste|schade|last|klachten|tekort\w*|achterstand\w*|vervelend\w*|onmenselijk|verscheurd|"
        r"geschrokken|kwetsbaar|kwetsbare\w*|onmogelijk|verveel\w*|verveling|saai|gedoe|afstand|vast|vastgelopen|knel|beklemm\w+"
    ),
    "positive": _any(
        r"mooi\w*|fijn\w*|leuk\w*|goed|goede|prachtig\w*|heerlijk\w*|geweldig\w*|bijzonder\w*|blij\w*|gelukkig\w*|geluk|geniet\w*|"
        r"genoten|dankbaar\w*|trots|rust|rustig\w*|ruimte|vrij|vrijheid|warm\w*|gezellig\w*|liefde|lief|lieve|waarde\w*|kracht\w*|"
        r"sterk\w*|creatie\w+|nieuw|nieuwe|ontdek\w*|ontdekt|ontstaan|ontstaat|ontstond\w*|kiem\w*|ontkiem\w*|groei\w*|bloei\w*|"
        r"opgebloeid|verbonden|verbinding\w*|saamhorig\w*|behulpzaam|hielp\w*|helpen|hulp|kans|kansen|voordeel|voordelen|winst|"
        r"positie\w+|hoopvol|opgelucht|bewust\w*|aandacht|waardering|respect|plezier|gezond\w*|samen|lekker\w*|aardig\w*"
    ),
    "intensity": _any("heel|erg|enorm|echt|zo|zeer|ontzettend|vreselijk|super|veel"),
    "contrast of good": _any("juist|gelukkig|ondanks|toch|daardoor|dankzij|voor het eerst|wel"),
}
NAMES = (*TONE, "words", "words a sentence", "questions", "exclamations", "verbless", "starts with I")
_SENTENCE_END = re.compile(r"[.!?…]+(?:\s|$)")
_FINITE = _any(
    "is|zijn|ben|bent|was|waren|heb|hebt|heeft|hebben|had|hadden|wordt|worden|word|werd|kan|kunnen|kun|kunt|kon|moet|moeten|mag|"
    "mogen|zal|zullen|zou|zouden|wil|willen|gaat|gaan|ga|doet|doe|komt|kom|staat|zit|vind|vindt|denk|denkt|zie|ziet|hoop|geeft|maakt|"
    "blijft|weet|zegt|ging|kwam|hoor|voel|merk|geef|maak|laat|zorg|begint|vraagt|helpt|werkt|woont|krijgt|krijg|neem|neemt|leeft|ligt"
)


def tone(text: str) -> list[float]:
    """One number per name of NAMES: log counts, and the length and shape of the sentences."""
    words = len(text.split())
    parts = [part for part in _SENTENCE_END.split(text) if part.strip()]
    verbless = sum(not _FINITE.search(part) for part in parts) / max(1, len(parts))
    return [
        *(log1p(len(pattern.findall(text))) for pattern in TONE.values()),
        log1p(words),
        log1p(words / max(1, len(parts))),
        log1p(text.count("?")),
        log1p(text.count("!")),
        verbless,
        float(bool(re.match(r"(?:ik|mijn|wij|we)\b", text, re.IGNORECASE))),
    ]
