"""Whom an announcement goes to, as things stand at this moment."""

from knowledge.announcements.models import Draft, Reach
from knowledge.directory import repository as directory
from knowledge.directory.models import Channel
from knowledge.directory.places import Places
from knowledge.messenger import Address
from knowledge.storage import outbox
from knowledge.storage.database import Reading, Writing
from knowledge.storage.outbox_models import Target


async def reach(tx: Reading | Writing, draft: Draft, places: Places) -> Reach:
    """Count whom it would reach. Sends nothing."""
    targets = await list_targets(tx, draft, places)
    reached = {target.municipality for target in targets}
    people = sum(target.is_person for target in targets)
    return Reach(
        channels=len(targets) - people,
        people=people,
        municipalities_reached=len(reached),
        municipalities_without=tuple(c for c in _municipalities(draft, places) if c not in reached),
    )


async def list_targets(tx: Reading | Writing, draft: Draft, places: Places) -> list[Target]:
    """Everybody the draft would go to right now, channels first."""
    municipalities = _municipalities(draft, places)
    targets = []
    if draft.to_channels:
        channels = await directory.list_channels_in(tx, municipalities)
        targets += [_to_channel(channel) for channel in channels]
    if draft.to_people:
        people = await directory.list_people_in(tx, municipalities)
        targets += [outbox.to_person(person) for person in people]
    return targets


def _municipalities(draft: Draft, places: Places) -> list[str]:
    """The codes of the municipalities it goes to, in the order of their names."""
    inside = [place.code for place in places.municipalities_of(draft.county)]
    return [code for code in inside if not draft.municipalities or code in draft.municipalities]


def _to_channel(channel: Channel) -> Target:
    address = Address(channel.tenant_id, channel.service_url, channel.conversation_id)
    name = " / ".join(part for part in (channel.team_name, channel.name) if part)
    return Target(f"channel:{channel.id}", name, address, False, channel.municipality)
