"""J5: a recipient says which announcements to get, and how."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conversations.test_announcements import FORM
from tests.support.builders import create_training
from tests.support.town import Person, Town, library, town

SUNDAY = datetime(2026, 11, 29, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)


async def test_the_role_is_asked_for_once_and_never_in_the_way(anna: Person) -> None:
    await anna.says("byt kommun till Växjö")
    anna.hears("Vad gör du i kommunen?", "Min roll")
    await anna.says("utbildningar")  # nothing waits for an answer
    anna.hears("utbildning")
    await anna.says("byt kommun till Alvesta")
    anna.does_not_hear("Vad gör du i kommunen?")


async def test_the_role_is_tapped_and_typed(anna: Person) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.taps("Min roll")
    anna.hears("Vilken roll har du i kommunen?")
    await anna.taps("Kommunpolis")
    anna.hears("Din roll: Kommunpolis.")
    await anna.says("min roll")
    await anna.says("samordnare")
    anna.hears("Din roll: Samordnare i kommunen.")
    await anna.says("Jag är förvaltningschef")
    anna.hears("Din roll: Chef.")
    await anna.says("min roll")
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    anna.hears("Minst vartannat år")


@pytest.mark.parametrize("said", ["jag är orolig för min granne", "följ upp åtgärdsplanen hur"])
async def test_a_question_that_begins_like_a_command_is_a_question(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Din roll")
    anna.does_not_hear("Ämnen du följer")


async def test_themes_are_followed_in_the_card_and_in_words(anna: Person) -> None:
    await anna.says("mina ämnen")
    anna.hears("Så får du utskick", "Din roll: inte angiven.", "kommer till dig direkt")
    await anna.taps("Spara ämnen", themes="lagesbild,unga")
    assert _followed(anna) == {"lagesbild", "unga"}
    await anna.says("följ sekretess och pengar")
    assert _followed(anna) == {"lagesbild", "unga", "sekretess", "pengar"}
    await anna.says("sluta följa lägesbild")
    assert _followed(anna) == {"unga", "sekretess", "pengar"}
    await anna.says("sluta följa fiske")
    anna.hears("Det ämnet känner jag inte igen", "mina ämnen")


@pytest.mark.parametrize("way", ["tapped", "typed"])
async def test_announcements_are_muted_and_come_again(tryggve: Town, way: str) -> None:
    anna = tryggve.person("Anna Alm")
    await anna.says("byt kommun till Växjö")
    await _chooses(anna, way, "Sluta få utskick")
    anna.hears("Du får inga utskick")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await _preview(kerstin)
    kerstin.hears("Utskicket når ingen än", "1 person vill inte ha utskick: Växjö.")
    await _chooses(anna, way, "Få utskick igen")
    await _preview(kerstin)
    await kerstin.says("skicka")
    await anna.is_told("Ny handbok om lägesbilder")


async def test_who_blocks_the_app_is_told_apart_from_who_has_none(tryggve: Town) -> None:
    anna = tryggve.person("Anna Alm")
    await anna.says("byt kommun till Växjö")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await _preview(kerstin)
    body = b'{"error": {"code": "MessageWritesBlocked"}}'
    tryggve.teams.answers(status=403, body=body, kind="post", conversation=anna.chat)
    await kerstin.says("skicka")

    async def blocked() -> bool:
        found = await tryggve.tryggve.directory.find_person(anna.tenant, anna.object_id)
        return found is not None and found.blocked

    while not await blocked():
        await kerstin.says("hur går det med utskicket")
    await _preview(kerstin)
    kerstin.hears("1 mottagare tar inte emot meddelanden från Tryggve: Växjö.")


@pytest.mark.parametrize("way", ["tapped", "typed"])
async def test_announcements_are_gathered_into_one_message_a_week(
    database_url: str, way: str
) -> None:
    now = [SUNDAY]
    async with town(database_url, now=lambda: now[0]) as tryggve:
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        await _chooses(anna, way, "Samla utskicken")
        anna.hears("samlas i en rapport på måndag morgon")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _preview(kerstin)
        kerstin.hears("1 av personerna får det på måndag, i veckorapporten.")
        await kerstin.says("skicka")
        now[0] = SUNDAY.replace(minute=1)
        await create_training(tryggve, title="Nytt webbinarium")
        assert "Ny handbok" not in str(anna.inbox())

        now[0] = MONDAY
        for _ in range(3):
            await tryggve.tryggve.background.do("digests")
        await anna.is_told("Kort rapport från länsstyrelserna")
        assert len(_reports(anna)) == 1
        anna.hears(
            "1 – Ny handbok om lägesbilder (Länsstyrelsen i Kronobergs län)", "Nytt webbinarium"
        )
        await (anna.taps("Läs utskick 1") if way == "tapped" else anna.says("läs utskick 1"))
        anna.hears("Läs den före mötet", "Från Länsstyrelsen i Kronobergs län")
        await anna.taps("Fråga samordnaren")
        anna.hears("Fråga om utskicket ”Ny handbok om lägesbilder”")
        await anna.says("läs utskick 7")
        anna.hears("Det utskicket hittar jag inte")

        await _chooses(anna, way, "Få utskick direkt")
        anna.hears("kommer till dig direkt")


async def test_answers_that_were_checked_anew_can_be_opened_from_the_report(
    sqlite_url: str,
) -> None:
    newest = max(one.checked for one in library().base.articles)
    now = [datetime(newest.year, newest.month, newest.day, 3, tzinfo=UTC)]
    async with town(sqlite_url, now=lambda: now[0]) as tryggve:
        anna = tryggve.person("Anna Alm")
        await anna.says("samla utskicken")
        now[0] = now[0].replace(year=now[0].year + 1)
        await tryggve.tryggve.background.do("digests")
        await anna.is_told("Svar som har granskats på nytt")
        title = anna.cards()[0]["body"][2]["items"][0]["text"]
        await anna.taps_action(anna.cards()[0]["body"][2]["selectAction"])
        anna.hears(title)


async def test_it_is_personal_also_when_begun_in_a_channel(anna: Person) -> None:
    await anna.says("mina ämnen", channel="19:kanalen")
    anna.hears("Jag svarar dig i vår egen chatt", "Så får du utskick")


def _followed(person: Person) -> set[str]:
    (field,) = [one for one in person.cards()[0]["body"] if one.get("id") == "themes"]
    return set(field["value"].split(","))


def _reports(person: Person) -> list[dict[str, Any]]:
    return [one for one in person.inbox() if "Kort rapport" in str(one)]


async def _chooses(person: Person, way: str, title: str) -> None:
    if way == "typed":
        return await person.says(title.lower())
    await person.says("mina ämnen")
    return await person.taps(title)


async def _preview(kerstin: Person) -> None:
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM, reach="people")
