"""What coordinators hear about the service itself."""
