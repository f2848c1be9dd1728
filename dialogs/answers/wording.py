"""The words of what coordinators hear about the answers."""

from collections.abc import Sequence

from dialogs.answers import cards
from knowledge.answers.models import Article
from knowledge.delivery.messenger import Message


class AnswerWording:
    """Implements the port `knowledge.questions.wording`."""

    def overdue(self, articles: Sequence[Article]) -> Message:
        return cards.overdue(articles).message
