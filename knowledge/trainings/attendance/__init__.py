"""Who came to a training, meeting by meeting."""
