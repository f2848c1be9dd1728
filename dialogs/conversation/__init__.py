"""What every conversation has: turns and replies, steps, what was understood, cards and Swedish."""
