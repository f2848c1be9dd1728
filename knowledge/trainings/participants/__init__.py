"""Who takes part in a training, as those see it who hold it."""
