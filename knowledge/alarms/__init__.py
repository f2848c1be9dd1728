"""What coordinators must hear about the service itself."""
