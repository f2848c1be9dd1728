"""Copies of the whole database: made while it is used, put back while nobody uses it."""
