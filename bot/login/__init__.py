"""The token that Microsoft gives for sending, when it is not given: why, and what is said of it."""
