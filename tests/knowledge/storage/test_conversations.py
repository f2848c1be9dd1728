"""Turns of one conversation: one at a time, each once, also across processes."""

import asyncio

import pytest
from sqlalchemy import select

from knowledge.storage import conversations as module
from knowledge.storage.conversations import ConversationBusy, Conversations
from knowledge.storage.database import Database


async def count_up(conversations: Conversations, turn: int) -> None:
    async with conversations.turn("t|samtal", f"activity-{turn}") as opened:
        seen = opened.state.get("count", 0)
        await asyncio.sleep(0.002)
        opened.state = {"count": seen + 1}


async def count(conversations: Conversations) -> int:
    async with conversations.turn("t|samtal", "last") as opened:
        return opened.state.get("count", 0)


async def test_no_turn_overwrites_another_across_two_processes(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)
    both = [Conversations(database), Conversations(other)]
    await asyncio.gather(*(count_up(both[turn % 2], turn) for turn in range(20)))

    assert await count(both[0]) == 20
    await other.close()


async def test_the_harness_loses_turns_when_leases_hold_nothing(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same turns, with leases that have run out as soon as they are taken."""
    monkeypatch.setattr(module, "LEASE_SECONDS", -1.0)
    other = Database(database_url)
    both = [Conversations(database), Conversations(other)]
    turns = (count_up(both[turn % 2], turn) for turn in range(20))
    results = await asyncio.gather(*turns, return_exceptions=True)

    assert any(isinstance(result, ConversationBusy) for result in results)
    assert await count(both[0]) < 20
    await other.close()


async def test_the_same_activity_gives_the_kept_answer(database: Database) -> None:
    conversations = Conversations(database)
    async with conversations.turn("t|samtal", "ett") as opened:
        opened.answer = [{"text": "Hej"}]
    async with conversations.turn("t|samtal", "ett") as again:
        assert again.repeated
        assert again.answer == [{"text": "Hej"}]
    async with conversations.turn("t|annat", "ett") as elsewhere:
        assert not elsewhere.repeated


async def test_a_failed_turn_saves_nothing_and_may_come_again(database: Database) -> None:
    conversations = Conversations(database)

    async def fail() -> None:
        async with conversations.turn("t|samtal", "ett") as opened:
            opened.state = {"half": True}
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with conversations.turn("t|samtal", "ett") as opened:
        assert not opened.repeated
        assert opened.state == {}


async def test_the_conversation_of_a_process_that_died_is_freed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE_SECONDS", 0.2)
    conversations = Conversations(database)
    dead = await conversations._open("t|samtal", "ett", "a process that dies here")
    assert dead.state == {}
    async with conversations.turn("t|samtal", "ett") as opened:
        assert not opened.repeated


async def test_patience_has_an_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.1)
    conversations = Conversations(database)
    await conversations._open("t|samtal", "ett", "somebody else")
    with pytest.raises(ConversationBusy):
        async with conversations.turn("t|samtal", "två"):
            pass


async def test_who_lost_the_lease_saves_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE_SECONDS", 0.05)
    slow, quick = Conversations(database), Conversations(database)

    async def be_overtaken() -> None:
        async with slow.turn("t|samtal", "ett") as opened:
            opened.state = {"who": "slow"}
            await asyncio.sleep(0.1)
            async with quick.turn("t|samtal", "två") as taken_over:
                taken_over.state = {"who": "quick"}

    with pytest.raises(ConversationBusy):
        await be_overtaken()
    assert await _state(quick) == {"who": "quick"}


async def test_only_the_latest_activities_are_remembered(database: Database) -> None:
    conversations = Conversations(database)
    for number in range(module.REMEMBERED + 1):
        async with conversations.turn("t|samtal", f"activity-{number}"):
            pass
    async with conversations.turn("t|samtal", "activity-1") as opened:
        assert opened.repeated
    async with conversations.turn("t|samtal", "activity-0") as opened:
        assert not opened.repeated


async def _state(conversations: Conversations) -> dict[str, object]:
    async with conversations.turn("t|samtal", "look") as opened:
        return dict(opened.state)


async def answer(conversations: Conversations, activity: str, said: str) -> None:
    async with conversations.turn("t|samtal", activity) as opened:
        opened.unspoken = [{"text": said, "card": None}]


async def left_to_say(conversations: Conversations, activity: str) -> list[object]:
    async with conversations.turn("t|samtal", activity) as opened:
        assert opened.repeated
        return opened.unspoken


@pytest.mark.parametrize("activity", ["ett", "f:\"1'$.[0]\\", "ø-42"])
async def test_what_was_never_said_is_remembered_until_it_is(
    database: Database, activity: str
) -> None:
    conversations = Conversations(database)
    await answer(conversations, activity, "Hej! \u0000 \\u0000 \"'")
    await answer(conversations, "another", "Och du?")
    assert await left_to_say(conversations, activity) == [
        {"text": "Hej! \u0000 \\u0000 \"'", "card": None}
    ]

    async with conversations.speaking(activity, "t|samtal"):
        assert await left_to_say(conversations, activity) == []  # it is just being said
    await conversations.finish()
    for process in (conversations, Conversations(database)):
        assert await left_to_say(process, activity) == []
        assert await left_to_say(process, "another") != []


async def test_what_could_not_be_said_is_still_to_be_said(database: Database) -> None:
    conversations = Conversations(database)
    await answer(conversations, "ett", "Hej!")
    with pytest.raises(RuntimeError):
        async with conversations.speaking("ett", "t|samtal"):
            raise RuntimeError
    assert await left_to_say(conversations, "ett") != []


async def test_many_are_noted_together_and_none_twice(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)
    both = [Conversations(database), Conversations(other)]

    async def talk(number: int) -> None:
        key, activity = f"t|{number % 5}", f"activity-{number}"
        async with both[number % 2].turn(key, activity) as opened:
            opened.unspoken = [{"text": activity}]
        async with both[number % 2].speaking(activity, key):
            await asyncio.sleep(0.001)

    await asyncio.gather(*(talk(number) for number in range(60)))
    for one in both:
        await one.finish()
    async with database.read() as tx:
        rows = await tx.execute(select(module.conversations.c.unspoken))
        assert {*rows.scalars()} == {"{}"}
    await other.close()
