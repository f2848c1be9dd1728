"""What became of announcements, and what is done about it."""
