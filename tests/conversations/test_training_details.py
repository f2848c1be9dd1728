"""All that is known of a training, and the way in for those who have a seat."""

from datetime import UTC, datetime

import pytest

from tests.conversations.test_plan_training import CLOCK, kerstin, november, publishes
from tests.support.lint import actions_of
from tests.support.town import Person, Town

__all__ = ["kerstin", "november"]

WHOLE = {
    "summary": "Vi går igenom tre torg.",
    "for_whom": "Den som är ny",
    "organizer": "Eva på länsstyrelsen",
    "price": "1250",
    "bring": "Dator",
    "online": "true",
    "join_link": "teams.microsoft.com/l/meetup-join/abc",
    "sign_up_until": "2026-12-03",
    "withdraw_until": "2026-12-05",
}


def links(person: Person) -> list[str]:
    return [action.get("url", "") for card in person.cards() for action in actions_of(card)]


@pytest.mark.both_databases
async def test_everything_is_told_and_the_way_in_to_those_who_have_a_seat(
    november: Town, kerstin: Person
) -> None:
    anna, berit = november.person("Anna Alm"), november.person("Berit Berg")
    await publishes(kerstin, **WHOLE, seats="1")
    for person in (anna, berit):
        await person.says("utbildningar")
        await person.says("berätta mer om 1")
        person.hears(
            "Vi går igenom tre torg.", "För: Den som är ny", "Håller i den: Eva på länsstyrelsen",
            "Pris: 1 250 kr", "Ta med: Dator", "Sista dag att anmäla sig: 3 december 2026",
            "Sista dag att avanmäla sig: 5 december 2026",
            "Länken för att delta får du när du har en plats.",
        )  # fmt: skip
        assert not any("meetup-join" in url for url in links(person))
        await person.taps("Anmäl mig" if person is anna else "Ställ mig i kö")
    await anna.says("berätta mer om 1")
    anna.hears("Du är anmäld.", "Du deltar via teams.microsoft.com", "Anslut")
    assert "https://teams.microsoft.com/l/meetup-join/abc" in links(anna)
    await berit.says("berätta mer om 1")
    berit.hears("Du har plats 1 i kön.", "Länken för att delta får du när du har en plats.")
    assert not any("meetup-join" in url for url in links(berit))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("vad kostar den?", "Pris för Trygga torg på riktigt: 1 250 kr."),
        ("är den gratis?", "Pris för Trygga torg på riktigt: 1 250 kr."),
        ("vem håller i den?", "Eva på länsstyrelsen håller i Trygga torg på riktigt."),
        ("vem är den för?", "Trygga torg på riktigt är för: Den som är ny."),
        ("vad ska jag ha med mig?", "Det här är vad jag vet om Trygga torg på riktigt."),
    ],
)
async def test_what_is_known_is_answered(
    november: Town, kerstin: Person, asked: str, told: str
) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin, **WHOLE)
    await anna.says("utbildningar")
    await anna.says("berätta mer om 1")
    await anna.says(asked)
    anna.hears(told)
    anna.does_not_hear("Samordnaren för länet")


async def test_a_list_that_others_read_tells_nobodys_place(november: Town, kerstin: Person) -> None:
    channel = await november.channel_is_added()
    anna = november.person("Anna Alm")
    await publishes(kerstin, **WHOLE)
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    await anna.says("utbildningar")
    anna.hears("Du är anmäld.")
    await anna.says("utbildningar", channel=channel)
    anna.hears("Trygga torg på riktigt", "1 plats kvar")
    anna.does_not_hear("Du är anmäld")
    await anna.says("berätta mer om 1", channel=channel)
    anna.does_not_hear("Du är anmäld")
    assert not any("meetup-join" in url for url in links(anna))


async def test_after_the_last_days_nobody_joins_and_nobody_leaves(
    november: Town, kerstin: Person
) -> None:
    anna, berit = november.person("Anna Alm"), november.person("Berit Berg")
    await publishes(kerstin, **WHOLE)
    for person in (anna, berit):
        await person.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    CLOCK["now"] = datetime(2026, 12, 3, 22, 59, tzinfo=UTC)  # 23.59 in Sweden
    cecilia = november.person("Cecilia Ceder")
    await cecilia.says("utbildningar")
    await cecilia.taps("Anmäl mig till 1")
    cecilia.hears("Du är anmäld")
    CLOCK["now"] = datetime(2026, 12, 3, 23, tzinfo=UTC)
    await berit.taps("Anmäl mig till 1")
    berit.hears("går inte längre att anmäla sig till")
    await berit.says("utbildningar")
    berit.hears("Det finns inga utbildningar att anmäla sig till just nu")
    await cecilia.says("avanmäl mig")
    await cecilia.says("ja")
    cecilia.hears("Du är avanmäld")
    CLOCK["now"] = datetime(2026, 12, 6, 12, tzinfo=UTC)
    await anna.says("avanmäl mig")
    await anna.says("ja")
    anna.hears("Sista dag att avanmäla sig", "5 december 2026", "Du har kvar din plats")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "när är sista dag att anmäla sig?",
            "Sista dag att anmäla sig till Trygga torg på riktigt",
        ),
        ("när måste jag anmäla mig senast?", "3 december 2026."),
        ("hur sent kan jag avboka?", "Sista dag att avanmäla sig från Trygga torg på riktigt"),
        ("hur kommer jag dit?", "Plats för Trygga torg på riktigt"),
    ],
)
async def test_the_last_days_and_the_way_there_are_asked_about(
    november: Town, kerstin: Person, said: str, told: str
) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin, **WHOLE)
    await anna.says("utbildningar")
    await anna.says("berätta mer om 1")
    await anna.says(said)
    anna.hears(told)


async def test_without_last_days_that_is_told(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await anna.says("utbildningar")
    await anna.says("när är sista dag att anmäla sig?")
    anna.hears("tills den börjar, torsdag 10 december 2026 kl. 09.00.")
    await anna.says("hur sent kan jag avanmäla mig?")
    anna.hears("har ingen sista dag för avanmälan")
    await kerstin.says("stäng anmälan")
    await anna.says("när är sista dag att anmäla sig?")
    anna.hears("Anmälan till Trygga torg på riktigt är stängd.")


async def test_who_has_a_seat_is_not_asked_whether_to_sign_up(
    november: Town, kerstin: Person
) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await anna.says("utbildningar")
    anna.hears("skriva ”anmäl mig till 1”")
    await anna.taps("Anmäl mig till 1")
    await anna.says("anmäl mig till trygga torg")
    anna.hears("Du är redan anmäld")
    await anna.says("utbildningar")
    anna.does_not_hear("skriva ”anmäl mig till")
