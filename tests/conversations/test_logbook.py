"""Who has done what: asked by coordinators, of their own counties."""

import pytest

from tests.conversations.test_approvals import asked
from tests.conversations.test_participants import signs_up
from tests.support.builders import create_training
from tests.support.town import Person, Town


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


@pytest.mark.both_databases
async def test_the_log_tells_who_sent_and_who_approved(database_url: str) -> None:
    async with asked(database_url) as (_, kerstin, karin, _channel):
        await karin.says("att godkänna")
        await karin.taps("Godkänn")
        await kerstin.says("vem har gjort vad")

        kerstin.hears(
            "Vem har gjort vad",
            "Kerstin Karlsson bad en kollega att godkänna utskicket ”Ny handbok om lägesbilder”.",
            "Karin Lind godkände utskicket ”Ny handbok om lägesbilder”.",
            "Karin Lind skickade utskicket ”Ny handbok om lägesbilder” till en mottagare.",
        )
        await kerstin.says("logg roller")
        kerstin.hears("Tryggve gjorde Karin Lind till samordnare för Kronobergs län.")
        kerstin.does_not_hear("godkände")


@pytest.mark.both_databases
async def test_the_log_tells_who_removed_whom_and_who_took_the_list(
    tryggve: Town, kerstin: Person
) -> None:
    await create_training(tryggve)
    anna = await signs_up(tryggve, "Anna Alm", "Växjö")
    await kerstin.says("deltagare")
    await kerstin.taps("Hämta som Excel")
    url = kerstin.button("Öppna filen")["url"]
    async with tryggve.http.get(tryggve.url + url.partition("3978")[2]) as answer:
        assert answer.status == 200
    await kerstin.says("deltagare")
    await kerstin.says("ta bort Anna Alm")
    await kerstin.says("ja")
    await kerstin.says("logg")

    kerstin.hears(
        "Kerstin Karlsson hämtade deltagarlistan för utbildningen ”Lägesbild i praktiken”.",
        "Kerstin Karlsson tog bort Anna Alm från utbildningen ”Lägesbild i praktiken”.",
    )
    await anna.says("logg")
    anna.hears("Loggen kan bara samordnare se")


async def test_others_counties_are_not_told_of(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve)
    sara = await tryggve.coordinator("Sara Sand", "12")
    await kerstin.says("utbildningar jag håller")
    await sara.says("loggen")

    sara.hears("Tryggve gjorde Sara Sand till samordnare för Skåne län.")
    sara.does_not_hear("Kerstin")
    sara.does_not_hear("Lägesbild")


async def test_a_long_log_is_read_page_by_page(tryggve: Town, kerstin: Person) -> None:
    for number in range(12):
        await tryggve.coordinator(f"Person {number}", "07")
    await kerstin.says("logg")
    kerstin.hears("Visar 1–10 av 13", "gjorde någon utan namn till samordnare")
    await kerstin.says("fler")
    kerstin.hears("Visar 11–13 av 13")


async def test_who_has_lost_the_role_reads_no_more_pages(tryggve: Town, kerstin: Person) -> None:
    for number in range(12):
        await tryggve.coordinator(f"Person {number}", "07")
    await kerstin.says("logg")
    await tryggve.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
    await kerstin.taps("Visa fler")
    kerstin.hears("Loggen kan bara samordnare se")
    await kerstin.says("fler")
    kerstin.hears("Loggen kan bara samordnare se")


async def test_the_log_is_never_shown_in_a_channel(tryggve: Town, kerstin: Person) -> None:
    await kerstin.installs()
    channel = await tryggve.channel_is_added()
    await kerstin.says("logg", channel=channel)

    assert all("gjorde" not in str(post) for post in kerstin.heard if post["place"] == channel)
