"""The words of announcements, for those who send them: cards with what is true at this moment."""

from dialogs import swedish
from dialogs.cards import announcements as cards
from dialogs.cards import waiting_announcements as waiting_cards
from dialogs.talk import Reply
from knowledge.announcements.models import Announcement, Reach
from knowledge.announcements.wording import News
from knowledge.directory.places import Places
from knowledge.messenger import Message
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.models import Training
from knowledge.trainings.repository import find_training


class AnnouncementWording:
    """Implements the port `Wording` with Tryggve's cards."""

    def __init__(self, places: Places) -> None:
        self.places = places

    async def post(self, tx: Reading | Writing, announcement: Announcement) -> Message:
        corrected_at = announcement.corrected_at
        return _message(
            cards.post(
                announcement.draft,
                self.places.board_of(announcement.county),
                training=await _attached(tx, announcement),
                announcement_id=announcement.id,
                corrected=swedish.moment(corrected_at) if corrected_at else "",
            )
        )

    async def test(self, tx: Reading | Writing, announcement: Announcement) -> Message:
        board = self.places.board_of(announcement.county)
        training = await _attached(tx, announcement)
        return _message(cards.post(announcement.draft, board, training=training, tested=True))

    async def ask_approval(
        self, tx: Reading | Writing, announcement: Announcement, reach: Reach
    ) -> Message:
        training = await _attached(tx, announcement)
        return _message(waiting_cards.approval(announcement, reach, self.places, training))

    def tell_author(
        self, announcement: Announcement, news: News, by: str = "", reason: str = ""
    ) -> Message:
        return _message(waiting_cards.news(announcement, news, by, reason))


async def _attached(tx: Reading | Writing, announcement: Announcement) -> Training | None:
    training_id = announcement.draft.training_id
    return await find_training(tx, training_id) if training_id else None


def _message(reply: Reply) -> Message:
    return Message(card=reply.card, summary=reply.summary)
