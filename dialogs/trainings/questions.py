"""What is asked before somebody is signed up: is it this one, and which of these?"""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from knowledge.trainings.models import Training


def ask_sign_up(trainings: Sequence[Training]) -> Reply:
    """What was understood, before anything happens."""
    told = [_told(training) for training in trainings]
    said = text("trainings.ask_sign_up", trainings=swedish.joined(told))
    return Reply(said, suggestions=texts("conversation.wish.yes_no"))


def ask_which(page: Page, trainings: Sequence[Training]) -> Reply:
    """More than one fits."""
    numbers = [str(page.number_of(one.id)) for one in trainings]
    lines = [
        text("trainings.fits", number=number, training=_told(one))
        for number, one in zip(numbers, trainings, strict=True)
    ]
    quoted = [f"”{number}”" for number in numbers]
    either = text("trainings.or", first=", ".join(quoted[:-1]), last=quoted[-1])
    which = text("trainings.which_of", numbers=either)
    return Reply("\n\n".join([text("trainings.several_fit", count=len(lines)), *lines, which]))


def _told(training: Training) -> str:
    """A training in the middle of a sentence."""
    title, moment = swedish.plain(training.title), swedish.moment(training.starts_at)
    return text("trainings.told", title=title, moment=moment)
