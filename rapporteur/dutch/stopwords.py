"""Dutch words that carry no subject: function words, and the fillers of spoken Dutch.

Only for finding and naming topics. Never for comparing quotes: there every word counts.
"""

from __future__ import annotations

from rapporteur.dutch.numbers import WORDS as NUMBER_WORDS

FUNCTION_WORDS = frozenset(
    """
    aan achter af al alle allebei alleen alles als altijd ander andere anderen anders beide ben bent bij bijna
    binnen boven buiten daar daarbij daardoor daarin daarna daarnaast daarom daarop daarover daarvan daarvoor dan
    dat de deze die dit doe doen doet door dus echt echter een één eens eerst eerste eigen eigenlijk elk elkaar elke
    en enig enige er erg ergens erover ervan ervoor even gaan gaat ge geen geworden gewoon ging gingen haar had hadden
    heb hebben hebt heeft heel hele helemaal hem hen het hier hierbij hij hoe hoewel hun iedere iedereen iemand iets
    ik in is ja jaar je jij jou jouw juist jullie kan kom komen komt kon konden kunnen kunt laat langs later laten
    leuk liever maak maakt maar maken mag me mee meer meest meeste men mensen met mij mijn mijne minder misschien
    moest moesten moet moeten mogelijk mogen na naar naast nee net niet niets niks nog nou nu of om omdat ons onze ook
    op over paar per precies pas samen soms steeds straks sommige staat te tegen toch toe toen tot tussen twee uit
    uw vaak van vanaf vanuit vanwege veel vele vind vinden vindt volgens voor vooral vond waar waarbij waardoor
    waarin waarom waarvan waren was wat we weer wel welke werd werden wie wij wil willen wilde word worden wordt
    zal zeer zeg zei zeggen zegt zelf zelfs zeker zich zij zijn zo zoals zo'n zou zouden zullen zonder zulke ze
    ze'n
    """.split()
)
FILLERS = frozenset(
    """
    ach aha allemaal beetje best bijvoorbeeld dingen ding dag dagen denk denken denkt eh ehm eraf erbij erin ermee
    erop eruit eten gedaan geef geeft gegaan gehad gekomen geven gezegd goed goede graag haha hallo hartstikke hè hé
    hoef hoeft hoor hoorde hoort jammer jazeker keer keren kijk kijken krijg krijgen krijgt kreeg kwam kwamen lang
    leven liggen ligt loop lopen loopt mooi mooie moment natuurlijk nieuw nieuwe nooit normaal o oh oké och plek prima
    punt snap stel stond stonden tijd tijdens uur vanavond vandaag verder vroeg week weken weet weten wist zag zagen
    zat zaten zeg zie zien ziet zit zitten zoiets zorgen zou 'm 's 't m t s n d eentje drie vier vijf zes zeven acht
    negen tien elf twaalf twintig honderd half halve hadden gebeurt gebeurde gebeuren blijf blijft blijven bleef
    gaf gaven deed deden dacht dachten durf durft neem nemen neemt nam werkt lekker stuk soort manier iedereen
    jongens meneer mevrouw dank bedankt sorry welkom ronde krantenkop kop foto nummer droom dromen idee ideeën wens hetzelfde
    begin eind einde gezien verhaal verhalen gesprek tafel avond middag ochtend vraag vragen man vrouw kind hand
    kant deel aantal concreet slecht anderhalf gewone enige laatste enkel huis probleem dinsdag donderdag vrijdag maandag
    online moar mien veur bie doar gien woensdag zaterdag zondag halfjaar maand maanden jaren
    """.split()
)
STOP_WORDS = FUNCTION_WORDS | FILLERS | frozenset(NUMBER_WORDS.values())
