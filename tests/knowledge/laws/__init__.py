"""What the statutes say, and what has changed under the answers."""
