"""Two municipalities in different counties, with people, announcements and sign-ups in each.

Whatever belongs to one of them carries its mark, so that a leak can be seen in anything that is
said or kept: `MARKS[tenant]`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete

from bot.app import Tryggve
from bot.settings import Settings
from knowledge.announcements import proposals
from knowledge.announcements.audience import Audience
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import Draft
from knowledge.announcements.refusals import NobodyToReach
from knowledge.announcements.words import Words
from knowledge.audit.models import audit
from knowledge.channels.models import Seen
from knowledge.directory.models import Met, Person, Position
from knowledge.enquiries.service import NothingToAskAbout
from knowledge.questions.models import WhyOpen
from knowledge.storage.database import Database, metadata
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.planning.models import Plan
from tests.support.town import library

A, B = "tenant-a", "tenant-b"
COUNTIES = {A: "14", B: "07"}
MUNICIPALITIES = {A: ("1480", "1481"), B: ("0780", "0764")}
MARKS = {A: "alfahemligt", B: "betahemligt"}
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
MONDAY = NOW + timedelta(days=1)
CARD: dict[str, Any] = {"type": "AdaptiveCard", "version": "1.5", "body": []}


@dataclass(frozen=True)
class Someone:
    """What a person of either tenant is like."""

    municipality: int
    theme: str
    position: Position
    muted: bool
    weekly: bool
    coordinates: bool
    signs_up: bool
    asks: bool


@dataclass(frozen=True)
class Sent:
    """An announcement of either tenant, to the whole county or narrowed."""

    narrow: bool
    to_people: bool
    to_channels: bool
    stays_a_draft: bool


@dataclass
class World:
    """The installation with everything in it. Ids by the tenant they belong to."""

    tryggve: Tryggve
    people: dict[str, list[Person]] = field(default_factory=lambda: {A: [], B: []})
    announcements: dict[str, list[int]] = field(default_factory=lambda: {A: [], B: []})
    trainings: dict[str, list[int]] = field(default_factory=lambda: {A: [], B: []})
    enquiries: dict[str, list[int]] = field(default_factory=lambda: {A: [], B: []})
    proposals: dict[str, list[int]] = field(default_factory=lambda: {A: [], B: []})
    templates: dict[str, list[int]] = field(default_factory=lambda: {A: [], B: []})
    teams: dict[str, list[int]] = field(default_factory=lambda: {A: [], B: []})
    drafts: dict[str, list[int]] = field(default_factory=lambda: {A: [], B: []})
    invitations: dict[str, list[int]] = field(default_factory=lambda: {A: [], B: []})


@asynccontextmanager
async def installation(database_url: str) -> AsyncIterator[Tryggve]:
    """All services as they are in the product, and no web."""
    places = {tenant: codes[0] for tenant, codes in MUNICIPALITIES.items()}
    settings = Settings(demo=True, database_url=database_url, tenants=places)
    tryggve = Tryggve(settings, library=library(), now=lambda: NOW)
    try:
        yield tryggve
    finally:
        await tryggve.close()


async def wipe(database: Database) -> None:
    """Everything but the log, which takes nothing away."""
    async with database.write() as tx:
        for table in reversed(metadata.sorted_tables):
            if table is not audit:
                await tx.execute(delete(table))


async def build(
    tryggve: Tryggve, people: dict[str, list[Someone]], sent: dict[str, list[Sent]]
) -> World:
    """Everybody and everything, first one tenant's and then the other's."""
    world = World(tryggve)
    for tenant in (A, B):
        await _settle(world, tenant, people[tenant])
    for tenant in (A, B):
        author = next(one for one in world.people[tenant] if one.is_coordinator)
        for announcement in sent[tenant]:
            await _announce(world, tenant, author, announcement)
    for tenant in (A, B):
        await _act(world, tenant, people[tenant])
    return world


def draft(tenant: str, **audience: Any) -> Draft:
    mark, county = MARKS[tenant], COUNTIES[tenant]
    wanted = Audience(**{"counties": (county,), **audience})
    words = Words(f"Rubrik {mark}", f"En längre text, {mark}")
    return Draft(words, county, wanted, acknowledge=True)


def a_training(tenant: str, id_: int = 0) -> Training:
    """One of the tenant's county; what is published is everybody's to see."""
    return Training(
        id_, "Öppen utbildning", COUNTIES[tenant], (), "Lund", MONDAY, MONDAY + timedelta(hours=1),
        50, 0, "", TrainingStatus.OPEN, 0,
    )  # fmt: skip


async def _settle(world: World, tenant: str, people: list[Someone]) -> None:
    """A team with a channel, two trainings, one of them today, the people and what they decide."""
    directory, recipients = world.tryggve.directory, world.tryggve.recipients
    await world.tryggve.channels.hear(
        Seen(
            tenant_id=tenant,
            team_id=f"team-{tenant}",
            conversation_id=f"channel-{tenant}",
            at=NOW,
            team_name=MARKS[tenant],
            name=MARKS[tenant],
            service_url="https://teams.example",
            added=True,
            chosen=True,
        )
    )
    today = {"starts_at": NOW + timedelta(hours=1), "ends_at": NOW + timedelta(hours=2)}
    for number, when in enumerate(({}, today)):
        training = replace(a_training(tenant), title=f"Öppen utbildning {number}", **when)
        world.trainings[tenant].append(await world.tryggve.trainings.add(training))
    first = Someone(0, "unga", Position.OTHER, False, False, True, False, False)
    for number, one in enumerate((first, *people)):
        if one.coordinates:
            await directory.grant(tenant, f"object-{number}", COUNTIES[tenant])
        person = await directory.meet(
            Met(
                tenant_id=tenant,
                object_id=f"object-{number}",  # the same in both: another tenant is somebody else
                teams_id=f"29:{tenant}-{number}",
                name=f"Namn {MARKS[tenant]} {number}",
                conversation_id=f"chat-{tenant}-{number}",
                service_url="https://teams.example",
            )
        )
        await directory.choose_municipality(person, MUNICIPALITIES[tenant][one.municipality])
        await recipients.follow(person, [one.theme])
        await recipients.take_position(person, one.position)
        if one.weekly:
            await recipients.gather(person)
        if one.muted:
            await recipients.mute(person)
        known = await directory.find_person(tenant, person.object_id)
        assert known
        world.people[tenant].append(known)


async def _announce(world: World, tenant: str, author: Person, sent: Sent) -> None:
    ways = {"to_people": sent.to_people or not sent.to_channels, "to_channels": sent.to_channels}
    narrow = {"themes": ("unga",), "training": world.trainings[tenant][0]} if sent.narrow else {}
    announcements = world.tryggve.announcements.drafts
    kept = await announcements.save_draft(author, draft(tenant, **ways, **narrow))
    world.announcements[tenant].append(kept.id)
    if not sent.stays_a_draft:
        try:
            await world.tryggve.announcements.sending.send(author, kept.id, now=NOW)
        except NobodyToReach:
            return


async def _act(world: World, tenant: str, people: list[Someone]) -> None:
    """What people do when they have got their announcements; a template is made of the first."""
    tryggve, mark = world.tryggve, MARKS[tenant]
    author = next(one for one in world.people[tenant] if one.is_coordinator)
    await tryggve.announcements.templates.save(author, world.announcements[tenant][0])
    world.templates[tenant] = [
        one.id for one in await tryggve.announcements.templates.list_mine(author)
    ]
    world.proposals[tenant] = [await _propose(tryggve, author, world.announcements[tenant][0])]
    world.teams[tenant] = [one.id for one in await tryggve.channel_choice.list_in_counties(author)]
    await _hold(world, tenant, author)
    for one, person in zip(people, world.people[tenant][1:], strict=True):
        if one.signs_up:
            for training in world.trainings[tenant]:
                await tryggve.trainings.sign_up(person, training)
        await tryggve.questions.leave_open(f"Vad gör {mark}?", WhyOpen.UNANSWERED, COUNTIES[tenant])
        await tryggve.reports.report(
            subject="article:x",
            county=COUNTIES[tenant],
            note=f"Fel {mark}",
            act=f"{tenant}-{person.id}",
            reporter=f"{person.id}",
        )
        if one.asks:
            await _ask(world, tenant, person)


async def _hold(world: World, tenant: str, author: Person) -> None:
    """A training that is not published, and somebody who has been asked whether to come."""
    parts, mark = world.tryggve.training_parts, MARKS[tenant]
    invited = await parts.invitations.invite(author, world.trainings[tenant][0], author.id, mark)
    world.invitations[tenant].append(invited.id)
    plan = Plan.of(replace(a_training(tenant), title=f"Utkast {mark}"))
    world.drafts[tenant].append((await parts.planning.save_draft(author, plan)).id)


async def _propose(tryggve: Tryggve, author: Person, announcement_id: int) -> int:
    """A correction waits for a colleague."""
    known = await tryggve.announcements.drafts.get(author, announcement_id)
    words = Words(f"Rättad {MARKS[author.tenant_id]}", "En text som är rättad")
    async with tryggve.database.write() as tx:
        return (await proposals.add(tx, author, known, Act.CORRECT, words, NOW)).id


async def _ask(world: World, tenant: str, person: Person) -> None:
    enquiries, mark = world.tryggve.enquiries, MARKS[tenant]
    try:
        subject = await enquiries.subject(person)
    except NothingToAskAbout:
        return
    asked = await enquiries.ask(person, subject.announcement_id, f"Vad är {mark}?", "tap")
    world.enquiries[tenant].append(asked.id)
