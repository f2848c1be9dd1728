"""What certifies that somebody was at a training."""
