"""The words of announcements, for those who send them: cards with what is true at this moment."""

from dialogs.announcements.cards import post as cards
from dialogs.announcements.cards import waiting as waiting_cards
from dialogs.announcements.facts import Facts
from dialogs.conversation import swedish
from knowledge.announcements.models import Announcement
from knowledge.announcements.reach import Reach
from knowledge.announcements.wording import News
from knowledge.answers.library import CurrentLibrary
from knowledge.delivery.messenger import Message
from knowledge.directory.places import Places
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.models import Training
from knowledge.trainings.repository import find_training


class AnnouncementWording:
    """Implements the port `Wording` with Tryggve's cards."""

    def __init__(self, places: Places, library: CurrentLibrary) -> None:
        self.places = places
        self.library = library

    async def post(self, tx: Reading | Writing, announcement: Announcement) -> Message:
        corrected_at = announcement.corrected_at
        return cards.post(
            announcement.draft,
            self.places.board_of(announcement.county),
            training=await _find(tx, announcement.draft.training_id),
            announcement_id=announcement.id,
            corrected=swedish.moment(corrected_at) if corrected_at else "",
        ).message

    async def test(self, tx: Reading | Writing, announcement: Announcement) -> Message:
        board = self.places.board_of(announcement.county)
        training = await _find(tx, announcement.draft.training_id)
        return cards.post(announcement.draft, board, training=training, tested=True).message

    async def ask_approval(
        self, tx: Reading | Writing, announcement: Announcement, reach: Reach
    ) -> Message:
        draft = announcement.draft
        facts = Facts(
            self.places,
            self.library.base.topics,
            attached=await _find(tx, draft.training_id),
            narrowed_to=await _find(tx, draft.audience.training),
        )
        return waiting_cards.approval(announcement, reach, facts).message

    def tell_author(
        self, announcement: Announcement, news: News, by: str = "", reason: str = ""
    ) -> Message:
        return waiting_cards.news(announcement, news, by, reason).message


async def _find(tx: Reading | Writing, training_id: int | None) -> Training | None:
    return await find_training(tx, training_id) if training_id else None
