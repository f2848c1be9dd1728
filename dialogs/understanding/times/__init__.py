"""Swedish times, in words and in figures, as days and minutes."""
