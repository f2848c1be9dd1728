"""What is past its time goes: by kind, in small steps, with figures kept and holds heeded."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select, update
from structlog.testing import capture_logs

from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import Status, deliveries, messages
from knowledge.delivery.tallies import Counts
from knowledge.directory.models import GONE, Met, people
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.questions.models import WhyOpen
from knowledge.questions.service import QuestionService
from knowledge.retention import due, holds, purge
from knowledge.retention.models import kept_counts, purges
from knowledge.retention.periods import Kind, Periods
from knowledge.retention.purge import RetentionService
from knowledge.retention.subject import Subject
from knowledge.storage.conversations import conversations
from knowledge.storage.database import Database
from knowledge.trainings.history import training_history
from knowledge.trainings.models import signups
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING
from tests.support.wordings import PlainTrainings

NOW = datetime.now(UTC)
DECIDED = Periods({}, "KS 2026/12")


def later(database: Database, days: int, periods: Periods = DECIDED) -> RetentionService:
    """The purging, so many days from now."""
    return RetentionService(database, periods, lambda: NOW + timedelta(days=days))


async def person(database: Database, name: str, municipality: str = "0780") -> Any:
    directory = DirectoryService(database)
    met = await directory.meet(
        Met("tenant-1", f"id-{name}", f"29:{name}", name, f"a:{name}", "https://teams", at=NOW)
    )
    await directory.choose_municipality(met, municipality)
    return await directory.find_person("tenant-1", f"id-{name}")


async def amount(database: Database, table: Table) -> int:
    async with database.read() as tx:
        return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


async def names(database: Database) -> list[str]:
    """Of everybody who is known."""
    async with database.read() as tx:
        known = select(people.c.name).where(people.c.tenant_id != GONE).order_by(people.c.id)
        return [*(await tx.execute(known)).scalars()]


async def sign_up(database: Database, *names: str) -> int:
    """A training tomorrow with these people."""
    trainings = TrainingService(Premises(database), PlainTrainings())
    id_ = await trainings.add(TRAINING)
    for name in names:
        await trainings.sign_up(await person(database, name), id_)
    return id_


async def test_sign_ups_go_two_years_after_the_training_and_their_number_stays(
    database: Database,
) -> None:
    training = await sign_up(database, "Anna Alm", "Bo Berg")
    await later(database, 700).purge()
    assert await amount(database, signups) == 2
    gone = await later(database, 2_000).purge()

    assert gone[Kind.SIGNUPS] >= 2
    assert await amount(database, signups) == 0
    async with database.read() as tx:
        kept = (await tx.execute(select(kept_counts))).mappings().one()
        acts = (await tx.execute(select(training_history))).mappings().all()
    assert (kept["about"], kept["municipality"]) == (f"training:{training}", "0780")
    assert (kept["status"], kept["times"]) == ("confirmed", 2)
    assert [act["by_person_id"] for act in acts if act["by_person_id"]] == []


async def test_without_a_decision_what_is_an_act_stays(database: Database) -> None:
    await sign_up(database, "Anna Alm")
    waiting = later(database, 2_000, Periods({}))
    with capture_logs() as lines:
        for _ in range(2):
            await waiting.purge()
    assert [one["event"] for one in lines if one["log_level"] == "warning"] == [
        "purging_waits_for_a_decision"  # once in the life of a process
    ]

    assert await amount(database, signups) == 1
    standing = {one.kind: one for one in await waiting.look_ahead()}
    assert standing[Kind.SIGNUPS].waits
    assert standing[Kind.SIGNUPS].over >= 1


@pytest.mark.parametrize("kind", ["reports", "enquiries", "receipts", "signups", "announcements"])
def test_acts_wait_for_a_decision_and_work_does_not(kind: str) -> None:
    """As the archive's decision is asked for in the papers."""
    assert Periods({}).waits(Kind(kind))
    assert not DECIDED.waits(Kind(kind))
    assert not Periods({}).waits(Kind.CONVERSATIONS)


async def test_a_period_of_ones_own_counts(database: Database) -> None:
    await sign_up(database, "Anna Alm")
    await later(database, 2_000, Periods({"signups": 10_000}, "KS 1")).purge()

    assert await amount(database, signups) == 1


async def test_looking_ahead_changes_nothing_and_tells_what_will_go(database: Database) -> None:
    await sign_up(database, "Anna Alm")
    service = later(database, 2_000)
    before = {one.kind: one.over for one in await service.look_ahead()}
    gone = await service.purge()

    assert before[Kind.SIGNUPS] >= gone[Kind.SIGNUPS] >= 1
    assert {one.kind: one.over for one in await service.look_ahead()} == dict.fromkeys(Kind, 0)


async def test_whose_data_is_held_keeps_it(database: Database) -> None:
    await sign_up(database, "Anna Alm", "Bo Berg")
    async with database.write() as tx:
        await holds.hold(tx, "tenant-1", "id-Anna Alm", "Tillsyn", NOW)
    await later(database, 2_000).purge()
    async with database.read() as tx:
        left = (await tx.execute(select(people.c.name).join(signups))).scalars().all()
    assert left == ["Anna Alm"]

    async with database.write() as tx:
        assert await holds.release(tx, "tenant-1", "id-Anna Alm", NOW)
    await later(database, 2_000).purge()
    assert await amount(database, signups) == 0


async def test_who_has_not_been_here_for_two_years_is_erased(database: Database) -> None:
    await person(database, "Anna Alm")
    await later(database, 700).purge()
    assert await names(database) == ["Anna Alm"]
    await later(database, 731).purge()

    assert await names(database) == []
    assert await amount(database, people) <= 1  # the latest number is not given to another


async def test_who_writes_while_the_inactive_are_erased_stays(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the list of who is to be erased and the erasing, people come back."""
    await person(database, "Anna Alm")
    await person(database, "Bo Berg")
    list_due = due.list_due

    async def and_anna_is_back(tx: Any, *how: Any, **more: Any) -> list[Subject]:
        found = await list_due(tx, *how, **more)
        if len(found) == 2:
            async with database.write() as writing:
                anna = update(people).where(people.c.name == "Anna Alm")
                await writing.execute(anna.values(seen_at=NOW + timedelta(days=731)))
        return found

    monkeypatch.setattr(due, "list_due", and_anna_is_back)
    await later(database, 731).purge()

    assert await names(database) == ["Anna Alm"]


async def test_a_coordinator_and_who_is_signed_up_are_not_inactive(database: Database) -> None:
    await person(database, "Kerstin Karlsson")
    await DirectoryService(database).grant("tenant-1", "id-Kerstin Karlsson", "07")
    await later(database, 1_000).purge()

    assert await amount(database, people) == 1


async def test_notices_go_with_what_they_said(database: Database) -> None:
    anna = await person(database, "Anna Alm")
    async with database.write() as tx:
        await outbox.enqueue_notice(tx, database, anna, Message(text="Hej Anna"), "one")
    await later(database, 100).purge()
    assert await amount(database, deliveries) == 1, "it has not left yet"
    async with database.write() as tx:
        await tx.execute(update(deliveries).values(status=Status.SENT.value))
    await later(database, 100).purge()

    assert await amount(database, deliveries) == 0
    assert await amount(database, messages) == 0


async def test_who_got_an_announcement_is_only_counted_after_a_year(database: Database) -> None:
    anna = await person(database, "Anna Alm")
    async with database.write() as tx:
        target = outbox.to_person(anna)
        text = Message(text="Nytt")
        await outbox.enqueue(
            tx, database, group_key="announcement:1", message=text, targets=[target]
        )
        await tx.execute(update(deliveries).values(status=Status.SENT.value))
    await later(database, 400).purge()

    async with database.read() as tx:
        row = (await tx.execute(select(deliveries))).mappings().one()
    assert (row["municipality"], row["status"], row["is_person"]) == ("0780", "sent", True)
    assert (row["target_name"], row["conversation_id"], row["target"]) == ("", "", "person:0")


async def test_what_nobody_has_asked_for_a_year_is_forgotten(database: Database) -> None:
    questions = QuestionService(database, Counts(database))
    await questions.leave_open("vad kostar en drönare", WhyOpen.UNANSWERED, "07")
    await later(database, 360).purge()
    assert len(await questions.list_gaps()) == 1
    await later(database, 400).purge()

    assert await questions.list_gaps() == []


async def test_many_rows_go_in_small_steps(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "AT_ONCE", 10)
    rows = [
        {"key": f"t|a:{number}", "state": "{}", "seen": "[]", "version": 1, "lease_until": 0.0,
         "used_at": 1.0}
        for number in range(35)
    ]  # fmt: skip
    async with database.write() as tx:
        await tx.execute(insert(conversations), rows)
    gone = await later(database, 0).purge()

    assert gone[Kind.CONVERSATIONS] == 35
    assert await amount(database, conversations) == 0


async def test_what_went_is_in_the_protocol_with_its_decision(database: Database) -> None:
    await sign_up(database, "Anna Alm")
    await later(database, 2_000).purge()

    async with database.read() as tx:
        noted = (await tx.execute(select(purges))).mappings().all()
    assert {(row["kind"], row["decision"]) for row in noted} >= {("signups", "KS 2026/12")}
    assert all(row["amount"] > 0 for row in noted)
