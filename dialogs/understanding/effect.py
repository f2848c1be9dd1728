"""What a command or a tap does to the world. It decides how sure we must be before we act."""

from enum import StrEnum


class Effect(StrEnum):
    """Whom it reaches: nobody, the person who speaks, or others."""

    NONE = "none"
    """Shows, lists, helps, asks, or opens a form."""
    MINE = "mine"
    """Signs me up or off, or changes my municipality, my choices, what I have acknowledged."""
    OTHERS = "others"
    """Sends, corrects, takes back, stops, reminds, approves, answers: others notice."""
