"""Whom an announcement is meant for, who of them gets it, and who is left out and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, column, insert, select, table

from knowledge.announcements import reach
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.reach import LeftOut, Missed
from knowledge.announcements.refusals import DraftIncomplete, NotACoordinator, OutsideCounty
from knowledge.announcements.repository import find
from knowledge.directory.models import NATIONAL, Person, Position
from knowledge.premises import Premises
from knowledge.recipients.service import RecipientService
from knowledge.storage import schema
from knowledge.storage.database import Database, Moment
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.service import TrainingService
from tests.support.office import (
    DRAFT,
    GOTEBORG,
    HALLAND,
    KUNGSBACKA,
    MOLNDAL,
    VASTRA_GOTALAND,
    Office,
)
from tests.support.wordings import PlainTrainings

OLD = {
    **dict.fromkeys(("author_tenant_id", "author_object_id", "author_name"), "kerstin"),
    **dict.fromkeys(("heading", "text", "link", "link_title"), "Ny lägesbild"),
    **{"status": "sent", "version": 1, "created_at": datetime(2026, 11, 22, tzinfo=UTC)},
    **{"to_channels": True, "to_people": True},
}
"""A row as it was written before this version."""

PEOPLE = Audience(municipalities=(GOTEBORG, MOLNDAL), to_channels=False, to_people=True)


async def training_in(database: Database, county: str, *signed_up: Person, seats: int = 1) -> int:
    """A training with a waiting list behind its seats."""

    trainings = TrainingService(Premises(database), PlainTrainings())
    starts_at = datetime.now(UTC) + timedelta(days=60)
    id_ = await trainings.add(
        Training(0, "Lägesbild", county, (), "Borås", starts_at, starts_at, seats, 0, "",
                 TrainingStatus.OPEN, 0)
    )  # fmt: skip
    for person in signed_up:
        await trainings.sign_up(person, id_)
    return id_


async def reached(office: Office, audience: Audience) -> set[str]:
    async with office.database.read() as tx:
        targets = await reach.list_targets(tx, audience, office.directory.places)
    return {target.name for target in targets}


def test_an_audience_is_kept_as_it_was_chosen() -> None:
    audience = Audience(
        counties=("07",),
        municipalities=(GOTEBORG,),
        themes=("lagesbild", "unga"),
        positions=(Position.POLICE,),
        training=3,
        training_part=TrainingPart.WAITING,
        to_channels=False,
        to_people=True,
    )
    assert Audience.from_json(audience.to_json()) == audience
    assert Audience.from_json("{}") == Audience()


def test_a_municipality_beside_its_own_county_is_no_choice() -> None:
    audience = Audience(counties=("14", "14"), municipalities=(GOTEBORG, KUNGSBACKA, KUNGSBACKA))
    assert audience.tidy() == Audience(counties=("14",), municipalities=(KUNGSBACKA,))


async def test_places_and_themes_and_positions_each_narrow(
    office: Office, recipients: RecipientService
) -> None:
    for name, at, themes, position in (
        ("anna", GOTEBORG, ["lagesbild"], Position.POLICE),
        ("bo", MOLNDAL, ["unga", "pengar"], Position.MANAGER),
        ("cia", GOTEBORG, [], Position.POLICE),
        ("dan", KUNGSBACKA, ["lagesbild"], Position.POLICE),
    ):
        person = await office.employs(name, at=at)
        await recipients.follow(person, themes)
        await recipients.take_position(person, position)
    themes, positions = ("lagesbild", "unga"), (Position.POLICE, Position.OTHER)
    for audience, names in (
        (PEOPLE, {"anna", "bo", "cia"}),
        (replace(PEOPLE, themes=themes), {"anna", "bo"}),
        (replace(PEOPLE, positions=positions), {"anna", "cia"}),
        (replace(PEOPLE, themes=themes, positions=positions), {"anna"}),
        (replace(PEOPLE, themes=("platser",)), set()),
    ):
        assert await reached(office, audience) == names


async def test_participants_and_the_waiting_list_are_different_people(office: Office) -> None:
    anna, bo = [await office.employs(name, at=GOTEBORG) for name in ("anna", "bo")]
    await office.employs("cia", at=GOTEBORG)
    training = await training_in(office.database, VASTRA_GOTALAND, anna, bo)
    participants = replace(PEOPLE, training=training)
    assert await reached(office, participants) == {"anna"}
    waiting = replace(participants, training_part=TrainingPart.WAITING)
    assert await reached(office, waiting) == {"bo"}


async def test_who_signed_up_from_somewhere_else_is_told_of(
    office: Office, kerstin: Person
) -> None:
    signed_up = [
        await office.employs("anna", at=GOTEBORG),
        await office.employs("dan", at=KUNGSBACKA),
        await office.employs("eva"),  # has not said where she works
    ]
    training = await training_in(office.database, VASTRA_GOTALAND, *signed_up, seats=3)
    audience = replace(PEOPLE, municipalities=(GOTEBORG,), training=training)
    draft = await office.saves(kerstin, replace(DRAFT, audience=audience))
    told = await office.announcements.reach(kerstin, draft.id)
    assert (told.people, told.left_out) == (1, {LeftOut.ELSEWHERE: Missed(2, ())})


async def test_participants_are_meant_wherever_they_work(office: Office, kerstin: Person) -> None:
    anna, dan = (
        await office.employs("anna", at=GOTEBORG),
        await office.employs("dan", at=KUNGSBACKA),
    )
    eva = await office.employs("eva")  # has not said where she works
    training = await training_in(office.database, VASTRA_GOTALAND, anna, dan, eva, seats=3)
    everybody = replace(PEOPLE, counties=(VASTRA_GOTALAND,), municipalities=(), training=training)
    assert await reached(office, everybody) == {"anna", "dan", "eva"}
    draft = await office.saves(kerstin, replace(DRAFT, audience=everybody))
    told = await office.announcements.reach(kerstin, draft.id)
    assert (told.people, told.municipalities) == (3, 2)
    assert LeftOut.ELSEWHERE not in told.left_out


async def test_channels_are_meant_by_place_alone(office: Office) -> None:
    await office.has_channel("Utskick")
    narrow = replace(PEOPLE, to_channels=True, themes=("unga",), positions=(Position.POLICE,))
    assert await reached(office, narrow) == {"Trygghetsgruppen / Utskick"}
    assert await reached(office, replace(narrow, municipalities=(MOLNDAL,))) == set()


async def test_the_dry_run_tells_everybody_who_is_left_out_and_why(
    office: Office, recipients: RecipientService, kerstin: Person
) -> None:
    directory = office.directory
    for name in ("anna", "muted", "weekly", "gone", "shut"):
        person = await office.employs(name, at=GOTEBORG)
        if name == "muted":
            await recipients.mute(person)
        if name == "weekly":
            await recipients.gather(person)
    await directory.mark_installed("tenant-gbg", "chat-gone", False)
    await directory.mark_blocked("tenant-gbg", "chat-shut")
    await office.has_channel("Utskick")
    await office.channels.leave("tenant-gbg", "team-Utskick", datetime.now(UTC))
    await recipients.mute(await office.employs("bo", at=MOLNDAL))
    audience = Audience(counties=(VASTRA_GOTALAND,), to_people=True)
    draft = await office.saves(kerstin, replace(DRAFT, audience=audience))

    told = await office.announcements.reach(kerstin, draft.id)
    assert (told.channels, told.people, told.weekly, told.municipalities) == (0, 1, 1, 1)
    assert told.left_out[LeftOut.NOT_INSTALLED] == Missed(2, (GOTEBORG,))
    assert told.left_out[LeftOut.MUTED] == Missed(2, (GOTEBORG, MOLNDAL))
    assert told.left_out[LeftOut.BLOCKED] == Missed(1, (GOTEBORG,))
    assert told.left_out[LeftOut.WITHOUT].count == 47
    assert LeftOut.NOBODY_FITS not in told.left_out


async def test_a_municipality_with_tryggve_but_nobody_who_fits_is_told_apart(
    office: Office, kerstin: Person
) -> None:
    await office.employs("anna", at=GOTEBORG)
    narrow = replace(PEOPLE, themes=("unga",))
    draft = await office.saves(kerstin, replace(DRAFT, audience=narrow))
    told = await office.announcements.reach(kerstin, draft.id)
    assert told.total == 0
    assert told.left_out == {
        LeftOut.WITHOUT: Missed(1, (MOLNDAL,)),
        LeftOut.NOBODY_FITS: Missed(1, (GOTEBORG,)),
    }


async def test_who_was_shut_out_is_back_with_the_next_message(office: Office) -> None:
    anna = await office.employs("anna", at=GOTEBORG)
    await office.directory.mark_blocked("tenant-gbg", "chat-anna")
    assert await reached(office, PEOPLE) == set()
    known = await office.directory.find_person(anna.tenant_id, anna.object_id)
    assert known
    assert (known.blocked, known.installed) == (True, False)
    again = await office.employs("anna")
    assert (again.blocked, again.installed) == (False, True)
    assert await reached(office, PEOPLE) == {"anna"}


async def test_several_counties_need_the_role_in_each(office: Office, kerstin: Person) -> None:
    both = replace(DRAFT, audience=Audience(counties=(VASTRA_GOTALAND, HALLAND)))
    with pytest.raises(OutsideCounty) as refused:
        await office.saves(kerstin, both)
    assert refused.value.codes == (HALLAND,)
    await office.directory.grant(kerstin.tenant_id, kerstin.object_id, HALLAND)
    assert (await office.saves(kerstin, both)).draft == both


async def test_a_county_taken_away_between_preview_and_tap_stops_the_sending(
    office: Office, kerstin: Person
) -> None:
    await office.directory.grant(kerstin.tenant_id, kerstin.object_id, HALLAND)
    await office.employs("anna", at=GOTEBORG)
    audience = Audience(counties=(VASTRA_GOTALAND, HALLAND), to_people=True)
    draft = await office.saves(kerstin, replace(DRAFT, audience=audience))
    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, HALLAND)
    with pytest.raises(OutsideCounty):
        await office.sends(kerstin, draft)


@pytest.mark.parametrize(("county", "refusal"), [(HALLAND, OutsideCounty), ("", DraftIncomplete)])
async def test_a_training_is_the_authors_own(
    office: Office, kerstin: Person, county: str, refusal: type[Exception]
) -> None:
    training = await training_in(office.database, county) if county else 4711
    with pytest.raises(refusal):
        await office.saves(kerstin, replace(DRAFT, audience=replace(PEOPLE, training=training)))


async def test_a_national_coordinator_reaches_every_county(office: Office) -> None:
    nils = await office.employs("nils", coordinates=NATIONAL)
    await office.employs("anna", at=GOTEBORG)
    await office.employs("dan", at=KUNGSBACKA)
    for county in (NATIONAL, HALLAND):
        audience = Audience(counties=(NATIONAL,), to_people=True)
        draft = await office.saves(nils, replace(DRAFT, county=county, audience=audience))
        told = await office.announcements.reach(nils, draft.id)
        assert (told.people, told.left_out[LeftOut.WITHOUT].count) == (2, 288)


async def test_nobody_but_the_nation_speaks_for_the_nation(office: Office, kerstin: Person) -> None:
    with pytest.raises(NotACoordinator):
        await office.saves(kerstin, replace(DRAFT, county=NATIONAL))
    with pytest.raises(OutsideCounty):
        await office.saves(kerstin, replace(DRAFT, audience=Audience(counties=(NATIONAL,))))


async def test_an_announcement_from_before_keeps_its_audience(office: Office) -> None:
    """The migration, forwards and back."""
    rows = [
        {**OLD, "id": 1, "county": "14", "municipalities": "1480 1481", "to_people": False},
        {**OLD, "id": 2, "county": "07", "municipalities": "", "to_channels": False},
    ]
    names = [name for name in rows[0] if name != "created_at"]
    before = table("announcements", column("created_at", Moment), *map(column, names))
    async with office.database.write() as tx:
        await tx.run_sync(_alembic(command.downgrade, "0004"))
        await tx.execute(insert(before), rows)
        await tx.run_sync(_alembic(command.upgrade, "head"))
        kept = [await find(tx, id_) for id_ in (1, 2)]
        await tx.run_sync(_alembic(command.downgrade, "0004"))
        query = select(before.c.municipalities, before.c.to_channels, before.c.to_people)
        back = [
            (codes, bool(one), bool(two))
            for codes, one, two in await tx.execute(query.order_by(before.c.id))
        ]
        await tx.run_sync(_alembic(command.upgrade, "head"))

    assert [one.draft.audience for one in kept if one] == [
        Audience(municipalities=(GOTEBORG, MOLNDAL)),
        Audience(counties=("07",), to_channels=False, to_people=True),
    ]
    assert back == [("1480 1481", True, False), ("", False, True)]


def _alembic(move: Callable[[Config, str], None], revision: str) -> Callable[[Connection], None]:
    def run(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(schema.FOLDER))
        config.attributes["connection"] = connection
        move(config, revision)

    return run
