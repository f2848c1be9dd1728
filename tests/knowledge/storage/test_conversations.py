"""Turns of one conversation: one at a time, each once, also across processes."""

import asyncio

import pytest

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
