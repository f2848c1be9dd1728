"""The organisations of this installation: who is let in, and what follows when that changes."""
