"""Who has signed up for a training of the county: in the coordinator's own chat only."""

from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, tapped
from dialogs.conversation.paging import Page
from dialogs.trainings.planning.participants_cards import participants
from dialogs.trainings.planning.views import SHOWN, TrainingViews
from dialogs.understanding.effect import Effect
from knowledge.errors import KnowledgeError
from knowledge.trainings.planning.service import PlanningService

AT_ONCE = 20
"""Names on a page."""


class SeeParticipants(Dialog):
    """A list of names, read anew each time and kept nowhere."""

    name: ClassVar[str] = "participants"

    def __init__(self, planning: PlanningService, views: TrainingViews) -> None:
        self.planning = planning
        self.views = views

    @tapped("training_participants", effect=Effect.NONE, personal=True)
    async def tapped_show(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self.show(heard, id_) if id_ else None

    async def show(self, heard: Heard, id_: int) -> Answer:
        """The first page."""
        return await self._page(heard, Page(self.name, 0, asked={"training": str(id_)}))

    async def back(self, heard: Heard) -> Answer | None:
        """Hears "visa utbildningen"."""
        if not paging.is_said(heard.text, "trainings_planning.words_show"):
            return None
        held = await self.views.find(self.planning, heard, int(heard.values["id"]))
        return held if isinstance(held, Answer) else self.views.held(held)

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._page(heard, page) if page.asked.get("training", "").isdigit() else None

    async def _page(self, heard: Heard, page: Page) -> Answer:
        id_ = int(page.asked["training"])
        try:
            training = (await self.planning.get(heard.person, id_)).training
            everybody = await self.planning.participants(heard.person, id_)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        size = max(page.size, AT_ONCE)
        first = page.first if page.first < len(everybody) else 0
        ids = tuple(one.signup.id for one in everybody)
        page = replace(page, ids=ids, total=len(everybody), first=first, size=size)
        places = self.views.offers.places
        page, reply = paging.fitted(
            page, lambda some: participants(some, training, everybody, places)
        )
        values, about = {"id": id_, "listed": page.of}, {**page.shown([]).about, SHOWN: id_}
        return Answer(reply, then="back", values=values, about=about, by=self.name)
