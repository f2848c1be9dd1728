"""Who takes part: seen and written to by who holds the training, in the own chat."""

import pytest

from knowledge.trainings.models import TrainingStatus
from tests.support.builders import create_training
from tests.support.sheets import Sheet
from tests.support.town import Person, Town

pytestmark = pytest.mark.both_databases


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


async def works_in(town: Town, name: str, municipality: str) -> Person:
    person = town.person(name)
    await person.installs()
    await person.says(f"byt kommun till {municipality}")
    return person


async def signs_up(
    town: Town, name: str, municipality: str, training: str = "Lägesbild i praktiken"
) -> Person:
    person = await works_in(town, name, municipality)
    await person.says(f"anmäl mig till {training}")
    return person


async def test_the_coordinator_sees_the_counts_and_then_the_list(
    tryggve: Town, kerstin: Person
) -> None:
    await create_training(tryggve, seats=2)
    await signs_up(tryggve, "Anna Alm", "Växjö")
    await signs_up(tryggve, "Bo Berg", "Alvesta")
    await signs_up(tryggve, "Cia Ceder", "Växjö")
    await kerstin.says("deltagare")

    kerstin.hears(
        "Deltagare: Lägesbild i praktiken",
        "2 av 2 platser är tagna. 1 person står i kö. De kommer från 2 kommuner.",
        "Växjö 1 (+1 i kö) · Alvesta 1",
        "2 har en plats",
        "Anna Alm, Växjö, sedan",
    )
    kerstin.does_not_hear("Cia Ceder")
    await kerstin.taps("Visa kön")
    kerstin.hears("Kö: Lägesbild i praktiken", "1 – Cia Ceder, Växjö, sedan")
    await kerstin.says("visa deltagare")
    kerstin.hears("Bo Berg, Alvesta")
    await kerstin.says("vilka står i kö")
    kerstin.hears("1 – Cia Ceder")


async def test_who_is_passed_over_is_marked_with_the_reason(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, seats=1)
    await signs_up(tryggve, "Anna Alm", "Växjö")
    bo = await signs_up(tryggve, "Bo Berg", "Alvesta")
    await bo.uninstalls()
    await kerstin.says("visa väntelistan")

    kerstin.hears("1 – Bo Berg, Alvesta", "Får ingen plats nu: har tagit bort Tryggve.")


async def test_what_people_do_is_counted_where_it_is_known(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    anna = await signs_up(tryggve, "Anna Alm", "Växjö")
    await kerstin.says("deltagare")
    kerstin.does_not_hear("Per roll")
    await anna.says("jag är kommunpolis")
    await signs_up(tryggve, "Bo Berg", "Alvesta")
    await kerstin.says("deltagare")

    kerstin.hears("Per roll", "Ingen roll angiven 1 · Kommunpolis 1")


async def test_which_training_is_meant(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, title="Lagen på en dag", place="Växjö")
    await create_training(tryggve, title="Medborgarlöften", place="Alvesta")
    await create_training(tryggve, title="Ett utkast", status=TrainingStatus.DRAFT)
    await create_training(tryggve, title="Grannlänets dag", county="12")
    await kerstin.says("deltagare")
    kerstin.hears("Vilken utbildning menar du?", "1 – Lagen på en dag", "2 – Medborgarlöften")
    kerstin.does_not_hear("utkast")
    kerstin.does_not_hear("Grannlänets dag")
    for words in ("2", "Visa 2", "den andra", "medborgarlöften", "den i Alvesta"):
        await kerstin.says(words)
        kerstin.hears("Deltagare: Medborgarlöften")
        await speaks_of_something_else(kerstin)
        await kerstin.says("deltagare")
    await kerstin.taps("Visa 1")
    kerstin.hears("Deltagare: Lagen på en dag")
    await speaks_of_something_else(kerstin)
    await kerstin.says("vilka står i kö")
    await kerstin.says("2")
    kerstin.hears("Kö: Medborgarlöften")


async def speaks_of_something_else(kerstin: Person) -> None:
    """For so long that what was shown is not meant any more."""
    for words in ("vad är en lägesbild", "hur ofta ska lägesbilden uppdateras", "hjälp"):
        await kerstin.says(words)


@pytest.mark.parametrize(
    "words",
    [
        "vilka har anmält sig till medborgarlöften",
        "Vilka är anmälda till Medborgarlöften?",
        "kan du visa vilka som är anmälda till medborgarlöften",
        "hur många har anmält sig till Medborgarlöften",
        "jag vill se deltagarlistan för utbildningen i Alvesta",
    ],
)
async def test_a_training_is_named_with_the_question(
    tryggve: Town, kerstin: Person, words: str
) -> None:
    await create_training(tryggve, title="Lagen på en dag", place="Växjö")
    await create_training(tryggve, title="Medborgarlöften", place="Alvesta")
    await kerstin.says(words)

    kerstin.hears("Deltagare: Medborgarlöften")


async def test_the_training_shown_last_is_meant(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, title="Lagen på en dag")
    await create_training(tryggve, title="Medborgarlöften")
    await kerstin.says("utbildningar")
    await kerstin.says("vilka har anmält sig till 2")
    kerstin.hears("Deltagare: Medborgarlöften")
    await kerstin.says("vilka står i kö")
    kerstin.hears("Kö: Medborgarlöften")
    await kerstin.says("utbildningar")
    await kerstin.says("vad kostar 1")
    await kerstin.says("deltagare")
    kerstin.hears("Deltagare: Lagen på en dag")


async def test_another_countys_training_is_told_to_be_so(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, title="Lagen på en dag")
    await create_training(tryggve, title="Grannlänets dag", county="12", owners=("12", "13"))
    told = "Grannlänets dag hålls av Skåne län och Hallands län"
    await kerstin.says("vilka har anmält sig till Grannlänets dag")
    kerstin.hears(told, "bara deras samordnare ser deltagarna")
    await kerstin.says("utbildningar")
    await kerstin.says("deltagare till 2")
    kerstin.hears(told)


async def test_each_owner_of_a_joint_training_sees_everybody(tryggve: Town) -> None:
    await create_training(tryggve, owners=("07", "12"))
    await signs_up(tryggve, "Anna Alm", "Växjö")
    sara = await tryggve.coordinator("Sara Sand", "12")
    await sara.says("deltagare")

    sara.hears("Anna Alm, Växjö")


async def test_nobody_else_sees_who_takes_part(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    anna = await signs_up(tryggve, "Anna Alm", "Växjö")
    for words in ("deltagare", "vilka har anmält sig", "vilka är anmälda till kursen"):
        await anna.says(words)
        anna.hears("Bara samordnaren som håller utbildningen ser vilka som är anmälda")
    await kerstin.says("deltagare")
    card = kerstin.heard
    await tryggve.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
    for title in ("Visa kön", "Hämta som Excel", "Lägg till någon", "Ta bort någon"):
        kerstin.heard = card
        await kerstin.taps(title)
        kerstin.hears("Bara samordnaren som håller utbildningen")
    await kerstin.says("fler")
    kerstin.does_not_hear("Anna Alm")


async def test_the_list_is_never_shown_in_a_channel(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    await signs_up(tryggve, "Anna Alm", "Växjö")
    await kerstin.installs()
    channel = await tryggve.channel_is_added()
    for words in ("deltagare", "visa kön"):
        await kerstin.says(words, channel=channel)
        in_channel = [one for one in kerstin.heard if one["place"].startswith("19:")]
        assert "Lägesbild" not in str(in_channel)
        kerstin.hears("chatt")
    assert "Anna Alm" in str(kerstin.inbox())


async def test_the_list_goes_on_page_by_page(tryggve: Town, kerstin: Person) -> None:
    training = await create_training(tryggve, seats=30)
    await tryggve.populates(45, "0780")
    service, directory = tryggve.tryggve.trainings, tryggve.tryggve.directory
    for number in range(45):
        person = await directory.find_person(f"crowd-{number % 10}", f"crowd-{number}")
        assert person
        await service.sign_up(person, training)
    await kerstin.says("deltagare")
    kerstin.hears("30 av 30 platser är tagna", "Person 19, Växjö", "Visar 1–20 av 30")
    kerstin.does_not_hear("Person 20,")
    await kerstin.says("fler")
    kerstin.hears("Person 20, Växjö", "Person 29, Växjö", "Visar 21–30 av 30")
    await kerstin.taps("Visa kön")
    kerstin.hears("1 – Person 30", "15 – Person 44")


async def test_the_list_in_excel_holds_no_formulas(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, seats=1)
    await signs_up(tryggve, '=HYPERLINK("http://evil.example")', "Växjö")
    await signs_up(tryggve, "Bo Berg", "Alvesta")
    await kerstin.says("deltagare")
    await kerstin.taps("Hämta som Excel")
    kerstin.hears("Länken gäller i 15 minuter")
    url = kerstin.button("Öppna filen")["url"]
    async with tryggve.http.get(tryggve.url + url.partition("3978")[2]) as response:
        assert response.status == 200
        assert "deltagare-1.xlsx" in response.headers["Content-Disposition"]
        rows = Sheet(await response.read()).rows()

    assert [*rows[0].values()][:4] == ["Namn", "Kommun", "Roll", "Läge"]
    assert rows[1]["A"].startswith("=HYPERLINK")  # a text, and not run
    assert (rows[2]["A"], rows[2]["D"], rows[2]["E"]) == ("Bo Berg", "Står i kö", "1")
    await tryggve.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
    async with tryggve.http.get(tryggve.url + url.partition("3978")[2]) as response:
        assert response.status == 404


async def test_excel_can_be_typed_while_the_list_is_shown(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    await kerstin.says("deltagare")
    await kerstin.says("hämta som excel")
    kerstin.hears("Deltagarna på Lägesbild i praktiken i Excel")


async def test_a_message_goes_to_those_who_take_part(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, seats=1)
    anna = await signs_up(tryggve, "Anna Alm", "Växjö")
    bo = await signs_up(tryggve, "Bo Berg", "Alvesta")
    await kerstin.says("deltagare")
    for act, words in ((kerstin.taps, "Skriv till kön"), (kerstin.says, "skriv till kön")):
        await act(words)
        await kerstin.says("Rubrik: Fler platser snart\nText: Vi letar en större sal.")
        kerstin.hears("1 person i 1 kommun", "bara Väntelista: Lägesbild i praktiken")
        await kerstin.says("avbryt")
        await kerstin.says("deltagare")
    await kerstin.taps("Skriv till deltagarna")
    await kerstin.taps("Förhandsgranska", heading="Ta med dator", text="Vi ses i Växjö.")
    kerstin.hears("1 person i 1 kommun", "bara Deltagare: Lägesbild i praktiken")
    await kerstin.says("skicka")

    await anna.is_told("Ta med dator")
    assert "Ta med dator" not in str(bo.inbox())


async def test_a_message_also_reaches_those_of_a_training_far_down_the_list(
    tryggve: Town, kerstin: Person
) -> None:
    for number in range(14):
        await create_training(tryggve, title=f"Kurs nummer {number:02}")
    await signs_up(tryggve, "Anna Alm", "Växjö", "Kurs nummer 13")
    await kerstin.says("vilka har anmält sig till kurs nummer 13")
    await kerstin.taps("Skriv till deltagarna")
    await kerstin.taps("Förhandsgranska", heading="Ta med dator", text="Vi ses i Växjö.")

    kerstin.hears("1 person i 1 kommun", "bara Deltagare: Kurs nummer 13")


@pytest.mark.parametrize(
    "said",
    [
        "hur ser deltagarlistan ut för kursen i Ljungby",
        "hur många är det som går kursen om sekretess",
    ],
)
async def test_the_training_that_is_named_is_shown_and_not_the_last_one(
    tryggve: Town, kerstin: Person, said: str
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken", place="Växjö")
    await create_training(tryggve, title="Sekretess i vardagen", place="Ljungby")
    await signs_up(tryggve, "Anna Alm", "Växjö", "Lägesbild i praktiken")
    await kerstin.says("vilka har anmält sig till Lägesbild i praktiken")
    kerstin.hears("Lägesbild i praktiken", "Anna Alm")
    await kerstin.says(said)

    kerstin.hears("Sekretess i vardagen")
    kerstin.does_not_hear("Anna Alm")
