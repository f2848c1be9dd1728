"""Turn in, replies out; one JSON state per conversation.

State: `{"dialog": …, "step": …, "values": {…}, "asked": {…}, "about": {…}, "ages": {…}}`; `asked`
is when the question that waits was asked, and how it begins. In channels and
group chats each person has a state of their own.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from dialogs.conversation import inputs
from dialogs.conversation.attention import Attention, Hearer
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import (
    ARRIVAL,
    NO_WORDS,
    Answer,
    Dialog,
    Heard,
    Hook,
    Instead,
    PersonNeeded,
    PrivacyNeeded,
    Step,
)
from dialogs.conversation.intents import understand, without_name
from dialogs.conversation.meeting import Meeting, home_of
from dialogs.conversation.memory import remember, still_about
from dialogs.conversation.sizes import refuse_long_turn
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Kind, Place, Reply, Scope, Speak, Turn, without_numbers
from dialogs.conversation.texts import speaking_to, text
from dialogs.conversation.turn_pages import TurnPages
from dialogs.conversation.wishes import ConfirmWish
from knowledge.answers.library import CurrentLibrary
from knowledge.delivery.arrivals import Arrivals
from knowledge.directory.models import Person
from knowledge.errors import DatabaseBusy
from knowledge.storage.conversations import ConversationBusy, Conversations, OpenTurn

OpenChat = Callable[[Person, Place], Awaitable[str]]
"""Opens a person's own chat with the bot; returns its conversation id, or "" when it cannot."""


class Engine:
    """Finds the step that answers a turn, runs it, and keeps the state."""

    def __init__(
        self,
        dialogs: Sequence[Dialog],
        *,
        conversations: Conversations,
        meeting: Meeting,
        open_chat: OpenChat,
        library: CurrentLibrary,
        arrivals: Arrivals,
        today: Callable[[], date],
        count: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.count = count
        self.conversations = conversations
        self.arrivals = arrivals
        self.meeting = meeting
        self.directory = meeting.directory
        self.open_chat = open_chat
        wishes = ConfirmWish()
        dialogs = [*dialogs, wishes, TurnPages(dialogs)]
        self.dialogs = {dialog.name: dialog for dialog in dialogs}
        self.commands: dict[str, Hearer] = {}
        self.verbs: dict[str, Hearer] = {}
        for dialog in dialogs:
            for hook, step in dialog.hooked():
                self._register(dialog, hook, step)
        self.attention = Attention(self.commands, wishes, library, today)

    def _register(self, dialog: Dialog, hook: Hook, step: Step) -> None:
        table, name = (self.commands, hook.command) if hook.command else (self.verbs, hook.verb)
        if name in table:
            raise ValueError(f"two steps answer {name}")
        table[name] = Hearer(dialog, step, hook.personal, hook.effect, hook.others_hear)

    async def handle(self, turn: Turn, speak: Speak) -> None:
        """Answer one turn, once: state and effects are committed before `speak` is called."""
        try:
            person = await self.meeting.meet(turn)
            if turn.kind is Kind.CHANGED:  # told to the directory, and answered by nobody
                return
            with speaking_to(coordinator=person is not None and person.is_coordinator):
                await self._take_turn(turn, person, speak)
        except ConversationBusy:
            await speak(Reply(text("conversation.busy")))
        except DatabaseBusy:
            await speak(Reply(text("conversation.too_much")))

    async def _take_turn(self, turn: Turn, person: Person | None, speak: Speak) -> None:
        replies: list[Reply] = []
        async with self.conversations.turn(_key(turn), turn.activity_id) as opened:
            if turn.edits and not _is_of_latest(turn.edits, opened):
                opened.repeated = True  # as little to be done, and to be remembered
            if turn.kind is Kind.UNINSTALLED:
                opened.state = {}
            elif opened.repeated:
                # Only a tap waits for an answer that was given. Others hear what never was.
                again = opened.unspoken or (opened.answer if turn.awaits_card else [])
                replies = [Reply.restored(kept) for kept in again]
            else:
                replies = await self._run(turn, person, opened)
                opened.unspoken = [reply.kept() for reply in replies]
                if turn.awaits_card:
                    opened.answer = [kept for kept in opened.unspoken if not kept["personal"]]
        if replies:
            async with self.conversations.speaking(turn.activity_id, _key(turn), *opened.beside):
                for reply in replies:
                    await speak(reply)

    async def _run(self, turn: Turn, person: Person | None, opened: OpenTurn) -> list[Reply]:
        """The replies of the first step that has something to say."""
        if told := refuse_long_turn(turn):
            return [told]
        state = opened.state
        heard = Heard(
            replace(turn, text=without_name(turn.text)),
            person,
            values=state.get("values", {}),
            about=still_about(state),
            awaited=bool(state.get("step")),
        )
        if await self._has_crossed(heard, opened):
            state["asked"]["at"] = opened.at
            return [Reply(text("conversation.crossed", asked=state["asked"]["says"]))]
        replies = await self._first(self._candidates(heard, state), opened)
        if replies and (news := await self.meeting.news_for(person, turn)):
            replies = [with_first_line(replies[0], news), *replies[1:]]
        stale = [Reply(text("conversation.stale"))] if turn.kind is Kind.ACTION else []
        return replies or stale

    async def _has_crossed(self, heard: Heard, opened: OpenTurn) -> bool:
        """Whether a short answer may be meant for what came by itself since the question."""
        asked, dialog = opened.state.get("asked"), self.dialogs.get(opened.state.get("dialog", ""))
        turn, person = heard.turn, heard.somebody
        if not (heard.awaited and asked and dialog and person) or turn.kind is not Kind.MESSAGE:
            return False
        is_answer = inputs.is_answer(heard.text) or (
            dialog.takes_text and understand(heard.text) is None
        )
        if not is_answer or inputs.agreed(heard.text) is False:
            return False
        is_own = turn.place.scope is Scope.PERSONAL
        return is_own and await self.arrivals.any_since(person.id, asked["at"])

    async def _first(
        self, candidates: Iterable[tuple[Hearer, Heard]], opened: OpenTurn
    ) -> list[Reply]:
        """What the first step says that has something to say."""
        for hearer, candidate in candidates:
            if hearer.refuses(candidate):
                return [Reply(text(hearer.others_hear))]
            try:
                if hearer.personal:
                    candidate.must_be_private()
                replies = await self._stay(hearer, candidate, opened)
            except PrivacyNeeded:
                replies = await self._move(hearer, candidate, opened)
            if replies:
                return replies
        return []

    def _candidates(self, heard: Heard, state: Mapping[str, Any]) -> Iterable[tuple[Hearer, Heard]]:
        """The steps that may answer, in the order they are asked."""
        turn = heard.turn
        if turn.kind in (Kind.INSTALLED, Kind.ADDED):
            return [(self.commands[ARRIVAL], heard)]
        if turn.kind is Kind.ACTION:
            return [(self.verbs[turn.verb], heard)] if turn.verb in self.verbs else []
        if turn.edits:
            return self.attention.anew(heard, str(state.get("dialog", "")))
        if not turn.text:
            return [(self.commands[NO_WORDS], heard)]
        awaited, rest = self._awaited(state), inputs.after_no(turn.text)
        if not (awaited and rest) or awaited.dialog.takes_text:
            return self.attention.in_words(heard, awaited)
        # "Nej, flytta det till fredag": a no, and something new, unless who waits knows better.
        new = replace(heard, turn=replace(turn, text=rest), values={}, awaited=False)
        return chain([(awaited, heard)], self.attention.in_words(new, None))

    async def _stay(self, hearer: Hearer, heard: Heard, opened: OpenTurn) -> list[Reply]:
        """Run a step in the conversation the turn came from."""
        told, heard = heard, heard if hearer.dialog.minds_numbers else heard.without_numbers()
        try:
            answer = await hearer.step(heard)
        except PersonNeeded:
            return [Reply(text("conversation.guest"))]
        if answer is None:
            return []
        if isinstance(answer, Instead):
            return await self._first(self.attention.instead(answer, heard), opened)
        self.count(f"heard:{_way(hearer, heard)}")
        opened.forgotten = answer.forgets
        aside = answer.aside and bool(opened.state.get("step"))
        left = self.dialogs.get(str(opened.state.get("dialog", "")))
        goes_on = str(opened.state["dialog"]) if aside else answer.by or hearer.dialog.name
        # Who waited and answers itself has left nothing, whoever hears the next: "Publicerad."
        own = left is not None and left.name in (goes_on, hearer.dialog.name)
        note = left.left(opened.state.get("values", {})) if left and not own else ""
        if aside:
            remember(opened.state, answer, opened.at)
        else:
            _keep(opened.state, goes_on, answer, opened.at)
        reply = with_first_line(answer.reply, note) if note else answer.reply
        if heard.turn != told.turn:
            reply = with_first_line(reply, text("conversation.personal_number"))
        if answer.beside and heard.turn.awaits_card:
            return [Reply(text("conversation.beside")), replace(reply, personal=True)]
        return [reply]

    def _awaited(self, state: Mapping[str, Any]) -> Hearer | None:
        """The step that waits for this answer. A step that no longer exists waits for nothing."""
        dialog = self.dialogs.get(str(state.get("dialog", "")))
        step = dialog.step(str(state.get("step", ""))) if dialog and state.get("step") else None
        return Hearer(dialog, step) if dialog and step else None

    async def _move(self, hearer: Hearer, heard: Heard, left: OpenTurn) -> list[Reply]:
        """Continue a personal matter, begun in a channel, in the person's own chat."""
        if heard.somebody is None:
            return [Reply(text("conversation.guest"))]
        here = heard.turn.place
        chat = heard.somebody.conversation_id or await self.open_chat(heard.somebody, here)
        if not chat:
            return [Reply(text("conversation.no_chat"))]
        if chat != heard.somebody.conversation_id:
            await self.directory.remember_chat(heard.somebody.id, chat)
        there = replace(here, conversation_id=chat, scope=Scope.PERSONAL)
        turn = replace(heard.turn, place=there, awaits_card=False)
        left.beside.append(_key(turn))
        async with self.conversations.turn(_key(turn), turn.activity_id) as opened:
            if opened.repeated:
                again = [Reply.restored(kept) for kept in opened.unspoken]
                return [Reply(text("conversation.continued")), *again]
            moved = replace(heard, turn=turn, values=opened.state.get("values", {}))
            said = await self._stay(hearer, moved, opened)
            left.forgotten = opened.forgotten
            personal = [
                replace(with_first_line(reply, _origin(here)), personal=True) for reply in said
            ]
            opened.unspoken = [reply.kept() for reply in personal]
            return [Reply(text("conversation.continued")), *personal] if personal else []


def _way(hearer: Hearer, heard: Heard) -> str:
    """How the turn was understood, for the metrics."""
    if heard.turn.kind is not Kind.MESSAGE:
        return "tap" if heard.turn.kind is Kind.ACTION else "event"
    wish = "wish" if heard.understood else "command"
    return {ConfirmWish.name: "asked", "ask_question": "question"}.get(hearer.dialog.name, wish)


def _is_of_latest(message: str, opened: OpenTurn) -> bool:
    """Whether an edit is of the latest that was heard here: anything older may have been answered
    by a question since, and must not be taken for its answer."""
    latest = opened.seen[-1][0] if opened.seen else message
    return latest == message or latest.startswith(f"{message}@")


def _keep(state: dict[str, Any], dialog: str, answer: Answer, at: float) -> None:
    """Whatever is kept between two turns is kept without personal numbers."""
    says = answer.reply.text.partition("\n")[0] or plain(answer.reply.summary)
    asked = {"at": at, "says": without_numbers(says)} if answer.then else None
    answer = replace(
        answer, values=without_numbers(answer.values), about=without_numbers(answer.about)
    )
    state["dialog"] = dialog if answer.then else ""
    state["step"] = answer.then
    state["values"] = dict(answer.values)
    state["asked"] = asked
    remember(state, answer, at)


def _origin(place: Place) -> str:
    """Tells a person in the own chat where the matter began."""
    name = place.team_name or place.channel_name
    return (
        text("conversation.origin", place=plain(name))
        if name
        else text("conversation.origin_unknown")
    )


def _key(turn: Turn) -> str:
    """The state's key: the conversation, and in shared ones also the person."""
    place = turn.place
    if place.scope is Scope.PERSONAL:
        return f"{place.tenant_id}|{place.conversation_id}"
    if turn.kind in (Kind.INSTALLED, Kind.ADDED):
        return f"{place.tenant_id}|{home_of(place)}"
    speaker = turn.speaker.object_id or turn.speaker.teams_id
    return f"{place.tenant_id}|{place.conversation_id}|{speaker}"
