"""Each kind goes when its time is over and not a day sooner; a name goes out of every free text."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, select, update

from knowledge.announcements.models import announcements, gathered
from knowledge.announcements.proposals import proposals
from knowledge.audit.models import audit, audit_people
from knowledge.delivery.models import deliveries
from knowledge.directory.models import people
from knowledge.enquiries.models import enquiries
from knowledge.follow_up.acknowledgements import acknowledgements
from knowledge.follow_up.shown import shown_cards
from knowledge.questions.models import open_questions
from knowledge.reports.models import reports
from knowledge.retention.erase import ErasureService
from knowledge.retention.models import erased_accounts, holds, kept_counts, purges
from knowledge.retention.periods import DAYS, NEEDS_DECISION, Kind, Periods
from knowledge.retention.register import register
from knowledge.storage.conversations import conversations
from knowledge.storage.database import Database
from knowledge.trainings.asking.models import signup_answers
from knowledge.trainings.attendance.models import attendance, wrong_codes
from knowledge.trainings.certificates.models import training_certificates
from knowledge.trainings.evaluations.models import (
    evaluation_answered,
    evaluation_answers,
    training_evaluations,
)
from knowledge.trainings.models import signups, trainings
from knowledge.trainings.participants.models import invitations
from tests.knowledge.retention.test_purge import DECIDED, NOW, later, names, person, sign_up
from tests.support.rows import make_row
from tests.support.traces import traces_in

Made = Mapping[str, Any]
AT, SECONDS = NOW, NOW.timestamp()
ENDED: dict[Table, dict[str, Any]] = {trainings: {"ends_at": AT}}
ASKED: dict[Table, dict[str, Any]] = {training_evaluations: {"sent_at": AT}}
SEEN: dict[str, Any] = {"used_at": SECONDS, "lease_owner": None}
SENT: dict[str, Any] = {"status": "sent", "created_at": SECONDS}
LEFT: dict[str, Any] = {"status": "sent", "sent_at": AT}
FAR: dict[str, Any] = {"answered_at": AT, "erase_at": AT + timedelta(days=30)}
"""The answers' own end, a month after the last meeting, is written down with them."""

GOES: list[tuple[Kind, Table, dict[str, Any], dict[Table, dict[str, Any]]]] = [
    (Kind.WORK, wrong_codes, {"at": AT}, {}),
    (Kind.CONVERSATIONS, conversations, SEEN, {}),
    (Kind.NOTICES, gathered, {"told_at": AT}, {}),
    (Kind.NOTICES, deliveries, {**SENT, "group_key": "notice:1"}, {}),
    (Kind.CARDS, shown_cards, {"shown_at": SECONDS}, {}),
    (Kind.EVALUATIONS, evaluation_answered, {}, ASKED),
    (Kind.EVALUATIONS, evaluation_answers, {"words": "Bra!"}, ASKED),
    (Kind.ERASED, erased_accounts, {"at": AT}, {}),
    (Kind.DRAFTS, announcements, {"status": "draft", "heading": "Utkast", "created_at": AT}, {}),
    (Kind.QUESTIONS, open_questions, {"asked_at": AT}, {}),
    (Kind.REPORTS, reports, {"created_at": AT, "note": "Fel", "act": "purged:1"}, {}),
    (Kind.ENQUIRIES, enquiries, {"asked_at": AT}, {}),
    (Kind.RECEIPTS, acknowledgements, {"at": AT}, {}),
    (Kind.RECEIPTS, deliveries, {**SENT, "group_key": "announcement:1", "is_person": True}, {}),
    (Kind.SIGNUPS, signups, {"status": "confirmed"}, ENDED),
    (Kind.SIGNUPS, attendance, {}, ENDED),
    (Kind.SIGNUPS, training_certificates, {}, ENDED),
    (Kind.SIGNUPS, invitations, {}, ENDED),
    (Kind.SIGNUPS, evaluation_answers, {"words": ""}, ENDED),
    (Kind.ANNOUNCEMENTS, announcements, LEFT, {}),
    (Kind.ANNOUNCEMENTS, proposals, {"status": "approved", "asked_at": AT}, {}),
    (Kind.PROTOCOL, holds, {"released_at": AT}, {}),
]
IDS = [f"{kind.value}-{table.name}" for kind, table, _, _ in GOES]


async def has_happened(
    database: Database, table: Table, given: Made, behind: Mapping[Table, Made]
) -> str:
    """A row of the table, and what it is counted from. Returns how everything looks then."""
    async with database.write() as tx:
        beyond: dict[str, Any] = {}
        for parent, values in behind.items():
            training = await make_row(tx, trainings, **(values if parent is trainings else {}))
            beyond = {"training_id": training["id"]}
            if parent is not trainings:
                await make_row(tx, parent, **values, **beyond)
        await make_row(tx, table, **{**given, **beyond})
    return await seen(database, table)


async def seen(database: Database, table: Table) -> str:
    """The columns of a table that say anything of anybody."""
    entry = register()[table.name]
    columns = [table.c[one] for one in sorted({*entry.about_people, *entry.public})]
    async with database.read() as tx:
        return str([tuple(row) for row in await tx.execute(select(*columns))])


def test_every_kind_with_a_period_is_tried() -> None:
    elsewhere = {Kind.ANSWERS, Kind.PEOPLE, Kind.AUDIT, Kind.ROLES}

    assert {kind for kind, *_ in GOES} | elsewhere == {*Kind}


@pytest.mark.parametrize(("kind", "table", "given", "behind"), GOES, ids=IDS)
async def test_each_kind_goes_after_its_days_and_not_before(
    database: Database,
    kind: Kind,
    table: Table,
    given: dict[str, Any],
    behind: dict[Table, dict[str, Any]],
) -> None:
    days = DAYS[kind]
    assert days
    before = await has_happened(database, table, given, behind)
    await later(database, days - 1).purge()
    assert await seen(database, table) == before

    if kind in NEEDS_DECISION:
        await later(database, days + 2, Periods({})).purge()
        assert await seen(database, table) == before
    await later(database, days + 2).purge()
    assert await seen(database, table) != before


@pytest.mark.parametrize("kind", sorted(NEEDS_DECISION))
def test_what_waits_for_a_decision_does_not_wait_when_there_is_one(kind: Kind) -> None:
    assert Periods({}).waits(kind)
    assert not DECIDED.waits(kind)


async def test_answers_go_a_month_after_the_last_meeting(database: Database) -> None:
    async with database.write() as tx:
        place = await make_row(tx, signups, status="confirmed")
        ours = {name: place[name] for name in ("training_id", "person_id")}
        await make_row(tx, signup_answers, answers='{"Mat": "vegetariskt"}', **FAR, **ours)
    await later(database, 29).purge()
    assert await traces_in(database, "vegetariskt") == {"signup_answers.answers"}
    await later(database, 31).purge()
    assert await traces_in(database, "vegetariskt") == set()


async def test_who_did_what_leads_to_somebody_for_two_years(database: Database) -> None:
    async with database.write() as tx:
        kerstin = await make_row(tx, audit_people, tenant_id="t", object_id="kerstins-konto")
        await make_row(tx, audit, at=AT, by_number=kerstin["id"], kind="role_grant")
    await later(database, 729).purge()
    assert await traces_in(database, "kerstins-konto") == {"audit_people.object_id"}
    await later(database, 732).purge()
    assert await traces_in(database, "kerstins-konto") == set()


async def test_the_protocol_has_no_column_for_what_went() -> None:
    assert set(purges.c.keys()) == {"id", "at", "kind", "amount", "decision"}


FREE = [(entry.table, column) for entry in register().values() for column in sorted(entry.text)]


@pytest.mark.parametrize(("table", "column"), FREE, ids=[f"{t.name}.{c}" for t, c in FREE])
async def test_a_name_goes_out_of_what_others_wrote(
    database: Database, table: Table, column: str
) -> None:
    """Whose text it is does not matter, nor which: all of those that the page calls free."""
    await person(database, "Anna Alm")
    said = '{"a": "Hälsa Anna Alm att vi ses."}'
    async with database.write() as tx:
        await make_row(tx, table, **{column: said})
    assert f"{table.name}.{column}" in await traces_in(database, "Anna Alm")

    await ErasureService(database, lambda: NOW).erase("tenant-1", "id-Anna Alm")
    assert await traces_in(database, "Anna Alm") == set()
    assert await traces_in(database, "att vi ses") == {f"{table.name}.{column}"}


async def test_who_is_not_known_is_in_no_texts_taken_out(database: Database) -> None:
    """Nobody can be erased whom nobody knows: what is written of them is put right by hand."""
    async with database.write() as tx:
        await make_row(tx, reports, note="Hälsa Kalle Kula att vi ses.")
    await ErasureService(database, lambda: NOW).erase("tenant-1", "id-Kalle Kula")

    assert await traces_in(database, "Kalle Kula") == {"reports.note"}


async def test_people_go_when_nothing_goes_on(database: Database) -> None:
    """Whoever has a place in a training to come stays, however long it is since the last word."""
    await person(database, "Anna Alm")
    bo = await person(database, "Bo Berg")
    async with database.write() as tx:
        to_come = await make_row(tx, trainings, ends_at=AT + timedelta(days=900))
        await make_row(tx, signups, status="confirmed", person_id=bo.id, training_id=to_come["id"])
        await tx.execute(update(people).values(seen_at=AT))
    await later(database, 731).purge()

    assert await names(database) == ["Bo Berg"]


async def test_a_count_of_one_is_kept_as_one(database: Database) -> None:
    await sign_up(database, "Anna Alm")
    await later(database, 2_000).purge()
    async with database.read() as tx:
        kept = (await tx.execute(select(kept_counts))).mappings().one()

    assert kept["times"] == 1
    assert await traces_in(database, "Anna Alm") == set()


async def test_answers_of_who_has_no_place_go_after_a_day(database: Database) -> None:
    """They were written in a form that became no sign-up."""
    async with database.write() as tx:
        await make_row(tx, signup_answers, answers='{"Mat": "vegetariskt"}', **FAR)
    await later(database, 0).purge()
    assert await traces_in(database, "vegetariskt") == {"signup_answers.answers"}
    await later(database, 2).purge()

    assert await traces_in(database, "vegetariskt") == set()
