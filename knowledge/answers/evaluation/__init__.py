"""Measuring the search and fitting its decision; only commands and tests use it."""
