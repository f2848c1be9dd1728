"""Places are read where they are named, and nowhere else."""

import pytest

from knowledge.answers.articles.loader import load, shipped_content
from knowledge.directory.places import fold, load_places
from knowledge.directory.said import Named, PlacesSaid, places_in, taken_out

# "sentence | what is named". A sign before a name: "-" it is said away, "~" it has to be asked
# about, "?" it is possible. "Habo/Håbo": it may be either.
NAMED = """
vem är samordnare i Växjö? | Växjö
vem är samordnare i växjö | Växjö
VEM ÄR SAMORDNARE I VÄXJÖ | Växjö
kontaktuppgifter till länsstyrelsen för oss i vaxjo | Växjö
kurser i Vaxjö | Växjö
kurser i växjo | Växjö
finns det något för Göteborgs stad | Göteborg
nåt på gång i gbg | Göteborg
kurser i sthlm | Stockholm
finns det plats i hbg | Helsingborg
lkpg eller nkpg | Linköping, Norrköping
any courses in Gothenburg | Göteborg
Österåkers kommun undrar om kursen | Österåker
vi i osteraker vill gå kurs | Österåker
vad gäller för Malung-Sälens kommun | Malung-Sälen
Upplands-Väsby | Upplands Väsby
kurs i Upplands Väsby i maj | Upplands Väsby
utbildningar i Upplands Väsby i mars | Upplands Väsby
kurser i kalmar kommun | Kalmar
kurser i kalmar län | Kalmar län
en kurs i upplands-bro | Upplands-Bro
Dals-Eds kommun | Dals-Ed
i dals ed | Dals-Ed
Östra Göinge kommun | Östra Göinge
ostra goinge | Östra Göinge
kurser i Lilla Edet | Lilla Edet
utbildningar i Kronobergs län | Kronobergs län
utbildningar i kronobergs lan | Kronobergs län
utbildningar i Kronoberg | Kronobergs län
finns det nåt i kronoberg | Kronobergs län
vad går i Skåne | Skåne län
kurser i skane | Skåne län
kurser i Skåne län | Skåne län
Skånes samordnare | Skåne län
Region Skåne | Skåne län
kontakt på Region Kronoberg | Kronobergs län
Region Gotland | Gotland
kurser på Gotland | Gotland
Gotlands län | Gotlands län
på Gotlands kommun | Gotland
något i Visby | Gotland
en kurs i Hemse | Gotland
VGR | Västra Götalands län
kurser inom vgr | Västra Götalands län
Västra Götalandsregionen | Västra Götalands län
västra götaland i april | Västra Götalands län
vastra gotalands lan | Västra Götalands län
kurser i Sörmland | Södermanlands län
södermanland | Södermanlands län
i sormland | Södermanlands län
Dalarnas län | Dalarnas län
dalarna i vår | Dalarnas län
Hälsingland | Gävleborgs län
i bohuslän | Västra Götalands län
kurser i Närke | Örebro län
Jämtland Härjedalen | Jämtlands län
i ångermanland | Västernorrlands län
på Öland | Kalmar län
kurser i Småland | Jönköpings län/Kronobergs län/Kalmar län
kurser i Kalmar | Kalmar/Kalmar län
Kalmar då? | Kalmar/Kalmar län
Kalmar kommun | Kalmar
Kalmar län | Kalmar län
i kalmar lan | Kalmar län
Länsstyrelsen i Kalmar | Kalmar län
länsstyrelsen i Jönköping | Jönköpings län
Länsstyrelsen i Växjö | Växjö
Örebro stad | Örebro
Stockholms stad | Stockholm
Stockholms läns kurser | Stockholms län
uppsala | Uppsala/Uppsala län
och i Lidköping? | Lidköping
hur är det i Lidköping då | Lidköping
samordnaren för Nässjö | Nässjö
vi vill till Hässleholm | Hässleholm
den i hassleholm | Hässleholm
kursen på Orust | Orust
på Tjörn eller Orust | Tjörn, Orust
nära Ystad | Ystad
kurser i närheten av Växjö | Växjö
runt Sundsvall | Sundsvall
inte långt från umeå | Umeå
lund eller malmö | Lund, Malmö
kurser i lund eller malmö | Lund, Malmö
kurser i Lund, Malmö och Ystad | Lund, Malmö, Ystad
i sala, köping och västerås | Sala, Köping, Västerås
kurs i Åre eller Berg | Åre, Berg
Halland eller Skåne | Hallands län, Skåne län
Skåne och Blekinge | Skåne län, Blekinge län
Skåne/Halland | Skåne län, Hallands län
Borås el. Mark | Borås, ?Mark
från Kiruna till Ystad | Ystad, -Kiruna
inte Lund utan Malmö | Malmö, -Lund
inte i Lund utan i Malmö | Malmö, -Lund
kurser i Malmö, inte Lund | Malmö, -Lund
inte Lund eller Malmö | -Lund, -Malmö
kurser i malmö, nej lund | Lund, -Malmö
inte i malmö utan i mora | Mora, -Malmö
varken Lund eller Malmö | -Lund, -Malmö
Skåne men inte Halland | Skåne län, -Hallands län
inte Lund, Malmö i stället | Malmö, -Lund
inte bara Lund utan också Malmö | Lund, Malmö
alla i Skåne utom Malmö | Skåne län, -Malmö
kurs i Lund, nej Malmö | Malmö, -Lund
kurs i lund, förlåt, malmö | Malmö, -Lund
kurser i Lund, jag menar Malmö | Malmö, -Lund
lund, malmö menar jag | Malmö, -Lund
kurser i Lund, inte där utan i Malmö | Malmö, -Lund
jag jobbar i Tranås nu, inte i Nässjö längre | Tranås, -Nässjö
har flyttat från Nässjö, är i Tranås | Tranås, -Nässjö
jag har slutat i Falun | -Falun
glöm det där om Lund | -Lund
glöm inte Lund | Lund
jag bor i Arboga men det är inte där jag arbetar | -Arboga
not Lund but Malmö | Malmö, -Lund
Lund, Skåne? | Lund
Lund i Skåne | Lund
Berg i Jämtland | Berg
Nora i Örebro län | Nora
Habo i Jönköpings län | Habo
Habo (Jönköping) | Habo
Håbo i Uppsala | Håbo
jag är på Håbo kommun | Håbo
jag hör till Habo | Habo
i habo eller sa | ?Habo/Håbo
Haga i Göteborg | Göteborg
kurser i Märsta | Sigtuna
kurser i märsta | Sigtuna
kurser i marsta | Sigtuna
vi i Kinna | Mark
samordnare för Sälen | Malung-Sälen
den i Åkersberga | Österåker
på Lidingö | Lidingö
något i Åhus i maj | Kristianstad
i Anderstorp | Gislaved
i Ekeby | Södertälje/Bjuv/Kumla
Märsta, Sigtuna | Sigtuna
min kollega i Vara kommun | Vara
i vara kommun | Vara
kurser i Vara | Vara
för Vara kommuns del | Vara
från Ånge | Ånge
Ånge kommun | Ånge
i Mark | Mark
Marks kommun | Mark
i marks kommun | Mark
på Klippans kommun | Klippan
kommunen Klippan | Klippan
i Sala | Sala
för Sala kommun | Sala
i Boden | Boden
för Bodens kommun | Boden
en kurs i Höör | Höör
en kurs i höör | Höör
i Eda kommun | Eda
till Eda kommun | Eda
Ale kommun | Ale
i Ale | Ale
samordnaren i Nora | Nora
en kurs i Lund | Lund
kursen Lund | Lund
till Lunds kommun | Lund
i Hofors | Hofors
hofors kommun | Hofors
en kurs i boden | ?Boden
nåt i mark | ?Mark
utbildning i köping | ?Köping
kursen i säter | ?Säter
Växjökursen | Växjö
anmäl mig till malmöutbildningen | Malmö
Skånekursen | Skåne län
kurser i Kungsbaka | ~Kungsbacka
kurser i kungsbaka | ~Kungsbacka
samordnare i Örnsköldsvk | ~Örnsköldsvik
kurser i Katrineholmm | ~Katrineholm
Sundsvall, Timrå och Ånge | Sundsvall, Timrå, Ånge
Falu kommun | Falun
Kn Växjö | Växjö
Växjö kn | Växjö
Trollhättans Stad | Trollhättan
i upplands | ?Upplands Väsby/Upplands-Bro
i Väsby | Upplands Väsby
"""

ASKED = """
Växjö | Växjö
växjö! | Växjö
vaxjo | Växjö
Växjö kommun | Växjö
Växjö kn | Växjö
hallands länsstyrelse | Hallands län
Malmo stad | Malmö
Lunds | Lund
Region Gotland | Gotland
i Växjö | Växjö
jag jobbar i Växjö | Växjö
jag arbetar på Växjö kommun | Växjö
vi är från Växjö | Växjö
hej, det är Växjö | Växjö
det ska vara Tanum | Tanum
nej, Malmö | Malmö
ja, malmö | Malmö
Malmö tack | Malmö
vara | Vara
Vara | Vara
vara kommun | Vara
jag är på vara kommun | Vara
ange | Ånge
Ånge | Ånge
mark | Mark
jag jobbar i mark | Mark
sala | Sala
boden | Boden
hoor | Höör
höör | Höör
hör | ~Höör
hor | ~Höör
eda | Eda
ale | Ale
nora | Nora
berg | Berg
lund | Lund
lunds kommun | Lund
hofors | Hofors
habo | Habo/Håbo
Habo | Habo/Håbo
Habo kommun | Habo/Håbo
Håbo | Håbo
håbo kommun | Håbo
jag är i Habo | Habo
Habo, Jönköping | Habo
upplands | Upplands Väsby/Upplands-Bro
väsby | Upplands Väsby
Sälen | Malung-Sälen
Kinna | Mark
Märsta | Sigtuna
märsta | Sigtuna
jag jobbar i Märsta | Sigtuna
Ekeby | Södertälje/Bjuv/Kumla
Bro | ~Upplands-Bro
i Bro | ~Upplands-Bro
jag jobbar i Bara | ~Svedala
salen | ~Malung-Sälen/Salem
kungsbaka | ~Kungsbacka
Kungsbaka kommun | ~Kungsbacka
jag jobbar i kungsbaka | ~Kungsbacka
Ångelholm | ~Ängelholm
Ornskoldsvik | Örnsköldsvik
Örnsköldsvikk | ~Örnsköldsvik
Hässelholm | ~Hässleholm
Jönköpping | ~Jönköping/Jönköpings län
Märtsa | ~Sigtuna
Stockhome | ~Stockholm/Stockholms län
Kronoberg | Kronobergs län
länet Kronoberg | Kronobergs län
Kalmar | Kalmar/Kalmar län
Kalmar kommun | Kalmar
länet Kalmar | Kalmar län
Gotland | Gotland
sthlm | Stockholm
kstad | Kristianstad/Karlstad
lund eller malmö | Lund, Malmö
inte Lund utan Malmö | Malmö, -Lund
Lund. Nej, Malmö. | Malmö, -Lund
inte i Lund | -Lund
jag har bytt från Lund till Malmö | Malmö, -Lund
flytta mig till Åmål | Åmål
numera i amal | Åmål
den i Uppsala län | Uppsala län
jag jobbar på socialtjänsten i Lund | Lund
Lund tror jag | Lund
vet inte, kanske Malmö? | Malmö
"""

NOT_NAMED = """
vad ska vara med i planen
Vara med i rådet, går det?
vem kan vara ordförande
det måste vara kommunen som bestämmer
ska det vara kommun eller polis
får polisen låna våra lokaler
far polisen lana vara lokaler
våra kommuner samarbetar
vara kommuner samarbetar
vilka är våra mål
ange en kontaktperson
Ange kommun
var ska vi ange diarienumret
hur anger man ett brott
får man ange någon anonymt
skog och mark
vem äger marken vid stationen
lägga fram saken på allmän mark
vad gäller på kommunal mark
Mark- och miljödomstolen
sätt ett mål
vi målar över klottret
mala kaffe
i salen bredvid
finns det en sal att låna
en sal på biblioteket
salar och lokaler
det brann bakom boden
bodar och skjul brinner
vid berg och tunnlar
en lund i parken
hör av dig till polisen
vem hör ihop med rådet
vem hor av sig
är vi klara
are you a robot
are there any courses
what are the duties
can we save the plan
ordningsvakter ska avlägga ed
en kil mellan grannarna
en skara ungdomar
på klippan vid havet
köpa och sälja knark
köping av narkotika
timra en stuga
läxa och skola
laxa upp
boden brann
gå till botten med det
i våras
i maj
i mars
i höst
i dag
på torsdag
i morgon
i kommunen
i länet
på länsstyrelsen
på skolan
i skolan
i rådet
på nätet
i planen
till polisen
från polisen
för barnen
för föräldrar
om våld i nära relationer
i närheten av skolan
utanför skolan
vid stationen
hos socialtjänsten
till chefen
Anna Lund undrar en sak
jag heter Eva Berg
hälsa Karin Lund
till Nora
Nora vill gå kursen
Vilhelmina är sjuk
Mark har läst den
vi kör på tisdag
bor du här
vi bor bra
bara en fråga
vad gör vi
Vad händer sedan?
Vi undrar en sak
vik en dag
visa drag
stora brott
svarta pengar
falla offer
hjälm på
rot och rut
stava rätt
vad kostar det
kosta vad det vill
stigen i skogen
i trädet
udden är mörk
trekanten i centrum
i hallen
rånas någon i kommunen
en bro över ån
horn och signal
lita på oss
vika av
vi ska till viken
ny vik
skruv och mutter
i skede ett
person som far illa
foto på torget
äng och åker
ås och dal
Brås kurser
Brås webb
anmäl ett brott
stop
stopp
ångra
avbryt
hjälp
tack
ja
nej
ettan
den första
den sista
hej då
skicka nu
Jag har läst det
utbildningar
min samordnare
mina utbildningar
visa alla
vad är EST
SSPF
lägesbild
medborgarlöfte
GVI
hur många kameror får vi ha
trygghetsvandring
kan vi stänga av sms
fler
nästa
i USA och i Holland
i Danmark
i Norge
i Oslo
London
Ankeborg
1234
"""

NOT_NAMED_ASKED = """
stop
stopp
ångra
avbryt
hjälp
våra
vad
vad?
vi
Vi
bara
bor
det
den
ja
nej
tack
hej
vet inte
ingen aning
hur menar du
varför frågar du
spelar det någon roll
jag vill inte säga
jag vet inte
x
något annat
ingen
ingen av dem
kommun
kommunen
länet
län
stad
region
min kommun
Ankeborg
Gotham
Xanadu
Narnia
123
nästa
fler
utbildningar
mina utbildningar
lägesbild
vad är EST
hur ofta ska planen följas upp
vem beslutar om planen
är det hemligt
kan jag vara anonym
måste det vara kommunen
vad ska det vara bra för
hör av dig sedan
jag är rektor
polisen
socialtjänsten
länsstyrelsen
Malmen är stor
"""


def rows(table: str) -> list[str]:
    return [line for line in table.strip().splitlines() if line]


def said(read: PlacesSaid) -> list[str]:
    """What was read, written as in the tables."""
    marked = (("", read.named), ("?", read.possible), ("-", read.excluded), ("~", read.doubtful))
    return sorted(mark + _either(one) for mark, found in marked for one in found)


def _either(named: Named) -> str:
    return "/".join(sorted(area.name for area in named.areas))


def expected(names: str) -> list[str]:
    sorted_each = []
    for name in names.split(", "):
        mark = name[0] if name[0] in "?-~" else ""
        sorted_each.append(mark + "/".join(sorted(name.removeprefix(mark).split("/"))))
    return sorted(sorted_each)


@pytest.mark.parametrize("row", rows(NAMED))
def test_a_named_place_is_read(row: str) -> None:
    sentence, names = row.split(" | ")

    assert said(places_in(sentence)) == expected(names)


@pytest.mark.parametrize("row", rows(ASKED))
def test_an_answer_is_read_as_a_place(row: str) -> None:
    sentence, names = row.split(" | ")

    assert said(places_in(sentence, asked=True)) == expected(names)


@pytest.mark.parametrize("sentence", rows(NOT_NAMED))
def test_an_ordinary_word_is_no_place(sentence: str) -> None:
    assert _found(places_in(sentence)) == set()


@pytest.mark.parametrize("sentence", rows(NOT_NAMED_ASKED))
def test_what_is_no_place_is_none_where_one_is_asked_for(sentence: str) -> None:
    assert _found(places_in(sentence, asked=True)) == set()


NAMED_IN_WORDINGS = """
malmö umeå stockholm göteborg gotland halland jönköping dalarna skåne blekinge kalmar uppsala
västerbotten
"""


def test_our_own_wordings_hold_no_places_but_those_they_name() -> None:
    names = {*NAMED_IN_WORDINGS.split()}
    plain = {fold(name, strip=False) for name in names}
    for article in load(shipped_content()).articles:
        for wording in (*article.swedish, *article.english):
            for typed in (wording, wording[0].upper() + wording[1:], wording.upper()):
                assert {one.casefold() for one in _found(places_in(typed))} <= names, typed
            assert _found(places_in(fold(wording, strip=False))) <= plain, wording


def _found(read: PlacesSaid) -> set[str]:
    return {one.said for one in (*read.named, *read.excluded, *read.doubtful)}


@pytest.mark.parametrize(
    "sentence",
    [
        "kurser i närheten",
        "kurser nära mig",
        "utbildningar i mitt län",
        "utbildningar i vårt län",
        "utbildningar i vart lan",
        "finns det nåt hos oss",
        "något i min kommun",
        "något på hemmaplan",
        "vad går i trakten",
        "courses near me",
        "i närheten av jobbet",
    ],
)
def test_ones_own_surroundings_are_no_named_place(sentence: str) -> None:
    read = places_in(sentence)

    assert read.own
    assert not read.named


@pytest.mark.parametrize(
    "sentence",
    ["i närheten av Växjö", "nära växjö", "runt Växjö", "i trakterna kring Växjö", "near Växjö"],
)
def test_near_a_place_is_told(sentence: str) -> None:
    read = places_in(sentence)

    assert read.near
    assert not read.own
    assert said(read) == ["Växjö"]


@pytest.mark.parametrize("sentence", ["kurser i Växjö", "hos oss i Växjö", "min kommun är Växjö"])
def test_in_a_place_is_not_near_it_nor_where_one_works(sentence: str) -> None:
    read = places_in(sentence)

    assert not read.near
    assert not read.own


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("Växjö", True),
        ("och i Lidköping?", True),
        ("Kalmar då?", True),
        ("inte Lund utan Malmö", True),
        ("Märsta", True),
        ("vad gör de i Malmö", False),
        ("kurser i Malmö", False),
        ("Malmö har färre skjutningar", False),
        ("utbildningar", False),
    ],
)
def test_a_place_alone_is_told_from_one_in_a_sentence(sentence: str, alone: bool) -> None:
    assert places_in(sentence).alone is alone


@pytest.mark.parametrize(
    ("sentence", "without"),
    [
        ("kurser i Växjö i maj", "kurser i # i maj"),
        ("kurser i Växjö kommun i maj", "kurser i # i maj"),
        ("kurser i Lund eller Malmö", "kurser i # eller #"),
        ("kurser i Lund, Skåne, i maj", "kurser i #, i maj"),
        ("anmäl mig till växjökursen", "anmäl mig till #kursen"),
        ("kurs i boden", "kurs i #"),
        ("nåt i Va\u0308xjo\u0308 i maj", "nåt i # i maj"),
        ("vad ska vara med i planen", "vad ska vara med i planen"),
    ],
)
def test_what_was_read_can_be_taken_out(sentence: str, without: str) -> None:
    assert taken_out(sentence, places_in(sentence), "#") == without


def test_a_place_inside_a_municipality_is_told_by_its_name() -> None:
    read = places_in("Märsta", asked=True)

    assert [(one.locality, one.only) for one in read.named] == [
        ("Märsta", load_places().municipalities["0191"])
    ]
