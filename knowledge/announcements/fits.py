"""Rows about who fits an audience, and what each of them may be sent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, insert, literal, select

from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import gathered
from knowledge.channels.models import Away, channels
from knowledge.delivery import outbox
from knowledge.delivery.models import Target
from knowledge.delivery.tenants import shut_out
from knowledge.directory.models import people
from knowledge.recipients.models import follows
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.attendance.repository import came
from knowledge.trainings.models import SignupStatus, signups

_SIGNED_UP = {
    TrainingPart.PARTICIPANTS: SignupStatus.CONFIRMED,
    TrainingPart.WAITING: SignupStatus.WAITING,
}


class Fate(StrEnum):
    """What becomes of somebody, or of a channel, that an announcement is meant for."""

    REACHED = "reached"
    WEEKLY = "weekly"  # in the weekly message
    MUTED = "muted"
    NOT_INSTALLED = "not_installed"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Numbers:
    """How many there are of each standing, by municipality."""

    people: Mapping[Fate, Mapping[str, int]]
    channels: Mapping[Fate, Mapping[str, int]]


# Who is not there is no matter of taste: it is told before what the person has chosen.
_STANDING = case(
    (people.c.blocked, Fate.BLOCKED.value),
    (people.c.tenant_id.in_(shut_out()), Fate.NOT_INSTALLED.value),
    (~people.c.installed, Fate.NOT_INSTALLED.value),
    (people.c.muted, Fate.MUTED.value),
    (people.c.weekly, Fate.WEEKLY.value),
    else_=Fate.REACHED.value,
)
_CHANNEL_STANDING = case(
    (channels.c.tenant_id.in_(shut_out()), Fate.NOT_INSTALLED.value),
    (channels.c.installed, Fate.REACHED.value),
    (channels.c.away.in_((Away.REFUSED, Away.ARCHIVED)), Fate.BLOCKED.value),
    else_=Fate.NOT_INSTALLED.value,
)


_ADDRESS = (
    people.c.id,
    people.c.tenant_id,
    people.c.teams_id,
    people.c.name,
    people.c.municipality,
    people.c.conversation_id,
    people.c.service_url,
)


async def list_people(
    tx: Reading | Writing, audience: Audience, municipalities: Sequence[str]
) -> list[Target]:
    """Those who get it at once, in their own chat."""
    query = select(*_ADDRESS).where(*_meant(audience, municipalities), _is(Fate.REACHED))
    # Rows do as recipients: a whole person for each of 15,000 costs twice the time.
    rows: Iterable[Any] = await tx.execute(query.order_by(people.c.id))
    return [outbox.to_person(row) for row in rows]


async def gather(
    tx: Writing, announcement_id: int, audience: Audience, municipalities: Sequence[str]
) -> int:
    """Keep it for those who want a weekly message. Returns how many they are."""
    who = select(people.c.tenant_id, people.c.id, literal(announcement_id)).where(
        *_meant(audience, municipalities), _is(Fate.WEEKLY)
    )
    columns = ["tenant_id", "person_id", "announcement_id"]
    kept = await tx.execute(insert(gathered).from_select(columns, who))
    return kept.rowcount


async def count(
    tx: Reading | Writing, audience: Audience, municipalities: Sequence[str]
) -> Numbers:
    """How many people and channels fit, and what becomes of each."""
    someone: dict[Fate, dict[str, int]] = defaultdict(dict)
    somewhere: dict[Fate, dict[str, int]] = defaultdict(dict)
    if audience.to_people:
        query = select(_STANDING.label("standing"), people.c.municipality, func.count())
        query = query.where(*_meant(audience, municipalities))
        query = query.group_by("standing", people.c.municipality)
        for standing, code, number in await tx.execute(query):
            someone[Fate(standing)][code] = number
    if audience.to_channels:
        # Teams may share a channel, which gets it once; a deleted team is nobody to reach.
        number = func.count(channels.c.conversation_id.distinct())
        query = select(_CHANNEL_STANDING.label("standing"), channels.c.municipality, number)
        query = query.where(
            channels.c.municipality.in_(municipalities), channels.c.away != Away.DELETED
        )
        query = query.group_by("standing", channels.c.municipality)
        for standing, code, found in await tx.execute(query):
            somewhere[Fate(standing)][code] = found
    return Numbers(someone, somewhere)


async def count_weekly(
    tx: Reading | Writing, audience: Audience, municipalities: Sequence[str]
) -> int:
    """How many want it in a weekly message."""
    fits = (*_meant(audience, municipalities), _is(Fate.WEEKLY))
    query = select(func.count()).select_from(people).where(*fits)
    return int((await tx.execute(query)).scalar_one())


async def count_elsewhere(
    tx: Reading | Writing, audience: Audience, municipalities: Sequence[str]
) -> int:
    """How many fit in all but the place: it is another one, or none that we know."""
    if audience.is_anywhere:
        return 0
    elsewhere = people.c.municipality.not_in(municipalities)
    query = select(func.count()).select_from(people).where(elsewhere, *_fits(audience))
    return int((await tx.execute(query)).scalar_one())


async def list_known(tx: Reading | Writing, municipalities: Sequence[str]) -> set[str]:
    """The municipalities where anybody, or any team, has ever had Tryggve."""
    known: set[str] = set()
    for table in (people, channels):
        query = select(table.c.municipality).where(table.c.municipality.in_(municipalities))
        known.update((await tx.execute(query.distinct())).scalars())
    return known


def _is(standing: Fate) -> ColumnElement[bool]:
    return _STANDING == literal(standing.value)  # noqa: SIM300 - no constant, but a column


def _meant(audience: Audience, municipalities: Sequence[str]) -> list[ColumnElement[bool]]:
    """What makes that a person is meant, whatever becomes of it."""
    there = [] if audience.is_anywhere else [people.c.municipality.in_(municipalities)]
    return [*there, *_fits(audience)]


def _fits(audience: Audience) -> list[ColumnElement[bool]]:
    """What beside the place makes that."""
    conditions: list[ColumnElement[bool]] = []
    if audience.themes:
        followed = select(follows.c.person_id).where(follows.c.theme.in_(audience.themes))
        conditions.append(people.c.id.in_(followed))
    if audience.positions:
        conditions.append(people.c.position.in_(audience.positions))
    if audience.training:
        conditions.append(people.c.id.in_(_of_training(audience)))
    return conditions


def _of_training(audience: Audience) -> Select[tuple[int]]:
    """Those who have a seat, wait for one, or came."""
    if audience.training_part is TrainingPart.PRESENT:
        return came(audience.training)
    return select(signups.c.person_id).where(
        signups.c.training_id == audience.training,
        signups.c.status == _SIGNED_UP[audience.training_part].value,
    )
