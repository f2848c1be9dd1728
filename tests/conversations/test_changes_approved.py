"""What reaches many readers again: a second coordinator sees before and after, and decides."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from knowledge.delivery.models import Status
from tests.support.deliveries import until_none_is
from tests.support.lint import actions_of
from tests.support.town import TENANT, Person, Town, town, words_of

FORM = {"heading": "Ny handbok om lägesbilder", "text": "Brå har en ny handbok. Läs den."}
AT_SPRING = {"send_date": "2026-12-20", "send_time": "09:00"}


def posts(tryggve: Town, channel: str) -> list[str]:
    """What the channel reads, as each message left."""
    seen = [one for one in tryggve.teams.posts if one["conversation"] == channel]
    return [words_of(one["activity"]) for one in seen]


@asynccontextmanager
async def sent(database_url: str, **form: Any) -> AsyncIterator[tuple[Town, Person, Person, str]]:
    """Kerstin has sent what Karin approved. Town, Kerstin, Karin, the channel."""
    async with town(database_url, tenants={TENANT: "0780"}, approval_from=1) as tryggve:
        tryggve.tryggve.announcements.progress.every = 3_600.0
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        karin = await tryggve.coordinator("Karin Lind", "07")
        await karin.installs()
        await writes(kerstin, **form)
        await karin.is_told("Kerstin Karlsson vill skicka")
        await karin.taps("Godkänn")
        await kerstin.is_told("Karin Lind har godkänt utskicket")
        await tryggve.until(lambda: len(posts(tryggve, channel)) == 1)
        yield tryggve, kerstin, karin, channel


async def writes(kerstin: Person, **form: Any) -> None:
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **{**FORM, **form})
    await kerstin.says("skicka")


async def corrects(kerstin: Person, text: str) -> None:
    await kerstin.says("mina utskick")
    await kerstin.says("1")
    await kerstin.says("rätta")
    await kerstin.says(f"Text: {text}")
    kerstin.hears("Ska jag rätta utskicket")
    await kerstin.says("ja")


@pytest.mark.both_databases
async def test_a_correction_is_seen_before_and_after_and_done_when_approved(
    database_url: str,
) -> None:
    async with sent(database_url) as (tryggve, kerstin, karin, channel):
        await corrects(kerstin, "Handboken är försenad till mars.")
        kerstin.hears("Väntar på godkännande: att utskicket ”Ny handbok om lägesbilder” rättas.")
        kerstin.hears("En annan samordnare i Kronobergs län har fått frågan.")

        await karin.is_told("Kerstin Karlsson vill rätta ett stort utskick")
        karin.hears("Ändrat: texten.", "Så här blir det:", "Handboken är försenad till mars.")
        karin.hears("Så här står det nu:", "Brå har en ny handbok. Läs den.")
        assert len(posts(tryggve, channel)) == 1

        approve = karin.button("Godkänn")
        await karin.taps_action(approve)
        karin.hears("Du har godkänt att utskicket ”Ny handbok om lägesbilder” rättas.")
        await tryggve.until(lambda: "försenad" in posts(tryggve, channel)[-1])
        await kerstin.is_told("Karin Lind har godkänt att utskicket")
        await karin.taps_action(approve)
        karin.hears("väntar inte längre på godkännande")
        assert len(posts(tryggve, channel)) == 2


async def test_yes_and_no_can_be_typed(database_url: str) -> None:
    async with sent(database_url) as (tryggve, kerstin, karin, channel):
        await corrects(kerstin, "Handboken är försenad till mars.")
        await karin.is_told("vill rätta ett stort utskick")
        await karin.says("att godkänna")
        karin.hears("Så här blir det:", "Handboken är försenad till mars.")
        await karin.says("säg nej")
        karin.hears("Varför inte?")
        await karin.says("Den kommer i april")
        karin.hears("Ska jag säga nej med skälet ”Den kommer i april”?")
        await karin.says("ja")
        karin.hears("Du sa nej till att utskicket")
        await kerstin.is_told("Karin Lind sa nej till att utskicket")
        kerstin.hears("Den kommer i april", "Inget har ändrats.")

        await corrects(kerstin, "Handboken är försenad till april.")
        await karin.is_told("försenad till april")
        await karin.says("att godkänna")
        await karin.says("godkänn")
        await tryggve.until(lambda: "april" in posts(tryggve, channel)[-1])
        await karin.says("att godkänna")
        karin.hears("Inget utskick väntar på ditt godkännande")


async def test_an_old_card_does_not_approve_other_words(database_url: str) -> None:
    async with sent(database_url) as (tryggve, kerstin, karin, channel):
        await corrects(kerstin, "Handboken är försenad till mars.")
        await karin.is_told("försenad till mars")
        old = karin.button("Godkänn")
        await corrects(kerstin, "Något helt annat, som Karin inte har läst.")
        await karin.is_told("Något helt annat")
        await karin.taps_action(old)
        karin.hears("väntar inte längre på godkännande")
        assert len(posts(tryggve, channel)) == 1


async def test_the_asker_does_not_approve_and_takes_back(database_url: str) -> None:
    async with sent(database_url) as (tryggve, kerstin, karin, channel):
        await corrects(kerstin, "Handboken är försenad till mars.")
        await karin.is_told("vill rätta ett stort utskick")
        yes = karin.button("Godkänn")
        await kerstin.taps_action(yes)
        kerstin.hears("Du kan inte godkänna det som du själv har bett om.")
        await kerstin.says("mina utskick")
        await kerstin.says("1")
        await kerstin.taps("Ta tillbaka ändringen")
        kerstin.hears("Inget väntar på godkännande längre")
        await karin.taps_action(yes)
        karin.hears("väntar inte längre på godkännande")
        await corrects(kerstin, "Handboken är försenad till maj.")
        await kerstin.says("ta tillbaka ändringen")
        kerstin.hears("Inget väntar på godkännande längre")
        assert len(posts(tryggve, channel)) == 1


async def test_one_change_at_a_time(database_url: str) -> None:
    async with sent(database_url) as (tryggve, kerstin, karin, channel):
        await kerstin.says("mina utskick")
        await kerstin.says("1")
        edit = kerstin.button("Rätta")
        await corrects(kerstin, "Handboken är försenad till mars.")
        await karin.is_told("vill rätta ett stort utskick")
        await karin.taps_action(edit)
        await karin.says("Text: Karin tycker något annat om saken.")
        await karin.says("ja")
        karin.hears("En annan samordnare ska först godkänna att utskicket")
        assert len(posts(tryggve, channel)) == 1


async def test_withdrawing_waits_for_nobody_and_ends_the_question(database_url: str) -> None:
    async with sent(database_url) as (tryggve, kerstin, karin, channel):
        await corrects(kerstin, "Handboken är försenad till mars.")
        await karin.is_told("vill rätta ett stort utskick")
        await kerstin.says("dra tillbaka utskicket")
        await kerstin.says("ja")
        kerstin.hears("tillbaka")
        await karin.taps("Godkänn")
        karin.hears("väntar inte längre på godkännande")
        await until_none_is(tryggve.tryggve.database, Status.PENDING, Status.SENDING, seconds=20)
        assert not any("försenad" in one for one in posts(tryggve, channel))


@pytest.mark.both_databases
async def test_a_reminder_to_many_is_approved_too(database_url: str) -> None:
    async with town(database_url, tenants={TENANT: "0780"}, approval_from=1) as tryggve:
        bo = tryggve.person("Bo Berg")
        await bo.says("byt kommun till Växjö")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        karin = await tryggve.coordinator("Karin Lind", "07")
        await karin.installs()
        await writes(kerstin, reach="people", acknowledge="true")
        await karin.is_told("Kerstin Karlsson vill skicka")
        await karin.taps("Godkänn")
        await bo.is_told("Ny handbok om lägesbilder")
        await kerstin.says("mina utskick")
        await kerstin.says("1")
        await kerstin.says("påminn dem som inte har kvitterat")
        kerstin.hears("Väntar på godkännande: att de som inte har kvitterat")
        await karin.is_told("vill påminna dem som inte har kvitterat ett stort utskick")
        assert not any("Påminnelse" in words_of(one) for one in bo.inbox())
        await karin.taps("Godkänn")
        await bo.is_told("Påminnelse från Länsstyrelsen i Kronobergs län")


async def test_what_is_scheduled_keeps_its_time_until_sooner_is_approved(
    database_url: str,
) -> None:
    async with sent(database_url) as (tryggve, kerstin, karin, channel):
        await writes(kerstin, heading="Till våren", text="Vi ses till våren igen.", **AT_SPRING)
        await karin.is_told("Till våren")
        await karin.taps("Godkänn")
        await kerstin.is_told("Karin Lind har godkänt utskicket ”Till våren”")
        await kerstin.says("mina utskick")
        await kerstin.says("1")
        await kerstin.taps("Skicka nu")
        kerstin.hears("är schemalagt", "Innan det skickas tidigare måste en annan samordnare")
        await karin.is_told("vill skicka ett stort utskick tidigare än det var sagt")
        assert len(posts(tryggve, channel)) == 1
        titles = [one["title"] for one in actions_of(karin.cards()[-1])]
        assert titles[-2:] == ["Godkänn", "Säg nej"]
        await karin.taps("Godkänn")
        await tryggve.until(lambda: "Vi ses till våren" in posts(tryggve, channel)[-1])
