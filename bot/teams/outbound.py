"""Between the conversation and Teams: people's own chats, and replies that could not be sent."""

from collections.abc import Callable

import structlog

from bot.teams.connector import Connector
from dialogs.conversation.talk import Place, Reply, Scope, Speaker, Turn
from knowledge.channels.service import ChannelService
from knowledge.delivery import outbox
from knowledge.delivery.messenger import Address, Outcome, Sent
from knowledge.delivery.models import Target
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.follow_up import shown
from knowledge.storage.database import Database

log = structlog.get_logger()


class Outbound:
    """Finds and opens people's own chats, and hands unsent replies to the outbox.

    `wake` tells the sender that there is something to send.
    """

    def __init__(
        self,
        database: Database,
        directory: DirectoryService,
        channels: ChannelService,
        connector: Connector,
        wake: Callable[[], None],
    ) -> None:
        self.database = database
        self.directory = directory
        self.channels = channels
        self.connector = connector
        self.wake = wake

    async def open_chat(self, person: Person, place: Place) -> str:
        """Open the person's own chat. Returns its conversation id, or "" when Teams refuses."""
        opened = await self.connector.open_personal(
            place.service_url, person.tenant_id, person.teams_id
        )
        return opened.conversation_id if opened.outcome is Outcome.SENT else ""

    async def personal_address(self, speaker: Speaker, place: Place) -> Address:
        """Where the speaker's own chat is."""
        person = await self.directory.find_person(speaker.tenant_id, speaker.object_id)
        chat = person.conversation_id if person else ""
        return Address(speaker.tenant_id, place.service_url, chat, speaker.teams_id)

    async def undelivered(self, turn: Turn, reply: Reply, sent: Sent) -> None:
        """Teams did not take the reply now: let the sender try later."""
        place, speaker = turn.place, turn.speaker
        if reply.personal:
            address = await self.personal_address(speaker, place)
        else:
            address = Address(place.tenant_id, place.service_url, place.conversation_id)
        # A turn says at most one thing in each place.
        where = "own" if reply.personal else "here"
        key = f"reply:{place.conversation_id}:{turn.activity_id}:{where}"
        is_person = reply.personal or place.scope is Scope.PERSONAL
        target = Target(key, speaker.name, address, is_person)
        message = Reply.restored(reply.kept()).message  # without personal numbers
        async with self.database.write() as tx:
            await outbox.enqueue(
                tx, self.database, group_key=key, message=message, targets=[target]
            )
        self.wake()

    async def shown(self, turn: Turn, reply: Reply, where: Address, activity_id: str) -> None:
        """A card lies in a chat: what it says is remembered, and what it replaced is forgotten."""
        try:
            if reply.shows:
                who = turn.speaker.object_id
                told = reply.shows.announcement, reply.shows.says
                await shown.note(
                    self.database, *told, object_id=who, where=where, activity_id=activity_id
                )
            else:
                await shown.forget(self.database, where, activity_id)
        except Exception as error:  # it goes on saying what it says, and its button what is so
            log.warning("card_not_noted", exc_info=error)

    async def chat_opened(self, target: str, conversation_id: str) -> None:
        """The sender opened somebody's chat: remember it."""
        kind, _, id_ = target.partition(":")
        if kind == "person" and id_.isdigit():
            await self.directory.remember_chat(int(id_), conversation_id)

    async def unreachable(self, target: str, address: Address, outcome: Outcome) -> None:
        """Teams says that the bot is not welcome there, or that there is no such place.

        Not tried again until somebody writes there, or adds the bot. A channel that is gone gives
        its announcements to General.
        """
        log.info("unreachable", kind=target.partition(":")[0], outcome=outcome)
        where = address.tenant_id, address.conversation_id
        lost, left_out = outcome is Outcome.FAILED, outcome is Outcome.NOT_INSTALLED
        if not address.conversation_id:
            return
        if await self.channels.refuse(*where, lost=lost, left_out=left_out):
            return
        if lost:
            await self.directory.forget_chat(*where)
        elif outcome is Outcome.BLOCKED:
            await self.directory.mark_blocked(*where)
        else:
            await self.directory.mark_installed(*where, False)
