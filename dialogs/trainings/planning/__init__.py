"""What a coordinator says and sees of trainings that the county holds."""
