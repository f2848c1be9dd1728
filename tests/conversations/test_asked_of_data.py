"""What the curious ask about their data, answered in the first sentence."""

import pytest

from dialogs.conversation.texts import text
from dialogs.own_data.asked import Subject, answer_to
from tests.support.builders import create_training
from tests.support.town import Person, Town

KEPT = "Det här sparar jag om dig"


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("kan chefen läsa det jag skriver till dig?", "Nej, jag visar inte din chef"),
        ("sparas vår chatt?", "Jag sparar inte hela samtalet"),
        ("är ni gdpr säkra", "Du ser det som är knutet till dig"),
        ("vem har sett mina uppgifter", "Det står i en logg"),
        ("rätta mitt namn", "Ditt namn kommer från Teams."),
        ("jag hittade ett fel i en uppgift om mig", "Ditt namn kommer från Teams."),
        ("sluta spara mina grejer", "Du kan skriva ”radera mig”"),
        ("vad gör ni med mina uppgifter", "Jag använder dem för att kunna svara dig."),
        ("anmäl en incident", "Berätta genast för ditt dataskyddsombud"),
        ("hur gör jag för att få bort mig", "Skriv ”radera mig”"),
        ("kan länsstyrelsen se vilka kurser jag går på", "De som håller utbildningen"),
        ("vem har läst mina svar", "Bara de som håller utbildningen ser dina svar"),
        ("varför har du mitt namn egentligen", "Ditt namn och dina id:n kommer från Teams"),
        ("hamnar det jag skriver hos openai", "Nej, ingen språkmodell"),
        ("i vilket land ligger servern", "Uppgifterna ligger i en databas hos den som driver"),
        ("vem är PuA för tryggve", "Din egen myndighet är personuppgiftsansvarig"),
        ("hur anmäler jag en personuppgiftsincident", "Berätta genast"),
        ("får jag skriva personnummer här?", "Nej, skriv inte om en enskild person"),
        ("hur länge sparas mina frågor", "Hur länge beror på vad det är."),
        ("jag heter inte så", "Ditt namn kommer från Teams."),
        ("läser du mina mejl?", "Nej, jag når varken din mejl"),
        ("varför måste jag ange kommun", "Kommunen behöver jag för att visa rätt samordnare"),
        ("can my manager see what I write", "Nej, jag visar inte din chef"),
        ("where is my data stored?", "Uppgifterna ligger i en databas"),
    ],
)
async def test_the_first_sentence_is_the_answer(anna: Person, said: str, first: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(said)

    assert anna.words().startswith(first), anna.words()
    anna.hears(KEPT, "Om personuppgifter")


async def test_who_asks_to_see_it_is_only_shown_it(anna: Person) -> None:
    await anna.says("byt kommun till Växjö")
    for said in ("mina uppgifter", "vad har du på mig egentligen"):
        await anna.says(said)
        assert anna.words().startswith(KEPT), anna.words()


async def test_it_is_answered_in_the_middle_of_something_else(tryggve: Town, anna: Person) -> None:
    await anna.says("byt kommun")
    await anna.says("kan min chef se vad jag skriver?")
    anna.hears("Nej, jag visar inte din chef")

    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await create_training(tryggve)
    await kerstin.says("ny utbildning")
    await kerstin.says("sparas det jag skriver här?")
    kerstin.hears("Jag sparar inte hela samtalet", "Det du höll på med är kvar.")


@pytest.mark.parametrize(
    "said",
    ["radera allt om bo", "ta bort allt ni har om bo berg", "glöm allt du vet om per"],
)
async def test_nobody_is_asked_to_erase_oneself_for_another(anna: Person, said: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(said)

    anna.does_not_hear("Ska jag radera dig?")
    anna.hears("Jag raderar bara dina egna uppgifter, aldrig någon annans.")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("kontakta mig mindre", "Så får du utskick"),
        ("färre meddelanden tack", "Så får du utskick"),
        ("sluta skriva till mig", "Ska jag sluta skicka utskick till dig?"),
        ("stop contacting me", "Ska jag sluta skicka utskick till dig?"),
    ],
)
async def test_who_wants_to_hear_less_is_led_there(anna: Person, said: str, heard: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(said)

    anna.hears(heard)


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("säljer ni mina uppgifter?", Subject.SOLD),
        ("hur länge ligger mina frågor kvar", Subject.HOW_LONG),
        ("var ligger mina uppgifter", Subject.ABROAD),
        ("hur skyddas mina uppgifter", Subject.SAFETY),
        ("vilka har tillgång till mina uppgifter", Subject.SEEN),
        ("varför behöver ni mitt namn", Subject.SOURCE),
        ("kan ni se vem jag är", Subject.SOURCE),
        ("hur får jag felaktiga uppgifter rättade", Subject.NAME_RIGHT),
        ("har någon tittat på mina uppgifter", Subject.LOOKED),
        ("vad använder ni mina uppgifter till", Subject.PURPOSE),
        ("sluta lagra det jag skriver", Subject.OBJECT),
        ("ta bort det jag skrev", Subject.ONE_MESSAGE),
        ("lämnar något EU?", Subject.ABROAD),
        ("är du GDPR-säker?", Subject.LAWFUL),
        ("vem ser att jag är anmäld", Subject.NAME_SEEN),
        ("vem har tittat på mina uppgifter", Subject.LOOKED),
        ("vad händer om jag skriver radera mig", Subject.ERASING),
        ("vad händer med mina uppgifter när jag slutar", Subject.LEAVING),
        ("hur länge finns jag i säkerhetskopiorna", Subject.BACKUPS),
        ("jag råkade skriva ett personnummer", Subject.SLIP),
    ],
)
def test_what_is_wondered_about_is_told_apart(said: str, subject: Subject) -> None:
    assert answer_to(said) == text(f"own_data.told.{subject}")


@pytest.mark.parametrize("said", ["visa mina uppgifter", "vad vet du om mig", "registerutdrag"])
def test_to_see_it_is_no_question(said: str) -> None:
    assert answer_to(said) == ""
