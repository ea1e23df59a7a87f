"""What supervisors are shown."""
