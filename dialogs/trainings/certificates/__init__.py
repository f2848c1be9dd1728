"""Fetching what certifies that one was at a training."""
