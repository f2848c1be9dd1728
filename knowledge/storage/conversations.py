"""Conversation state and turns: one at a time, each once, also across processes.

A turn opens in one transaction (claim the activity, lease the conversation, read its state) and
closes in another (save the state, keep the answer, give the lease back).
"""

import asyncio
import json
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Float, Index, Integer, Table, Text, delete, select, update

from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database, Writing, clock, metadata

LEASE_SECONDS = 30.0
PATIENCE_SECONDS = 10.0
REMEMBER_SECONDS = 24 * 3600.0

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Float, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("key", Text, primary_key=True),
    Column("activity_id", Text, primary_key=True),
    Column("seen_at", Float, nullable=False),
    Column("answer", Text),  # JSON; null while the turn is under way
    Index("turns_by_age", "seen_at"),
)


class ConversationBusy(KnowledgeError):
    """Another turn of the same conversation did not end in time."""


@dataclass
class OpenTurn:
    """A turn that holds its conversation.

    `state` may be replaced and is saved when the turn closes. `answer` is what to say again if
    Teams delivers the same activity once more; `repeated` is true when it just did.
    """

    state: dict[str, Any]
    repeated: bool = False
    answer: list[Any] = field(default_factory=list)


class Conversations:
    """Opens turns. One object per process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._locks: OrderedDict[str, asyncio.Lock] = OrderedDict()

    @asynccontextmanager
    async def turn(self, key: str, activity_id: str) -> AsyncIterator[OpenTurn]:
        """Hold the conversation `key` for one turn.

        State and answer are saved when the block ends. When it raises, nothing is saved and the
        activity may be delivered again. Raises ConversationBusy after ten seconds of waiting.
        """
        owner = uuid.uuid4().hex
        async with self._lock_of(key):
            opened = await self._open(key, activity_id, owner)
            if opened.repeated:
                yield opened
                return
            try:
                yield opened
            except BaseException:
                await asyncio.shield(self._give_up(key, activity_id, owner))
                raise
            await self._close(key, activity_id, owner, opened)

    def _lock_of(self, key: str) -> asyncio.Lock:
        """The lock that keeps this process's own turns in order without asking the database."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._locks.move_to_end(key)
        while len(self._locks) > 10_000 and not next(iter(self._locks.values())).locked():
            self._locks.popitem(last=False)
        return lock

    async def _open(self, key: str, activity_id: str, owner: str) -> OpenTurn:
        waited = 0.0
        while True:
            async with self.database.write() as tx:
                known = await self._known_answer(tx, key, activity_id)
                if known is not None:
                    return OpenTurn(state={}, repeated=True, answer=known)
                state = await self._lease(tx, key, owner)
                if state is not None:
                    await self._remember(tx, key, activity_id)
                    return OpenTurn(state=state)
            if waited >= PATIENCE_SECONDS:
                raise ConversationBusy(key)
            await asyncio.sleep(0.05)
            waited += 0.05

    async def _known_answer(self, tx: Writing, key: str, activity_id: str) -> list[Any] | None:
        query = select(turns.c.answer).where(turns.c.key == key, turns.c.activity_id == activity_id)
        answer = (await tx.execute(query)).scalar_one_or_none()
        return None if answer is None else list(json.loads(answer))

    async def _lease(self, tx: Writing, key: str, owner: str) -> dict[str, Any] | None:
        """Take the conversation and read its state, or None while somebody else holds it."""
        take = (
            update(conversations)
            .where(conversations.c.key == key, conversations.c.lease_until < clock())
            .values(lease_owner=owner, lease_until=clock() + LEASE_SECONDS)
            .returning(conversations.c.state)
        )
        state = (await tx.execute(take)).scalar_one_or_none()
        if state is not None:
            return dict(json.loads(state))
        create = (
            self.database.insert(conversations)
            .values(
                key=key,
                state="{}",
                version=0,
                lease_owner=owner,
                lease_until=clock() + LEASE_SECONDS,
            )
            .on_conflict_do_nothing()
        )
        return {} if (await tx.execute(create)).rowcount else None

    async def _remember(self, tx: Writing, key: str, activity_id: str) -> None:
        # A row without an answer is from a process that died mid-turn: the turn runs again.
        note = self.database.insert(turns).values(key=key, activity_id=activity_id, seen_at=clock())
        await tx.execute(note.on_conflict_do_nothing())

    async def _close(self, key: str, activity_id: str, owner: str, opened: OpenTurn) -> None:
        async with self.database.write() as tx:
            saved = await tx.execute(
                update(conversations)
                .where(conversations.c.key == key, conversations.c.lease_owner == owner)
                .values(
                    state=json.dumps(opened.state, ensure_ascii=False),
                    version=conversations.c.version + 1,
                    lease_owner=None,
                    lease_until=0.0,
                )
            )
            if not saved.rowcount:  # the lease ran out and somebody else took over
                raise ConversationBusy(key)
            await tx.execute(
                update(turns)
                .where(turns.c.key == key, turns.c.activity_id == activity_id)
                .values(answer=json.dumps(opened.answer, ensure_ascii=False))
            )

    async def _give_up(self, key: str, activity_id: str, owner: str) -> None:
        async with self.database.write() as tx:
            await tx.execute(
                update(conversations)
                .where(conversations.c.key == key, conversations.c.lease_owner == owner)
                .values(lease_owner=None, lease_until=0.0)
            )
            await tx.execute(
                delete(turns).where(turns.c.key == key, turns.c.activity_id == activity_id)
            )

    async def forget_everything(self) -> None:
        """Every conversation begins anew. For the demo, whose client forgets between starts."""
        async with self.database.write() as tx:
            await tx.execute(delete(turns))
            await tx.execute(delete(conversations))

    async def forget_old_turns(self) -> int:
        """Delete what is remembered of turns older than a day. Returns how many."""
        async with self.database.write() as tx:
            old = delete(turns).where(turns.c.seen_at < clock() - REMEMBER_SECONDS)
            return (await tx.execute(old)).rowcount
