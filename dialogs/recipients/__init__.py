"""Which announcements somebody wants, and how."""
