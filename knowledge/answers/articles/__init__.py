"""Articles as files: read, checked and edited."""
