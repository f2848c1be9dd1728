"""What happens at its time: timers are rows, and a clockwork carries them out."""
