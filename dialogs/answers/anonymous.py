"""What is kept of those who ask, rate and report: nothing that leads from there to anybody."""

from hashlib import sha256

from dialogs.conversation.dialog import Heard


def county_of(heard: Heard) -> str:
    """The county of whoever speaks; "" when it is unknown."""
    return heard.somebody.municipality[:2] if heard.somebody else ""


def act_of(heard: Heard, subject: str, token: str) -> str:
    """Unique to the act, and no way back to who acted."""
    reader = heard.somebody.id if heard.somebody else 0
    return sha256(f"{reader}:{subject}:{token}".encode()).hexdigest()


def reporter_of(heard: Heard) -> str:
    """Whose reports are counted today."""
    return f"person:{heard.somebody.id}" if heard.somebody else heard.turn.speaker.teams_id
