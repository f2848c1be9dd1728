"""Asking, rating an answer, and saying that it is wrong."""
