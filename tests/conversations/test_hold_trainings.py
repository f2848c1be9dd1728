"""A training that is held: changed, closed, copied and called off, and everybody told."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select

from knowledge.delivery.models import Status, deliveries, messages
from knowledge.trainings.models import trainings
from knowledge.trainings.reminders import KIND
from tests.conversations.test_plan_training import (
    CLOCK,
    fields,
    fills_in,
    kerstin,
    november,
    plans,
    publishes,
)
from tests.support import lint
from tests.support.lint import actions_of
from tests.support.timers import timer_rows
from tests.support.town import Json, Person, Town, words_of

__all__ = ["kerstin", "november"]


async def joins(person: Person) -> None:
    await person.says("utbildningar")
    await person.says("anmäl mig till 1")


async def opens(kerstin: Person, title: str = "Visa 1") -> None:
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps(title)


async def changes(kerstin: Person, **changed: str) -> None:
    """The form is sent in with this changed; nothing is saved yet."""
    await opens(kerstin)
    await kerstin.taps("Ändra")
    form = kerstin.button("Förhandsgranska")
    await kerstin.taps_action(form, **changed)


def told(person: Person, part: str) -> list[Json]:
    return [one for one in person.inbox() if part in words_of(one)]


async def waiting(town: Town, part: str) -> list[str]:
    """The times of day that what has not left yet tells of."""
    query = select(messages.c.payload).join(deliveries, messages.c.id == deliveries.c.message_id)
    query = query.where(deliveries.c.status == Status.PENDING.value)
    async with town.tryggve.database.read() as tx:
        told = [payload for payload in (await tx.execute(query)).scalars() if part in payload]
    return [payload.split("2040 ", 1)[1][:9] for payload in told]


async def reminders(town: Town) -> list[datetime]:
    """When participants are to be reminded."""
    rows = (await timer_rows(town.tryggve.database)).values()
    return [datetime.fromtimestamp(row["due"], UTC) for row in rows if row["kind"] == KIND]


async def event_of(person: Person, part: str) -> Event:
    """The calendar entry behind the latest card that says this."""
    card = told(person, part)[-1]["attachments"][0]["content"]
    url = next(one["url"] for one in actions_of(card) if one.get("url", "").endswith(".ics"))
    path = url.split("/", 3)[3]
    async with person.town.http.get(f"{person.town.url}/{path}") as response:
        calendar = Calendar.from_ical(await response.read())
    return next(one for one in calendar.walk("VEVENT"))


@pytest.mark.both_databases
async def test_a_change_of_time_tells_everybody_once_with_the_new_entry(
    november: Town, kerstin: Person
) -> None:
    anna, berit = november.person("Anna Alm"), november.person("Berit Berg")
    await publishes(kerstin, seats="1")
    await joins(anna)
    before = await event_of(anna, "Du är anmäld")
    await joins(berit)
    berit.hears("Du står i kö")

    await changes(kerstin, starts="13:00", ends="16:00")
    kerstin.hears("kl. 13.00–16.00", "2 personer får veta den nya tiden")
    assert not told(anna, "Ändrad tid")
    await kerstin.taps("Spara ändringen")
    kerstin.hears("Ändringen är sparad. 2 personer får veta det.")
    kerstin.does_not_hear("inte sparad")
    await anna.is_told("Ändrad tid eller plats")
    anna.hears("kl. 13.00–16.00", "Tidigare: torsdag 10 december 2026 kl. 09.00", "kvar din plats")
    await berit.is_told("Ändrad tid eller plats")
    berit.hears("Du står kvar i kön")

    after = await event_of(anna, "Ändrad tid")
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after["dtstart"].dt.hour == 13
    assert len(told(anna, "Ändrad tid")) == len(told(berit, "Ändrad tid")) == 1


async def test_what_moves_nobody_tells_nobody(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await joins(anna)
    await changes(kerstin, summary="Ny beskrivning.")
    kerstin.hears("Ingen får något meddelande")
    await kerstin.says("spara ändringen")
    kerstin.hears("Ändringen är sparad.", "Ny beskrivning.")
    await anna.says("berätta mer om 1")
    anna.hears("Ny beskrivning.")
    assert not told(anna, "Ändrad")


@pytest.mark.both_databases
async def test_by_night_nobody_is_woken_and_hears_only_the_last(
    november: Town, kerstin: Person
) -> None:
    anna = november.person("Anna Alm")
    CLOCK["now"] = datetime(2040, 11, 21, 12, tzinfo=UTC)  # not yet by any real clock
    await publishes(kerstin, date="2040-12-10")
    await joins(anna)
    CLOCK["now"] = datetime(2040, 11, 21, 22, tzinfo=UTC)
    for starts in ("10:00", "11:00"):
        await changes(kerstin, starts=starts)
        await kerstin.taps("Spara ändringen")
    assert await waiting(november, "Ändrad tid") == ["kl. 11.00"]
    assert not told(anna, "Ändrad tid")


@pytest.mark.both_databases
async def test_more_seats_go_to_those_who_wait_in_order(november: Town, kerstin: Person) -> None:
    names = ["Anna Alm", "Berit Berg", "Cecilia Ceder", "Doris Dahl"]
    people = [november.person(name) for name in names]
    await publishes(kerstin, seats="1")
    for person in people:
        await joins(person)
    await changes(kerstin, seats="3")
    kerstin.hears("2 personer i kön får en plats")
    kerstin.does_not_hear("Ingen får något meddelande")
    await kerstin.taps("Spara ändringen")
    kerstin.hears("3 av 3 platser är tagna.", "1 person står i kö.", "2 personer i kön har fått")
    for person in people[1:3]:
        await person.is_told("Du har fått en plats")
    assert not told(people[3], "Du har fått en plats")


@pytest.mark.both_databases
async def test_fewer_seats_throw_nobody_out(november: Town, kerstin: Person) -> None:
    await publishes(kerstin, seats="3")
    for name in ("Anna Alm", "Berit Berg"):
        await joins(november.person(name))
    await changes(kerstin, seats="1", place="Lund")
    kerstin.hears("2 personer har redan en plats", "Ingen blir av med sin plats.")
    assert fields(kerstin)["place"] == "Lund"
    await fills_in(kerstin, seats="2")
    await kerstin.taps("Spara ändringen")
    kerstin.hears("2 av 2 platser är tagna.", "Plats: Lund")


async def test_who_signs_up_between_preview_and_tap_is_not_thrown_out(
    november: Town, kerstin: Person
) -> None:
    await publishes(kerstin, seats="3")
    await changes(kerstin, seats="1")
    kerstin.hears("Så här blir utbildningen")
    for name in ("Anna Alm", "Berit Berg"):
        await joins(november.person(name))
    await kerstin.taps("Spara ändringen")
    kerstin.hears("2 personer har redan en plats")
    await opens(kerstin)
    kerstin.hears("2 av 3 platser är tagna.")


@pytest.mark.both_databases
async def test_calling_off_asks_why_and_tells_everybody(november: Town, kerstin: Person) -> None:
    anna, berit = november.person("Anna Alm"), november.person("Berit Berg")
    await publishes(kerstin, seats="1")
    await joins(anna)
    before = await event_of(anna, "Du är anmäld")
    await joins(berit)
    await opens(kerstin)
    old = kerstin.button("Ändra")
    await kerstin.taps("Ställ in")
    kerstin.hears("Vill du ställa in Trygga torg på riktigt?", "2 personer")
    ask = kerstin.button("Ställ in utbildningen")
    await kerstin.taps_action(ask, reason=" ")
    kerstin.hears("Skriv orsaken")
    await kerstin.taps_action(ask, reason="För få anmälda,\r\nvi försöker i vår.")
    kerstin.hears("Utbildningen är inställd. 2 personer får veta det.")
    for person in (anna, berit):
        await person.is_told("Utbildningen är inställd")
        person.hears("Orsak: För få anmälda, vi försöker i vår.")

    after = await event_of(anna, "Utbildningen är inställd")
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]
    await anna.says("mina utbildningar")
    anna.hears("Inställd: För få anmälda")
    await november.person("Cecilia Ceder").says("utbildningar")
    november.person("Cecilia Ceder").hears("Det finns inga utbildningar")
    for again in (old, ask):
        await kerstin.taps_action(again, reason="En gång till")
        kerstin.hears("Det går inte nu", "inställd")
    assert len(told(anna, "Utbildningen är inställd")) == 1
    assert await reminders(november) == []


async def test_calling_off_in_words_names_it_and_asks_once_more(
    november: Town, kerstin: Person
) -> None:
    await publishes(kerstin)
    await kerstin.says("vi måste ställa in kursen")
    kerstin.hears("Vill du ställa in Trygga torg på riktigt?")
    await kerstin.says("ja")
    kerstin.hears("Utbildningen är inte inställd.")
    await kerstin.says("Orsak: föreläsaren är sjuk")
    kerstin.hears("Ska jag ställa in Trygga torg på riktigt? Orsak: föreläsaren är sjuk.")
    await kerstin.says("ja")
    kerstin.hears("Utbildningen är inställd. Ingen får något meddelande om det.")


async def test_which_one_is_meant_is_asked(november: Town, kerstin: Person) -> None:
    await publishes(kerstin)
    await publishes(kerstin, title="En annan", date="2026-12-11")
    await kerstin.says("samordnare i Lund")
    for _ in range(3):
        await kerstin.says("tack")
    await kerstin.says("ställ in utbildningen")
    kerstin.hears("Vilken utbildning menar du?", "1 – Trygga torg", "2 – En annan")
    await kerstin.says("2")
    kerstin.hears("Vill du ställa in En annan?")
    await kerstin.says("nej")
    kerstin.hears("Inget är ändrat")


@pytest.mark.both_databases
async def test_closing_and_opening(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await anna.says("utbildningar")
    await opens(kerstin)
    await kerstin.taps("Stäng anmälan")
    kerstin.hears("Anmälan är stängd. De som har en plats har den kvar.")
    await anna.taps("Anmäl mig till 1")
    anna.hears("går inte längre att anmäla sig till")
    await kerstin.says("öppna anmälan")
    kerstin.hears("Anmälan är öppen igen.")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    anna.hears("Du är anmäld")


async def test_the_only_one_is_meant_and_the_buttons_words_are_heard_later_too(
    november: Town, kerstin: Person
) -> None:
    await publishes(kerstin)
    await kerstin.says("vad är en lägesbild?")
    await kerstin.says("ändra tiden till 10-13")
    kerstin.hears("Jag har inte ändrat något än.", "Ändra utbildningen", "Förhandsgranska")
    await kerstin.says("avbryt")
    await kerstin.says("kopiera utbildningen")
    kerstin.hears("Det här är en kopia. Välj en ny dag.")
    await kerstin.says("avbryt")
    await kerstin.says("utbildningar jag håller")
    await kerstin.says("visa 1")
    await kerstin.says("vad är en lägesbild?")
    await kerstin.says("stäng anmälan")
    kerstin.hears("Anmälan är stängd")
    await kerstin.says("vad är en lägesbild?")
    await kerstin.says("öppna anmälan igen")
    kerstin.hears("Öppen för anmälan.")


async def test_what_closes_without_a_look_is_asked_about(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    lisa = await november.coordinator("Lisa Lund", "07")
    await lisa.says("stäng anmälan")
    lisa.hears("Vilken utbildning menar du?", "Öppen för anmälan.")
    await lisa.says("1")
    lisa.hears("Anmälan är stängd")
    for words in ("stäng anmälan", "öppna anmälan", "kopiera utbildningen"):
        await anna.says(words)
        anna.hears("Bara regionala samordnare")


async def test_a_copy_is_a_new_draft(november: Town, kerstin: Person) -> None:
    await publishes(kerstin, summary="Innehållet.")
    await kerstin.taps("Kopiera")
    kerstin.hears("Välj en ny dag")
    assert (fields(kerstin)["date"], fields(kerstin)["summary"]) == ("", "Innehållet.")
    await fills_in(kerstin, date="2027-02-01")
    await kerstin.taps("Publicera")
    kerstin.hears("Publicerad.")
    await opens(kerstin, "Visa 2")
    kerstin.hears("måndag 1 februari 2027")


@pytest.mark.both_databases
async def test_only_those_who_hold_it_may(november: Town, kerstin: Person) -> None:
    lisa = await november.coordinator("Lisa Lund", "12")
    await publishes(kerstin)
    await opens(kerstin)
    buttons = [kerstin.button(title) for title in ("Ändra", "Stäng anmälan", "Kopiera", "Ställ in")]
    for button in buttons:
        await lisa.taps_action(button)
        lisa.hears("hålls av Kronobergs län")
    await plans(kerstin, title="Ett utkast")
    await lisa.taps_action(kerstin.button("Publicera"))
    lisa.hears("finns inte kvar")
    lisa.does_not_hear("Ett utkast")
    await november.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
    for button in buttons:
        await kerstin.taps_action(button)
        kerstin.hears("Du är inte längre samordnare")
    anna = november.person("Anna Alm")
    await anna.says("utbildningar")
    anna.hears("Trygga torg på riktigt", "2 platser kvar")


async def test_what_several_counties_hold_is_each_ones(november: Town, kerstin: Person) -> None:
    lisa = await november.coordinator("Lisa Lund", "12")
    await publishes(kerstin, owners="07,12")
    await opens(lisa)
    lisa.hears("Trygga torg på riktigt", "Öppen för anmälan.")
    await lisa.taps("Stäng anmälan")
    lisa.hears("Anmälan är stängd.")
    anna = november.person("Anna Alm")
    await lisa.says("öppna anmälan")
    for place in ("Skåne", "Kronoberg"):
        await anna.says(f"utbildningar i {place}")
        anna.hears("Trygga torg på riktigt")


async def test_what_has_begun_is_left_alone(november: Town, kerstin: Person) -> None:
    await publishes(kerstin)
    await opens(kerstin)
    change, close = kerstin.button("Ändra"), kerstin.button("Stäng anmälan")
    CLOCK["now"] = datetime(2026, 12, 10, 9, tzinfo=UTC)
    for button in (change, close):
        await kerstin.taps_action(button)
        kerstin.hears("redan igång")


async def test_the_change_that_was_shown_is_saved_also_after_another_matter(
    november: Town, kerstin: Person
) -> None:
    await publishes(kerstin)
    await changes(kerstin, place="Lund")
    save = kerstin.button("Spara ändringen")
    await kerstin.says("samordnare i Lund")
    kerstin.hears("Ändringen är inte sparad.")
    await kerstin.taps_action(save)
    kerstin.hears("Ändringen är sparad.", "Plats: Lund")
    await kerstin.taps_action(save)
    kerstin.hears("Någon har ändrat Trygga torg på riktigt")


@pytest.mark.both_databases
async def test_a_reminder_goes_by_the_new_time(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await joins(anna)
    await changes(kerstin, date="2026-12-15")
    await kerstin.taps("Spara ändringen")
    days = [datetime(2026, 12, day, 8, tzinfo=UTC) for day in (8, 14)]
    assert await reminders(november) == days


@pytest.mark.both_databases
async def test_posts_about_it_go_on_telling_the_truth(november: Town, kerstin: Person) -> None:
    channel = await november.channel_is_added()
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await kerstin.says("nytt utskick")
    training = str(await the_only_id(november))
    form = kerstin.button("Förhandsgranska")
    words = {"heading": "Kom till torget", "text": "Vi ses på torget i december."}
    to = {"audience": "07", "reach": "channels", "attached": training}
    await kerstin.taps_action(form, **words, **to)
    await kerstin.taps("Skicka")
    await november.until(lambda: "09.00–12.00" in post_in(november, channel))
    old = next(one for one in actions_of(card_in(november, channel)) if one["title"] == "Anmäl mig")

    await changes(kerstin, starts="10:00")
    await kerstin.taps("Spara ändringen")
    await november.tryggve.background.do("seats in posts")
    await november.until(lambda: "10.00–12.00" in post_in(november, channel))

    await kerstin.taps("Ställ in")
    await kerstin.taps_action(kerstin.button("Ställ in utbildningen"), reason="Storm")
    CLOCK["now"] += timedelta(minutes=2)
    await november.tryggve.background.do("seats in posts")
    await november.until(lambda: "Inställd: Storm" in post_in(november, channel))
    assert "Anmäl mig" not in post_in(november, channel)
    await anna.taps_action(old, channel=channel)
    anna.hears("går inte längre att anmäla sig till")


async def the_only_id(town: Town) -> int:
    async with town.tryggve.database.read() as tx:
        return int((await tx.execute(select(trainings.c.id))).scalar_one())


def card_in(town: Town, place: str) -> Json:
    posts = [one for one in town.teams.posts if one["conversation"] == place]
    cards = [one["activity"]["attachments"][0]["content"] for one in posts if one["by_itself"]]
    return cards[-1] if cards else {}


def post_in(town: Town, place: str) -> str:
    """What the latest state of the post in a channel says."""
    return "\n".join(lint.words_of_card(card_in(town, place)))


async def test_the_card_leads_to_who_takes_part(november: Town, kerstin: Person) -> None:
    await publishes(kerstin)
    await joins(november.person("Anna Alm"))
    await opens(kerstin)
    await kerstin.taps("Deltagare")
    kerstin.hears("Deltagare: ", "Anna Alm")


VERBS = (
    *("preview", "publish", "save_change", "change", "change_on", "copy", "publish_draft"),
    *("show", "open", "close", "reopen", "cancel", "do_cancel", "delete", "do_delete"),
)


@pytest.mark.parametrize("verb", VERBS)
async def test_what_no_card_of_ours_holds_changes_nothing(
    november: Town, kerstin: Person, verb: str
) -> None:
    lisa = await november.coordinator("Lisa Lund", "12")
    await publishes(kerstin)
    id_ = await the_only_id(november)
    deep: object = "x"
    for _ in range(20):
        deep = [deep]
    for data in (
        {}, {"id": "abc"}, {"id": 10**12}, {"id": -1}, {"id": True}, {"id": [id_]}, {"id": {}},
        {"id": 4711}, {"id": id_}, {"id": id_, "version": "1", "written": "x"},
        {"id": id_, "version": 1, "written": {"title": deep, "seats": {"a": 1}}},
        {"id": id_, "version": True, "written": {}, "reason": deep, "title": deep},
        {"id": id_, "version": -5, "reason": "x" * 400, "title": 7, "date": 12, "owners": None},
    ):  # fmt: skip
        action: Json = {"type": "Action.Execute", "verb": f"training_{verb}", "data": data}
        await lisa.taps_action(action)
        assert lisa.heard
    await opens(kerstin)
    kerstin.hears("Trygga torg på riktigt", "Öppen för anmälan.", "0 av 2 platser")
