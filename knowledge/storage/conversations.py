"""Conversation state and turns: one at a time, each once, also across processes.

A turn opens with one statement (lease the conversation, read its state and the activities it has
seen) and closes with another (save the state, note the activity and what is to be said, give the
lease back). When it has been said, that is noted too, for many turns at once: what a process that
died had not said is said when Teams delivers the activity again.
"""

import asyncio
import json
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    Float,
    Integer,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    func,
    null,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from knowledge.compact import compact
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database, clock, metadata
from knowledge.storage.embedded import FLEETING

LEASE_SECONDS = 30.0
PATIENCE_SECONDS = 10.0

GIVEN_UP_SECONDS = 4.0
"""When Teams delivers an activity again whose turn has run for longer than this in another process,
that process has most likely died: the turn is taken over before its lease runs out."""

REMEMBERED = 30
"""Activities that a conversation remembers. Teams delivers again within minutes, if at all."""

NOTED_AFTER = 0.1
"""Seconds in which more is said that can be noted in the same transaction. Only who is killed in
them says something again, if Teams has not heard that the turn was over and delivers it anew."""

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("seen", Text, nullable=False),  # JSON: [activity id, kept answer], the latest last
    Column("version", Integer, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Float, nullable=False),
    # JSON: by activity, as text of its own, what was answered and perhaps never said
    Column("unspoken", Text, nullable=False, server_default="{}"),
    Column("used_at", Float, nullable=False, server_default="0"),  # when a turn last closed
)

Seen = list[tuple[str, list[Any]]]
Mark = tuple[str, str]
"""A conversation and an activity in it."""

log = structlog.get_logger()


class ConversationBusy(KnowledgeError):
    """Another turn of the same conversation did not end in time."""


@dataclass
class OpenTurn:
    """A turn that holds its conversation.

    `state` may be replaced and is saved when the turn closes. `answer` is what to say again if
    Teams delivers the same activity once more; `repeated` is true when it just did. `unspoken` is
    what to say as long as nobody knows that it has been said: see `Conversations.speaking`. The
    same turn may go on in the conversations `beside`. `at` is when it was opened, by the database's
    clock. `forgotten`: when it closes, nothing is left of the conversation.
    """

    state: dict[str, Any]
    seen: Seen = field(default_factory=list)
    repeated: bool = False
    answer: list[Any] = field(default_factory=list)
    unspoken: list[Any] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    at: float = 0.0
    forgotten: bool = False


class Conversations:
    """Opens turns. One object per process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._locks: OrderedDict[int, asyncio.Lock] = OrderedDict()
        self._take, self._save, self._forget = _take(database), _save(database), _forget(database)
        self._being_spoken: set[Mark] = set()
        self._spoken: list[Mark] = []
        self._noting: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()

    @asynccontextmanager
    async def turn(self, key: str, activity_id: str) -> AsyncIterator[OpenTurn]:
        """Hold the conversation `key` for one turn.

        State and answers are saved when the block ends. When it raises, nothing is saved and the
        activity may be delivered again. Raises ConversationBusy after ten seconds of waiting.
        """
        owner = f"{uuid.uuid4().hex}{activity_id}"
        async with self._lock_of(key):
            opened = await self._open(key, activity_id, owner)
            try:
                yield opened
            except BaseException:
                await asyncio.shield(self._give_back(key, owner))
                raise
            if opened.forgotten:
                await self.database.single(_LEAVE_NOTHING, held=key, owner=owner)
            elif opened.repeated:
                await self._give_back(key, owner)
            else:
                await self._close(key, activity_id, owner, opened)

    @asynccontextmanager
    async def speaking(self, activity_id: str, *keys: str) -> AsyncIterator[None]:
        """What these conversations' turns wrote down is said in the block, after they closed.

        When the block ends it has been said, which is noted soon. When it raises, nobody knows.
        """
        marks = [(key, activity_id) for key in keys]
        self._being_spoken.update(marks)
        try:
            yield
        except BaseException:
            self._being_spoken.difference_update(marks)
            raise
        self._spoken += marks
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._note_spoken())

    async def finish(self) -> None:
        """Note at once everything that was said. Call when there are no more turns."""
        if self._noting is not None:
            self._ending.set()
            await self._noting
            self._ending.clear()

    async def _note_spoken(self) -> None:
        """One transaction for all that has been said meanwhile; of one, a statement by itself."""
        while self._spoken:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), NOTED_AFTER)
            marks, self._spoken = sorted(self._spoken), []
            rows = [{"held": key, "activity": activity} for key, activity in marks]
            try:
                if len(rows) == 1:
                    await self.database.single(self._forget, **rows[0])
                else:
                    async with self.database.write() as tx:
                        await tx.execute(self._forget, rows)
            except Exception as error:  # then it is said once more, should Teams ask
                log.warning("spoken_not_noted", exc_info=error)
            self._being_spoken.difference_update(marks)

    async def forget_everything(self) -> None:
        """Every conversation begins anew. For the demo, whose client forgets between starts."""
        await self.database.single(delete(conversations))

    def _lock_of(self, key: str) -> asyncio.Lock:
        """The lock that keeps this process's own turns in order without asking the database."""
        hashed = hash(key)  # a process remembers nobody's chat
        lock = self._locks.setdefault(hashed, asyncio.Lock())
        self._locks.move_to_end(hashed)
        while len(self._locks) > 10_000 and not next(iter(self._locks.values())).locked():
            self._locks.popitem(last=False)
        return lock

    async def _open(self, key: str, activity_id: str, owner: str) -> OpenTurn:
        waited = 0.0
        while (row := await self._lease(key, owner, activity_id)) is None:
            if waited >= PATIENCE_SECONDS:
                raise ConversationBusy(key)
            await asyncio.sleep(0.05)
            waited += 0.05
        state, seen, unspoken, at = row
        answers = [answer for id_, answer in seen if id_ == activity_id]
        if not answers:
            return OpenTurn(state, seen, at=at)
        left = json.loads(unspoken.get(activity_id, "[]"))
        if (key, activity_id) in self._being_spoken:
            left = []
        return OpenTurn(state, seen, repeated=True, answer=answers[-1], unspoken=left)

    async def _lease(
        self, key: str, owner: str, activity_id: str
    ) -> tuple[dict[str, Any], Seen, Any, float] | None:
        """Take the conversation and read it, or None while somebody else holds it.

        The lease of a process that died runs out; its turn was never noted and runs again.
        """
        wanted = {"key": key, "owner": owner, "activity": activity_id, "seconds": LEASE_SECONDS}
        rows = await self.database.single(self._take, **wanted)
        if not rows:
            return None
        state, seen, unspoken = (json.loads(rows[0][x]) for x in ("state", "seen", "unspoken"))
        return state, seen, unspoken, rows[0]["lease_until"] - LEASE_SECONDS

    async def _close(self, key: str, activity_id: str, owner: str, opened: OpenTurn) -> None:
        seen = [*opened.seen[1 - REMEMBERED :], (activity_id, opened.answer)]
        saved = await self.database.single(
            self._save,
            held=key,
            owner=owner,
            state_now=compact(opened.state).decode(),
            seen_now=compact(seen).decode(),
            activity=activity_id,
            said=compact(opened.unspoken).decode() if opened.unspoken else None,
        )
        if not saved:  # the lease ran out and somebody else took over
            raise ConversationBusy(key)

    async def _give_back(self, key: str, owner: str) -> None:
        await self.database.single(_GIVE_BACK, held=key, owner=owner)


# Made once: building a statement costs more than running it.


def _take(database: Database) -> Executable:
    """Lease a conversation that nobody holds, new or known."""
    row = conversations.c
    seconds = bindparam("seconds", type_=Float)
    same = func.substr(row.lease_owner, 33) == bindparam("activity", type_=Text)  # behind a UUID
    # Further ahead than a lease can be, when the clock has been put back.
    over = (row.lease_until < clock()) | (row.lease_until > clock() + func.abs(seconds) + 1.0)
    given_up = same & (row.lease_until < clock() + seconds - GIVEN_UP_SECONDS)
    lease = {
        "lease_owner": bindparam("owner"),
        "lease_until": clock() + seconds,
    }
    fresh = database.insert(conversations).values(
        key=bindparam("key"), state="{}", seen="[]", version=0, used_at=clock(), **lease
    )
    taken = fresh.on_conflict_do_update(
        index_elements=["key"], set_=lease, where=over | given_up
    ).returning(row.state, row.seen, row.unspoken, row.lease_until)
    return taken.execution_options(**{FLEETING: True})  # who loses power holds nothing any more


_HELD = (conversations.c.key == bindparam("held")) & (
    conversations.c.lease_owner == bindparam("owner")
)
_FREE = {"lease_owner": None, "lease_until": 0.0}
_LEAVE_NOTHING = delete(conversations).where(_HELD)
_GIVE_BACK = update(conversations).where(_HELD).values(**_FREE)


def _save(database: Database) -> Executable:
    """Keep what the turn has left behind, and give the conversation back."""
    saved = update(conversations).where(_HELD)
    return saved.values(
        state=bindparam("state_now"),
        seen=bindparam("seen_now"),
        unspoken=_with(database, bindparam("said", type_=Text)),
        version=conversations.c.version + 1,
        used_at=clock(),
        **_FREE,
    ).returning(conversations.c.version)


def _forget(database: Database) -> Executable:
    """An answer has been said. Needs no lease: it leaves everything else as it is."""
    here = update(conversations).where(conversations.c.key == bindparam("held"))
    return here.values(unspoken=_with(database, null()))


def _with(database: Database, said: ColumnElement[Any]) -> ColumnElement[str]:
    """The answers not yet said, with this one for the activity; without it when it is null."""
    unspoken, activity = conversations.c.unspoken, bindparam("activity", type_=Text)
    if database.is_sqlite:  # in a merge null takes away
        return func.json_patch(unspoken, func.json_object(activity, said))
    change = func.jsonb_build_object(activity, cast(said, Text))
    return cast(func.jsonb_strip_nulls(cast(unspoken, JSONB).concat(change)), Text)
