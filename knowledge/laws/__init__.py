"""The law watch: what the statutes say today, beside what the answers were reviewed against."""
