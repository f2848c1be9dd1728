"""The words of what coordinators hear about the answers."""

from collections.abc import Sequence

from dialogs.answers import cards
from knowledge.answers.models import Article
from knowledge.delivery.messenger import Message


class AnswerWording:
    """Implements the port `knowledge.questions.wording`."""

    def to_review(self, late: Sequence[Article], changed: Sequence[Article]) -> Message:
        return cards.to_review(late, changed).message
