"""Announcements: written, sent, followed up and changed."""
