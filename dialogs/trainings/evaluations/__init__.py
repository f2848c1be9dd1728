"""What those who came are asked, and what they have answered."""
