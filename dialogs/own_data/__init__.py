"""What is kept about the person who speaks, and how it is erased."""
