"""J4: whom an announcement goes to, tapped and typed, and whom it leaves out."""

from typing import Any

import pytest

from knowledge.directory.models import NATIONAL
from tests.conversations.test_announcements import FORM, OTHER_TENANT, TENANTS
from tests.support.builders import create_training
from tests.support.lint import nodes_of
from tests.support.town import TENANT, Person, Town, town

WORDS = "Rubrik: Möte om lägesbilden\nText: Vi ses i Växjö på torsdag.\nVia: personer\n"


async def _works_in(tryggve: Town, name: str, municipality: str, *says: str) -> Person:
    person = tryggve.person(name)
    await person.says(f"byt kommun till {municipality}")
    for words in says:
        await person.says(words)
    return person


async def test_themes_roles_and_places_are_tapped(tryggve: Town) -> None:
    await _works_in(tryggve, "Anna Alm", "Växjö", "följ lägesbild", "jag är kommunpolis")
    await _works_in(tryggve, "Bo Berg", "Växjö", "följ lägesbild", "jag är chef")
    await _works_in(tryggve, "Cia Ceder", "Alvesta", "jag är kommunpolis")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    for chosen, people in (
        ({"audience": "07"}, "3 personer i 2 kommuner"),
        ({"audience": "0764"}, "1 person i 1 kommun"),
        ({"audience": "07", "themes": "lagesbild,unga"}, "2 personer i 1 kommun"),
        ({"audience": "07", "positions": "police"}, "2 personer i 2 kommuner"),
        ({"audience": "07", "positions": "police", "themes": "lagesbild"}, "1 person i 1 kommun"),
    ):
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM, reach="people", **chosen)
        kerstin.hears(f"Når 0 kanaler och {people}.")
    kerstin.hears("bara de som följer Lägesbild", "bara Kommunpolis")
    await kerstin.taps("Skicka")
    await tryggve.person("Anna Alm").is_told("Ny handbok om lägesbilder")
    for name in ("Bo Berg", "Cia Ceder"):
        assert "Ny handbok" not in str(tryggve.person(name).inbox())


async def test_themes_roles_and_places_are_typed(tryggve: Town) -> None:
    await _works_in(tryggve, "Anna Alm", "Växjö", "följ lägesbild", "jag är kommunpolis")
    await _works_in(tryggve, "Bo Berg", "Växjö", "jag är chef")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.says(f"{WORDS}Tema: lägesbild\nRoll: kommunpolis och chefer")
    kerstin.hears("1 person i 1 kommun", "bara de som följer Lägesbild", "Kommunpolis och Chef")
    await kerstin.says("Tema: alla")
    kerstin.hears("2 personer i 1 kommun")
    await kerstin.says("Roll: chef")
    kerstin.hears("1 person i 1 kommun", "bara Chef")
    for line, said in (
        ("Roll: trollkarl", "Jag känner inte igen rollen"),
        ("Tema: fiske", "Jag känner inte igen ämnet"),
        ("Utbildning: stickning", "Jag hittar inte utbildningen"),
        ("Till: Atlantis", "Välj minst en kommun"),
        ("Till: Växsjö", "Välj minst en kommun"),
        ("Till: inte Växjö", "Välj minst en kommun"),
    ):
        await kerstin.says("ändra")
        await kerstin.says(line)
        kerstin.hears("Något behöver rättas", said)


async def test_a_trainings_participants_and_waiting_list(tryggve: Town) -> None:
    await create_training(tryggve, seats=1)
    await create_training(tryggve, county="12", title="Grannlänets dag")
    for name in ("Anna Alm", "Bo Berg"):
        person = await _works_in(tryggve, name, "Växjö", "utbildningar i kronoberg")
        await person.taps("Anmäl mig till 1" if name == "Anna Alm" else "Ställ mig i kö till 1")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    offered = [one["title"] for one in _field(kerstin, "training")["choices"]]
    assert offered == [
        "Ingen utbildning",
        "Deltagare: Lägesbild i praktiken",
        "Väntelista: Lägesbild i praktiken",
    ]
    await kerstin.taps("Förhandsgranska", **FORM, reach="people", training="1:waiting")
    kerstin.hears("1 person i 1 kommun", "bara Väntelista: Lägesbild i praktiken")
    await kerstin.says("Utbildning: Lägesbild i praktiken\nRubrik: Till deltagarna")
    kerstin.hears("1 person i 1 kommun", "bara Deltagare: Lägesbild i praktiken")
    await kerstin.says("skicka")
    await tryggve.person("Anna Alm").is_told("Till deltagarna")
    assert "Till deltagarna" not in str(tryggve.person("Bo Berg").inbox())

    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM, reach="people", training="2:participants")
    kerstin.hears("Jag hittar inte utbildningen bland länets utbildningar")


async def test_the_dry_run_names_five_and_shows_all_on_request(tryggve: Town) -> None:
    anna = await _works_in(tryggve, "Anna Alm", "Växjö", "sluta få utskick")
    bo = await _works_in(tryggve, "Bo Berg", "Alvesta")
    await bo.uninstalls()
    await _works_in(tryggve, "Cia Ceder", "Ljungby")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM, reach="people")
    kerstin.hears(
        "Når 0 kanaler och 1 person i 1 kommun.",
        "1 person vill inte ha utskick: Växjö.",
        "1 mottagare har inte lagt till Tryggve: Alvesta.",
    )
    kerstin.does_not_hear("Vilka nås inte?")  # there are five, and they are named
    await kerstin.says("skicka")
    assert "Ny handbok" not in str(anna.inbox()) + str(bo.inbox())


async def test_everybody_left_out_is_shown_tapped_and_typed(tryggve: Town) -> None:
    await _works_in(tryggve, "Cia Ceder", "Göteborg")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "14")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM, reach="people")
    kerstin.hears("48 kommuner har inte Tryggve: Ale, Alingsås", "och 43 till")
    preview = kerstin.button("Vilka nås inte?")
    await kerstin.says("vilka nås inte?")
    kerstin.hears("De här nås inte", "48 kommuner har inte Tryggve", "Vänersborg", "Öckerö")
    await kerstin.taps_action(preview)
    kerstin.hears("De här nås inte", "Öckerö")
    await kerstin.says("skicka")

    await tryggve.person("Cia Ceder").is_told("Ny handbok om lägesbilder")


@pytest.mark.parametrize("way", ["tapped", "typed"])
async def test_a_national_coordinator_reaches_the_whole_country(
    database_url: str, way: str
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channels = [
            await tryggve.channel_is_added("Växjö"),
            await tryggve.channel_is_added("Lund", tenant=OTHER_TENANT),
        ]
        nils = await tryggve.coordinator("Nils Nord", NATIONAL)
        await nils.says("nytt utskick")
        place = _field(nils, "audience")
        assert place["choices"][0] == {"title": "Hela landet", "value": "00"}
        assert (len(place["choices"]), place["value"]) == (22, "")
        if way == "tapped":
            await nils.taps("Förhandsgranska", **FORM)
            nils.hears("Välj minst en kommun eller ett län")
            await nils.taps("Förhandsgranska", **FORM, audience="00")
        else:
            await nils.says("Rubrik: Ny handbok\nText: Läs den före mötet.\nTill: hela landet")
        nils.hears("Når 2 kanaler", "i 2 kommuner", "Från Länsstyrelserna gemensamt")
        await nils.taps("Skicka")
        for channel in channels:
            await tryggve.until(lambda at=channel: at in _conversations(tryggve))  # type: ignore[misc]

        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM, audience="00")
        kerstin.hears("Du kan bara nå kommuner i ditt eget län: Kronobergs län")


async def test_who_acts_for_the_nation_no_more_is_stopped_at_the_tap(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added("Lund", tenant=OTHER_TENANT)
        nils = await tryggve.coordinator("Nils Nord", NATIONAL)
        await nils.says("nytt utskick")
        await nils.taps("Förhandsgranska", **FORM, audience="00")
        await tryggve.tryggve.directory.revoke(TENANT, nils.object_id, NATIONAL)
        await tryggve.tryggve.directory.grant(TENANT, nils.object_id, "07")
        await nils.taps("Skicka")

        nils.does_not_hear("Levererade")
        assert channel not in _conversations(tryggve)


def _field(person: Person, name: str) -> dict[str, Any]:
    """A field of the form on the card last heard."""
    [field] = [one for one in nodes_of(person.cards()[0]) if one.get("id") == name]
    return dict(field)


def _conversations(tryggve: Town) -> list[str]:
    return [post["conversation"] for post in tryggve.teams.posts if post["kind"] == "post"]
