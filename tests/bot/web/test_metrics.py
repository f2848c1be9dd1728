"""/metrics: the right numbers, in Prometheus' format, for the right eyes."""

import asyncio
import re
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.parts.watch import WatchParts
from bot.settings import Settings
from knowledge.delivery import outbox, pauses, tenant_pace
from knowledge.delivery.messenger import Address, Message
from knowledge.delivery.models import Target, deliveries
from knowledge.delivery.tallies import fold, tallies, totals
from knowledge.directory.models import people as people_table
from knowledge.storage.database import Database
from tests.support.deliveries import enqueue, people
from tests.support.town import TENANT, Person, Town, town, unsure

LINE = re.compile(
    r'(# (HELP|TYPE) tryggve_\w+ .+|tryggve_\w+(\{(\w+="[^"]*",?)+\})? -?\d+(\.\d+)?(e[+-]\d+)?)'
)


async def scrape(tryggve: Town, **headers: str) -> tuple[int, dict[str, float]]:
    async with tryggve.http.get(f"{tryggve.url}/metrics", headers=headers) as response:
        page = await response.text()
        if response.status != 200:
            return response.status, {}
        assert response.headers["Content-Type"].startswith("text/plain; version=")
    lines = page.splitlines()
    assert all(LINE.fullmatch(line) for line in lines), page
    values = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return response.status, {name: float(value) for name, _, value in values}


async def test_an_idle_sender_has_nothing_to_tell(tryggve: Town) -> None:
    _, values = await scrape(tryggve)

    assert values["tryggve_queue_depth"] == 0
    assert values["tryggve_sent_total"] == 0
    assert values["tryggve_queue_oldest_due_seconds"] == 0


async def test_what_waits_is_told_with_its_age_and_its_municipality(database_url: str) -> None:
    async with town(database_url, tenants={"tenant-1": "0780"}) as tryggve:
        database = tryggve.tryggve.database
        async with database.write() as tx:
            await tenant_pace.introduce(tx, database, ["tenant-1", "tenant-2"])
            await tenant_pace.hold(tx, database, {"tenant-1": 600, "tenant-2": 600})
        await enqueue(database, *people(6, tenants=2))
        async with database.write() as tx:
            long_ago = datetime.now(UTC).timestamp() - 100
            await tx.execute(update(deliveries).values(due=long_ago))
        _, values = await scrape(tryggve)

        assert values["tryggve_queue_depth"] == values["tryggve_queue_waiting"] == 6
        assert 100 <= values["tryggve_queue_oldest_due_seconds"] < 160
        lags = {name for name in values if name.startswith("tryggve_tenant_lag_seconds")}
        assert 'tryggve_tenant_lag_seconds{tenant="0780"}' in lags
        assert len(lags) == 2
        assert not any("tenant-2" in name for name in lags)

        async with database.write() as tx:
            await pauses.pause(tx, database)
        _, values = await scrape(tryggve)
        assert values["tryggve_paused"] == 1
        assert values["tryggve_queue_oldest_due_seconds"] == 0  # it waits on purpose
        assert values["tryggve_queue_depth"] == 6


async def test_what_teams_answers_is_counted(tryggve: Town) -> None:
    for status in (429, 403, 500):
        tryggve.teams.answers(status=status, kind="post", conversation=f"answers-{status}")
    for name in ("answers-429", "answers-403", "answers-500", "answers-200"):
        await enqueue_to(tryggve, name)
    tryggve.tryggve.bell.ring()
    await tryggve.until(lambda: len(tryggve.teams.texts("answers-200")) == 1)
    await tryggve.until(lambda: len(tryggve.teams.texts("answers-429")) == 1, within=15)
    await until_kept(tryggve, "tryggve_sent_total", 2)

    _, values = await scrape(tryggve)
    assert values["tryggve_throttled_total"] == 1
    assert values["tryggve_uncertain"] == 1
    blocked = 'tryggve_ended_badly{outcome="blocked",reason="forbidden"}'
    assert values[blocked] == 1
    assert values['tryggve_ended_badly{outcome="uncertain",reason="http_500"}'] == 1


QUESTIONS = {
    "hur ofta ska vi uppdatera lägesbilden?": "answered",
    "hur lagar jag pannkakor": "unknown",
    "vad gör vi med Kalle Karlsson som är misstänkt för stöld": "private",
}


async def asked(tryggve: Town) -> dict[str, float]:
    """How many questions /metrics tells of, by what became of them."""
    await tryggve.tryggve.background.do("tallies")
    _, values = await scrape(tryggve)
    found = (re.fullmatch(r'tryggve_questions_total\{outcome="(\w+)"\}', one) for one in values)
    return {one[1]: values[one[0]] for one in found if one}


async def test_questions_are_counted_by_what_became_of_them(tryggve: Town, anna: Person) -> None:
    assert await asked(tryggve) == {"answered": 0, "choices": 0, "unknown": 0, "private": 0}
    for question in (*QUESTIONS, unsure(), "hur ofta ska vi uppdatera lägesbilden?"):
        await anna.says(question)
    await anna.says("utbildningar")  # a command is no question

    assert await asked(tryggve) == {"answered": 2, "choices": 1, "unknown": 1, "private": 1}


async def test_a_question_is_counted_once_however_it_is_asked(tryggve: Town, anna: Person) -> None:
    await anna.says(unsure())
    await anna.says("1")  # the chosen one is no question of its own
    await anna.says(unsure())
    await anna.says("hur lagar jag pannkakor")  # first tried as an answer to "Menade du …?"
    await anna.says("hur ofta ska vi uppdatera lägesbilden?")
    again = anna.activity({"type": "message", "text": "vad betyder SIG?"}, id="same")
    for _ in range(2):
        await tryggve.post(again)

    assert await asked(tryggve) == {"answered": 2, "choices": 2, "unknown": 1, "private": 0}


async def test_turns_are_counted_by_kind_and_outcome(tryggve: Town, anna: Person) -> None:
    await anna.says("hur ofta ska vi uppdatera lägesbilden?")
    await anna.says("utbildningar")
    await anna.says("jag skulle vilja veta vilka kurser som finns")
    await tryggve.tryggve.background.do("tallies")
    _, values = await scrape(tryggve)

    assert values['tryggve_turns_total{kind="message",outcome="answered"}'] == 3
    assert values['tryggve_turn_seconds_bucket{le="+Inf"}'] >= 3
    assert values['tryggve_heard_total{way="question"}'] == 1
    assert values['tryggve_heard_total{way="command"}'] == 1
    assert values['tryggve_heard_total{way="wish"}'] == 1
    assert values['tryggve_requests_total{outcome="accepted"}'] >= 3


async def test_a_turn_that_fails_is_counted_as_failed(
    tryggve: Town, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tryggve.tryggve.engine.conversations, "turn", broken)
    await anna.says("hej")
    await tryggve.tryggve.background.do("tallies")
    _, values = await scrape(tryggve)

    assert values['tryggve_turns_total{kind="message",outcome="failed"}'] == 1


async def test_what_the_database_and_the_loop_cost_is_told(tryggve: Town, anna: Person) -> None:
    await anna.says("hej")
    tryggve.tryggve.watch.pulse.hand_over()
    await tryggve.tryggve.background.do("tallies")
    _, values = await scrape(tryggve)

    assert values['tryggve_database_seconds_bucket{kind="write",le="+Inf"}'] > 0
    assert values['tryggve_database_wait_seconds_bucket{le="+Inf"}'] > 0
    assert values['tryggve_loop_lag_seconds_bucket{le="+Inf"}'] > 0
    assert values["tryggve_tenants"] == len(tryggve.tryggve.settings.tenants)


@pytest.mark.both_databases
async def test_what_was_counted_last_is_written_down_when_the_process_stops(
    database_url: str,
) -> None:
    async with town(database_url) as tryggve:
        await tryggve.person("Anna Alm").says("hej")

    database = Database(database_url)
    async with database.read() as tx:
        counted = {name.partition(":")[0] for name in await totals(tx)}
    await database.close()
    assert {"loop_lag_seconds", "database_seconds", "turns"} <= counted


async def test_who_blocks_the_loop_is_seen(sqlite_url: str) -> None:
    watch = WatchParts(Settings(demo=True), Database(sqlite_url), {})
    await watch.pulse.beat()
    await asyncio.sleep(0)
    time.sleep(1.6)  # noqa: ASYNC251 - as a slow piece of code would
    await watch.pulse.beat()
    watch.pulse.hand_over()

    late = {name for name, times in watch.counts._counts.items() if times}
    assert late & {f"loop_lag_seconds:{most}" for most in ("1", "2.5", "5", "10", "+Inf")}


async def test_questions_asked_before_a_restart_are_still_counted(database_url: str) -> None:
    for times in (1, 2):
        async with town(database_url) as tryggve:
            question = {"type": "message", "text": "hur ofta ska vi uppdatera lägesbilden?"}
            await tryggve.person("Anna Alm").act(question, id=f"question-{times}")
            assert (await asked(tryggve))["answered"] == times


async def test_totals_keep_growing_when_old_minutes_are_put_together(tryggve: Town) -> None:
    database = tryggve.tryggve.database
    async with database.write() as tx:
        for minute, times in ((0, 5), (100, 7), (101, 11)):
            row = tallies.insert().values(name="sent", minute=minute, times=times)
            await tx.execute(row)
        await fold(tx, database)
        await fold(tx, database)
    async with database.read() as tx:
        rows = (await tx.execute(tallies.select())).all()

    assert [tuple(row) for row in rows] == [("sent", 0, 23)]


async def test_with_a_token_only_who_has_it_may_see(sqlite_url: str) -> None:
    async with town(sqlite_url, metrics_token="made-up-token") as tryggve:
        assert (await scrape(tryggve, Authorization="Bearer made-up-token"))[0] == 200
        assert (await scrape(tryggve))[0] == 404
        for wrong in ("Bearer made-up-toke", "Bearer fel å", "made-up-token", "Bearer "):
            assert (await scrape(tryggve, Authorization=wrong))[0] == 404


async def test_behind_a_proxy_nobody_sees_without_a_token(sqlite_url: str) -> None:
    """The proxy is on this machine: what comes through it looks as if it came from here."""
    async with town(sqlite_url, public_url="https://tryggve.example") as tryggve:
        assert (await scrape(tryggve))[0] == 404


@pytest.mark.both_databases
async def test_what_waits_for_a_poisoned_address_fails_in_sight_and_goes_nowhere(
    tryggve: Town, anna: Person
) -> None:
    """However it came into the database: the bot's token must not leave for another host."""
    await anna.installs()
    evil = "https://smba.trafficmanager.net.evil.example/emea/"
    database = tryggve.tryggve.database
    async with database.write() as tx:
        await tx.execute(update(people_table).values(service_url=evil))
    known = await tryggve.tryggve.directory.find_person(TENANT, anna.object_id)
    assert known is not None
    requests = len(tryggve.teams.requests)
    async with database.write() as tx:
        await outbox.enqueue_notice(tx, database, known, Message("Hej!"), "poisoned")
    tryggve.tryggve.bell.ring()

    figure = 'tryggve_ended_badly{outcome="failed",reason="host_refused"}'
    async with asyncio.timeout(10):
        while (await scrape(tryggve))[1].get(figure) != 1:  # noqa: ASYNC110 - another task's doing
            await asyncio.sleep(0.05)
    assert len(tryggve.teams.requests) == requests


async def enqueue_to(tryggve: Town, conversation: str) -> None:
    """A message to a channel of our own fake Teams."""
    address = Address(TENANT, tryggve.teams.url, conversation)
    here = Target(f"channel:{conversation}", conversation, address, False)
    database = tryggve.tryggve.database
    async with database.write() as tx:
        await outbox.enqueue(
            tx, database, group_key=conversation, message=Message("Hej!"), targets=[here]
        )


async def until_kept(tryggve: Town, name: str, value: float) -> None:
    async with asyncio.timeout(10):
        while (await scrape(tryggve))[1][name] != value:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.1)
