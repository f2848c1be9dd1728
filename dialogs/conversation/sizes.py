"""How large a message may be: Teams refuses what is larger, and counts in UTF-16."""

import json

from knowledge.delivery.messenger import Message

LARGEST = 28 * 1024
"""Bytes of one message. The smallest of the limits that Microsoft has published."""

FRAME = 9_700
"""What a preview, a colleague's question or a correction puts around an announcement."""


def size_of(message: Message) -> int:
    """The size of a card in bytes, as Teams counts."""
    return len(json.dumps(message.card, ensure_ascii=False).encode("utf-16-le"))


def excess(post: Message) -> int:
    """By about how many characters an announcement is too long; 0 when it fits everywhere."""
    return max(0, -(-(size_of(post) - (LARGEST - FRAME)) // 2))
