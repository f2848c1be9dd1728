"""Seats that are kept for some places: how they are written, and how they are told."""
