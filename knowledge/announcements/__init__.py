"""Announcements, and who gets them."""
