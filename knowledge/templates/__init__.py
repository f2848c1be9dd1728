"""Announcements to begin with."""
