"""What coordinators do with trainings: writing, publishing, changing and calling off."""
