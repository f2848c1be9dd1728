"""What a person wants done: from what was said to a command, with what it is about and how sure."""
