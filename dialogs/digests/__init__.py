"""The weekly message."""
