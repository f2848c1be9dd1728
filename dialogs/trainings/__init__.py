"""Finding trainings, signing up, and one's own."""
