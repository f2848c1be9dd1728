"""Nothing of one tenant is read by, or sent to, another: over every service there is."""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app import Tryggve
from knowledge.announcements.models import announcements, gathered
from knowledge.announcements.proposals import proposals
from knowledge.channels.models import channels, team_channels
from knowledge.delivery.models import deliveries, messages
from knowledge.directory import repository as directory
from knowledge.directory.models import NATIONAL, Person, Position, people
from knowledge.enquiries.models import enquiries
from knowledge.errors import KnowledgeError
from knowledge.follow_up.acknowledgements import acknowledgements
from knowledge.follow_up.models import Group
from knowledge.recipients.models import follows
from knowledge.templates.models import templates
from knowledge.trainings.attendance.models import Mark, attendance
from knowledge.trainings.exchange.models import Entry
from knowledge.trainings.models import signups, trainings
from knowledge.trainings.participants.models import Group as ParticipantGroup
from knowledge.trainings.participants.models import invitations
from knowledge.trainings.planning import access
from knowledge.trainings.planning.models import Plan
from tests.support.two_tenants import (
    COUNTIES,
    MARKS,
    MONDAY,
    MUNICIPALITIES,
    NOW,
    A,
    B,
    Sent,
    Someone,
    World,
    a_training,
    build,
    draft,
    installation,
    wipe,
)

SOMEONE = st.builds(
    Someone,
    municipality=st.integers(0, 1),
    theme=st.sampled_from(["unga", "lagesbild"]),
    position=st.sampled_from(Position),
    muted=st.booleans(),
    weekly=st.booleans(),
    coordinates=st.booleans(),
    signs_up=st.booleans(),
    asks=st.booleans(),
)
SENT = st.builds(
    Sent,
    narrow=st.booleans(),
    to_people=st.booleans(),
    to_channels=st.booleans(),
    stays_a_draft=st.booleans(),
)


def per_tenant(what: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[dict[str, list[Any]]]:
    return st.fixed_dictionaries({one: st.lists(what, min_size=1, max_size=most) for one in (A, B)})


@pytest.fixture
async def tryggve(database_url: str) -> AsyncIterator[Tryggve]:
    async with installation(database_url) as running:
        yield running


def other(tenant: str) -> str:
    return B if tenant == A else A


ARGUMENTS: dict[str, Callable[[World, str], list[Any]]] = {
    "announcement_id": lambda world, owner: world.announcements[owner],
    "id": lambda world, owner: [None, *world.announcements[owner]],
    "training_id": lambda world, owner: world.trainings[owner] + world.drafts[owner],
    "invitation_id": lambda world, owner: world.invitations[owner],
    "other_id": lambda world, owner: [one.id for one in world.people[owner]],
    "object_id": lambda world, owner: [one.object_id for one in world.people[owner]],
    "person_id": lambda world, owner: [one.id for one in world.people[owner]],
    "who": lambda world, owner: [[one.id for one in world.people[owner]]],
    "marks": lambda world, owner: [dict.fromkeys((p.id for p in world.people[owner]), Mark.ABSENT)],
    "mark": lambda *_: [Mark.ABSENT],
    "meeting": lambda *_: [0],
    "first": lambda *_: [0],
    "limit": lambda *_: [20],
    "name": lambda *_: ["Namn"],
    "note": lambda *_: ["Hej"],
    "answers": lambda *_: [{"own1": "Nej"}],
    "entries": lambda _, owner: [[Entry(Plan.of(a_training(owner)), a_training(owner))]],
    "publish": lambda *_: [True],
    "useful": lambda *_: [1],
    "arranged": lambda *_: [1],
    "off": lambda *_: [True],
    "on": lambda *_: [False],
    "year": lambda *_: [NOW.year],
    "county": lambda _, owner: [COUNTIES[owner]],
    "ids": lambda world, owner: [world.trainings[owner]],
    "known": lambda world, owner: [{id_: a_training(owner, id_) for id_ in world.trainings[owner]}],
    "plan": lambda _, owner: [Plan.of(a_training(owner)), Plan.of(a_training(other(owner)))],
    "enquiry_id": lambda world, owner: world.enquiries[owner],
    "words": lambda _, owner: [draft(owner).words],
    "draft": lambda _, owner: [
        draft(owner),
        draft(other(owner), counties=(COUNTIES[owner],)),
        draft(other(owner), counties=(), municipalities=MUNICIPALITIES[owner]),
        draft(other(owner), counties=(NATIONAL,)),
    ],
    "code": lambda _, owner: [MUNICIPALITIES[other(owner)][0]],
    "themes": lambda *_: [["pengar"]],
    "position": lambda *_: [Position.OTHER],
    "question": lambda _, owner: [f"Vad är {MARKS[other(owner)]}?"],
    "answer": lambda _, owner: [f"Så är {MARKS[other(owner)]}."],
    "act": lambda *_: ["probe"],
    "now": lambda *_: [NOW],
    "version": lambda *_: [1, 2],
    "reason": lambda *_: ["Nej tack"],
    "key": lambda *_: ["probe"],
    "proposal_id": lambda world, owner: world.proposals[owner],
    "template_id": lambda world, owner: world.templates[owner],
    "team": lambda world, owner: world.teams[owner],
    "channel": lambda world, owner: [1, 2],
    "at": lambda *_: [NOW],
    "group": lambda *_: list(Group),
    "group:knowledge.trainings.participants.models": lambda *_: list(ParticipantGroup),
    "words:builtins": lambda *_: ["Bra"],
}
"""What a stranger passes for each parameter, so as to get at what is the owner's: by its name, or
its name and where its type is from."""


def methods(tryggve: Tryggve) -> Iterator[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Every public method of every service that is asked by a person."""
    parts = (tryggve, tryggve.announcements, tryggve.training_parts, tryggve.training_parts.day)
    for service in {id(one): one for part in parts for one in vars(part).values()}.values():
        module = type(service).__module__
        if module.startswith("knowledge."):
            for name, promise in inspect.getmembers(type(service), inspect.iscoroutinefunction):
                if not name.startswith("_") and "person" in inspect.signature(promise).parameters:
                    yield f"{module}.{name}", getattr(service, name)


def attempts(
    world: World, owner: str, method: Callable[..., Awaitable[Any]]
) -> Iterator[dict[str, Any]]:
    """Every way of calling it with what is the owner's. An unknown parameter is a KeyError:
    then `ARGUMENTS` must be told what a stranger would pass for it."""
    wanted = {
        name: ARGUMENTS[_called(name, one)]
        for name, one in inspect.signature(method).parameters.items()
        if _called(name, one) in ARGUMENTS or (name != "person" and one.default is one.empty)
    }
    for values in product(*(possible(world, owner) for possible in wanted.values())):
        yield dict(zip(wanted, values, strict=True))


def _called(name: str, one: inspect.Parameter) -> str:
    """What it is called in `ARGUMENTS`."""
    module = getattr(one.annotation, "__module__", "")
    return exact if (exact := f"{name}:{module}") in ARGUMENTS else name


async def probe(world: World, stranger: Person, owner: str) -> None:
    """Everything the stranger can ask for: none of the answers tells of the owner."""
    for name, method in methods(world.tryggve):
        for arguments in attempts(world, owner, method):
            try:
                answer = repr(await method(stranger, **arguments))
            except KnowledgeError as refusal:
                answer = f"{refusal!r} {vars(refusal)}"
            told = answer.replace(repr(arguments.get("draft")), "")
            assert MARKS[owner] not in told, f"{name} told {stranger.tenant_id}: {told}"


async def kept_by(world: World, owner: str) -> list[Any]:
    """Every row that is the owner's."""
    own_people = select(people.c.id).where(people.c.tenant_id == owner)
    own = {
        people: people.c.tenant_id == owner,
        channels: channels.c.tenant_id == owner,
        follows: follows.c.tenant_id == owner,
        gathered: gathered.c.tenant_id == owner,
        deliveries: deliveries.c.tenant_id == owner,
        enquiries: enquiries.c.tenant_id == owner,
        proposals: proposals.c.asker_tenant_id == owner,
        announcements: announcements.c.author_tenant_id == owner,
        acknowledgements: acknowledgements.c.tenant_id == owner,
        templates: templates.c.county == COUNTIES[owner],
        team_channels: team_channels.c.tenant_id == owner,
        signups: signups.c.person_id.in_(own_people),
        attendance: attendance.c.person_id.in_(own_people),
        invitations: invitations.c.person_id.in_(own_people),
    }
    found: list[Any] = []
    async with world.tryggve.database.read() as tx:
        for table, condition in own.items():
            rows = await tx.execute(select(table).where(condition).order_by(*table.primary_key))
            found += [tuple(row) for row in rows]
        # Whoever likes may take a seat of what is published, and so `taken` is not looked at.
        its = trainings.c.id.in_(world.trainings[owner] + world.drafts[owner])
        plan = trainings.c.title, trainings.c.status, trainings.c.starts_at, trainings.c.seats
        rows = await tx.execute(select(*plan, trainings.c.version).where(its))
        found += [tuple(row) for row in rows]
    return found


async def sent_to(world: World, tenant: str) -> str:
    """All that has been queued for the tenant."""
    query = select(messages.c.payload, deliveries.c.target_name).join(
        deliveries, deliveries.c.message_id == messages.c.id
    )
    async with world.tryggve.database.read() as tx:
        # A row would shorten itself, and hide what is looked for.
        rows = await tx.execute(query.where(deliveries.c.tenant_id == tenant))
        return str([tuple(row) for row in rows])


async def must_be_apart(
    tryggve: Tryggve, someone: dict[str, list[Someone]], sent: dict[str, list[Sent]]
) -> None:
    await wipe(tryggve.database)
    world = await build(tryggve, someone, sent)
    for owner in (A, B):
        before = await kept_by(world, owner)
        for stranger in world.people[other(owner)]:
            await probe(world, stranger, owner)
        assert await kept_by(world, owner) == before
    await tryggve.digests.send_due(MONDAY)
    await tryggve.enquiries.hand_over_left()
    for tenant in (A, B):
        assert MARKS[other(tenant)] not in await sent_to(world, tenant)


# What is asked for decides who gets it, not which database is asked.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# A failing example is small as it is: shrinking it takes minutes of databases.
@settings(
    max_examples=8,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(someone=per_tenant(SOMEONE, 3), sent=per_tenant(SENT, 2))
async def test_nothing_of_one_tenant_is_read_or_reached_from_another(
    tryggve: Tryggve, someone: dict[str, list[Someone]], sent: dict[str, list[Sent]]
) -> None:
    await must_be_apart(tryggve, someone, sent)


EVERYBODY = {one: [Someone(0, "unga", Position.OTHER, False, False, True, True, True)]
             for one in (A, B)}  # fmt: skip
EVERYTHING = {
    one: [Sent(False, True, True, False), Sent(True, True, False, True)] for one in (A, B)
}


async def test_the_property_fails_when_roles_are_not_looked_at(
    tryggve: Tryggve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with every county open to everybody the same test finds a leak."""
    await must_be_apart(tryggve, EVERYBODY, EVERYTHING)

    async def every_county(*_: Any) -> list[str]:
        return [NATIONAL, *COUNTIES.values()]

    monkeypatch.setattr(directory, "list_counties_of", every_county)
    with pytest.raises(AssertionError):
        await must_be_apart(tryggve, EVERYBODY, EVERYTHING)


async def test_so_it_does_for_trainings_alone(
    tryggve: Tryggve, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def every_county(*_: Any) -> list[str]:
        return [NATIONAL, *COUNTIES.values()]

    monkeypatch.setattr(access, "list_counties_of", every_county)
    with pytest.raises(AssertionError, match=r"knowledge\.trainings\."):
        await must_be_apart(tryggve, EVERYBODY, EVERYTHING)


async def test_the_only_exchange_is_a_question_and_its_answer(tryggve: Tryggve) -> None:
    """A national coordinator in one tenant writes to people in the other."""
    await wipe(tryggve.database)
    world = await build(tryggve, EVERYBODY, EVERYTHING)
    author, asker = world.people[A][0], world.people[B][0]
    await tryggve.directory.grant(A, author.object_id, NATIONAL)
    national = draft(A, counties=(NATIONAL,), to_people=True, to_channels=False)
    kept = await tryggve.announcements.drafts.save_draft(author, national)
    await tryggve.announcements.sending.send(author, kept.id, now=NOW)
    asked = await tryggve.enquiries.ask(asker, kept.id, "Vad menas med det här?", "tap")
    before = await sent_to(world, A), await sent_to(world, B)
    assert "Vad menas med det här?" in before[0]
    assert "Vad menas med det här?" not in before[1]

    await tryggve.enquiries.answer(author, asked.id, "Det står i handboken.")
    assert "Det står i handboken." in await sent_to(world, B)
    assert await sent_to(world, A) == before[0]
