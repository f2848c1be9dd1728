"""What is asked before somebody is signed up: is it this one, and which of these?"""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.meetings import first_in_words
from knowledge.trainings.models import Training


def ask_sign_up(
    trainings: Sequence[Training], missing: Sequence[int] = (), misfits: str = ""
) -> Reply:
    """What was understood, before anything happens; which numbers the list does not have, and how
    it is not as was said."""
    said = sign_up_question(trainings)
    if misfits:
        titles = swedish.joined([swedish.plain(one.title) for one in trainings])
        many = len(trainings)
        said = text("trainings.ask_sign_up_still", count=many, misfits=misfits, trainings=titles)
    if missing:
        numbers = swedish.joined([f"”{number}”" for number in missing])
        said = f"{text('trainings.no_such_number', numbers=numbers)} {said}"
    return Reply(said, suggestions=texts("conversation.wish.yes_no"))


def ask_withdraw(trainings: Sequence[Training]) -> Reply:
    """Whether several places are to be given back."""
    titles = swedish.joined([swedish.plain(one.title) for one in trainings])
    note, how = text("trainings.ask_withdraw_several_note"), text("trainings.ask_yes_or_no")
    said = f"{text('trainings.ask_withdraw', title=titles)} {note} {how}"
    return Reply(said, suggestions=texts("conversation.wish.yes_no"))


def ask_swap(old: Training, new: Training) -> Reply:
    """Whether one place is to be given for another."""
    said = text("trainings.ask_swap", old=swedish.plain(old.title), new=_told(new))
    return Reply(said, suggestions=texts("conversation.wish.yes_no"))


def sign_up_question(trainings: Sequence[Training]) -> str:
    told = [_told(training) for training in trainings]
    return text("trainings.ask_sign_up", trainings=swedish.joined(told))


def ask_which_numbers(page: Page) -> Reply:
    """As many as were spoken of are not on the screen."""
    first, last = page.first + 1, page.last
    if first == last:
        return Reply(text("trainings.only_one", number=first))
    example = text("conversation.and", first=first, last=last)
    return Reply(text("trainings.which_numbers", first=first, last=last, example=example))


def ask_which(page: Page, trainings: Sequence[Training], why: str = "several_fit") -> Reply:
    """More than one fits, or has been told of."""
    numbers = [str(page.number_of(one.id)) for one in trainings]
    lines = [
        text("trainings.fits", number=number, training=_told(one))
        for number, one in zip(numbers, trainings, strict=True)
    ]
    quoted = [f"”{number}”" for number in numbers]
    either = text("trainings.or", first=", ".join(quoted[:-1]), last=quoted[-1])
    which = text("trainings.which_of", numbers=either)
    return Reply("\n\n".join([text(f"trainings.{why}", count=len(lines)), *lines, which]))


def _told(training: Training) -> str:
    """A training in the middle of a sentence."""
    title, moment = swedish.plain(training.title), first_in_words(training)
    return text("trainings.told", title=title, moment=moment)
