"""Those who get announcements, and how they want them."""
