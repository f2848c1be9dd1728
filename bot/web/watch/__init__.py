"""What probes and Prometheus read: whether it is well, and in numbers."""
