"""The teams that Tryggve is in, and where announcements go in them."""
