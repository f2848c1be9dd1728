"""Stand-ins for what lies outside. They do as they are told, and are looked at afterwards."""

import asyncio
import time
from collections import defaultdict, deque
from dataclasses import dataclass, replace

from knowledge.delivery.messenger import Address, Message, Outcome, Sent


@dataclass(frozen=True)
class Call:
    """One attempt to send. `at` is the process's own clock, in seconds."""

    action: str
    to: Address
    message: Message
    activity_id: str
    at: float
    outcome: Outcome = Outcome.SENT

    @property
    def whom(self) -> str:
        return self.to.conversation_id or self.to.teams_id


class FakeMessenger:
    """A messenger that accepts everything, apart from what a test told it to answer.

    `sent` holds what was accepted, `calls` every attempt. `delay` is how long each takes.
    """

    def __init__(self, *, delay: float = 0.0) -> None:
        self.delay = delay
        self.calls: list[Call] = []
        self._answers: defaultdict[str, deque[Sent]] = defaultdict(deque)
        self._open = asyncio.Event()
        self._open.set()

    @property
    def sent(self) -> list[Call]:
        return [call for call in self.calls if call.outcome is Outcome.SENT]

    def will_answer(self, whom: str, *answers: Sent | Outcome) -> None:
        """Answer like this, one after the other, to attempts for this conversation or person."""
        for answer in answers:
            self._answers[whom].append(answer if isinstance(answer, Sent) else Sent(answer))

    def hold(self) -> None:
        """Let every attempt hang from now on."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    async def post(self, to: Address, message: Message) -> Sent:
        sent = await self._answer("post", to, message, f"activity-{len(self.calls) + 1}")
        return replace(sent, conversation_id=to.conversation_id or f"chat-of-{to.teams_id}")

    async def update(self, to: Address, activity_id: str, message: Message) -> Sent:
        return await self._answer("update", to, message, activity_id)

    async def delete(self, to: Address, activity_id: str) -> Sent:
        return await self._answer("delete", to, Message(), activity_id)

    async def _answer(self, action: str, to: Address, message: Message, activity_id: str) -> Sent:
        call = Call(action, to, message, activity_id, time.monotonic())
        answers = self._answers.get(call.whom)
        sent = answers.popleft() if answers else Sent(Outcome.SENT)
        self.calls.append(replace(call, outcome=sent.outcome))
        await self._open.wait()
        await asyncio.sleep(self.delay)
        return replace(sent, activity_id=activity_id) if sent.outcome is Outcome.SENT else sent
