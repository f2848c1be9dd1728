"""What coordinators hear of who has done what."""
