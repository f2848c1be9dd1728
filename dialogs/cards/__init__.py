"""Adaptive Cards as plain dictionaries: pure functions, one module per subject."""

from dialogs.cards.parts import with_first_line

__all__ = ["with_first_line"]
