"""Adding somebody, who is asked first, and removing somebody, with a word about why."""

import pytest

from knowledge.trainings.models import TrainingStatus
from tests.conversations.test_participants import signs_up, works_in
from tests.support.builders import create_training
from tests.support.town import Person, Town

pytestmark = pytest.mark.both_databases


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


async def test_who_is_added_is_asked_and_takes_part_after_a_yes(
    tryggve: Town, kerstin: Person
) -> None:
    await create_training(tryggve)
    anna = await works_in(tryggve, "Anna Berg", "Växjö")
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Berg")
    kerstin.hears(
        "Ska jag fråga Anna Berg om en plats på Lägesbild i praktiken?",
        "Anna Berg arbetar i Växjö, och är inte anmäld förrän hen själv har svarat ja.",
    )
    await kerstin.taps("Ja, fråga", note="Du borde vara med!")
    kerstin.hears("Anna Berg får frågan i sin egen chatt")
    await anna.is_told("Vill du gå Lägesbild i praktiken?")
    anna.hears("Kerstin Karlsson på länsstyrelsen frågar", "hålls av Kronobergs län")
    anna.hears("Meddelande: Du borde vara med!")
    question = anna.button("Ja, anmäl mig")
    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon utbildning")

    await anna.taps_action(question)
    anna.hears("Du är anmäld", "Lägesbild i praktiken")
    await kerstin.is_told("Anna Berg tackade ja")
    kerstin.hears("Anna Berg har nu en plats på Lägesbild i praktiken.")
    await kerstin.taps("Deltagare")
    kerstin.hears("1 av 20 platser", "Anna Berg, Växjö")
    await anna.taps_action(question)
    anna.hears("Du är redan anmäld")


async def test_the_same_in_words(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    anna = await works_in(tryggve, "Anna Berg", "Växjö")
    await kerstin.says("deltagare")
    await kerstin.says("lägg till någon")
    kerstin.hears("Vem ska jag fråga om Lägesbild i praktiken?")
    await kerstin.says("Anna Berg")
    kerstin.hears("Ska jag fråga Anna Berg")
    await kerstin.says("Meddelande: Välkommen, Anna.")
    kerstin.hears("Välkommen, Anna.")
    await kerstin.says("kanske")
    kerstin.hears("Svara ”ja” eller ”nej”")
    await kerstin.says("ja")
    kerstin.hears("får frågan i sin egen chatt")
    await anna.is_told("Välkommen, Anna.")


async def test_a_no_is_told_and_the_person_is_left_in_peace(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    anna = await works_in(tryggve, "Anna Berg", "Växjö")
    await kerstin.says("deltagare")
    await kerstin.says("lägg till anna berg")
    await kerstin.says("ja")
    await anna.is_told("Vill du gå")
    yes = anna.button("Ja, anmäl mig")
    await anna.taps("Nej tack")
    anna.hears("Du har tackat nej till Lägesbild i praktiken. Kerstin Karlsson får veta det.")
    await kerstin.is_told("Anna Berg tackade nej")
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Berg")
    kerstin.hears("Anna Berg har tackat nej, så jag frågar inte igen")
    await anna.taps_action(yes)
    anna.hears("Den frågan gäller inte längre")


@pytest.mark.parametrize("no", ["nej", "Avbryt"])
async def test_nobody_is_asked_before_the_coordinator_has_said_yes(
    tryggve: Town, kerstin: Person, no: str
) -> None:
    await create_training(tryggve)
    anna = await works_in(tryggve, "Anna Berg", "Växjö")
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Berg")
    await (kerstin.says if no == "nej" else kerstin.taps)(no)
    kerstin.hears("Inget är ändrat.")
    assert "Vill du gå" not in str(anna.inbox())


async def test_an_invitation_is_answered_in_words_too(tryggve: Town, kerstin: Person) -> None:
    anna = await works_in(tryggve, "Anna Berg", "Växjö")
    await anna.says("mina inbjudningar")
    anna.hears("Ingen fråga om en utbildning väntar på ditt svar")
    for title in ("Lagen på en dag", "Medborgarlöften"):
        await create_training(tryggve, title=title)
        await kerstin.says(f"deltagare till {title}")
        await kerstin.says("lägg till Anna Berg")
        await kerstin.says("ja, fråga")
    for words, question, answer in (
        ("visa inbjudan", "Vill du gå Lagen på en dag?", "nej tack"),
        ("mina inbjudningar", "Vill du gå Medborgarlöften?", "ja, anmäl mig"),
    ):
        await anna.says(words)
        anna.hears(question)
        await anna.says("tja")
        await anna.says(words)
        await anna.says(answer)
    anna.hears("Du är anmäld", "Medborgarlöften")
    await anna.says("mina inbjudningar")
    anna.hears("Ingen fråga om en utbildning")


async def test_of_several_who_are_called_so_it_is_asked_which(
    tryggve: Town, kerstin: Person
) -> None:
    await create_training(tryggve)
    for name, place in (("Anna Berg", "Växjö"), ("Anna Maria Berg", "Alvesta")):
        await works_in(tryggve, name, place)
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Berg")
    kerstin.hears("2 personer heter så", "1 – Anna Berg, Växjö", "2 – Anna Maria Berg, Alvesta")
    await kerstin.says("3")
    kerstin.hears("Skriv numret på den du menar")
    await kerstin.says("Välj 2")
    kerstin.hears("Ska jag fråga Anna Maria Berg")
    await kerstin.says("avbryt")
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Berg")
    await kerstin.says("2")
    kerstin.hears("Ska jag fråga Anna Maria Berg")
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Berg")
    await kerstin.taps("Välj 1")
    kerstin.hears("Ska jag fråga Anna Berg om")


async def test_who_works_elsewhere_or_is_not_known_is_not_found(
    tryggve: Town, kerstin: Person
) -> None:
    await create_training(tryggve)
    await works_in(tryggve, "Anna Berg", "Lund")
    bo = await works_in(tryggve, "Bo Ek", "Växjö")
    await kerstin.says("deltagare")
    for name in ("Anna Berg", "Göran Göransson"):
        await kerstin.says(f"lägg till {name}")
        kerstin.hears(f"Jag hittar ingen som heter ”{name}” i dina kommuner")
        await kerstin.says("deltagare")
    await bo.uninstalls()
    await kerstin.says("lägg till Bo Ek")
    kerstin.hears("Bo Ek har tagit bort Tryggve")


async def test_who_is_there_already_is_not_asked(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    await signs_up(tryggve, "Anna Berg", "Växjö")
    await kerstin.says("deltagare")
    await kerstin.taps("Lägg till någon")
    await kerstin.taps("Sök", name="berg, anna")
    kerstin.hears("Anna Berg är redan anmäld eller står i kö")


async def test_who_is_removed_is_told_kindly_and_the_next_gets_the_seat(
    tryggve: Town, kerstin: Person
) -> None:
    await create_training(tryggve, seats=1)
    anna = await signs_up(tryggve, "Anna Berg", "Växjö")
    bo = await signs_up(tryggve, "Bo Ek", "Alvesta")
    await kerstin.says("deltagare")
    await kerstin.says("ta bort Anna Berg")
    kerstin.hears("Ska jag ta bort Anna Berg från Lägesbild i praktiken?")
    await kerstin.taps("Ja, ta bort", note="Du har bytt jobb.")
    kerstin.hears("Anna Berg är borttagen från Lägesbild i praktiken och får veta det.")

    await bo.is_told("Du har fått en plats")
    await anna.is_told("Din plats är borttagen")
    anna.hears("Samordnaren har tagit bort dig", "Orsak: Du har bytt jobb.", "”min samordnare”")
    url = anna.button("Ta bort ur kalendern")["url"]
    async with tryggve.http.get(tryggve.url + url.partition("3978")[2]) as response:
        assert "STATUS:CANCELLED" in await response.text()
    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon utbildning")
    await kerstin.taps("Deltagare")
    kerstin.hears("Bo Ek, Alvesta")
    kerstin.does_not_hear("Anna Berg, Växjö")


async def test_who_waits_is_removed_from_the_line(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, seats=1)
    await signs_up(tryggve, "Anna Berg", "Växjö")
    bo = await signs_up(tryggve, "Bo Ek", "Alvesta")
    await kerstin.says("vilka står i kö")
    await kerstin.says("ta bort bo ek")
    await kerstin.says("ja")
    kerstin.hears("Bo Ek är borttagen")
    await bo.is_told("Samordnaren har tagit bort dig från kön till Lägesbild i praktiken.")


async def test_only_those_who_take_part_can_be_removed(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    await works_in(tryggve, "Anna Berg", "Växjö")
    await kerstin.says("deltagare")
    await kerstin.says("ta bort Anna Berg")
    kerstin.hears("Jag hittar ingen som heter ”Anna Berg” bland deltagarna eller i kön")
    await kerstin.says("avbryt")
    await kerstin.says("deltagare")
    await kerstin.says("ta bort min anmälan")
    kerstin.does_not_hear("Jag hittar ingen som heter")


async def test_an_old_question_does_nothing_for_who_has_lost_the_role(
    tryggve: Town, kerstin: Person
) -> None:
    await create_training(tryggve)
    anna = await signs_up(tryggve, "Anna Berg", "Växjö")
    await kerstin.says("deltagare")
    await kerstin.says("ta bort Anna Berg")
    yes = kerstin.button("Ja, ta bort")
    await tryggve.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
    await kerstin.taps_action(yes)
    kerstin.hears("Bara samordnaren som håller utbildningen")
    await kerstin.says("ja")
    kerstin.hears("Du är inte längre samordnare för den utbildningen")
    await tryggve.tryggve.directory.grant(kerstin.tenant, kerstin.object_id, "12")
    await kerstin.taps_action(yes)
    kerstin.hears("hålls av Kronobergs län")
    await anna.says("mina utbildningar")
    anna.hears("Du har en plats")


async def test_what_has_been_called_off_is_not_changed(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, status=TrainingStatus.CANCELLED)
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Berg")
    kerstin.hears("har redan börjat eller är inställd")


async def test_a_strange_tap_touches_nobody(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    await create_training(tryggve, county="12", title="Grannlänets dag")
    anna = await signs_up(tryggve, "Anna Berg", "Växjö", "Grannlänets dag")
    for data in (
        {"training": 2, "person": 1},
        {"training": 2, "person": 2},
        {"training": 1, "person": 2},
        {"training": 99, "person": 2},
        {"training": "1; DROP", "person": 2},
        {"training": 1},
    ):
        for verb in ("participant_do_remove", "participant_do_add"):
            if verb.endswith("add") and data == {"training": 1, "person": 2}:
                continue
            await kerstin.taps_action(
                {"type": "Action.Execute", "verb": verb, "data": data, "title": ""}
            )
            kerstin.does_not_hear("är borttagen")
            kerstin.does_not_hear("får frågan")
    await anna.says("mina utbildningar")
    anna.hears("Grannlänets dag", "Du har en plats")
