"""A question about an announcement, and its answer."""
