"""What a year of trainings came to, so that nobody can be found in it."""
