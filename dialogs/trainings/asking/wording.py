"""Questions and answers in words."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.trainings.asking.models import KEPT_AFTERWARDS, LONGEST_ANSWER, Answers
from knowledge.trainings.models import Training


def question(words: str) -> str:
    """The organiser's own, or the ready-made one."""
    return swedish.plain(words) if words else text("trainings_asking.food")


def short_question(words: str) -> str:
    """The same above a column, or before an answer."""
    return swedish.bare(words) if words else text("trainings_asking.food_short")


def erased_on(training: Training) -> str:
    """The day on which the answers go."""
    gone: datetime = training.ends_at + KEPT_AFTERWARDS
    return swedish.day(gone.astimezone(swedish.SWEDEN).date())


def answered(answers: Answers) -> list[str]:
    """A line for each question that has an answer."""
    return [
        text(
            "trainings_asking.answered",
            question=question(words) if words else text("trainings_asking.food_short"),
            answer=swedish.plain(answer, LONGEST_ANSWER),
        )
        for words, answer in answers.items()
        if answer
    ]


def at_same_time(own: Sequence[Training]) -> str:
    """What the reader has signed up for already."""
    titles = [swedish.plain(one.title) for one in own]
    return text("trainings_asking.clash", titles=swedish.joined(list(dict.fromkeys(titles))))
