"""The cards of announcements."""
