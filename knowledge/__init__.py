"""What the assistant knows and remembers. No Teams here."""
