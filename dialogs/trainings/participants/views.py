"""What a coordinator sees of those who take part, wherever it is asked for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from dialogs.conversation import paging, swedish
from dialogs.conversation.dialog import Answer
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.lists import SHOWN
from dialogs.trainings.participants import cards
from dialogs.trainings.planning.views import SHOWN as HELD
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training
from knowledge.trainings.participants.models import ON_PAGE, Group
from knowledge.trainings.participants.refusals import TooLate
from knowledge.trainings.participants.service import ParticipantService
from knowledge.trainings.planning.refusals import NotACoordinator, NotFound, NotHeldBy
from knowledge.trainings.service import MOST_OPEN, TrainingService

LIST, CHANGE = "list_participants", "change_participants"
"""The dialogs that hear what is said of the list, and while somebody is added or removed."""

OTHERS_HEAR = "trainings_participants.others"

FileLink = Callable[[Person, int], Awaitable[tuple[str, int]]]
"""Where this person can fetch who takes part in a training, and for how many minutes."""


class ParticipantViews:
    """Shows the list, or which lists there are, and tells why something cannot be seen."""

    def __init__(
        self,
        participants: ParticipantService,
        trainings: TrainingService,
        places: Places,
        file_link: FileLink,
    ) -> None:
        self.participants = participants
        self.trainings = trainings
        self.places = places
        self.file_link = file_link

    async def show(
        self, person: Person, training_id: int, group: Group = Group.SEATED, first: int = 0
    ) -> Answer:
        """The counts, and a page of the list."""
        try:
            overview = await self.participants.overview(person, training_id)
            total = overview.total.waiting if group is Group.WAITING else overview.total.seated
            first = first if first < total else 0
            asked = {"training": str(training_id), "group": group.value}
            page = Page(LIST, total, first, ON_PAGE, asked=asked)
            some = (group, page.first, page.size)
            rows = await self.participants.page(person, training_id, *some)
        except KnowledgeError as refusal:
            return self.refused(refusal)
        page, reply = paging.fitted(
            page,
            lambda one: cards.participants(overview, group, one, rows[: one.size], self.places),
        )
        kept = {HELD: training_id, SHOWN: []}
        return replace(paging.answer(page, reply, then="of_list", **kept), by=LIST)

    async def choices(self, person: Person, page: Page) -> Answer:
        """Which of those that the person's counties hold?"""
        held = await self.held(person)
        if not held:
            return Answer(Reply(text("trainings_participants.none_held")), about=paging.NOTHING)
        ids = tuple(held)
        first = page.first if page.first < len(ids) else 0
        page = replace(page, ids=ids, total=len(ids), first=first)
        page, reply = paging.fitted(page, lambda some: cards.which(some, held))
        page = page.shown([held[id_].title for id_ in page.here])
        return replace(paging.answer(page, reply, then="which", **{SHOWN: []}), by=LIST)

    async def file(self, person: Person, training_id: int) -> Answer:
        """The way to the file; the link is made when it is asked for."""
        try:
            overview = await self.participants.overview(person, training_id)
        except KnowledgeError as refusal:
            return self.refused(refusal)
        url, minutes = await self.file_link(person, training_id)
        return Answer(cards.file(overview.training, url, minutes), about={HELD: training_id})

    async def held(self, person: Person) -> dict[int, Training]:
        """The trainings that the person may ask about, the soonest first."""
        found = await self.trainings.list_held_by(person, limit=MOST_OPEN)
        return {one.id: one for one in found}

    def refused(self, refusal: KnowledgeError) -> Answer:
        """Why it cannot be done. What is no refusal of ours is raised again."""
        if isinstance(refusal, NotACoordinator):
            return Answer(Reply(text("trainings_participants.lost_role")))
        if isinstance(refusal, NotFound):
            return Answer(Reply(text("trainings_participants.not_found")))
        if isinstance(refusal, NotHeldBy):
            counties = [self.places.name_of(code) for code in refusal.training.owned_by]
            told = {"counties": swedish.joined(counties)}
            return self._said("others_hold", refusal.training, **told)
        if isinstance(refusal, TooLate):
            return self._said("too_late", refusal.training)
        raise refusal

    def _said(self, key: str, training: Training, **told: str) -> Answer:
        title = swedish.plain(training.title)
        return Answer(Reply(text(f"trainings_participants.{key}", title=title, **told)))
