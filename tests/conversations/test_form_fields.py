"""What is chosen in a form is understood whole, or refused: what is not read narrows nothing."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import update

from knowledge.trainings.models import TrainingStatus, trainings
from tests.conversations.test_announcements import FORM, TENANTS
from tests.support.builders import create_training
from tests.support.lint import nodes_of
from tests.support.town import Person, Town, town

SHOWN = "Så här ser utskicket ut"
WRONG = "Något behöver rättas"


@pytest.fixture
async def tryggve(sqlite_url: str) -> AsyncIterator[Town]:
    """Växjö, with an officer, a manager and a politician."""
    async with town(sqlite_url, tenants=TENANTS) as built:
        await create_training(built, title="Lägesbild, åtgärdsplan och samverkan")
        for name, role in (("Anna", "kommunpolis"), ("Bo", "chef"), ("Cia", "politiker")):
            person = built.person(f"{name} {name}sson")
            await person.says("byt kommun till Växjö")
            await person.says(f"jag är {role}")
        yield built


def field(person: Person, name: str) -> dict[str, Any]:
    """A field of the card last heard."""
    return next(one for card in person.cards() for one in nodes_of(card) if one.get("id") == name)


async def sends_in(kerstin: Person, **chosen: Any) -> None:
    await kerstin.says("nytt utskick")
    filled = {**FORM, "reach": "people", "audience": "07", **chosen}
    await kerstin.taps("Förhandsgranska", **filled)


@pytest.mark.parametrize(
    ("chosen", "people"),
    [
        ({"positions": "police;manager"}, "2 personer"),
        ({"positions": "Kommunpolis, chef"}, "2 personer"),
        ({"positions": "POLICE"}, "1 person"),
        ({"positions": "kommunpolis och politiker"}, "2 personer"),
        ({"positions": ["police", "manager"]}, "2 personer"),
        ({"positions": ""}, "3 personer"),
        ({"audience": "0780;0764"}, "3 personer"),
        ({"audience": "hela länet"}, "3 personer"),
        ({"audience": "Växjö"}, "3 personer"),
        ({"reach": "Personer, i egen chatt"}, "3 personer"),
        ({"reach": "PEOPLE"}, "3 personer"),
        ({"themes": "Lägesbild; Åtgärdsplan"}, "0 personer"),
        ({"training": "none"}, "3 personer"),
        ({"training": "Väntelista: Lägesbild, åtgärdsplan och samverkan"}, "0 personer"),
        ({"acknowledge": "True"}, "3 personer"),
    ],
)
async def test_values_and_titles_in_any_form_are_understood(
    tryggve: Town, chosen: dict[str, Any], people: str
) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await sends_in(kerstin, **chosen)

    if people == "0 personer":
        kerstin.hears(SHOWN, "Utskicket når ingen än")
    else:
        kerstin.hears(SHOWN, f"Når 0 kanaler och {people} i")


@pytest.mark.parametrize(
    "written", [10**30, 1e300, [None], [[]], ["manager", 10**30], ["manager", None], {"a": 1}]
)
async def test_what_no_client_means_narrows_nothing_away(tryggve: Town, written: Any) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await sends_in(kerstin, positions=written)

    kerstin.hears(WRONG, "Jag känner inte igen rollen")


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("positions", "police;brandman", "Jag känner inte igen rollen"),
        ("positions", "inte chef", "Jag känner inte igen rollen"),
        ("themes", "lagesbild,borttaget-amne", "Jag känner inte igen ämnet"),
        ("themes", "allt utom lägesbild", "Jag känner inte igen ämnet"),
        ("training", "1", "Jag hittar inte utbildningen"),
        ("training", "1:alla", "Jag hittar inte utbildningen"),
        ("training", "4711:participants", "Jag hittar inte utbildningen"),
        ("audience", "0780,9999", "som jag känner igen"),
        ("audience", "hela länet utom Växjö", "som jag känner igen"),
        ("reach", "people,fax", "Välj kanaler, personer eller båda"),
        ("attached", "gamla kursen", "Välj en utbildning i listan"),
    ],
)
async def test_what_is_not_understood_is_refused_at_its_field_again_and_again(
    tryggve: Town, name: str, written: str, told: str
) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await sends_in(kerstin, **{name: written})
    kerstin.hears(WRONG, told)
    shown = [node.get("id") or node.get("text") for node in nodes_of(kerstin.cards()[0])]
    above = next(place for place, said in enumerate(shown) if said and told in said)
    assert name in shown[above : above + 2]
    assert field(kerstin, "heading")["value"] == FORM["heading"]
    unread = written.replace(";", ",").split(",")[-1]
    assert unread in field(kerstin, name)["value"]

    await kerstin.taps("Förhandsgranska")
    kerstin.hears(WRONG, told)
    await kerstin.says("Rubrik: En annan rubrik")
    kerstin.hears(WRONG, told)
    await kerstin.taps("Förhandsgranska", **{name: "people" if name == "reach" else "07"[:0]})
    if name != "audience":
        kerstin.hears(SHOWN, "En annan rubrik")


async def test_a_tick_is_a_tick_however_it_is_sent(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    for ticked in ("True", "TRUE", "ja", "1", True):
        await sends_in(kerstin, acknowledge=ticked)
        kerstin.hears(SHOWN, "Jag har läst")
    for empty in ("False", "nej", "0", "", False, None):
        await sends_in(kerstin, acknowledge=empty)
        kerstin.hears(SHOWN)
        kerstin.does_not_hear("Jag har läst")
    await sends_in(kerstin, acknowledge="kanske")
    kerstin.hears(WRONG, "Jag förstår inte om den som läser ska kvittera")


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Till: hela länet", "3 personer"),
        ("Till: alla kommuner", "3 personer"),
        ("Till: Växjö kommun; Alvesta", "3 personer"),
        ("Till: hela Kronobergs län", "3 personer"),
        ("Till: Kronoberg", "3 personer"),
        ("Till: alla kommuner i Kronoberg", "3 personer"),
        ("Till: 0780", "3 personer"),
        ("Till: hela Växjö", "3 personer"),
        ("Till: alla kommuner i länet", "3 personer"),
        ("Till: Växjö\nAlvesta", "3 personer"),
        ("Roll: chef; politiker", "2 personer"),
        ("Roll: Kommunpolis & chef", "2 personer"),
        ("Via: personer i egen chatt", "3 personer"),
    ],
)
async def test_typed_lists_and_whole_counties(tryggve: Town, line: str, people: str) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await sends_in(kerstin)
    await kerstin.says(line)

    kerstin.hears(SHOWN, f"Når 0 kanaler och {people} i 1 kommun")


@pytest.mark.parametrize("line", ["Via: inte kanaler", "Via: brevduva", "Tema: allt utom unga"])
async def test_a_typed_line_with_a_not_of_its_own_is_refused(tryggve: Town, line: str) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await sends_in(kerstin)
    await kerstin.says(line)

    kerstin.hears(WRONG)


async def test_the_county_of_a_coordinator_of_two_is_asked_for(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await tryggve.coordinator("Kerstin Karlsson", "08")
    await sends_in(kerstin)
    await kerstin.says("Till: hela länet")
    kerstin.hears(WRONG, "som jag känner igen")
    await kerstin.says("Till: alla kommuner")
    kerstin.hears(SHOWN)


async def test_followed_themes_are_not_changed_by_what_is_no_theme(tryggve: Town) -> None:
    anna = tryggve.person("Anna Annasson")
    await anna.says("följ lägesbild")
    await anna.taps("Spara ämnen", themes="unga;fiske")
    anna.hears("Inget har sparats")
    assert field(anna, "themes")["value"] == "unga,fiske"
    await anna.says("mina ämnen")
    assert field(anna, "themes")["value"] == "lagesbild"
    await anna.taps("Spara ämnen", themes="Lägesbild; Sekretess och informationsdelning; Unga")
    anna.hears("Sparat")


async def test_a_narrowing_that_is_gone_does_not_vanish_when_the_form_is_opened(
    tryggve: Town,
) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await sends_in(
        kerstin, training="Deltagare: Lägesbild, åtgärdsplan och samverkan", attached="1"
    )
    async with tryggve.tryggve.database.write() as tx:
        await tx.execute(update(trainings).values(status=TrainingStatus.DELETED.value))
    await kerstin.taps("Ändra")
    for name in ("training", "attached"):
        shown = field(kerstin, name)
        assert shown["value"] in [choice["value"] for choice in shown["choices"]]
    await kerstin.taps("Förhandsgranska")
    kerstin.hears(WRONG, "Jag hittar inte utbildningen", "Välj en utbildning i listan")
    await kerstin.taps("Förhandsgranska", training="none", attached="0")
    kerstin.hears(SHOWN)


async def test_a_tap_that_does_not_say_what_was_seen_sends_nothing(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await sends_in(kerstin)
    send = kerstin.button("Skicka")
    await kerstin.taps_action({**send, "data": {**send["data"], "version": "senaste"}})
    kerstin.hears("Inget har ändrats")
