"""How long a message may be, and how large: what people write to us, and what we send.

What is too long is never cut: who wrote it is told, with the number.
"""

import json

from dialogs.conversation.talk import Reply, Turn
from dialogs.conversation.texts import text
from knowledge.answers.search.text import LONGEST as LONGEST_QUESTION
from knowledge.delivery.messenger import Message

LONGEST_MESSAGE = 10_000
"""Characters of a message, or of one field of a card. An announcement that is typed whole, with
everything as long as it may be, takes some 9,000: text 4,000, three links and a picture."""

LARGEST = 28 * 1024
"""Bytes of one message that we send. Teams refuses what is larger, and counts in UTF-16; this is
the smallest of the limits that Microsoft has published."""

FRAME = 9_800
"""What a preview, a colleague's question or a correction puts around an announcement."""


def refuse_long_turn(turn: Turn) -> Reply | None:
    """What is said when its text, or a field of the tapped card, is longer than may be."""
    fields = [value for value in turn.data.values() if isinstance(value, str)]
    return refuse_long(max(turn.text, *fields, key=len) if fields else turn.text)


def refuse_long(typed: str, most: int = LONGEST_MESSAGE) -> Reply | None:
    """What is said of a text with more characters than `most`; None when it may be that long."""
    if len(typed) <= most:
        return None
    return Reply(text("conversation.too_long", count=_figure(len(typed)), most=_figure(most)))


def refuse_long_question(typed: str) -> Reply | None:
    """The same of a question: the search reads no more, and answers on no half of it."""
    if len(typed) <= LONGEST_QUESTION:
        return None
    count, most = _figure(len(typed)), _figure(LONGEST_QUESTION)
    return Reply(text("conversation.question_too_long", count=count, most=most))


def size_of(message: Message) -> int:
    """The size of a card in bytes, as Teams counts."""
    return len(json.dumps(message.card, ensure_ascii=False).encode("utf-16-le"))


def excess(post: Message) -> int:
    """By about how many characters an announcement is too long; 0 when it fits everywhere."""
    return max(0, -(-(size_of(post) - (LARGEST - FRAME)) // 2))


def _figure(number: int) -> str:
    """10 000, which no line breaks in two."""
    return f"{number:,}".replace(",", "\u00a0")
