"""A seat that waits for a word: it is offered, or was just given back. And being reminded of it."""
