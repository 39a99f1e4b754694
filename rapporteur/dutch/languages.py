"""Which language a stretch of text is in, told by its commonest words: enough to say that a quote was translated.

Limits: at least three words of a list, and twice as many as of any other, or nothing is said. Words that two
languages share are in neither list, so a short text often stays unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

_WORDS = {
    "Nederlands": """
        ik het een niet wij dat je zijn heb hebben maar van ook met voor naar mijn wel nog deze geen onze de en die was we
        wat dan dus er uit bij door om te hier daar omdat kan moet wordt worden toen heel veel niets iets jullie hun hij
        hem haar over elkaar mensen altijd meer terug gaan zou waar ze als aan op of is in al had zo want hebt heeft
        gewoon echt allemaal net so an was hand last kind men were all like moat me
    """,
    "Engels": """
        the and i you my to that it was of not have they with for are this but from our what when we do go back because
        every out just get can could would will been has where there their very about which who people how than
        your me did am be by she her his them these so up if or as at an all had were like want us don't
    """,
    "Fries": """
        ik it net en dat wy hja foar fan mei oan ek hie wie bin binne jo myn ús dy noch wol sa gjin by troch hjir dêr
        om't kin moat wurdt doe hiel folle neat wat jimme har him oer elkoar minsken altyd mear werom gean nei bliid
        wêze hawwe ha yn út te de is op as
    """,
    "Duits": """
        ich das nicht und wir die der mit für auf ist sind ein eine auch war haben mein wie sie er zu den dem von aber
        wenn noch schon dann weil kann wird immer hier alle
    """,
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_OWN = {
    language: words.difference(*(other for name, other in _SETS.items() if name != language))
    for language, words in _SETS.items()
}
_LEAST = 3


def language_of(words: Iterable[str]) -> str | None:
    """The language of words in lower case, by its Dutch name; None if that is not plain."""
    given = list(words)
    found = sorted(((sum(w in own for w in given), name) for name, own in _OWN.items()), reverse=True)
    (most, language), (next_most, _) = found[0], found[1]
    return language if most >= _LEAST and most >= 2 * next_most else None


# English words of substance that tables talk in, and the Dutch that stands for them.
_DUTCH_FOR = {
    english: frozenset(dutch.split())
    for line in """
        alone:alleen|always:altijd|another:ander andere|asked:vroeg vroegen gevraagd|away:weg|baby:baby|bad:slecht slechte
        balcony:balkon|beautiful:mooi mooie prachtig|bedroom:slaapkamer|before:voor voordat|better:beter|big:groot grote
        bike:fiets|black:zwart zwarte|book:boek|books:boeken|boss:baas|boy:jongen|brother:broer|building:gebouw
        bus:bus|busy:druk|buy:kopen|called:heette belde genoemd|came:kwam kwamen gekomen|car:auto|care:zorg|cars:auto's
        child:kind|children:kinderen|church:kerk|city:stad|class:klas|clean:schoon schone|coffee:koffie|cold:koud koude
        colleague:collega|colleagues:collega's|come:komen kom gekomen|company:bedrijf|cook:koken kook|corner:hoek
        country:land|course:cursus|daughter:dochter|day:dag|days:dagen|dead:dood|different:anders|doctor:dokter huisarts arts
        dog:hond|dogs:honden|door:deur|dream:droom|drink:drinken|dutch:nederlands nederlandse|eat:eten|eight:acht|eleven:elf
        empty:leeg lege|english:engels|evening:avond|everybody:iedereen|everyone:iedereen|everything:alles|eyes:ogen
        family:familie gezin|far:ver|father:vader|felt:voelde|few:paar weinig|first:eerste|five:vijf|flowers:bloemen
        food:eten|found:vond gevonden|four:vier|free:vrij gratis|friend:vriend vriendin|friends:vrienden|full:vol volle
        garden:tuin|gardens:tuinen|gave:gaf|girl:meisje|good:goed goede|government:overheid regering|grandmother:oma
        green:groen groene|group:groep|half:half halve|hand:hand|hands:handen|happy:blij gelukkig|hard:moeilijk hard
        health:gezondheid|hear:horen hoor|heard:hoorde gehoord|help:helpen help hulp|helped:hielp geholpen|here:hier
        hi:hoi hallo|home:thuis huis|hope:hoop|hospital:ziekenhuis|hour:uur|hours:uur uren|house:huis|houses:huizen
        hundred:honderd|idea:idee|important:belangrijk belangrijke|invited:uitgenodigd|job:baan werk|kitchen:keuken
        knew:wist kende|know:weet weten ken kennen|language:taal|last:laatste vorig|late:laat|learn:leren leer
        learned:leerde geleerd|left:links vertrok weg|less:minder|letter:brief|life:leven|light:licht|listen:luisteren
        little:klein kleine|live:wonen woon leven|lived:woonde woonden|lonely:eenzaam|long:lang lange|lost:verloren verloor
        love:liefde houden|machine:machine apparaat automaat|man:man|manager:manager leidinggevende|many:veel vele
        market:markt|meet:ontmoeten|met:ontmoet ontmoette gezien|money:geld|month:maand|months:maanden|more:meer
        morning:ochtend morgen|mother:moeder|mountains:bergen|moved:verhuisde verhuisd|music:muziek|name:naam
        nature:natuur|near:bij dichtbij|need:nodig|neighbour:buurman buurvrouw|neighbours:buren|neighbourhood:buurt wijk
        neighbor:buurman buurvrouw|neighbors:buren|neighborhood:buurt wijk|never:nooit|new:nieuw nieuwe|night:nacht
        nine:negen|nobody:niemand|noticed:merkte|nothing:niets niks|office:kantoor|often:vaak|old:oud oude|once:eens
        one:één een|online:online|open:open|outside:buiten|own:eigen|paper:papier|parents:ouders|park:park|people:mensen
        person:persoon mens|phone:telefoon|place:plek plaats|play:spelen|problem:probleem|problems:problemen|quiet:rustig stil
        rain:regen|read:lezen las|remember:herinner|rent:huur|rest:rest|river:rivier|road:weg|room:kamer ruimte|safe:veilig
        said:zei zeiden gezegd|saw:zag gezien|school:school|schools:scholen|sea:zee|second:tweede|see:zie zien|seven:zeven
        share:delen deel|shop:winkel|shops:winkels|sick:ziek|sister:zus|sit:zitten zit|six:zes|sleep:slapen|small:klein kleine
        smart:slim|smile:lach|sometimes:soms|son:zoon|speak:spreken spreek|spoke:sprak|square:plein|start:begin beginnen
        started:begon begonnen|stay:blijven blijf|stopped:stopte gestopt|street:straat|streets:straten|strong:sterk
        student:student|students:studenten|summer:zomer|sun:zon|supermarket:supermarkt|table:tafel|talk:praten praat
        talked:praatte gepraat|teacher:leraar docent juf|team:team|ten:tien|thing:ding|things:dingen|think:denk denken
        thought:dacht|thousand:duizend|three:drie|time:tijd|times:keer|tired:moe|today:vandaag|together:samen|told:vertelde
        verteld|tomorrow:morgen|town:stad dorp|train:trein|trees:bomen|tree:boom|trust:vertrouwen|twelve:twaalf
        twenty:twintig|two:twee|understand:begrijpen begrijp snap|university:universiteit|village:dorp|visit:bezoek bezoeken
        wait:wachten|walk:lopen wandelen loop wandel|walked:liep liepen|wanted:wilde wilden|warm:warm warme|water:water
        week:week|weeks:weken|weekend:weekend|welcome:welkom|white:wit witte|whole:hele heel|window:raam|winter:winter
        woman:vrouw|women:vrouwen|word:woord|words:woorden|work:werk werken|worked:werkte gewerkt|world:wereld
        write:schrijven|wrong:verkeerd|year:jaar|years:jaar jaren|yesterday:gisteren|young:jong jonge
    """.replace("\n", "|").split("|")
    if ":" in line
    for english, dutch in [line.strip().split(":")]
}
_ALIKE = 5


def in_common(words: Collection[str], others: Collection[str]) -> int:
    """How many different words of one text a text in another language has as well, or the word for it."""
    common = frozenset().union(*_SETS.values())
    starts = {other[:_ALIKE] for other in others if len(other) >= _ALIKE} - {word[:_ALIKE] for word in common}
    meant = {dutch for other in others for dutch in _DUTCH_FOR.get(other, ())}
    meant |= {english for english, dutch in _DUTCH_FOR.items() if not dutch.isdisjoint(others)}
    return sum(
        word in meant or word[:_ALIKE] in starts or (word[0].isdigit() and word in others)
        for word in {*words} - common | ({*words} & meant)
    )
