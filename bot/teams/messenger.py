"""Our words into Teams': a `Message` or `Reply` becomes an activity and finds its way out."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from botbuilder.schema import Activity

from bot.teams.connector import Connector
from bot.teams.mapping import scope_of
from dialogs.conversation.talk import Kind, Place, Reply, Scope, Speaker, Turn
from knowledge.delivery.messenger import Address, Message, Outcome, Sent

Json = dict[str, Any]
PersonalAddress = Callable[[Speaker, Place], Awaitable[Address]]
Undelivered = Callable[[Turn, Reply, Sent], Awaitable[None]]
Shown = Callable[[Turn, Reply, Address, str], Awaitable[None]]
"""Gets a card that must go on telling the truth, or what took the place of one: where, and the id
that Teams has for it."""

CARD = "application/vnd.microsoft.card.adaptive"
NOTICE = "application/vnd.microsoft.activity.message"
ABOUT_ANNOUNCEMENTS = "announce"
"""How the verbs on their cards begin."""

LONGEST_SUMMARY = 120
MOST_SUGGESTIONS = 3
_TYPING_AFTER = 1.0
_TYPING_SECONDS = 2.0


class TeamsMessenger:
    """Implements `Messenger` over the Bot Connector."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def post(self, to: Address, message: Message) -> Sent:
        return await self.deliver(to, activity_of(message))

    async def update(self, to: Address, activity_id: str, message: Message) -> Sent:
        activity = {**activity_of(message), "id": activity_id}
        return await self._connector.update(
            to.service_url, to.conversation_id, activity_id, activity
        )

    async def delete(self, to: Address, activity_id: str) -> Sent:
        return await self._connector.delete(to.service_url, to.conversation_id, activity_id)

    async def deliver(self, to: Address, activity: Json, *, reply_to: str = "") -> Sent:
        """Send a ready-made activity, opening the person's chat first if it has no id yet."""
        conversation_id = to.conversation_id
        if not conversation_id:
            opened = await self._open(to)
            if opened.outcome is not Outcome.SENT:
                return opened
            conversation_id = opened.conversation_id
        return await self._connector.post(
            to.service_url, conversation_id, activity, reply_to=reply_to
        )

    async def _open(self, to: Address) -> Sent:
        opened = await self._connector.open_personal(to.service_url, to.tenant_id, to.teams_id)
        if opened.outcome in (Outcome.UNSURE, Outcome.UNCERTAIN):
            # An empty chat shows nothing and opening it twice is harmless: the message is unsent.
            return replace(opened, outcome=Outcome.RETRY)
        return opened


class Exchange:
    """The replies of one turn, each brought to where it belongs.

    That is the conversation, the place of the tapped card, the body of the answer to Teams
    (expectReplies) or the speaker's own chat. `outcome` is for the log, and so is `unsent`: why
    Teams did not take something that was said.
    """

    def __init__(
        self,
        activity: Activity,
        turn: Turn,
        messenger: TeamsMessenger,
        personal_address: PersonalAddress,
        undelivered: Undelivered,
        shown: Shown,
    ) -> None:
        self._activity = activity
        self._turn = turn
        self._messenger = messenger
        self._personal_address = personal_address
        self._undelivered = undelivered
        self._shown = shown
        self._in_body = activity.delivery_mode == "expectReplies" and not turn.awaits_card
        self._collected: list[Json] = []
        self._card_answer: Reply | None = None
        self._typing: asyncio.Task[None] | None = None
        self._clock = self._wind_typing_clock()
        self.outcome = "silent"
        self.unsent = ""

    async def say(self, reply: Reply) -> None:
        """Bring one reply out; what can still be sent later is handed to `undelivered`."""
        self._stop_typing_clock()
        self.outcome = "answered" if self.outcome == "silent" else self.outcome
        if reply.personal and self._turn.place.scope is not Scope.PERSONAL:
            sent = await self._say_privately(reply)
        elif self._turn.awaits_card and not reply.personal and self._card_answer is None:
            self._card_answer = reply
            await self._note_card(reply, self._here, self._activity.reply_to_id or "")
            return
        elif self._in_body:
            self._collected.append(reply_activity(self._activity, reply))
            return
        else:
            sent = await self._say_here(reply_activity(self._activity, reply))
        if sent.outcome is not Outcome.SENT:
            self.outcome, self.unsent = "unsent", sent.reason
        elif reply.shows:
            where = replace(self._here, conversation_id=sent.conversation_id)
            await self._note_card(reply, where, sent.activity_id)
        if sent.outcome in (Outcome.RETRY, Outcome.UNSURE):
            await self._undelivered(self._turn, reply, sent)

    def postpone(self, promise: Reply) -> None:
        """Teams waits no longer: what is still to be said becomes a message in the conversation."""
        self._in_body = False
        if self._turn.awaits_card and self._card_answer is None:
            self._card_answer = promise

    def answer(self) -> Json | None:
        """The body that Teams waits for, if it waits for one."""
        if self._turn.awaits_card:
            return card_answer(self._card_answer)
        return {"activities": self._collected} if self._in_body else None

    def close(self) -> None:
        self._stop_typing_clock()
        if self._typing is not None:
            self._typing.cancel()

    @property
    def _here(self) -> Address:
        place = self._turn.place
        return Address(place.tenant_id, place.service_url, place.conversation_id)

    async def _note_card(self, reply: Reply, where: Address, activity_id: str) -> None:
        """Only an announcement's card shows one, and gives its place to something else."""
        if activity_id and (reply.shows or self._turn.verb.startswith(ABOUT_ANNOUNCEMENTS)):
            await self._shown(self._turn, reply, where, activity_id)

    async def _say_here(self, activity: Json) -> Sent:
        return await self._messenger.deliver(self._here, activity, reply_to=self._activity.id or "")

    async def _say_privately(self, reply: Reply) -> Sent:
        address = await self._personal_address(self._turn.speaker, self._turn.place)
        return await self._messenger.deliver(address, activity_of(reply))

    def _wind_typing_clock(self) -> asyncio.TimerHandle | None:
        turn = self._turn
        shows = turn.kind in (Kind.MESSAGE, Kind.ACTION) and turn.place.scope is not Scope.CHANNEL
        if not shows or turn.awaits_card or self._in_body:
            return None
        return asyncio.get_running_loop().call_later(_TYPING_AFTER, self._show_typing)

    def _show_typing(self) -> None:
        self._typing = asyncio.create_task(self._type())

    async def _type(self) -> None:
        # The conversation's queue keeps the reply behind this; the time limit keeps that short.
        with suppress(TimeoutError):
            async with asyncio.timeout(_TYPING_SECONDS):
                await self._say_here(typing_activity(self._activity))

    def _stop_typing_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()


def activity_of(message: Message | Reply) -> Json:
    """A message as Teams wants it. A card comes without text: Teams would split the two."""
    if message.card is None:
        return {"type": "message", "text": message.text, "textFormat": "markdown"}
    return {
        "type": "message",
        "summary": message.summary[:LONGEST_SUMMARY],
        "attachments": [{"contentType": CARD, "content": message.card}],
    }


def reply_activity(activity: Activity, reply: Reply) -> Json:
    """The reply as an answer to the activity, in the same conversation and thread."""
    answer = activity_of(reply) | _envelope(activity)
    if reply.suggestions and reply.card is None and scope_of(activity) is Scope.PERSONAL:
        buttons = [
            {"type": "imBack", "title": sentence, "value": sentence}
            for sentence in reply.suggestions[:MOST_SUGGESTIONS]
        ]
        answer["suggestedActions"] = {"to": [activity.from_property.id], "actions": buttons}
    return answer


def typing_activity(activity: Activity) -> Json:
    return {"type": "typing"} | _envelope(activity)


def _envelope(activity: Activity) -> Json:
    envelope: Json = {"conversation": {"id": activity.conversation.id}}
    if activity.recipient and activity.recipient.id:
        envelope["from"] = {"id": activity.recipient.id}
    if activity.from_property and activity.from_property.id:
        envelope["recipient"] = {"id": activity.from_property.id}
    if activity.id:
        envelope["replyToId"] = activity.id
    return envelope


def card_answer(reply: Reply | None) -> Json:
    """What Teams shows in place of the tapped card, or as a notice beside it."""
    if reply is not None and reply.card is not None:
        return {"statusCode": 200, "type": CARD, "value": reply.card}
    return {"statusCode": 200, "type": NOTICE, "value": reply.text if reply else ""}
