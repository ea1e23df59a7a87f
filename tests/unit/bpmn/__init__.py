"""What a procedure is."""
