"""Words that say just what they are asked to say: the services' own tests need no cards."""

from collections.abc import Callable
from dataclasses import dataclass, field

from knowledge.channels.wording import ChannelNews
from knowledge.delivery.messenger import Message
from knowledge.digests.models import Digest
from knowledge.enquiries.models import Enquiry
from knowledge.trainings.models import Signup, Training
from knowledge.trainings.participants.models import Invitation


class PlainChannels:
    def news(self, news: ChannelNews) -> Message:
        return Message(text=news.notice)


@dataclass
class PlainTrainings:
    """Keeps the sign-ups that were promoted."""

    promoted_signups: list[Signup] = field(default_factory=list)

    def promoted(self, signup: Signup) -> Message:
        self.promoted_signups.append(signup)
        return Message(text=f"promoted {signup.id}")

    def offered(self, signup: Signup) -> Message:
        return Message(text=f"offered {signup.id}")

    def moved(self, signup: Signup, before: Training) -> Message:
        return Message(text=f"moved {signup.id}")

    def cancelled(self, signup: Signup) -> Message:
        return Message(text=f"cancelled {signup.id}")

    def reminder(self, signup: Signup) -> Message:
        return Message(text=f"reminder {signup.id}")


class PlainEnquiries:
    def question(self, enquiry: Enquiry) -> Message:
        return Message(text=f"?{enquiry.question}")

    def answer(self, enquiry: Enquiry) -> Message:
        return Message(text=f"!{enquiry.answer}")


@dataclass
class PlainDigests:
    compose: Callable[[Digest], Message]

    def digest(self, digest: Digest) -> Message:
        return self.compose(digest)


class PlainParticipants:
    def invited(self, invitation: Invitation) -> Message:
        return Message(text=f"invited {invitation.note}")

    def answered(self, invitation: Invitation, signup: Signup | None) -> Message:
        return Message(text=f"answered {signup.status.value if signup else 'no'}")

    def removed(self, signup: Signup, note: str) -> Message:
        return Message(text=f"removed {note}")
