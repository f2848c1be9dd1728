"""Conversation state and turns: one at a time, each once, also across processes.

A turn opens with one statement (lease the conversation, read its state and the activities it has
seen) and closes with another (save the state, note the activity, give the lease back).
"""

import asyncio
import json
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Executable, Float, Integer, Table, Text, bindparam, delete, update

from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database, clock, metadata

LEASE_SECONDS = 30.0
PATIENCE_SECONDS = 10.0

REMEMBERED = 30
"""Activities that a conversation remembers. Teams delivers again within minutes, if at all."""

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("seen", Text, nullable=False),  # JSON: [activity id, kept answer], the latest last
    Column("version", Integer, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Float, nullable=False),
)

Seen = list[tuple[str, list[Any]]]


class ConversationBusy(KnowledgeError):
    """Another turn of the same conversation did not end in time."""


@dataclass
class OpenTurn:
    """A turn that holds its conversation.

    `state` may be replaced and is saved when the turn closes. `answer` is what to say again if
    Teams delivers the same activity once more; `repeated` is true when it just did.
    """

    state: dict[str, Any]
    seen: Seen = field(default_factory=list)
    repeated: bool = False
    answer: list[Any] = field(default_factory=list)


class Conversations:
    """Opens turns. One object per process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._locks: OrderedDict[str, asyncio.Lock] = OrderedDict()
        self._take = _take(database)

    @asynccontextmanager
    async def turn(self, key: str, activity_id: str) -> AsyncIterator[OpenTurn]:
        """Hold the conversation `key` for one turn.

        State and answer are saved when the block ends. When it raises, nothing is saved and the
        activity may be delivered again. Raises ConversationBusy after ten seconds of waiting.
        """
        owner = uuid.uuid4().hex
        async with self._lock_of(key):
            opened = await self._open(key, activity_id, owner)
            try:
                yield opened
            except BaseException:
                await asyncio.shield(self._give_back(key, owner))
                raise
            if opened.repeated:
                await self._give_back(key, owner)
            else:
                await self._close(key, activity_id, owner, opened)

    async def forget_everything(self) -> None:
        """Every conversation begins anew. For the demo, whose client forgets between starts."""
        await self.database.single(delete(conversations))

    def _lock_of(self, key: str) -> asyncio.Lock:
        """The lock that keeps this process's own turns in order without asking the database."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._locks.move_to_end(key)
        while len(self._locks) > 10_000 and not next(iter(self._locks.values())).locked():
            self._locks.popitem(last=False)
        return lock

    async def _open(self, key: str, activity_id: str, owner: str) -> OpenTurn:
        waited = 0.0
        while (row := await self._lease(key, owner)) is None:
            if waited >= PATIENCE_SECONDS:
                raise ConversationBusy(key)
            await asyncio.sleep(0.05)
            waited += 0.05
        state, seen = row
        answers = [answer for id_, answer in seen if id_ == activity_id]
        if answers:
            return OpenTurn(state, seen, repeated=True, answer=answers[-1])
        return OpenTurn(state, seen)

    async def _lease(self, key: str, owner: str) -> tuple[dict[str, Any], Seen] | None:
        """Take the conversation and read it, or None while somebody else holds it.

        The lease of a process that died runs out; its turn was never noted and runs again.
        """
        rows = await self.database.single(self._take, key=key, owner=owner, seconds=LEASE_SECONDS)
        return (json.loads(rows[0]["state"]), json.loads(rows[0]["seen"])) if rows else None

    async def _close(self, key: str, activity_id: str, owner: str, opened: OpenTurn) -> None:
        seen = [*opened.seen[1 - REMEMBERED :], (activity_id, opened.answer)]
        saved = await self.database.single(
            _SAVE,
            held=key,
            owner=owner,
            state_now=json.dumps(opened.state, ensure_ascii=False),
            seen_now=json.dumps(seen, ensure_ascii=False),
        )
        if not saved:  # the lease ran out and somebody else took over
            raise ConversationBusy(key)

    async def _give_back(self, key: str, owner: str) -> None:
        await self.database.single(_GIVE_BACK, held=key, owner=owner)


# Made once: building a statement costs more than running it.


def _take(database: Database) -> Executable:
    """Lease a conversation that nobody holds, new or known."""
    row = conversations.c
    lease = {
        "lease_owner": bindparam("owner"),
        "lease_until": clock() + bindparam("seconds", type_=Float),
    }
    fresh = database.insert(conversations).values(
        key=bindparam("key"), state="{}", seen="[]", version=0, **lease
    )
    return fresh.on_conflict_do_update(
        index_elements=["key"], set_=lease, where=row.lease_until < clock()
    ).returning(row.state, row.seen)


_HELD = (conversations.c.key == bindparam("held")) & (
    conversations.c.lease_owner == bindparam("owner")
)
_FREE = {"lease_owner": None, "lease_until": 0.0}
_GIVE_BACK = update(conversations).where(_HELD).values(**_FREE)
_SAVE = (
    update(conversations)
    .where(_HELD)
    .values(
        state=bindparam("state_now"),
        seen=bindparam("seen_now"),
        version=conversations.c.version + 1,
        **_FREE,
    )
    .returning(conversations.c.version)
)
