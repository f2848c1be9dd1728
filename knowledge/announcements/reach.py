"""Whom an announcement reaches as things stand at this moment, and whom it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.announcements import fits
from knowledge.announcements.audience import Audience
from knowledge.announcements.fits import Fate, Numbers
from knowledge.channels.models import Channel
from knowledge.channels.repository import list_channels_in
from knowledge.delivery.messenger import Address
from knowledge.delivery.models import Target
from knowledge.directory.places import Places, swedish_order
from knowledge.storage.database import Reading, Writing


class LeftOut(StrEnum):
    """Why somebody, or a whole municipality, is not reached."""

    WITHOUT = "without"  # the municipality has no Tryggve at all
    NOBODY_FITS = "nobody_fits"  # it has, but nobody and no channel there is meant
    NOT_INSTALLED = "not_installed"
    MUTED = "muted"
    BLOCKED = "blocked"
    ELSEWHERE = "elsewhere"  # signed up for the training, but not from one of the places


@dataclass(frozen=True)
class Missed:
    """How many are left out for one reason, and the municipalities, in the order of their names.

    People and channels are counted; for WITHOUT and NOBODY_FITS the municipalities are. Where
    those of ELSEWHERE work is not told: it may be in somebody else's county.
    """

    count: int
    municipalities: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """Whom an announcement would reach now. `weekly` of the people are told on Monday."""

    channels: int
    people: int
    weekly: int
    municipalities: int
    left_out: Mapping[LeftOut, Missed]

    @property
    def total(self) -> int:
        return self.channels + self.people + self.weekly


async def measure(tx: Reading | Writing, audience: Audience, places: Places) -> Reach:
    """Count whom it would reach, and whom not. Sends nothing."""
    meant = municipalities_of(audience, places)
    numbers = await fits.count(tx, audience, meant)
    known = await fits.list_known(tx, meant)
    people, channels = numbers.people, numbers.channels
    reached = {
        code
        for found in (people, channels)
        for standing in (Fate.REACHED, Fate.WEEKLY)
        for code in found.get(standing, {})
        if code  # who has not said where they work
    }
    signed_up = audience.training and audience.to_people
    elsewhere = await fits.count_elsewhere(tx, audience, meant) if signed_up else 0
    return Reach(
        channels=sum(channels.get(Fate.REACHED, {}).values()),
        people=sum(people.get(Fate.REACHED, {}).values()),
        weekly=sum(people.get(Fate.WEEKLY, {}).values()),
        municipalities=len(reached),
        left_out=_left_out(numbers, meant, known, reached, elsewhere),
    )


async def list_targets(tx: Reading | Writing, audience: Audience, places: Places) -> list[Target]:
    """Everybody it would be sent to right now, channels first; not those of the weekly message."""
    meant = municipalities_of(audience, places)
    targets = []
    if audience.to_channels:
        targets += [_to_channel(one) for one in await list_channels_in(tx, meant)]
    if audience.to_people:
        targets += await fits.list_people(tx, audience, meant)
    return targets


async def count_weekly(tx: Reading | Writing, audience: Audience, places: Places) -> int:
    """How many of its people are told in the weekly message."""
    if not audience.to_people:
        return 0
    return await fits.count_weekly(tx, audience, municipalities_of(audience, places))


async def gather(tx: Writing, announcement_id: int, audience: Audience, places: Places) -> int:
    """Keep it for the weekly messages of those who want that. Returns how many they are."""
    if not audience.to_people:
        return 0
    meant = municipalities_of(audience, places)
    return await fits.gather(tx, announcement_id, audience, meant)


def municipalities_of(audience: Audience, places: Places) -> list[str]:
    """The codes of the municipalities that are meant, in the order of their names."""
    codes = set(audience.municipalities)
    for county in audience.counties:
        codes.update(one.code for one in places.municipalities_of(county))
    return sorted(codes, key=lambda code: swedish_order(places.name_of(code)))


def _left_out(
    numbers: Numbers, meant: Sequence[str], known: set[str], reached: set[str], elsewhere: int
) -> dict[LeftOut, Missed]:
    missed = {LeftOut.ELSEWHERE: Missed(elsewhere, ())}
    explained = set(reached)
    for reason in (LeftOut.NOT_INSTALLED, LeftOut.MUTED, LeftOut.BLOCKED):
        both = [found.get(Fate(reason), {}) for found in (numbers.people, numbers.channels)]
        where = {code for found in both for code in found}
        explained |= where
        how_many = sum(sum(found.values()) for found in both)
        missed[reason] = Missed(how_many, tuple(code for code in meant if code in where))
    for reason, there in ((LeftOut.WITHOUT, False), (LeftOut.NOBODY_FITS, True)):
        codes = [code for code in meant if code not in explained and (code in known) is there]
        missed[reason] = Missed(len(codes), tuple(codes))
    return {reason: missed[reason] for reason in LeftOut if missed[reason].count}


def _to_channel(channel: Channel) -> Target:
    address = Address(channel.tenant_id, channel.service_url, channel.conversation_id)
    name = " / ".join(part for part in (channel.team_name, channel.name) if part)
    return Target(f"channel:{channel.id}", name, address, False, channel.municipality)
