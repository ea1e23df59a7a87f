"""What happens to a dossier."""
