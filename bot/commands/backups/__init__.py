"""A copy of the whole database, and the way back to it."""
