"""What the data-protection officer does: periods, holds, and what is kept about one person."""
