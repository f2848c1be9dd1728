"""What who holds a training asks of it: who came, what it is with the seats, how it is thanked."""

from datetime import UTC, datetime

import pytest

from tests.conversations.test_check_in import takes_part
from tests.conversations.test_plan_training import CLOCK, kerstin, november, publishes
from tests.support.lint import actions_of
from tests.support.town import Person, Town

__all__ = ["kerstin", "november"]

DAY = datetime(2026, 12, 10, 9, tzinfo=UTC)
DAY_AFTER = datetime(2026, 12, 11, 9, tzinfo=UTC)


@pytest.fixture
async def people(november: Town, kerstin: Person) -> list[Person]:
    """Anna was there and Bo was not; nobody has said anything of Cia. Dan waited."""
    await publishes(kerstin, seats="3")
    found = await takes_part(november, "Anna Alm", "Bo Berg", "Cia Ceder", "Dan Dahl")
    CLOCK["now"] = DAY
    await kerstin.says("incheckning")
    await kerstin.says("Anna Alm är här")
    await kerstin.says("Bo Berg är borta")
    await kerstin.says("vem är du")
    CLOCK["now"] = DAY_AFTER
    return found


COUNTED = "1 av 3 kom. 1 har inte prickats"
NAMED = "1 av 3 kom: Anna Alm."
GONE = "1 av 3 är prickad som borta: Bo Berg. Inte prickade än: Cia Ceder."


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("hur många var där?", COUNTED),
        ("hur många kom?", COUNTED),
        ("hur många deltagare dök upp till slut", COUNTED),
        ("hur stor var närvaron på kursen?", COUNTED),
        ("kom alla?", COUNTED),
        ("hur många kom till Trygga torg på riktigt", COUNTED),
        ("vilka kom", NAMED),
        ("kan du visa vilka som var med?", NAMED),
        ("vem var där i går?", NAMED),
        ("vilka kom inte?", GONE),
        ("vilka av de anmälda dök inte upp i torsdags?", GONE),
        ("vem saknades?", GONE),
        ("hur många uteblev", GONE),
    ],
)
async def test_who_came_is_told_first_and_then_the_list(
    kerstin: Person, people: list[Person], asked: str, told: str
) -> None:
    await kerstin.says(asked)
    kerstin.hears(told, "Incheckning: Trygga torg på riktigt", "torsdag 10 december 2026")


async def test_it_is_asked_of_the_list_on_the_screen_and_marks_nobody(
    kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says("vilka kom inte")
    kerstin.hears(GONE)
    await kerstin.says("hur många kom")
    kerstin.hears(COUNTED)


@pytest.mark.parametrize(
    "asked", ["vilka kom inte fram till en lägesbild?", "vilka var med i rådet för trygghet?"]
)
async def test_what_is_about_something_else_tells_of_nobody(
    kerstin: Person, people: list[Person], asked: str
) -> None:
    await kerstin.says(asked)
    kerstin.does_not_hear("Anna")
    kerstin.does_not_hear("av 3")


async def test_of_one_that_is_not_held_nothing_is_told(
    kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("hur många kom till Luleåkursen?")
    kerstin.hears("Jag hittar inte ”Luleåkursen” bland utbildningarna du håller.")


async def test_before_the_day_nobody_has_come(kerstin: Person) -> None:
    await publishes(kerstin)
    await kerstin.says("hur många kom?")
    kerstin.hears("har inte börjat, så ingen har kommit än")


async def test_of_two_on_the_same_day_it_is_asked_which(
    kerstin: Person, people: list[Person]
) -> None:
    CLOCK["now"] = datetime(2026, 12, 1, 9, tzinfo=UTC)
    await publishes(kerstin, title="Lugna skolor", starts="13:00", ends="15:00", place="Älmhult")
    await kerstin.says("vem är du")
    CLOCK["now"] = DAY_AFTER
    for _ in range(3):
        await kerstin.says("vem är du")
    await kerstin.says("hur många kom?")
    kerstin.hears("Vilken utbildning gäller incheckningen?", "Lugna skolor", "Trygga torg")
    await kerstin.says("Lugna skolor")
    kerstin.hears("Incheckning: Lugna skolor", "Ingen har en plats")
    await kerstin.says("vem är du")
    await kerstin.says("utbildningar jag håller")
    await kerstin.says("hur många kom till Trygga torg på riktigt?")
    kerstin.hears(COUNTED)


@pytest.mark.parametrize("asked", ["hur många var där?", "vilka kom inte?"])
async def test_only_who_holds_it_hears_who_came(people: list[Person], asked: str) -> None:
    await people[0].says(asked)
    people[0].hears("Bara den som håller utbildningen ser vilka som kom.")
    people[0].does_not_hear("Bo Berg")


async def test_in_a_channel_it_is_told_in_the_own_chat(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    channel = await november.channel_is_added()
    await kerstin.says("vilka kom inte?", channel=channel)
    kerstin.hears("Jag svarar dig i vår egen chatt.", GONE)
    assert all("Bo Berg" not in one.get("text", "") for one in kerstin.heard[:1])


@pytest.mark.parametrize(
    "said",
    [
        "jag skulle vilja ordna en utbildning",
        "jag vill bjuda in till en kurs om lägesbild",
        "kan jag lägga upp en konferens här",
        "hur lägger man in en workshop hos dig?",
        "vi tänkte ordna en nätverksträff i Älmhult i mars",
        "kan du lägga ut vår kurs i listan?",
    ],
)
async def test_a_new_training_is_offered_to_who_may(
    november: Town, kerstin: Person, said: str
) -> None:
    await kerstin.says(said)
    kerstin.hears("Ny utbildning", "Förhandsgranska")
    anna = november.person("Anna Alm")
    await anna.says(said)
    anna.hears("Bara regionala samordnare på länsstyrelsen lägger upp utbildningar.")


async def test_thanks_promise_no_material_that_is_not_there(
    kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("tacka deltagarna")
    kerstin.hears("Tack för att du var med på Trygga torg på riktigt. Här är materialet.")
    form = kerstin.button("Förhandsgranska")
    await kerstin.taps_action(form)
    kerstin.hears("Texten säger ”Här är materialet”, men länken dit saknas.")
    await kerstin.taps_action(kerstin.button("Förhandsgranska"), text="")
    kerstin.hears("Skriv en text på 10–4 000 tecken.")
    await kerstin.says("Text: Tack för att du kom till torget!")
    kerstin.hears("Så här ser utskicket ut", "Tack för att du kom till torget!")


async def test_who_holds_a_full_one_hears_how_it_stands(november: Town, kerstin: Person) -> None:
    await publishes(kerstin, seats="2")
    (anna, *_) = await takes_part(november, "Anna Alm", "Bo Berg", "Cia Ceder")
    await kerstin.says("utbildningar")
    kerstin.hears(
        "2 av 2 platser är tagna, så det är fullt. 1 person står i kö.",
        "Skriv ”ändra antal platser”",
    )
    titles = {one["title"] for card in kerstin.cards() for one in actions_of(card)}
    assert titles == {"Mina utbildningar", "Det jag håller"}
    await kerstin.says("är den full?")
    kerstin.hears("Trygga torg på riktigt: 2 av 2 platser är tagna, så det är fullt.", "Deltagare")
    kerstin.does_not_hear("Ställ mig i kö")
    await kerstin.says("ändra antal platser")
    kerstin.hears("Ändra utbildningen", "Antal platser")
    await anna.says("utbildningar")
    anna.does_not_hear("av 2 platser")
    await anna.says("är den full?")
    anna.hears("Alla platser är tagna.", "Du är anmäld.")
