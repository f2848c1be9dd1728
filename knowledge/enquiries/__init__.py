"""Questions about an announcement, to whoever wrote it, and their answers."""
