"""Which channel of a team gets announcements."""
