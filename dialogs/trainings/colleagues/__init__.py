"""Proposing a training to a colleague."""
