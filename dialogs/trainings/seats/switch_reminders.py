"""Whether reminders of trainings come at all."""

from typing import ClassVar

from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.texts import text
from dialogs.trainings.seats import cards
from dialogs.understanding.effect import Effect
from knowledge.trainings.reminders import TrainingReminders


class SwitchReminders(Dialog):
    """Off and on, for the person who says it."""

    name: ClassVar[str] = "switch_reminders"

    def __init__(self, reminders: TrainingReminders) -> None:
        self.reminders = reminders

    @hears("reminders_off", effect=Effect.MINE, personal=True)
    @tapped("reminders_off", effect=Effect.MINE, personal=True)
    async def off(self, heard: Heard) -> Answer:
        return await self._switch(heard, on=False)

    @hears("reminders_on", effect=Effect.MINE, personal=True)
    @tapped("reminders_on", effect=Effect.MINE, personal=True)
    async def on(self, heard: Heard) -> Answer:
        return await self._switch(heard, on=True)

    async def _switch(self, heard: Heard, *, on: bool) -> Answer:
        await self.reminders.switch(heard.person, on=on)
        said = text(f"trainings_seats.reminders_are_{'on' if on else 'off'}")
        return Answer(cards.reminders(said, on=on))
