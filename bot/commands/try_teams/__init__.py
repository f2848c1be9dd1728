"""`tryggve try-teams`: from the address to the first answer in Teams, step by step."""
