"""Counties, municipalities, people, and the channels they meet in."""
