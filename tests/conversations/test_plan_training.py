"""A coordinator writes a training: form, preview, publish, and it can be found and joined."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.lint import nodes_of
from tests.support.town import TENANT, Person, Town, town

CLOCK = {"now": datetime(2026, 11, 21, 12, tzinfo=UTC)}

FORM = {
    "title": "Trygga torg på riktigt",
    "date": "2026-12-10",
    "starts": "09:00",
    "ends": "12:00",
    "place": "Växjö, Länsstyrelsen",
    "seats": "2",
    "themes": "lagesbild",
}


@pytest.fixture
async def november(database_url: str) -> AsyncIterator[Town]:
    """An installation on 21 November 2026."""
    CLOCK["now"] = datetime(2026, 11, 21, 12, tzinfo=UTC)
    quiet = {"quiet_hours": "20:00-07:00", "tenants": {TENANT: "0780"}}
    async with town(database_url, now=lambda: CLOCK["now"], **quiet) as running:
        yield running


@pytest.fixture
async def kerstin(november: Town) -> Person:
    """Coordinator of Kronoberg."""
    return await november.coordinator("Kerstin Karlsson", "07")


def fields(person: Person) -> dict[str, str]:
    """What the fields of the card last heard hold."""
    found = [node for card in person.cards() for node in nodes_of(card)]
    return {node["id"]: node.get("value", "") for node in found if "label" in node}


async def fills_in(kerstin: Person, **filled: str) -> None:
    await kerstin.taps_action(kerstin.button("Förhandsgranska"), **filled)


async def plans(kerstin: Person, **changed: Any) -> None:
    await kerstin.says("ny utbildning")
    await fills_in(kerstin, **{**FORM, **changed})


async def publishes(kerstin: Person, **changed: Any) -> None:
    await plans(kerstin, **changed)
    await kerstin.taps("Publicera")


@pytest.mark.both_databases
async def test_from_an_idea_to_a_seat(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await plans(
        kerstin,
        summary="Vi går igenom tre torg.",
        for_whom="Den som är ny",
        organizer="Länsstyrelsen",
        price="0",
        bring="Dator",
        sign_up_until="2026-12-03",
    )
    kerstin.hears(
        "Så här ser utbildningen ut", "torsdag 10 december 2026 kl. 09.00–12.00",
        "Plats: Växjö, Länsstyrelsen", "2 platser kvar", "Vi går igenom tre torg.",
        "För: Den som är ny", "Håller i den: Länsstyrelsen", "Pris: gratis", "Ta med: Dator",
        "Sista dag att anmäla sig: 3 december 2026",
    )  # fmt: skip
    await anna.says("utbildningar")
    anna.does_not_hear("Trygga torg")
    await kerstin.taps("Publicera")
    kerstin.hears("Publicerad.", "0 av 2 platser är tagna.")
    kerstin.does_not_hear("sparad som utkast")

    await anna.says("utbildningar")
    anna.hears("Trygga torg på riktigt", "2 platser kvar")
    await anna.taps("Anmäl mig till 1")
    anna.hears("Du är anmäld")
    await anna.says("utbildningar")
    anna.hears("Du är anmäld.")
    anna.does_not_hear("Anmäl mig till 1\n")


async def test_only_coordinators_plan_trainings(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    for said in (
        "ny utbildning",
        "lägg upp en kurs om lägesbild i Växjö",
        "utbildningar jag håller",
    ):
        await anna.says(said)
        anna.hears("Bara regionala samordnare")
    await anna.says("ställ in utbildningen")
    anna.hears("Vill du inte gå själv? Skriv ”avanmäl mig”")
    await kerstin.says("lägg upp en kurs om lägesbild i Växjö")
    kerstin.hears("Ny utbildning", "Förhandsgranska")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"date": "2026-11-20"}, "Välj en tid som kommer."),
        ({"date": "2028-12-20"}, "längre bort än ett år"),
        ({"date": "nån gång"}, "Jag kan inte läsa tiden ”nån gång 09:00”"),
        ({"date": ""}, "Välj en dag."),
        ({"starts": ""}, "Välj när utbildningen börjar."),
        ({"starts": "25:00"}, "Jag kan inte läsa tiden"),
        ({"date": "2027-03-28", "starts": "02:30", "ends": "05:00"}, "klockan ställs fram"),
        ({"ends": "09:00"}, "måste sluta efter att den har börjat"),
        ({"ends": "08:00"}, "måste sluta efter att den har börjat"),
        ({"end_date": "2027-05-01"}, "högst 31 dagar"),
        ({"seats": "0"}, "ett heltal mellan 1 och 10 000"),
        ({"seats": "-5"}, "ett heltal mellan 1 och 10 000"),
        ({"seats": "många"}, "ett heltal mellan 1 och 10 000"),
        ({"seats": "2,5"}, "ett heltal mellan 1 och 10 000"),
        ({"title": "T" * 300}, "3–100 tecken"),
        ({"title": ""}, "3–100 tecken"),
        ({"title": "<b>Torg</b>"}, "Titeln visas som ren text"),
        ({"title": "**Torg** i [länk](http://x.se)"}, "Titeln visas som ren text"),
        ({"title": "Torg\r\nATTACH:x"}, "på en enda rad"),
        ({"place": ""}, "Skriv platsen på en rad"),
        ({"place": "Växjö\r\nLund"}, "Skriv platsen på en rad"),
        ({"themes": "trolleri"}, "Jag känner inte igen ämnet ”trolleri”"),
        ({"price": "dyrt"}, "Skriv priset i hela kronor"),
        ({"price": "-1"}, "Skriv priset i hela kronor"),
        ({"join_link": "javascript:alert(1)"}, "https://"),
        ({"sign_up_until": "2026-12-11"}, "kan inte vara efter"),
        ({"sign_up_until": "2026-11-01"}, "Den dagen har redan varit"),
        ({"withdraw_until": "2027-01-11"}, "kan inte vara efter"),
        ({"withdraw_until": "sen"}, "Jag kan inte läsa dagen ”sen”"),
        ({"owners": "12"}, "Minst ett av länen måste vara ditt eget"),
        ({"owners": "Narnia"}, "Jag känner inte igen länet ”Narnia”"),
        ({"summary": "x" * 1001}, "högst 1000 tecken"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field_and_all_is_kept(
    november: Town, kerstin: Person, wrong: dict[str, str], told: str
) -> None:
    await plans(kerstin, **wrong)
    kerstin.hears("Något behöver rättas", told)
    kept = fields(kerstin)
    for name, value in {**FORM, **wrong}.items():
        assert kept[name] == value.replace("\r\n", "\n"), name
    await kerstin.says("utbildningar jag håller")
    kerstin.hears("Du håller ingen utbildning än")


async def test_the_form_that_was_put_right_goes_on(november: Town, kerstin: Person) -> None:
    await plans(kerstin, seats="0")
    await kerstin.taps("Förhandsgranska", seats="25")
    kerstin.hears("25 platser kvar")
    await kerstin.says("Platser: 30")
    kerstin.hears("30 platser kvar")
    await kerstin.says("ändra")
    assert fields(kerstin)["seats"] == "30"
    await kerstin.taps("Förhandsgranska", price="250 kr")
    kerstin.hears("Pris: 250 kr")
    await kerstin.says("utbildningar jag håller")
    kerstin.hears("1 – Trygga torg", "Utkast.")
    kerstin.does_not_hear("2 – ")


async def test_the_same_form_twice_is_one_draft(november: Town, kerstin: Person) -> None:
    await kerstin.says("ny utbildning")
    form = kerstin.button("Förhandsgranska")
    await kerstin.taps_action(form, **FORM)
    await kerstin.taps_action(form, **FORM)
    await kerstin.says("utbildningar jag håller")
    kerstin.does_not_hear("2 – ")


async def test_a_training_is_written_in_lines(november: Town, kerstin: Person) -> None:
    await kerstin.says(
        "ny utbildning\nTitel: Lägesbild för nya\nDatum: fredag 4 december\nTid: 9–12.30\n"
        "Plats: Kalmar\nPlatser: 20 st\nÄmne: lägesbild\nPris: gratis\nLän: Kronoberg, Kalmar"
    )
    kerstin.hears("fredag 4 december 2026 kl. 09.00–12.30", "20 platser kvar", "Pris: gratis")


@pytest.mark.both_databases
async def test_publishing_in_words_asks_unless_it_is_exact(november: Town, kerstin: Person) -> None:
    await plans(kerstin)
    await kerstin.says("ja")
    kerstin.hears("Ska jag publicera Trygga torg på riktigt")
    await kerstin.says("nej")
    kerstin.hears("Utkastet är sparat")
    await kerstin.says("utbildningar jag håller")
    await kerstin.says("visa 1")
    kerstin.hears("Utkast. Bara länets samordnare ser det.")
    await kerstin.taps("Granska och publicera")
    await kerstin.says("publicera?")
    kerstin.does_not_hear("Publicerad.")
    await kerstin.says("publicera")
    kerstin.hears("Publicerad.")
    await kerstin.says("publicera")
    kerstin.does_not_hear("Publicerad.")


async def test_an_old_preview_publishes_nothing_that_was_not_shown(
    november: Town, kerstin: Person
) -> None:
    await plans(kerstin)
    old = kerstin.button("Publicera")
    await kerstin.says("Platser: 99")
    await kerstin.taps_action(old)
    kerstin.hears("Någon har ändrat Trygga torg på riktigt", "99 platser kvar")
    await kerstin.taps("Publicera")
    kerstin.hears("Publicerad.")
    await kerstin.taps_action(old)
    kerstin.hears("Det går inte nu", "öppen för anmälan")


@pytest.mark.both_databases
async def test_who_has_lost_the_role_publishes_and_changes_nothing(
    november: Town, kerstin: Person
) -> None:
    await plans(kerstin)
    publish, form = kerstin.button("Publicera"), kerstin.button("Ändra")
    await november.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
    for old in (publish, form):
        await kerstin.taps_action(old)
        kerstin.hears("Du är inte längre samordnare")
    anna = november.person("Anna Alm")
    await anna.says("utbildningar")
    anna.hears("Det finns inga utbildningar")


async def test_a_draft_is_thrown_away(november: Town, kerstin: Person) -> None:
    await plans(kerstin)
    await kerstin.taps("Spara utkast")
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    await kerstin.taps("Ta bort utkastet")
    await kerstin.taps("Ja, ta bort")
    kerstin.hears("är borttaget")
    await kerstin.says("utbildningar jag håller")
    kerstin.hears("Du håller ingen utbildning än")


async def test_another_matter_leaves_the_form_where_it_is(november: Town, kerstin: Person) -> None:
    await kerstin.says("ny utbildning")
    form = kerstin.button("Förhandsgranska")
    await kerstin.says("samordnare i Lund")
    kerstin.hears("ligger kvar i kortet ovanför")
    await kerstin.taps_action(form, **FORM)
    kerstin.hears("Så här ser utbildningen ut")
    await kerstin.says("samordnare i Lund")
    kerstin.hears("sparad som utkast")
