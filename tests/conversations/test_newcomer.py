"""What a newcomer says in the middle of things, without having read what can be said."""

from datetime import UTC, datetime

import pytest

from tests.conversations.test_schedule import SHOWN, TIME, office
from tests.support.builders import create_training
from tests.support.town import Person, Town, town

CHRISTMAS = datetime(2026, 12, 24, 12, tzinfo=UTC)


@pytest.fixture
async def signed_up(sqlite_url: str) -> Person:  # type: ignore[misc]
    """Anna, who has just been signed up for the only training."""
    async with town(sqlite_url, now=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC)) as running:
        await create_training(running, title="Lagen på en förmiddag", starts_at=CHRISTMAS)
        anna = running.person("Anna Alm")
        await anna.says("utbildningar")
        await anna.says("anmäl mig till 1")
        anna.hears("Du är anmäld")
        yield anna  # type: ignore[misc]


@pytest.mark.parametrize("said", ["ja ta bort mig", "ta bort mig"])
async def test_whoever_was_just_signed_up_is_asked_about_that_seat(
    signed_up: Person, said: str
) -> None:
    await signed_up.says(said)
    signed_up.hears("Vill du avanmäla dig från Lagen på en förmiddag?")
    await signed_up.says("ja")
    signed_up.hears("Du är avanmäld")


@pytest.mark.parametrize("said", ["va? nej vänta jag kan inte den dagen"])
async def test_nobody_is_told_that_nothing_was_done_when_it_was(
    signed_up: Person, said: str
) -> None:
    await signed_up.says(said)
    signed_up.does_not_hear("inte gjort något")
    signed_up.hears("skriver du ”avanmäl mig”")
    await signed_up.says("avanmäl mig")
    signed_up.hears("Vill du avanmäla dig från Lagen på en förmiddag?")


@pytest.mark.parametrize(
    "said",
    [
        "vilka utbildningar är jag med på nu",
        "vilka kurser är jag med på?",
        "Vilka kurser är jag inskriven på",
    ],
)
async def test_own_seats_are_shown(signed_up: Person, said: str) -> None:
    await signed_up.says(said)
    signed_up.hears("Mina utbildningar", "Du har en plats.")


@pytest.mark.parametrize("number", ["2", "nr 3", "tvåan"])
async def test_a_number_that_answers_nothing_shows_no_list(tryggve: Town, number: str) -> None:
    await create_training(tryggve)
    anna = tryggve.person("Anna Alm")
    await anna.says(number)

    anna.hears("Jag har inte frågat något")
    anna.does_not_hear("Kommande utbildningar")


@pytest.mark.parametrize(
    "said",
    [
        "får jag dela uppgifter med säkerhetschefen i kommunen",
        "måste jag skriva upp vad jag har berättat",
        "och hur gör vi med de som är över arton",
    ],
)
async def test_another_question_is_no_training_of_the_list(tryggve: Town, said: str) -> None:
    for title in ("Lagen på en förmiddag", "Samordnarnas dag"):
        await create_training(tryggve, title=title)
    anna = tryggve.person("Anna Alm")
    await anna.says("anmäl mig")
    anna.hears("Kommande utbildningar")
    await anna.says(said)

    anna.does_not_hear("Jag hittar inte den utbildningen i listan")


async def test_a_try_to_name_one_is_asked_about_once_more(tryggve: Town) -> None:
    for title in ("Lagen på en förmiddag", "Samordnarnas dag"):
        await create_training(tryggve, title=title)
    anna = tryggve.person("Anna Alm")
    await anna.says("anmäl mig")
    await anna.says("den där trollkursen")
    anna.hears("Jag hittar inte den utbildningen i listan")
    await anna.says("nej ingen av dem")

    anna.hears("Då gör jag ingenting.")


@pytest.mark.parametrize(
    "said", ["jag har flyttat till ljungby kommun nu", "jag har börjat i Ljungby kommun i stället"]
)
async def test_whoever_moves_says_where_to_only_once(anna: Person, said: str) -> None:
    await anna.says("byt kommun till Lund")
    await anna.says(said)
    anna.hears("Menar du att du arbetar i Ljungby kommun?")
    await anna.says("ja")

    anna.hears("Jag har noterat att du arbetar i Ljungby.")


@pytest.mark.parametrize(
    "said",
    ["har du telefonnummer till henne", "har ni ett telefonnummer dit?", "finns det nåt nummer?"],
)
async def test_the_contact_that_was_shown_has_a_number(anna: Person, said: str) -> None:
    await anna.says("samordnare i Växjö")
    await anna.says(said)

    anna.hears("010-223 70 00")
    anna.does_not_hear("Jag kan inte ändra kontaktuppgifter")


@pytest.mark.parametrize(
    "said",
    ["jag får för många meddelanden från er sluta", "det kommer alldeles för många utskick"],
)
async def test_too_much_shows_what_can_be_chosen(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.hears("Så får du utskick", "Samla utskicken", "Sluta få utskick")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Rubrik: Frukostmöte. Text: Kom kl. 8. Ta med kaffe.", "Kronobergs län"),
        ("skriv ett utskick till Växjö. Rubrik: Frukostmöte, Text: Kom kl. 8. Ta med kaffe.", ""),
        ("nytt utskick till Växjö: Rubrik: Frukostmöte. Text: Kom kl. 8. Ta med kaffe.", ""),
        ("Rubrik: Frukostmöte. Text: Kom kl. 8. Ta med kaffe. Till: Växjö.", ""),
    ],
)
async def test_what_is_written_in_one_line_is_not_lost(
    sqlite_url: str, said: str, place: str
) -> None:
    async with office(sqlite_url) as here:
        await here.kerstin.says(said)
        here.kerstin.hears("Så här ser utskicket ut", "Frukostmöte\nKom kl. 8. Ta med kaffe.\n")
        await here.kerstin.says("vilka får det?")
        here.kerstin.hears(place or "Utskicket är till Växjö")
        assert here.posts == []


async def test_a_text_keeps_the_labels_that_are_its_own(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.kerstin.says("nytt utskick")
        await here.kerstin.says("Rubrik: Frukostmöte\nText: Kom kl. 8. Till: dig som är ny.")

        here.kerstin.hears("Kom kl. 8. Till: dig som är ny.")


@pytest.mark.parametrize("said", ["ställ in det", "skicka inte", "skicka det inte"])
async def test_a_draft_has_nothing_to_call_off(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        here.kerstin.hears("Inget skickas", "”ta bort utkastet”")
        await here.kerstin.says("ta bort utkastet")
        await here.kerstin.says("ja")
        await here.kerstin.says("mina utskick")

        here.kerstin.does_not_hear("Ny handbok")


async def test_whoever_changes_what_waits_is_told_that_it_waits_no_longer(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        here.kerstin.hears(SHOWN)
        await here.kerstin.says("ändra")
        await here.kerstin.says("ändra texten till: Vi ses i residenset klockan nio.")

        here.kerstin.hears("Utskicket är ett utkast igen. Inget har skickats.", "Schemalägg")


@pytest.mark.parametrize(
    "said",
    [
        "hej! jag har precis börjat i växjö kommun och ska jobba med brottsförebyggande, "
        "vad måste jag göra först?",
        "Hejsan, jag är ny samordnare i Alvesta. Var börjar jag?",
        "jag är ny här, vad ska jag göra först?",
        "hej jag heter Eva och har just fått det här jobbet, vad är viktigast?",
    ],
)
async def test_whoever_is_new_hears_where_to_begin_and_is_not_written_down(
    tryggve: Town, said: str
) -> None:
    anna = tryggve.person("Anna Alm")
    await anna.says(said)
    anna.hears("Vad gör en ny samordnare de första 100 dagarna?", "Börja med att ta reda på")
    await anna.says("min samordnare")

    anna.hears("Vilken kommun arbetar du i?")


@pytest.mark.parametrize(
    "said",
    ["vilka utskick har jag på gång", "vad har jag på gång?", "visa vad jag har på gång"],
)
async def test_what_is_under_way_is_listed(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)
        here.kerstin.hears("Mina utskick", f"Skickas {SHOWN}")
        await here.writes()
        await here.kerstin.says(said)

        here.kerstin.hears("Mina utskick", f"Skickas {SHOWN}", "Utkast")


@pytest.mark.parametrize("yes", ["ja tack gärna", "Ja, gör det!", "aa", "ja det stämmer"])
async def test_a_yes_as_people_say_it(signed_up: Person, yes: str) -> None:
    await signed_up.says("jag kan inte komma den dagen")
    signed_up.hears("Vill du avanmäla dig från Lagen på en förmiddag?")
    await signed_up.says(yes)
    signed_up.hears("Du är avanmäld")


@pytest.mark.parametrize("no", ["ja du", "ja men vänta", "ja nej", "nej det behövs inte"])
async def test_what_only_begins_like_a_yes_takes_no_seat(signed_up: Person, no: str) -> None:
    await signed_up.says("jag kan inte komma den dagen")
    signed_up.hears("Vill du avanmäla dig från Lagen på en förmiddag?")
    await signed_up.says(no)
    signed_up.does_not_hear("Du är avanmäld")


@pytest.mark.parametrize("said", ["vad ska jag ta med mig?", "måste jag anmäla?"])
async def test_a_question_about_something_else_is_not_told_how_to_sign_up(
    signed_up: Person, said: str
) -> None:
    await signed_up.says(said)
    signed_up.does_not_hear("Jag gör inget")


@pytest.mark.parametrize("said", ["tackar, det var skitbra!", "tack iaf", "det var jättebra"])
async def test_thanks_are_thanks(signed_up: Person, said: str) -> None:
    await signed_up.says(said)
    for part in ("Tråkigt", "säkert svar", "Menade du"):
        signed_up.does_not_hear(part)
