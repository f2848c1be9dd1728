"""A year in figures."""
