"""What a coordinator says and sees of those who take part, and what they are told."""
