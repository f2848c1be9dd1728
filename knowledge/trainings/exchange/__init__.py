"""Many trainings at once: a list that is taken in, and what others may follow."""
