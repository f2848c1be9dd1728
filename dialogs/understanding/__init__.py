"""What people mean by what they write: how it was said, when, and where."""
