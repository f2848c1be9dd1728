"""Finding the coordinator."""
