"""What is read off the log for many dossiers at once."""
