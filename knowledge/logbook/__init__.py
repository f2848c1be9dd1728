"""Reading who did what: the log with the names and titles of today."""
