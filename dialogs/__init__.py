"""What we say, and when. No SQL, no HTTP, no SDK."""
