"""What lint says of broken variants of procedures."""
