"""What is asked of people when they sign up."""
