"""Marking who came to a training, in a list or with a code."""
