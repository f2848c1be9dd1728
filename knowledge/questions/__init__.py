"""What was asked without an answer, and what readers thought of the answers."""
