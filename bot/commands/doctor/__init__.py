"""`tryggve doctor`: what is missing or wrong in this installation, with the cure."""
