"""Seats that are kept for people of some places until a given time."""
