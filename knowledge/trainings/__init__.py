"""Trainings, sign-ups and the waiting list."""
