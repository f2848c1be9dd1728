"""The words of announcements: what leaves by itself and what is shown are made here alike."""

from dataclasses import replace
from datetime import datetime

from dialogs.announcements.cards import outcome
from dialogs.announcements.cards import post as cards
from dialogs.announcements.cards import proposal as proposal_cards
from dialogs.announcements.cards import status as status_cards
from dialogs.announcements.cards import waiting as waiting_cards
from dialogs.announcements.facts import Facts
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import Element, rows, summary, with_first_line
from dialogs.conversation.talk import Reply, Shows
from dialogs.conversation.texts import text
from knowledge.announcements.about import About
from knowledge.announcements.models import Announcement, Draft
from knowledge.announcements.proposals import Proposal
from knowledge.announcements.reach import Reach
from knowledge.announcements.wording import Decision
from knowledge.answers.library import CurrentLibrary
from knowledge.delivery.messenger import Message
from knowledge.directory.places import Places
from knowledge.follow_up.models import Followed
from knowledge.follow_up.shown import told_by


class AnnouncementWording:
    """Implements the ports `knowledge.announcements.wording` and `knowledge.follow_up.wording`."""

    def __init__(self, places: Places, library: CurrentLibrary) -> None:
        self.places = places
        self.library = library

    def post(
        self,
        draft: Draft,
        about: About,
        *,
        announcement_id: int,
        corrected_at: datetime | None = None,
    ) -> Message:
        reply = cards.post(
            draft,
            self.places.board_of(draft.county),
            training=about.attached,
            announcement_id=announcement_id,
            corrected=swedish.moment(corrected_at) if corrected_at else "",
        )
        return reply.message_about(draft.training_id or draft.audience.training)

    def test(self, draft: Draft, about: About) -> Message:
        board = self.places.board_of(draft.county)
        return cards.post(draft, board, training=about.attached, tested=True).message

    def ask_approval(self, announcement: Announcement, reach: Reach, about: About) -> Message:
        return self.approval(announcement, reach, about).message

    def tell_author(
        self, announcement: Announcement, decision: Decision, by: str = "", reason: str = ""
    ) -> Message:
        return waiting_cards.news(announcement, decision, by, reason).message

    def ask_about(self, announcement: Announcement, proposal: Proposal, about: About) -> Message:
        return self.change(announcement, proposal, about).message

    def tell_asker(
        self,
        announcement: Announcement,
        proposal: Proposal,
        decision: Decision,
        by: str,
        reason: str = "",
    ) -> Message:
        return proposal_cards.news(announcement, proposal, decision, by, reason).message

    def reminder(self, announcement: Announcement, post: Message) -> Message:
        board = self.places.counties[announcement.county].board
        line = text("announcements.follow.reminder_line", board=board)
        heading = swedish.bare(announcement.heading)
        said = summary(text("announcements.follow.reminder_summary", heading=heading))
        reply = with_first_line(Reply(card=post.card, summary=said), line)
        return reply.message_about(post.training)

    def progress(self, followed: Followed) -> Message:
        return self.status(followed).message

    def present(self, announcement: Announcement) -> Message:
        return waiting_cards.present(announcement).message

    def approval(self, announcement: Announcement, reach: Reach, about: About) -> Reply:
        """The question to a colleague, also where the colleague asks for it."""
        return waiting_cards.approval(announcement, reach, self.facts(about))

    def change(self, announcement: Announcement, proposal: Proposal, about: About) -> Reply:
        """The same about what is to be done with one that has been approved before."""
        return proposal_cards.question(announcement, proposal, self.facts(about))

    def status(self, followed: Followed, *, already: bool = False) -> Reply:
        """How it goes. `already` when it was to be sent a second time."""
        picture = None
        if followed.picture:
            figures = followed.report.figures
            picture = outcome.Picture(followed.picture, outcome.described(figures))
        reply = status_cards.status(
            followed.announcement,
            followed.report,
            already=already,
            effects=followed.effects,
            picture=picture,
            waiting=self._waiting(followed),
        )
        says = told_by(followed.announcement, at_rest=followed.report.at_rest)
        return replace(reply, shows=Shows(followed.announcement.id, says))

    def _waiting(self, followed: Followed) -> list[Element]:
        known, proposal = followed.announcement, followed.waiting
        if proposal is None:
            return []
        county = self.places.name_of(known.county)
        shown = proposal_cards.waits(known, proposal, followed.asked, county)
        return [*shown, *rows(proposal_cards.take_back(known))]

    def facts(self, about: About) -> Facts:
        """What cards show beside the announcement's own words."""
        return Facts(self.places, self.library.base.topics, about.attached, about.narrowed_to)
